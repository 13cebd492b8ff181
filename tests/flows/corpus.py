"""Raw pages for the flows, each with its own month: small, quick, and different from each other."""

from __future__ import annotations

import hashlib
from pathlib import Path

COUNTRIES = ("日本", "韩国", "法国", "德国", "印度", "澳大利亚", "加拿大", "荷兰")
MONTHS = tuple(f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13))


def page(number: int, month: str) -> str:
    """A page in the standard layout of a known site, published in `month`."""
    country = COUNTRIES[number % len(COUNTRIES)]
    year, mm = month.split("-")
    amount = 100 + number
    return "\n".join(
        [
            f"{country}民间组织资助越南第{number}所乡村学校",
            f"08:{number % 60:02d} | 15/{mm}/{year}",
            f"{country}一家民间组织{int(mm)}月12日在河江省举行第{number}所乡村学校移交仪式。",
            "",
            f"该校建设经费为{amount}万美元,由{country}的一个基金会援助,共有{number + 5}间教室。",
            f"省友好组织联合会主席在仪式上表示,这是{country}人民的情谊,当地{amount * 3}名学生将从中受益。",
            "相关新闻",
            "新闻",
            "另一篇文章的标题",
            "另一篇文章的标题",
            f"另一篇文章说,援助金额达{amount + 7}亿美元。",
            "",
        ]
    )


def write(folder: Path, numbers: range, months: tuple[str, ...] = MONTHS) -> None:
    """Pages of these numbers, one file each, going round the months."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        text = page(number, months[number % len(months)])
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")


def fingerprint(output: Path) -> dict[str, str]:
    """The hash of every data table's file, and of DICTIONARY.md: what is the same for the same input."""
    paths = [*output.glob("[a-z]*/**/*.parquet"), output / "DICTIONARY.md"]
    names = {path: str(path.relative_to(output)) for path in paths}
    wanted = {path: name for path, name in names.items() if not name.startswith("runs/")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for path, name in sorted(wanted.items())}
