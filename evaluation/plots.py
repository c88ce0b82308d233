"""Small pictures as SVG text, drawn by matplotlib without a screen."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

import matplotlib as mpl

mpl.use("svg")

from matplotlib.figure import Figure

Triple = tuple[float, float, float]
_BLUE, _GREY = "#1f5fa8", "#8a8f98"
_COLOURS = ("#1f5fa8", "#c0392b", "#8a8f98", "#2e8b57", "#b8860b", "#6a3d9a")


def bars(title: str, values: Mapping[str, Triple]) -> str:
    """Horizontal bars of shares with their intervals: name → (mean, low, high)."""
    names = list(values)[::-1]
    figure = Figure(figsize=(7, 0.6 + 0.38 * max(len(names), 1)))
    axes = figure.subplots()
    means = [values[n][0] for n in names]
    below = [max(0.0, values[n][0] - values[n][1]) for n in names]
    above = [max(0.0, values[n][2] - values[n][0]) for n in names]
    axes.barh(names, means, xerr=[below, above], color=_BLUE, ecolor=_GREY, height=0.62)
    for row, mean in enumerate(means):
        axes.text(0.01, row, f"{mean:.3f}", va="center", color="white", fontsize=9)
    axes.set_xlim(0, 1)
    axes.set_title(title, fontsize=11, loc="left")
    return _svg(figure)


def curves(
    title: str, across: str, up: str, lines: Mapping[str, tuple[Sequence[float], Sequence[float]]]
) -> str:
    """Lines over a common axis: name → (x, y)."""
    figure = Figure(figsize=(7, 3.4))
    axes = figure.subplots()
    for (name, (x, y)), colour in zip(lines.items(), _COLOURS, strict=False):
        axes.plot(x, y, color=colour, label=name or None, marker="o" if len(x) < 12 else None)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.25)
    if any(lines):
        axes.legend(fontsize=8)
    axes.set_title(title, fontsize=11, loc="left")
    return _svg(figure)


def histogram(title: str, groups: Mapping[str, Sequence[float]]) -> str:
    """Stacked counts of values in 0..1 by group."""
    figure = Figure(figsize=(7, 3))
    axes = figure.subplots()
    kept = {name: list(values) for name, values in groups.items() if values}
    axes.hist(
        list(kept.values()), bins=20, range=(0, 1), stacked=True,
        label=list(kept), color=_COLOURS[: len(kept)],
    )  # fmt: skip
    axes.legend(fontsize=8)
    axes.set_title(title, fontsize=11, loc="left")
    return _svg(figure)


def grid(title: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    """A table of counts shaded by the share of its row."""
    rows = sorted(counts)
    columns = sorted({c for row in counts.values() for c in row})
    figure = Figure(figsize=(1.5 + 0.62 * len(columns), 1.2 + 0.34 * len(rows)))
    axes = figure.subplots()
    shares = [
        [counts[r].get(c, 0) / max(sum(counts[r].values()), 1) for c in columns] for r in rows
    ]
    axes.imshow(shares or [[0]], cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right", fontsize=8)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            if counts[row].get(column):
                dark = shares[y][x] > 0.5
                axes.text(
                    x, y, counts[row][column], ha="center", va="center", fontsize=8,
                    color="white" if dark else "black",
                )  # fmt: skip
    axes.set_title(title, fontsize=11, loc="left")
    return _svg(figure)


def _svg(figure: Figure) -> str:
    """The figure as an ``<svg>`` element, the same bytes for the same figures."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "evaluation", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
    return re.sub(r"^.*?(?=<svg)", "", out.getvalue(), flags=re.DOTALL)
