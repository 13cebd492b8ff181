"""youlian report, export, learn."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from etl.cli.printing import say


def report(arguments: Namespace) -> int:
    """Writes report.html."""
    from etl.report import write

    say(f"Written to {write(Path(arguments.dataset))}.")
    return 0


def export(arguments: Namespace) -> int:
    """Writes the dataset in a form that others read."""
    dataset, file = Path(arguments.dataset), Path(arguments.file)
    if arguments.what == "iati":
        from etl.exports.iati import activities_xml

        file.write_bytes(activities_xml(dataset))
    elif arguments.what == "calendar":
        from etl.exports.calendar import events_ics

        file.write_bytes(events_ics(dataset))
    else:
        from etl.exports.views import write_database

        write_database(dataset, file)
    say(f"Written to {file}.")
    return 0


def learn(arguments: Namespace) -> int:
    """Writes site templates."""
    from etl.pipeline.learning import learn as learn_templates

    written = learn_templates(arguments.source, Path(arguments.templates), arguments.site_from)
    for path in written:
        say(str(path))
    if written:
        say(f"Review them; `youlian run {arguments.source} --templates {arguments.templates}` uses them.")
    else:
        say("Nothing was written: no site has enough pages that share a line. Take more pages, or another --site-from.")
    return 0
