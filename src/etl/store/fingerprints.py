"""What a page's rows depend on apart from its bytes, in pieces, and which pages each piece can touch.

A piece is a hash over modules, lookups or one site profile. When a piece changed, the files it can touch are
processed again; the others keep their rows.
"""

from __future__ import annotations

import hashlib
import json
import platform
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import polars as pl

from etl import lookups
from etl.schema import fingerprint as schema_fingerprint
from etl.schema import polars_type
from etl.tables import PAGE_TABLES

ETL = Path(__file__).parents[1]
# Modules and lookups by the pages they can touch. What is named nowhere here can touch every page.
_NEVER = frozenset({"relate", "store", "publish", "report", "exports", "cli"})  # not what a page's rows are made of
_NEVER_MODULES = frozenset(
    {
        "published.py",
        "audit.py",
        "quality.py",
        "diff.py",
        "diff",
        "dictionary.py",
        "explain.py",
        "explain",
        "report.py",
        "cli.py",
        "settings.py",
        "schema.py",
        "tables",
    }
)
_PIPELINE = frozenset(
    {"pipeline/page.py", "pipeline/part.py", "pipeline/batch.py"}
)  # the rest of it decides what to process
# relate itself works on the whole dataset at every publication; its page keys are made with the page.
_ALL_PAGES = frozenset({"relate/signatures.py"})
_HTML = ("read/html/", "read/html.py")
_RECORDS = ("read/records.py", "read/columns.py")
_ARCHIVES = ("read/archives.py", "read/http.py")
_MONEY = ("normalize/fx.py",)
_MONEY_LOOKUPS = frozenset({"fx_usd_annual.csv"})
_AID_LOOKUPS = frozenset({"sector_lexicon_zh.csv"})
_AID = ("build/sectors.py",)
_EVERYWHERE_LOOKUPS_NOT = frozenset(
    {"SOURCES.md", "reject_codes.csv", "flags.csv", "rules.csv", "iati_codelists.json", "sector_names.csv"}
)
_LIBRARIES = ("jieba", "rjieba", "selectolax", "lunardate", "pyarrow", "rensa")
# Keys of a site profile that decide which pages are taken for the site's.
_RECOGNITION = ("hosts", "tells")


def current(templates: Path | None = None) -> dict[str, str]:
    """The fingerprint of every piece, as the code, the lookups and the site profiles stand now."""
    pieces = dict(_of_code())
    pieces |= _of_sites(lookups.SITES)
    if templates is not None:
        pieces |= _of_templates(templates)
    return pieces


def total(pieces: Mapping[str, str]) -> str:
    """One hash over all pieces."""
    return hashlib.sha256(json.dumps(dict(sorted(pieces.items()))).encode()).hexdigest()


def changed(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    """The names of pieces that differ, came or went."""
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def touched(pieces: Iterable[str]) -> pl.Expr:
    """True for the pages (with `kind` of their file) that a change of these pieces can touch."""
    expression = pl.lit(False)
    for piece in sorted(pieces):
        expression = expression | _reach(piece)
    return expression


def _reach(piece: str) -> pl.Expr:
    kind, _, name = piece.partition(":")
    if kind == "template":
        return pl.lit(False)  # see template_site: what a template reaches is not told by a page's columns alone
    if kind == "site":
        # A page that was refused before its site was known may be read differently now.
        return (pl.col("site") == name).fill_null(True)
    reaches = {
        "html": pl.col("is_html") | (pl.col("kind") == "html"),
        "records": pl.col("kind").is_in(["jsonl", "parquet"]),
        "archives": pl.col("kind") == "warc",
        "money": (pl.col("n_money") > 0).fill_null(False),
        "aid": (pl.col("n_aid") > 0).fill_null(False),
    }
    return reaches.get(kind, pl.lit(True)).fill_null(True)


def publication() -> dict[str, str]:
    """What the published files depend on apart from the rows of pages: `schema` shapes every file, the rest a few."""
    folders = {"relate": ETL / "relate", "lookups": lookups.FOLDER}
    found = {"schema": schema_fingerprint()}
    for name, folder in folders.items():
        digest = hashlib.sha256()
        for path in sorted(folder.glob("*.*")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        found[name] = digest.hexdigest()
    for path in (ETL / "dictionary.py", ETL / "build" / "reference.py"):
        found[path.stem] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@cache
def _of_code() -> dict[str, str]:
    digests: dict[str, hashlib._Hash] = {}
    for path in sorted(ETL.rglob("*")):
        name = path.relative_to(ETL).as_posix()
        piece = _piece(name) if path.is_file() else None
        if piece is not None:
            digest = digests.setdefault(piece, hashlib.sha256())
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    pieces = {piece: digest.hexdigest() for piece, digest in digests.items()}
    pieces["checks"] = hashlib.sha256(_checks().encode()).hexdigest()
    pieces["libraries"] = hashlib.sha256(_libraries().encode()).hexdigest()
    return pieces


def _piece(name: str) -> str | None:
    """The piece a file of the package belongs to; None for files that no row depends on."""
    part = name.partition("/")[0]
    if part == "sites" or "__pycache__" in name:
        return None
    if part == "lookups":
        return _lookup_piece(name.removeprefix("lookups/"))
    if not name.endswith(".py"):
        return None
    if name in _PIPELINE or name in _ALL_PAGES or name == "tables/rules.py":
        return "pipeline"
    if part in _NEVER or part in _NEVER_MODULES or part == "pipeline":
        return None
    for piece, prefixes in (("html", _HTML), ("records", _RECORDS), ("archives", _ARCHIVES)):
        if name.startswith(prefixes):
            return piece
    if name.startswith(_MONEY):
        return "money"
    if name.startswith(_AID):
        return "aid"
    return part.removesuffix(".py")


def _lookup_piece(name: str) -> str | None:
    if name in _EVERYWHERE_LOOKUPS_NOT:
        return None
    if name in _MONEY_LOOKUPS:
        return "money"
    return "aid" if name in _AID_LOOKUPS else "lookups"


def _of_sites(folder: Path) -> dict[str, str]:
    """One piece per profile, and one over what decides to which site a page belongs."""
    pieces, recognition = {}, []
    for path in sorted(folder.glob("*.toml")):
        raw = path.read_bytes()
        pieces[f"site:{path.stem}"] = hashlib.sha256(raw).hexdigest()
        recognition.append([path.stem, _recognition(raw)])
    pieces["sites"] = hashlib.sha256(json.dumps(recognition, default=str).encode()).hexdigest()
    return pieces


def _of_templates(folder: Path) -> dict[str, str]:
    """One piece per learned template, named by the site and by what tells sites apart."""
    from etl.strip import templates

    found = {}
    for template in templates.read(folder).values():
        digest = hashlib.sha256(repr(template).encode())
        found[f"template:{json.dumps([template.site_from, template.site])}"] = digest.hexdigest()
    return found


def template_site(piece: str) -> tuple[str, str] | None:
    """What tells sites apart, and the site, of a template's piece; None for other pieces."""
    kind, _, name = piece.partition(":")
    if kind != "template":
        return None
    site_from, site = json.loads(name)
    return site_from, site


def _recognition(raw: bytes) -> list[object]:
    try:
        profile = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return [hashlib.sha256(raw).hexdigest()]
    return [profile.get(key) for key in _RECOGNITION]


def _checks() -> str:
    """What the checks of rows are made from: not the descriptions, which change no row."""
    shape = [
        [t.name, list(t.key), list(t.order), [r.code for r in t.rules], [str(k) for k in t.foreign_keys]]
        + [[c.name, str(polars_type(c)), c.null, c.codes, c.low, c.high, c.pattern] for c in t.columns]
        for t in PAGE_TABLES
    ]
    return json.dumps(shape)


def _libraries() -> str:
    found = [platform.python_version_tuple()[:2]]
    for name in _LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, ""))
    return json.dumps(found)
