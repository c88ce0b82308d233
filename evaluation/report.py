"""One HTML file with tables and plots, a Markdown summary, and a line of history."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from evaluation.gate import FIGURES, figure
from evaluation.plots import bars, curves, grid, histogram

Result = dict[str, Any]

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _figure(value: float) -> str:
    """Three digits, a dash for what could not be measured."""
    return "–" if math.isnan(value) else f"{value:.3f}"


_TEMPLATES.filters["figure"] = _figure
MARKS = ("<!-- evaluation:start -->", "<!-- evaluation:end -->")


def write_report(
    result: Result, folder: Path, history: Path | None, bench: Result | None = None
) -> str:
    """Write ``report.html`` and ``summary.md`` into ``folder``; give the summary back.

    ``history`` is the file that keeps one line a run, None for a run that does not count;
    ``bench`` what ``make bench`` measured last, None where it was not run.
    """
    past = _past(history)
    if history:
        past.append(_line(result))
        history.write_text("".join(json.dumps(p) + "\n" for p in past), encoding="utf-8")
    text = summary(result)
    page = _TEMPLATES.get_template("report.html").render(
        result=result, plots=_plots(result, past) | speed_plots(bench or {}), bench=bench
    )
    (folder / "report.html").write_text(page, encoding="utf-8")
    (folder / "summary.md").write_text(text, encoding="utf-8")
    return text


def _past(history: Path | None) -> list[Result]:
    if not history or not history.is_file():
        return []
    return [json.loads(x) for x in history.read_text(encoding="utf-8").split("\n") if x.strip()]


def _line(result: Result) -> Result:
    """One run in short: when, what, and the gate's figures."""
    config = result["config"]
    head = {"when": result["when"], "code": config["code"], "encoder": config["encoder"]}
    return head | {name: round(figure(result, name), 4) for name in FIGURES}


def summary(result: Result) -> str:
    """The figures that a reader of the README wants, as Markdown."""
    retrieval, answers, talk = result["retrieval"], result["answers"], result["talk"]
    lines = [
        f"Measured {result['when'][:10]} over {result['config']['procedures']:,} procedures, "
        "on questions of the check side only (`make eval`):",
        "",
        "| retrieval | R@1 | R@5 | MRR@10 |",
        "| --- | --- | --- | --- |",
        *(_row(name, values) for name, values in retrieval["systems"].items()),
        *(
            _row(f"ours, {name}", values)
            for name, values in retrieval["variants"].items()
            if name != "as typed"
        ),
        *(_row(f"ours, {name}", v) for name, v in retrieval["parts"]["style"].items()),
        "",
        "| answers | |",
        "| --- | --- |",
        f"| right procedure and aspect | {_percent(answers['right'][0])} |",
        f"| exact values of those answered | {_share(answers['fields'].get('all'))} |",
        f"| claims that no record bears out | {_share(answers['untraced'])} |",
        f"| answered although nothing fits | {_share(answers['false_answers'])} |",
        f"| refused although something fits | {_share(answers['false_refusals'])} |",
        f"| asks back: precision, recall | {_percent(answers['clarify_precision'])}, "
        f"{_percent(answers['clarify_recall'])} |",
        f"| confidence, in scope against not: AUROC "
        f"| {_figure(answers['confidence']['auroc_scope'])} |",
        f"| conversations right at every turn | {_share(talk['conversations'])} |",
        f"| hostile inputs withstood | {_share(talk['guard'])} |",
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, values: Result) -> str:
    low, high = values["R@1"][1:]
    return (
        f"| {name} (n={values['n']}) | {_figure(values['R@1'][0])} "
        f"[{_figure(low)}, {_figure(high)}] | {_figure(values['R@5'][0])} "
        f"| {_figure(values['MRR@10'][0])} |"
    )


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def _share(value: Result | None) -> str:
    return f"{_percent(value['share'])} ({value['count']} of {value['n']})" if value else "–"


def into_readme(readme: Path, text: str) -> None:
    """Put the summary between the marks of a README. Raises ValueError without the marks."""
    whole = readme.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(MARKS[0])}.*?{re.escape(MARKS[1])}", re.DOTALL)
    if not between.search(whole):
        raise ValueError(f"{readme} has no {MARKS[0]} … {MARKS[1]}")
    block = f"{MARKS[0]}\n{text}{MARKS[1]}"
    readme.write_text(between.sub(lambda _: block, whole), encoding="utf-8")


def _plots(result: Result, past: Sequence[Result]) -> dict[str, str]:
    """The pictures of the report as SVG, by name."""
    retrieval, answers = result["retrieval"], result["answers"]
    sure = answers["confidence"]
    plots = {
        "systems": bars("R@1 by system", _first(retrieval["systems"])),
        "variants": bars("R@1 of ours, typed worse", _first(retrieval["variants"])),
        "risk": curves(
            "Wrong answers when the surest share is answered",
            "share answered", "share wrong", {"": (sure["coverage"], sure["risk"])},
        ),
        "confidence": histogram("Confidence of the first candidate", _by_verdict(sure)),
        "threshold": curves(
            "Over the threshold: answered though nothing fits, refused though something does",
            "confidence wanted", "share", _over_threshold(sure),
        ),
        "aspects": grid("Aspect asked (rows) and answered (columns)", answers["aspects"]),
        "fields": bars(
            "Exact values by field",
            {
                name: (v["share"], v["share"], v["share"])
                for name, v in answers["fields"].items()
                if v["n"]
            },
        ),
    }  # fmt: skip
    if len(past) > 1:
        days = list(range(1, len(past) + 1))
        names = ("retrieval R@1", "answers right", "conversations right", "guard passed")
        plots["history"] = curves(
            "Run by run", "run", "share", {n: (days, [p.get(n, 0) for p in past]) for n in names}
        )
    return plots


def _by_verdict(sure: Result) -> dict[str, list[float]]:
    """Confidences of right and wrong first candidates, and of questions that nothing fits."""
    groups: dict[str, list[float]] = {"right": [], "wrong": [], "nothing fits": sure["outside"]}
    for confidence, right in zip(sure["inside"], sure["inside_right"], strict=True):
        groups["right" if right else "wrong"].append(confidence)
    return groups


def _over_threshold(sure: Result) -> dict[str, tuple[list[float], list[float]]]:
    """False answers and false refusals if everything at least that sure were answered."""
    at = [step / 50 for step in range(51)]
    inside, outside = sure["inside"], sure["outside"]
    answered = [sum(c >= t for c in outside) / max(len(outside), 1) for t in at]
    refused = [sum(c < t for c in inside) / max(len(inside), 1) for t in at]
    return {"false answers": (at, answered), "false refusals": (at, refused)}


def speed_plots(bench: Result) -> dict[str, str]:
    """How latency and building grow with the records; nothing where growth was not measured."""
    rows = bench.get("growth", [])
    if not rows:
        return {}
    sizes = [row["records"] for row in rows]
    latency = {name: (sizes, [row[f"{name}_ms"] for row in rows]) for name in ("p50", "p95", "p99")}
    building = {
        "seconds to build": (sizes, [row["build_s"] for row in rows]),
        "MiB on disk": (sizes, [row["disk_mib"] for row in rows]),
        "MiB of memory": (sizes, [row["memory_mib"] for row in rows]),
    }
    return {
        "latency": curves("Search over the number of records", "records", "ms", latency),
        "growth": curves("Building, size, memory", "records", "s, MiB", building),
    }


def _first(values: Result) -> dict[str, tuple[float, float, float]]:
    return {name: tuple(v["R@1"]) for name, v in values.items() if v["n"]}
