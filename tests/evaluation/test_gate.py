"""The gate: figures beyond their limits fail it, and so does every deliberately broken build."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from bot.answer import STEPS, Assistant
from bot.draft import Tools
from bot.memory import Memories
from bot.settings import Settings
from evaluation import __main__ as run
from evaluation import generate
from evaluation.gate import FIGURES, failures, figure, thresholds
from evaluation.labelled import load
from evaluation.systems import Ours, RandomOrder
from index.procedure import Procedure

SLACK = 0.05


def measured(assistant, system=None):
    """The figures of a build over the questions that its records can answer."""
    questions = run.held(load(), assistant)
    ours = system or Ours(assistant.tools.searcher)
    rows = list(generate.retrieval_rows(ours, questions.answerable, (generate.AS_TYPED,)))
    replies = list(generate.reply_rows(assistant, questions))
    return run._score(assistant, questions, rows, replies)


@pytest.fixture(scope="module")
def tools(searcher):
    return Tools(searcher, Settings())


@pytest.fixture(scope="module")
def sound(tools):
    """The figures of the build as it is."""
    return measured(Assistant(tools, Memories(60)))


@pytest.fixture(scope="module")
def limits(sound):
    """A gate set just under those figures, as ``gate.toml`` is for the whole corpus."""
    committed = thresholds()
    at_least = {name: figure(sound, name) - SLACK for name in committed["at_least"]}
    at_most = {name: figure(sound, name) + SLACK for name in committed["at_most"]}
    return {"at_least": at_least, "at_most": at_most}


def broken(result, limits):
    return {text.split(":")[0] for text in failures(result, limits)}


def test_the_build_as_it_is_passes(sound, limits):
    assert broken(sound, limits) == set()


def test_every_committed_limit_is_a_known_figure():
    named = {name for kind in thresholds().values() for name in kind}
    assert named == set(FIGURES)


def test_a_random_retriever_fails(tools, limits):
    system = RandomOrder(tools.searcher.snapshot.codes)
    system.name = Ours.name
    result = measured(Assistant(tools, Memories(60)), system)
    assert {"retrieval R@1", "retrieval R@5"} <= broken(result, limits)


def test_swapped_fees_fail(tools, limits):
    def overcharge(draft, given):
        draft = STEPS[3](draft, given)
        return replace(draft, procedure=draft.procedure and _dearer(draft.procedure))

    steps = (*STEPS[:3], overcharge, STEPS[4], lambda draft, _: draft)
    result = measured(Assistant(tools, Memories(60), steps))
    assert {"exact fields", "untraced claims"} <= broken(result, limits)


def _dearer(record: Procedure) -> Procedure:
    fees = {"amount": 777_000.0, "free": False, "text": "777.000 đồng"}
    methods = tuple(
        m.model_copy(update={"fees": tuple(f.model_copy(update=fees) for f in m.fees)})
        for m in record.methods
    )
    return record.model_copy(update={"methods": methods})


def test_answering_always_fails(tools, limits):
    bold = tools.settings.model_copy(update={"confidence": 0.0, "rival": 1.0})
    result = measured(Assistant(replace(tools, settings=bold), Memories(60)))
    assert "false answers" in broken(result, limits)


def test_a_failure_names_the_questions_that_broke(sound, limits):
    worse = copy.deepcopy(sound)
    worse["answers"]["false_answers"]["share"] = 1.0
    worse["answers"]["answered_outside"] = [{"id": "os-001", "question": "gì", "said": "x"}]
    (text,) = failures(worse, limits)
    assert "false answers: 1.0000" in text
    assert "os-001" in text


def test_a_figure_that_was_not_measured_fails(limits):
    assert broken({}, limits) == set(FIGURES)
