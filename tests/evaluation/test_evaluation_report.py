"""The report: one page that opens by itself, a summary, a line of history."""

import json

import pytest
from lxml import html

from evaluation import score
from evaluation.gate import figure
from evaluation.labelled import Answerable, Hostile, Questions, side_of
from evaluation.report import MARKS, into_readme, write_report

CODE = next(c for c in map(str, range(99)) if side_of(c) == "check")


@pytest.fixture
def result():
    """The figures of two questions, one answered rightly and one refused."""
    asked = [
        Answerable(
            id=ident, question="hỏi gì", gold=(CODE,), aspects=("fee",), style="matter",
            form="accented",
        )
        for ident in ("a", "b")
    ]  # fmt: skip
    attack = Hostile(id="h", turns=("gì",), kind="abuse", expect=("blocked",))
    questions = Questions(
        answerable=tuple(asked), ambiguous=(), outside=(), conversations=(), hostile=(attack,)
    )
    rows = [
        {"system": "thutuc-bot", "variant": "as typed", "id": "a", "found": [CODE, "x"]},
        {"system": "thutuc-bot", "variant": "as typed", "id": "b", "found": ["x", CODE]},
        {"system": "other", "variant": "as typed", "id": "b", "found": [CODE]},
    ]
    common = {"options": [], "card": {}, "notices": [], "text": "Lệ phí: 5.000 đồng"}
    replies = {
        "a": [common | {"status": "answered", "aspects": ["fee"], "procedure": {"code": CODE},
                        "candidates": [{"score": 0.9}]}],
        "b": [common | {"status": "not_found", "aspects": [], "procedure": None,
                        "candidates": [{"score": 0.2}]}],
        "h": [common | {"status": "answered", "aspects": [], "procedure": None, "candidates": []}],
    }  # fmt: skip
    found = {
        "retrieval": score.retrieval(rows, questions),
        "answers": score.answers(replies, questions, lambda _: None, lambda _: ()),
        "talk": score.talk(replies, questions),
    }
    config = {"code": "abc", "encoder": "e", "procedures": 2, "questions": "q", "fast": False}
    return found | {"when": "2026-11-21T00:00:00+00:00", "config": config}


def test_figures_worked_out_by_hand(result):
    assert figure(result, "retrieval R@1") == 0.5
    assert result["retrieval"]["systems"]["thutuc-bot"]["MRR@10"][0] == 0.75
    assert figure(result, "answers right") == 0.5
    assert figure(result, "false refusals") == 0.5
    assert figure(result, "guard passed") == 0
    assert result["answers"]["aspects"]["fee"] == {"fee": 1, "not_found": 1}
    assert result["answers"]["confidence"]["auroc_right"] == 1.0
    assert [m["id"] for m in result["retrieval"]["misses"]] == ["b"]


def test_the_page_is_whole_and_opens_without_a_network(result, tmp_path):
    write_report(result, tmp_path, None)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    tree = html.fromstring(page)
    assert len(tree.findall(".//svg")) >= 6
    assert not [e for e in tree.iter("img", "link", "script") if e.get("src") or e.get("href")]
    assert "hỏi gì" in page
    assert "nan" not in tree.text_content().lower().split()


def test_history_keeps_one_line_a_run(result, tmp_path):
    history = tmp_path / "history.jsonl"
    write_report(result, tmp_path, history)
    write_report(result, tmp_path, history)
    lines = [json.loads(line) for line in history.read_text("utf-8").splitlines()]
    assert len(lines) == 2
    assert lines[0]["retrieval R@1"] == 0.5


def test_the_summary_goes_between_the_marks(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"a\n{MARKS[0]}\nold\n{MARKS[1]}\nb\n", encoding="utf-8")
    into_readme(readme, "new\n")
    assert readme.read_text("utf-8") == f"a\n{MARKS[0]}\nnew\n{MARKS[1]}\nb\n"
    readme.write_text("none", encoding="utf-8")
    with pytest.raises(ValueError, match="has no"):
        into_readme(readme, "new")


def test_speed_is_drawn_where_it_was_measured(result, tmp_path):
    row = {"p50_ms": 1, "p95_ms": 2, "p99_ms": 3, "build_s": 4, "disk_mib": 5, "memory_mib": 6}
    load = {"workers": 1, "requests_per_s": 9, "p50_ms": 1, "p95_ms": 2, "failures": 0}
    bench = {
        "warm search": {"p50_ms": 1.5},
        "load": [load],
        "growth": [row | {"records": 30}, row | {"records": 300}],
    }
    write_report(result, tmp_path, None, bench)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "9 requests/s" in page
    assert page.count("<svg") >= 9
