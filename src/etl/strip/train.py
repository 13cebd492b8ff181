"""Train the weights of `scoring` on pages with known text, and cross-validate over sites.

    python -m etl.strip.train PAGES [PAGES ...] [--write]

PAGES holds `<id>.html` beside `<id>.ref.txt` (the article's text), or raw `<id>.txt` beside `<id>.gold.json`
(roles by line). Nothing of the pages enters the weights file but the names of features. Needs numpy.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl import lookups
from etl.pages import RenderedLine
from etl.read.html import metadata, rendered_lines
from etl.strip import agreement, evidence
from etl.strip.shape import Shape, shape
from etl.strip.title import early_title, stated_title

OWN = {"title", "lead", "heading", "body", "caption"}
PENALTY = 1.0
LOSS = 0.3  # weight of the data against the penalty
FOLDS = 6
MIN_SITES = 5


@dataclass(frozen=True)
class Sample:
    """A page's non-empty lines, what each is (1 own, 0 foreign) and how much it counts."""

    site: str
    forms: list[Shape]
    hints: list[RenderedLine]
    gaps: list[int]
    title: int | None
    labels: list[int]
    counts: list[float]


def grams(text: str) -> Counter[str]:
    """Character 4-grams without white space."""
    text = re.sub(r"\s+", "", text)
    return Counter(text[i : i + 4] for i in range(len(text) - 3))


def of_reference(lines: list[RenderedLine], text: str) -> list[int]:
    """1 for each line whose text is in the reference; short lines only near the article's long ones."""
    reference, known = re.sub(r"\s+", "", text), grams(text)
    labels = []
    for line in lines:
        bare = re.sub(r"\s+", "", line.text)
        parts = [bare[i : i + 4] for i in range(len(bare) - 3)]
        if len(bare) < 8:
            labels.append(int(len(bare) >= 4 and bare in reference))
        else:
            labels.append(int(sum(part in known for part in parts) > 0.6 * len(parts)))
    long = [k for k, label in enumerate(labels) if label and len(lines[k].text) >= 30 and lines[k].tag != "alt"]
    return [int(label and bool(long) and long[0] - 3 <= k <= long[-1] + 2) for k, label in enumerate(labels)]


def samples(folder: Path, *, hints: bool) -> list[Sample]:
    """The pages of a folder, with hints (HTML only) or as plain lines."""
    found = []
    for reference in sorted(folder.glob("*.ref.txt")):
        page = reference.with_name(reference.name.removesuffix(".ref.txt") + ".html")
        raw = page.read_bytes()
        lines = rendered_lines(raw)
        site = page.stem.split("_", 1)[1].rsplit("_", 1)[0]
        labels = of_reference(lines, reference.read_text(encoding="utf-8"))
        found.append(_sample(site, lines, labels, metadata(raw).title, hints=hints))
    for path in sorted(folder.glob("*.gold.json")) if not hints else ():
        key = json.loads(path.read_text(encoding="utf-8"))
        page = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
        if not page.exists():
            page = folder.parents[2] / "seeds" / page.name
        role_of = {no: role for role, numbers in key["lines"].items() for no in numbers}
        lines = [RenderedLine(line.rstrip("\r")) for line in _text(page.read_bytes()).split("\n")]
        labels = [int(role_of.get(no, "") in OWN) for no in range(1, len(lines) + 1)]
        found.append(_sample("gold." + path.name.split("-")[0], lines, labels, None, hints=False))
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _sample(site: str, lines: list[RenderedLine], labels: list[int], title: str | None, *, hints: bool) -> Sample:
    kept = [k for k, line in enumerate(lines) if line.text.strip()]
    forms = [shape(lines[k].text) for k in kept]
    full = [lines[k] for k in kept]
    gaps = [k - before - 1 for before, k in zip([-1, *kept], kept, strict=False)]
    shown = full if hints else [RenderedLine(line.text) for line in full]
    at = stated_title(title, forms, full)
    known = at if hints and at is not None else early_title(forms, shown)
    counts = [0.0 if full[i].tag == "alt" or i == at else min(60, len(full[i].text)) ** 0.5 for i in range(len(kept))]
    return Sample(site, forms, shown, gaps, known, [labels[k] for k in kept], counts)


def registered(site: str) -> str:
    """The registered domain of a host: pages of one are never on both sides of a fold."""
    parts = site.split(".")
    short = len(parts) > 2 and parts[-2] in ("com", "org", "net", "gov", "city") and len(parts[-1]) == 2
    return ".".join(parts[-3 if short else -2 :])


@dataclass
class Model:
    """A logistic regression over named features; the empty name is the constant."""

    index: dict[str, int]
    values: NDArray[np.float64]

    def table(self) -> dict[str, float]:
        """The weights by the names of features, as `scoring.weights` gives them."""
        return {name: float(self.values[at]) for name, at in self.index.items()}

    def score(self, rows: list[list[str]]) -> list[float]:
        return [
            float(self.values[0] + sum(self.values[self.index[name]] for name in row if name in self.index))
            for row in rows
        ]


def fit(rows: list[list[str]], labels: list[int], counts: list[float], sites: list[str]) -> Model:
    """Penalized logistic regression by full-batch Adam: deterministic. Features of a few sites only are left out."""
    seen: dict[str, set[str]] = {}
    for row, site in zip(rows, sites, strict=True):
        for name in row:
            seen.setdefault(name, set()).add(site)
    index = {"": 0} | {n: i for i, n in enumerate(sorted(n for n, s in seen.items() if len(s) >= MIN_SITES), 1)}
    width = max(map(len, rows)) + 1
    table = np.full((len(rows), width), len(index), dtype=np.int32)  # the last column stands for no feature
    table[:, 0] = 0
    for r, row in enumerate(rows):
        known = [index[name] for name in row if name in index]
        table[r, 1 : 1 + len(known)] = known
    target, weight = np.array(labels, dtype=float), np.array(counts)
    values, mean, square = (np.zeros(len(index) + 1) for _ in range(3))
    for step in range(1, 501):
        error = weight * (1 / (1 + np.exp(-values[table].sum(axis=1))) - target)
        gradient = np.bincount(table.ravel(), np.repeat(error, width), len(index) + 1) * LOSS
        gradient[1:] += PENALTY * values[1:]
        gradient[-1] = 0.0
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        values -= 0.05 * (1 - step / 520) * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return Model(index, values)


def two_looks(pages: list[Sample], parts: int = FOLDS) -> tuple[Model, Model, list[list[list[str]]]]:
    """Both models of a set of pages and the features of the second; it learns from first scores of unseen sites."""
    names = [evidence.gather(p.forms, p.hints, p.gaps, p.title) for p in pages]
    first_scores = _held_out(pages, names, parts)
    both = [
        [
            [*own, *(name for key in keys for name in agreement.names(key))]
            for own, keys in zip(of_page, agreement.gather(score, p.forms, p.hints), strict=True)
        ]
        for of_page, score, p in zip(names, first_scores, pages, strict=True)
    ]
    return _fit(pages, names), _fit(pages, both), both


def _fit(pages: list[Sample], names: list[list[list[str]]]) -> Model:
    """A site with many pages counts less than their number, so that it does not rule the weights."""
    of_site = Counter(registered(page.site) for page in pages)
    return fit(
        [row for page in names for row in page],
        [label for page in pages for label in page.labels],
        [2 * count / of_site[registered(page.site)] ** 0.35 for page in pages for count in page.counts],
        [registered(page.site) for page in pages for _ in page.labels],
    )


def _held_out(pages: list[Sample], names: list[list[list[str]]], parts: int) -> list[list[float]]:
    sites = sorted({registered(page.site) for page in pages})
    scores: list[list[float]] = [[] for _ in pages]
    for part in range(parts):
        left_out = set(sites[part::parts])
        seen = [k for k, page in enumerate(pages) if registered(page.site) not in left_out]
        model = _fit([pages[k] for k in seen], [names[k] for k in seen])
        for k, page in enumerate(pages):
            if registered(page.site) in left_out:
                scores[k] = model.score(names[k])
    return scores


def folds(folders: list[Path]) -> dict[str, dict[str, tuple[dict[str, float], dict[str, float]]]]:
    """For every registered domain the weights (by kind: text, html) of a training that left it out."""
    found: dict[str, dict[str, tuple[dict[str, float], dict[str, float]]]] = {}
    for kind in ("html", "text"):
        pages = [page for folder in folders for page in samples(folder, hints=kind == "html")]
        sites = sorted({registered(page.site) for page in pages})
        for fold in range(FOLDS):
            left_out = set(sites[fold::FOLDS])
            kept = [page for page in pages if registered(page.site) not in left_out]
            first, second, _ = two_looks(kept, parts=3)
            for site in left_out:
                found.setdefault(site, {})[kind] = (first.table(), second.table())
    return found


def _accuracy(pages: list[Sample], scores: list[list[float]]) -> float:
    right = total = 0.0
    for page, scored in zip(pages, scores, strict=True):
        for label, count, score in zip(page.labels, page.counts, scored, strict=True):
            right += count * ((score > 0) == bool(label))
            total += count
    return right / max(total, 1.0)


def write(path: Path, models: dict[str, tuple[Model, Model]]) -> None:
    """The weights as CSV, sorted, three decimals; features that weigh next to nothing are left out."""
    cells: dict[tuple[str, str], dict[str, float]] = {}
    for kind, looks in models.items():
        for number, model in enumerate(looks, 1):
            for name, at in model.index.items():
                if abs(model.values[at]) >= 0.02:
                    cells.setdefault((str(number), name), {})[kind] = float(model.values[at])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["look", "feature", "text", "html"])
        for (look, name), found in sorted(cells.items()):
            writer.writerow([look, name, *(f"{found[kind]:.3f}" if kind in found else "" for kind in ("text", "html"))])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="replace the weights of the package")
    args = parser.parse_args()
    models = {}
    for kind in ("html", "text"):
        pages = [page for folder in args.pages for page in samples(folder, hints=kind == "html")]
        first, second, both = two_looks(pages)
        models[kind] = (first, second)
        scores = _held_out(pages, both, FOLDS)
        sys.stdout.write(f"{kind}: {len(pages)} pages, held-out accuracy {_accuracy(pages, scores):.4f}\n")
    if args.write:
        write(lookups.FOLDER / "line_weights.csv", models)
    return 0


if __name__ == "__main__":
    sys.exit(main())
