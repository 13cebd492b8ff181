"""The dataset in the forms other tools expect: IATI activities, a calendar of planned events, DuckDB views."""
