"""The command `youlian`. Only this file is loaded for `--help`; each command loads what it needs."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence

DONE, FAILED, WRONG_USAGE = 0, 1, 2
# Objects made since the last collection of garbage. Modules, word lists and patterns are half a million that stay:
# Python's own 700 would look through them 480 times before the first page is read.
_COLLECT_AFTER = 50_000

_EPILOG = """\
examples:
  youlian run                                     seeds/ to output/
  youlian run pages/ --output tables/ --workers 4
  youlian explain seeds/000_77434b9d7eb0375c.txt  where every value comes from
  youlian rejects output                          what was left out, and why

exit codes: 0 done (rejects are reported, not fatal), 1 failed with nothing published, 2 wrong usage.
`youlian COMMAND --help` shows examples of a command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    gc.set_threshold(_COLLECT_AFTER)
    atexit.register(_leave)
    arguments = parser().parse_args(argv)
    from etl.errors import ConfigError, EtlError

    try:
        return _command(arguments)(arguments)
    except ConfigError as error:
        return _failed(error, WRONG_USAGE)
    except EtlError as error:
        return _failed(error, FAILED)
    except KeyboardInterrupt:
        return _failed("Stopped. What was published before still stands; finished batches are kept.", 130)
    except BrokenPipeError:
        # `youlian lines page.txt | head` closes our output: nothing is wrong, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}. Check the path, its folder and its permissions.", FAILED)


def _leave() -> None:
    """Spares the collections at the end of the process what stays until then, 0.2 s after a run."""
    if "duckdb" not in sys.modules:  # its bindings report as leaked what was not collected
        gc.freeze()


def _command(arguments: Namespace) -> Callable[[Namespace], int]:
    module, _, name = str(arguments.call).partition(":")
    found: Callable[[Namespace], int] = getattr(importlib.import_module(f"etl.cli.{module}"), name)
    return found


def _failed(error: object, code: int) -> int:
    sys.stderr.write(f"youlian: {error}\n")
    return code


def parser() -> ArgumentParser:
    """All commands with their options and examples."""
    top = ArgumentParser(
        "youlian", description="Raw page dumps in, evidence-linked Parquet tables out.", epilog=_EPILOG
    )
    top.formatter_class = RawDescriptionHelpFormatter
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, call: str, about: str, examples: str) -> ArgumentParser:
        command = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=f"examples:\n{examples}",
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.set_defaults(call=call)
        return command

    from etl.cli import arguments

    arguments.add_all(add)
    return top
