"""Sorted parts to one sorted stream of rows, in memory that grows with the number of parts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from etl.store.fragments import PAGE, Group, Part
from etl.tables import Table

KEY = "article_id"
# Fewer rows at a time are read slowly: what a column costs is then no longer small beside what its rows cost.
LEAST_ROWS = 1_024


@dataclass(frozen=True, slots=True)
class Input:
    """A part and which of its pages count: booleans by page number, or None when all do.

    `numbers` gives pages new numbers, by their old ones, where rows keep theirs.
    """

    part: Part
    live: pl.Series | None
    numbers: pl.Series | None = None


def rows(inputs: Sequence[Input], table: Table, year: int | None) -> Iterator[pl.DataFrame]:
    """The rows of one partition in the table's order, in frames of no particular size.

    Every table's order begins with the article, and all live rows of an article stand in one part: so parts are
    merged by article, and within an article the part's own order holds.
    """
    return (frame.drop(PAGE) for frame in numbered_rows(inputs, table, year))


def numbered_rows(inputs: Sequence[Input], table: Table, year: int | None) -> Iterator[pl.DataFrame]:
    """The same with `_page`. Rows of several pages of one article follow each other page by page or mixed.

    All inputs together hold about two row groups of the table, however many they are.
    """
    present = [(item, group) for item in inputs if (group := _group(item, table, year)) is not None]
    size = max(LEAST_ROWS, 2 * table.group_rows // max(1, len(present)))
    return _merged([_Stream(_read(item, table, group, size)) for item, group in present])


def cut(frames: Iterable[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """The same rows in frames of exactly `size` rows, the last one apart."""
    waiting: list[pl.DataFrame] = []
    count = 0
    for frame in frames:
        waiting.append(frame)
        count += frame.height
        if count < size:
            continue
        whole = pl.concat(waiting)
        for start in range(0, count - size + 1, size):
            yield whole[start : start + size]
        waiting = [whole[count - count % size :]]
        count %= size
    if count:
        yield pl.concat(waiting)


class _Stream:
    """The frames of one input, with the rows not yet passed on."""

    def __init__(self, frames: Iterator[pl.DataFrame]) -> None:
        self._frames = frames
        self.rest: pl.DataFrame | None = None
        self.advance()

    def advance(self) -> None:
        """Takes the next frame that has rows; `rest` is None at the end."""
        self.rest = next((frame for frame in self._frames if not frame.is_empty()), None)

    def last_key(self) -> str:
        assert self.rest is not None
        key: str = self.rest[KEY][-1]
        return key

    def take(self, bound: str) -> pl.DataFrame:
        """The rows up to the bound, which are then gone from here."""
        assert self.rest is not None
        count = int(self.rest[KEY].search_sorted(bound, side="right"))
        taken, self.rest = self.rest[:count], self.rest[count:]
        if self.rest.is_empty():
            self.advance()
        return taken


def _merged(streams: Iterable[_Stream]) -> Iterator[pl.DataFrame]:
    active = [stream for stream in streams if stream.rest is not None]
    while active:
        if len(active) == 1:
            assert active[0].rest is not None
            yield active[0].rest
            active[0].advance()
        else:
            # Beyond the smallest of the last keys an input may have rows that have not been read yet.
            bound = min(stream.last_key() for stream in active)
            taken = [stream.take(bound) for stream in active]
            yield pl.concat(taken).sort(KEY, maintain_order=True)
        active = [stream for stream in active if stream.rest is not None]


def _group(item: Input, table: Table, year: int | None) -> Group | None:
    """Where the input's live rows of the year stand; None when it has none."""
    if item.live is not None and not item.live.any():
        return None
    return next((group for group in item.part.groups[table.name] if group.year == year), None)


def _read(item: Input, table: Table, group: Group, size: int) -> Iterator[pl.DataFrame]:
    before = sum(other.rows for other in item.part.groups[table.name] if other.first < group.first)
    file = pl.scan_parquet(item.part.file(table.name), hive_partitioning=False)
    for start in range(0, group.rows, size):
        frame = file.slice(before + start, min(size, group.rows - start)).collect()
        if item.live is not None:
            frame = frame.filter(item.live.gather(frame[PAGE]))
        if item.numbers is not None:
            frame = frame.with_columns(item.numbers.gather(frame[PAGE]).alias(PAGE))
        yield frame
