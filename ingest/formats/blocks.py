"""What a Word file and a web page have in common: texts and tables, one after another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A paragraph; ``heading``: the source sets it apart as one."""

    words: str
    heading: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, merged ones already spread: a cell merged downwards is repeated,
    one merged sideways is followed by empty cells. A row of one cell spans the table.
    """

    rows: tuple[tuple[str, ...], ...]


Block = Text | Table


def spread(row: list[tuple[str, int]]) -> tuple[str, ...]:
    """The cells of a row given as (text, columns it takes up)."""
    if len(row) == 1:
        return (row[0][0],)
    return tuple(cell for text, width in row for cell in (text, *[""] * (width - 1)))
