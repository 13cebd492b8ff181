"""Grow a corpus of any size from the seeds and the gold documents, with sums that are known beforehand.

    python -m benchmarks.generate FOLDER --pages 10000 [--seed 0] [--jsonl]

Every page is one of the documents with its years moved, its sums changed, its teasers drawn from other documents, and
one paragraph of ours put before its last: a handover of a known sum by a known foundation on a known day. What a run
must find of these stands in FOLDER.expected.json. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
PER_FOLDER = 1000
DONORS = tuple(f"{name}基金会" for name in ("晨桥", "稻香湾", "青榕", "白鹭洲", "远帆", "七叶树", "春渡", "金竹"))
DECOY = "镜花湖基金会"  # stands in teasers only: a run must not find a single sum of it
PROVINCES = ("清化省", "义安省", "谅山省", "安江省", "同塔省", "高平省", "莱州省", "山罗省")
GOODS = ("一批净水设备", "一所幼儿园", "一座乡村诊所", "一批课桌椅", "一座人行桥")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?=年|[-—~～至]?\d{0,4}年)")
_DATELINE_YEAR = re.compile(r"(?<=\d\d/\d\d/)(\d{4})")
_DIGITS = re.compile(r"[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Base:
    """A document and what its key says of its lines."""

    name: str
    lines: tuple[str, ...]
    own: frozenset[int]  # 0-based
    tail: int  # first line behind the article's own text, 0-based
    quotes: tuple[tuple[int, str], ...]  # sums in own lines: (0-based line, words)


@dataclass(frozen=True, slots=True)
class Generated:
    """One page of the corpus and the handover put into it."""

    path: str
    text: str
    base: str
    donor: str
    amount: int  # VND
    day: dt.date


def bases() -> list[Base]:
    """The seeds and dev documents with their keys, in the order of their names."""
    found = []
    for key_path in sorted((ROOT / "tests" / "gold").glob("*/*.gold.json")):
        key = json.loads(key_path.read_text(encoding="utf-8"))
        folder = ROOT / "seeds" if key_path.parent.name == "seeds" else key_path.parent
        raw = (folder / f"{key['id']}.txt").read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
        lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
        own = {no - 1 for role in ("title", "lead", "heading", "body", "caption") for no in key["lines"].get(role, [])}
        body = [no - 1 for role in ("lead", "body") for no in key["lines"].get(role, [])]
        quotes = tuple((item["line"] - 1, item["quote"]) for item in key["money"])
        if body:
            found.append(Base(key["id"], lines, frozenset(own), max(body) + 1, quotes))
    return found


def pages(count: int, seed: int = 0) -> Iterator[Generated]:
    """`count` pages, each a function of the seed and its own number alone."""
    documents = bases()
    teasers = [_teasers(document) for document in documents]
    for number in range(count):
        yield _page(number, random.Random(f"{seed}:{number}"), documents, teasers)


def _teasers(base: Base) -> list[tuple[str, str]]:
    """(title, teaser) pairs of a document's tail. A sentence in the title's place is a caption, not a title."""
    tail = [line for line in base.lines[base.tail :] if len(line.strip()) > 12]
    return [(a, b) for a, b in pairwise(tail) if len(a) < 45 and len(b) > 45 and not a.rstrip().endswith("。")]


def _page(number: int, rng: random.Random, documents: list[Base], teasers: list[list[tuple[str, str]]]) -> Generated:
    base = rng.choice(documents)
    shift = rng.randint(-4, 4)
    lines = [_changed(rng, line, [q for no, q in base.quotes if no == i]) for i, line in enumerate(base.lines)]
    lines = [_shifted(line, shift) for line in lines]
    donor, province = rng.choice(DONORS), rng.choice(PROVINCES)
    # No two pages tell the same sum: like gifts of one donor to one province within months count as one claim.
    amount = (10_000 + number * 7919 % 900_007) * 10_000
    day = dt.date(rng.randint(2016, 2019), rng.randint(1, 12), rng.randint(1, 28))
    handover = (
        f"{day.year}年{day.month}月{day.day}日,{donor}向{province}移交{rng.choice(GOODS)},总价值{_written(amount)}越盾,"
        f"该项目的档案编号为YL{number:07d}。"
    )
    tail = lines[base.tail :]
    foreign = [pair for pair in rng.choice(teasers) if pair[0] not in base.lines]
    decoy = [
        f"{DECOY}援助乡村供水工程圆满收官",
        "",
        f"{DECOY}援助乡村供水工程圆满收官",
        "",
        f"{rng.randint(1, 28)}日,{DECOY}向{province}移交供水工程,总价值{rng.randint(11, 99)}亿越盾。",
    ]
    for title, teaser in rng.sample(foreign, k=min(2, len(foreign))):
        decoy += [title, "", title, "", teaser]
    marker = next((i for i, line in enumerate(tail) if line.strip() in ("新闻", "更多")), None)
    if marker is not None:
        tail = [*tail[: marker + 1], "", *decoy, *tail[marker + 1 :]]
    # Before the last paragraph: that one may carry the end mark (完), behind which nothing counts.
    text = "\n".join([*lines[: base.tail - 1], handover, "", lines[base.tail - 1], *tail])
    path = f"{number // PER_FOLDER:04d}/{number:07d}_{base.name}.txt"
    return Generated(path, text, base.name, donor, amount, day)


def _written(amount: int) -> str:
    """A sum in 万, as newspapers write it: 34712万."""
    return f"{amount // 10_000}万"


def _changed(rng: random.Random, line: str, quotes: list[str]) -> str:
    """The line with the first figure of each of its sums changed to another of as many digits."""
    for quote in quotes:
        other = _DIGITS.sub(lambda m: str(rng.randint(1, 9)) + m.group()[1:], quote, count=1)
        line = line.replace(quote, other)
    return line


def _shifted(line: str, years: int) -> str:
    line = _DATELINE_YEAR.sub(lambda m: str(int(m.group()) + years), line)
    return _YEAR.sub(lambda m: str(int(m.group()) + years), line)


def write(folder: Path, count: int, *, seed: int = 0, as_jsonl: bool = False) -> dict[str, object]:
    """Write the corpus and expected.json beside it (folder.with_suffix) and return what is expected."""
    folder.mkdir(parents=True, exist_ok=True)
    sums: Counter[str] = Counter()
    handovers: Counter[str] = Counter()
    shard = None
    for number, page in enumerate(pages(count, seed)):
        sums[page.donor] += page.amount
        handovers[page.donor] += 1
        if as_jsonl:
            if number % PER_FOLDER == 0:
                if shard:
                    shard.close()
                shard = (folder / f"{number // PER_FOLDER:04d}.jsonl").open("w", encoding="utf-8")
            assert shard
            record = {"url": f"https://example.vn/{page.path}", "text": page.text}
            shard.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            path = folder / page.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(page.text, encoding="utf-8", newline="\n")
    if shard:
        shard.close()
    expected = {
        "pages": count,
        "seed": seed,
        "claims_by_donor": dict(sorted(handovers.items())),
        "vnd_by_donor": dict(sorted(sums.items())),
        "decoy": DECOY,
    }
    beside = folder.parent / f"{folder.name}.expected.json"
    beside.write_text(json.dumps(expected, ensure_ascii=False, indent=1), encoding="utf-8")
    return expected


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jsonl", action="store_true", help="a thousand pages a .jsonl file instead of a file a page")
    args = parser.parse_args()
    expected = write(args.folder, args.pages, seed=args.seed, as_jsonl=args.jsonl)
    sys.stdout.write(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
