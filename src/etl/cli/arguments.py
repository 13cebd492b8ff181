"""The arguments of every command, each with examples."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

Add = Callable[[str, str, str, str], ArgumentParser]


def add_all(add: Add) -> None:
    """Declares every command."""
    _run(add)
    _backfill(add)
    _looking(add)
    _checking(add)
    _making(add)


def _source_and_output(command: ArgumentParser) -> None:
    command.add_argument("source", nargs="?", default="seeds", help="file, folder, glob or URL (default: seeds)")
    command.add_argument("--output", default="output", metavar="DIR", help="where the tables stand (default: output)")


def _how_to_run(command: ArgumentParser) -> None:
    command.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that share the work (default: 1)"
    )
    command.add_argument("--allow-drop", action="store_const", const=True, help="publish although many articles vanish")
    command.add_argument("--lock-wait", type=float, metavar="S", help="seconds to wait for another run (default: 3600)")
    command.add_argument("--keep-versions", type=int, metavar="N", help="versions to keep readable (default: 5)")
    command.add_argument("--templates", metavar="DIR", help="site templates written by `youlian learn`")
    command.add_argument("--json", action="store_true", help="print the result as JSON, nothing else")


def _run(add: Add) -> None:
    command = add(
        "run",
        "running:run",
        "Process what is new or changed in a source and publish the tables.",
        """\
  youlian run                                      seeds/ to output/
  youlian run pages/ --output tables/ --workers 4
  youlian run 'dumps/*.warc.gz' --output tables/
  youlian run more-pages/ --output tables/ --add   a second source into the same tables
  youlian run --output tables/ --rollback          back to the version before
  youlian run --output tables/ --rollback 12       back to version 12""",
    )
    _source_and_output(command)
    _how_to_run(command)
    command.add_argument("--add", action="store_const", const=True, help="take in a further source; removes nothing")
    command.add_argument(
        "--no-reprocess",
        dest="reprocess",
        action="store_const",
        const=False,
        help="leave pages alone that only changed code, profiles or lookups would change",
    )
    command.add_argument(
        "--rollback",
        nargs="?",
        type=int,
        const=0,
        metavar="N",
        help="show version N again (default: the one before); the next run processes what is new since then",
    )


def _backfill(add: Add) -> None:
    command = add(
        "backfill",
        "running:backfill",
        "Process pages again, chosen by publication month, site, path or reject code; filters combine with and.",
        """\
  youlian backfill --from 2024-01 --to 2024-12 --dry-run   what would be done
  youlian backfill --from 2024-01 --to 2024-12             month by month; run again to go on after a stop
  youlian backfill --site shidai --undated
  youlian backfill --path 'dumps/2023-*' --output tables/
  youlian backfill --rejected read.encoding                try again what was rejected with this code""",
    )
    _source_and_output(command)
    _how_to_run(command)
    command.add_argument("--from", dest="start", metavar="YYYY-MM", help="first month of publication")
    command.add_argument("--to", dest="end", metavar="YYYY-MM", help="last month of publication")
    command.add_argument("--site", metavar="S", help="site profile, as in articles.site")
    command.add_argument("--path", metavar="GLOB", help="raw files or records, as in articles.source_path")
    command.add_argument("--rejected", metavar="CODE", help="reject code, as in rejects.code")
    command.add_argument("--undated", action="store_true", help="pages without a publication date")
    command.add_argument("--dry-run", action="store_true", help="list the steps, files and partitions, do nothing")


def _looking(add: Add) -> None:
    command = add(
        "explain",
        "looking:explain",
        "Show a page line by line: the role of every line, and every value beside its words.",
        """\
  youlian explain seeds/000_77434b9d7eb0375c.txt
  youlian explain dumps/2024.jsonl#3                       one record of a container
  youlian explain 9f86d081884c7d65 --output tables/        an article, claim, event or mention by its id
  youlian explain seeds/004_28d66085d4f2c5ff.txt --html page.html""",
    )
    command.add_argument(
        "key", metavar="PATH_OR_ID", help="raw file, record file#n of one, or an id or source_path of the dataset"
    )
    command.add_argument(
        "--output", default="output", metavar="DIR", help="dataset to look ids up in (default: output)"
    )
    command.add_argument("--html", metavar="FILE", help="write a web page instead")

    command = add(
        "lines",
        "looking:lines",
        "Print the role of every line of a raw file as JSON lines.",
        """\
  youlian lines seeds/000_77434b9d7eb0375c.txt
  youlian lines page.html | jq -r 'select(.is_own) | .text'""",
    )
    command.add_argument("file", help="raw file: text, HTML, a container of pages, or one of them as file#n")

    command = add(
        "tables",
        "looking:tables",
        "Print the data dictionary: all tables, or the columns of one.",
        """\
  youlian tables
  youlian tables aid_projects""",
    )
    command.add_argument("name", nargs="?", help="table")
    command.add_argument("--json", action="store_true", help="as JSON")

    command = add(
        "rejects",
        "looking:rejects",
        "Group what was left out by its code, with examples.",
        """\
  youlian rejects output
  youlian rejects output --code strip.no_article   every one of this code""",
    )
    command.add_argument("dataset", metavar="DIR", help="published tables")
    command.add_argument("--code", help="list every reject of this code")
    command.add_argument("--json", action="store_true", help="one JSON object a line")

    command = add(
        "lookups",
        "looking:lookups",
        "Find lookup entries that are unused, missing or contradictory.",
        """\
  youlian lookups
  youlian lookups --output tables/""",
    )
    command.add_argument("--output", default="output", metavar="DIR", help="dataset to compare with (default: output)")
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def _checking(add: Add) -> None:
    command = add(
        "validate",
        "checking:validate",
        "Check published tables against every promise: hashes, types, codes, keys, quotes.",
        """\
  youlian validate output
  youlian validate output/_versions/3""",
    )
    command.add_argument("dataset", metavar="DIR", help="published tables")
    command.add_argument("--json", action="store_true", help="one JSON object a line")

    command = add(
        "diff",
        "checking:diff",
        "Compare two versions: articles, claims and events that came, went or changed, field by field.",
        """\
  youlian diff output/_versions/1 output
  youlian diff old/ new/ --json""",
    )
    command.add_argument("old", metavar="OLD", help="published tables")
    command.add_argument("new", metavar="NEW", help="published tables")
    command.add_argument("--json", action="store_true", help="everything as JSON")
    command.add_argument("--limit", type=int, default=20, metavar="N", help="rows shown of each kind (default: 20)")


def _making(add: Add) -> None:
    command = add(
        "report",
        "making:report",
        "Write report.html, one self-contained page about a dataset.",
        "  youlian report output",
    )
    command.add_argument("dataset", metavar="DIR", help="published tables")

    command = add(
        "export",
        "making:export",
        "Write claims as IATI XML, planned events as iCalendar, or a DuckDB file with a view of every table.",
        """\
  youlian export iati output claims.xml
  youlian export calendar output events.ics
  youlian export duckdb output youlian.duckdb""",
    )
    command.add_argument("what", choices=("iati", "calendar", "duckdb"))
    command.add_argument("dataset", metavar="DIR", help="published tables")
    command.add_argument("file", help="file to write")

    command = add(
        "learn",
        "making:learn",
        "Learn a template of each site's repeated lines from a corpus, as files to review.",
        """\
  youlian learn pages/ --site-from folder --templates templates/
  youlian learn dumps/ --site-from '^(\\w+)-' --templates templates/
  youlian run pages/ --templates templates/""",
    )
    command.add_argument("source", help="file, folder, glob or URL")
    command.add_argument("--site-from", default="url", metavar="url|folder|REGEX", help="what tells the sites apart")
    command.add_argument("--templates", required=True, metavar="DIR", help="where to write them")
