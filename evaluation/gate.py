"""Refuses a change that makes answers worse: figures against ``gate.toml``.

A missing figure is a failure too: a gate that is passed by measuring nothing
would be none.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Result = dict[str, Any]

THRESHOLDS = Path(__file__).parent / "gate.toml"
MOST_EXAMPLES = 12

FIGURES: dict[str, Callable[[Result], float]] = {
    "retrieval R@1": lambda r: r["retrieval"]["systems"]["thutuc-bot"]["R@1"][0],
    "retrieval R@5": lambda r: r["retrieval"]["systems"]["thutuc-bot"]["R@5"][0],
    "answers right": lambda r: r["answers"]["right"][0],
    "exact fields": lambda r: r["answers"]["fields"]["all"]["share"],
    "conversations right": lambda r: r["talk"]["conversations"]["share"],
    "guard passed": lambda r: r["talk"]["guard"]["share"],
    "untraced claims": lambda r: r["answers"]["untraced"]["share"],
    "false answers": lambda r: r["answers"]["false_answers"]["share"],
    "false refusals": lambda r: r["answers"]["false_refusals"]["share"],
}

_BROKEN: dict[str, Callable[[Result], list[Any]]] = {
    "retrieval R@1": lambda r: r["retrieval"]["misses"],
    "retrieval R@5": lambda r: [
        miss for miss in r["retrieval"]["misses"] if not miss["rank"] or miss["rank"] > 5
    ],
    "answers right": lambda r: r["answers"]["wrong"],
    "exact fields": lambda r: [wrong for wrong in r["answers"]["wrong"] if wrong["fields"]],
    "conversations right": lambda r: list(r["talk"]["conversations_faults"].items()),
    "guard passed": lambda r: list(r["talk"]["guard_faults"].items()),
    "untraced claims": lambda r: r["answers"]["untraced"]["examples"],
    "false answers": lambda r: r["answers"]["answered_outside"],
    "false refusals": lambda r: [
        wrong for wrong in r["answers"]["wrong"] if wrong["status"] != "answered"
    ],
}


def thresholds(path: Path = THRESHOLDS) -> dict[str, dict[str, float]]:
    """The committed limits: ``at_least`` and ``at_most``, by the figure's name."""
    limits: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return limits


def failures(result: Result, limits: dict[str, dict[str, float]]) -> Iterator[str]:
    """One block of text for each figure beyond its limit, with the questions that broke it."""
    for kind, limits_of_kind in limits.items():
        for name, limit in limits_of_kind.items():
            value = figure(result, name)
            fine = value >= limit if kind == "at_least" else value <= limit
            if math.isnan(value) or not fine:
                yield "\n".join(
                    [
                        f"{name}: {value:.4f}, {kind.replace('_', ' ')} {limit} is wanted",
                        *(f"  {one}" for one in _examples(result, name)),
                    ]
                )


def figure(result: Result, name: str) -> float:
    """A figure of a result by name; nan when it was not measured."""
    try:
        return float(FIGURES[name](result))
    except (KeyError, TypeError, IndexError):
        return float("nan")


def _examples(result: Result, name: str) -> list[Any]:
    try:
        return _BROKEN[name](result)[:MOST_EXAMPLES]
    except (KeyError, TypeError):
        return []
