"""What stands in README and docs but is made: an excerpt, scores, confidence bands, one page a table.

    python -m tests.documents           what is out of date
    python -m tests.documents --write   make it anew

Between `<!-- made:NAME -->` and `<!-- /made:NAME -->` stands what this module writes; a test compares.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from etl import dictionary
from etl.published import scan
from etl.tables import TABLES
from tests import confidence, scoring

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
SEED = "004_28d66085d4f2c5ff.txt"
MADE = re.compile(r"(<!-- made:([\w-]+) -->\n).*?(<!-- /made:\2 -->)", flags=re.DOTALL)
# Sets of keys with the words of the table's head.
SETS = {
    "seeds": "the five seeds",
    "dev": "25 pages the rules were tuned on",
    "outlets": "16 pages of other outlets",
    "strangers": "48 hard pages by others",
    "strangers2": "82 more pages by others",
    "strangers3": "66 pages more by others",
    "strangers4": "88 more by others",
    "strangers6": "32 more by others",
    "strangers7": "32 more by others",
    "strangers8": "40 last pages by others",
    "plain": "12 plain pages by others",
}
SHOWN = {
    "lines.article": "article lines told from the rest, F1",
    "lines.boilerplate": "boilerplate lines, F1",
    "articles.published": "publication time right",
    "dates": "dates, F1",
    "money": "amounts, F1",
    "aid": "claims of aid, F1",
    "aid.donor": "donor right, of the claims found",
    "aid.period": "period right",
    "aid.implementer": "who carries it out right",
    "aid.recipient": "recipient right",
    "aid.recipient_iso": "code of the recipient's place right",
    "events": "events, F1",
    "events.dates": "dates right, of the events found",
    "events.actors": "actors found",
}


def sets() -> dict[str, Path]:
    """The sets of answer keys that are there, by name."""
    return {name: GOLD / name for name in SETS if (GOLD / name).is_dir()}


def source_of(name: str) -> Path:
    """The raw files of a set of keys."""
    return ROOT / "seeds" if name == "seeds" else GOLD / name


def parts(datasets: Mapping[str, Path]) -> dict[str, str]:
    """Every made part of README and docs by name, from the published datasets of the sets of keys."""
    return {
        "aid-excerpt": _excerpt(datasets["seeds"]),
        "scores": _scores(datasets),
        "confidence": _confidence(datasets),
    }


def pages(datasets: Mapping[str, Path]) -> dict[Path, str]:
    """The text of every file that holds made parts, as it should be."""
    made = parts(datasets)
    found = {}
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        known = made | ({f"table-{path.stem}": _table(path.stem)} if path.stem in TABLES else {})
        if MADE.search(text):
            found[path] = MADE.sub(lambda match, known=known: match[1] + known[match[2]] + match[3], text)  # type: ignore[misc]
    return found


def _grid(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)


def _excerpt(dataset: Path) -> str:
    page = scan(dataset, "articles").filter(pl.col("source_path") == SEED).select("article_id").collect().item()
    claims = scan(dataset, "aid_projects").filter(pl.col("article_id") == page)
    claims = claims.sort("line_no", "char_start", "aid_id").collect()
    money = scan(dataset, "money_mentions").filter(pl.col("article_id") == page)
    rows = [
        (
            str(row["line_no"]),
            ", ".join(dict.fromkeys((row["record_type"], row["status"]))),
            _sum(row["amount"], row["currency"]),
            _besides(row),
            str(row["recipient_iso"] or ""),
            "yes" if row["recommended_for_sum"] else f"no: {row['sum_exclusion_reason']}",
        )
        for row in claims.iter_rows(named=True)
    ]
    naive = float(money.select(pl.col("amount_usd").sum()).collect().item())
    summable = float(claims.filter("recommended_for_sum")["amount_usd"].sum())
    teasers = scan(dataset, "related_links").filter(pl.col("article_id") == page).collect()
    return (
        _grid(("line", "what", "amount", "also", "where", "to be summed"), rows)
        + f"\nAdding up every figure on that page gives {naive / 1e6:.1f} million US dollars, the claims that may be "
        f"summed {summable / 1e6:.1f} million.\nIts {teasers.height} titles and teasers of other articles are in "
        f"`related_links`, with {teasers['n_dates_withheld'].sum()} dates counted there and kept out of the tables.\n"
    )


def _sum(amount: object, currency: object) -> str:
    return "" if amount is None else f"{amount:,.0f} {currency}"


def _besides(row: Mapping[str, object]) -> str:
    if row["amount_previous"] is not None:
        return f"before: {_sum(row['amount_previous'], row['currency'])}"
    if row["equivalent_amount"] is not None:
        return f"the same as {_sum(row['equivalent_amount'], row['equivalent_currency'])}"
    return ""


def _scores(datasets: Mapping[str, Path]) -> str:
    found = {name: scoring.scores(dataset, GOLD / name)[0] for name, dataset in datasets.items()}
    rows = [
        (words, *(f"{found[name][measure]:.3f}" if measure in found[name] else "" for name in found))
        for measure, words in SHOWN.items()
    ]
    leaks = tuple(f"{sum(v for k, v in found[name].items() if k.startswith('foreign.')):.0f}" for name in found)
    head = ("", *(SETS[name] for name in found))
    return _grid(head, [*rows, ("facts taken from foreign lines", *leaks)])


def _confidence(datasets: Mapping[str, Path]) -> str:
    keyed = {name: dataset for name, dataset in datasets.items() if name != "seeds"}
    rows = [
        (band, *(f"{right} of {judged}" if judged else "" for right, judged in sides))
        for band, sides in confidence.bands({GOLD / name: dataset for name, dataset in keyed.items()})
    ]
    return _grid(("confidence", "claims right", "events right"), rows)


def _table(name: str) -> str:
    table = TABLES[name]
    rows = [
        (f"`{c.name}`{'?' if c.null else ''}", dictionary.type_name(c), dictionary.meaning(c)) for c in table.columns
    ]
    keys = [
        f"- `{', '.join(key.columns)}` names `{', '.join(key.to_columns)}` of [{key.table}]({key.table}.md)\n"
        for key in table.foreign_keys
    ]
    always = [f"- {rule.message} (`{rule.code}`)\n" for rule in table.rules]
    return (
        f"{table.description}\n\nKey: {', '.join(f'`{n}`' for n in table.key)}. "
        f"{'Partitioned by `pub_year`.' if table.partitioned else 'One file, not partitioned.'}\n\n"
        + "".join(keys)
        + ("\n" if keys else "")
        + _grid(("column (? = may be null)", "type", "meaning"), rows)
        + ("\nAlways true:\n\n" + "".join(always) if always else "")
    )


def publish(folder: Path) -> dict[str, Path]:
    """Publishes every set of keys under `folder`."""
    from etl.pipeline import run

    found = {}
    for name in sets():
        source = folder / name / "source"
        source.mkdir(parents=True)
        for path in sorted(source_of(name).glob("*.txt")):
            shutil.copy(path, source / path.name)
        found[name] = folder / name / "output"
        run(source, found[name])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the files that are out of date")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory() as folder:
        wanted = pages(publish(Path(folder)))
    stale = {path: text for path, text in wanted.items() if path.read_text(encoding="utf-8") != text}
    for path, text in stale.items():
        sys.stdout.write(f"{path.relative_to(ROOT)} {'written' if write else 'is out of date'}\n")
        if write:
            path.write_text(text, encoding="utf-8")
    return 0 if write or not stale else 1


if __name__ == "__main__":
    sys.exit(main())
