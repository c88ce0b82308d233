"""Two procedures of one name, for two levels: people must be able to tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from bot.answer import Assistant
from bot.draft import Tools
from bot.memory import Memories
from bot.messages import Reply, Turn
from bot.settings import Settings
from index.search import Searcher

COMMUNE, PROVINCE = "9.000004", "9.000005"


@pytest.fixture(scope="module")
def talk(tiny_searcher: Searcher) -> Callable[..., Reply]:
    """The last reply of a new conversation over the made-up records."""
    assistant = Assistant(Tools(tiny_searcher, Settings()), Memories(60))
    numbers = count()

    def answer(*messages: str) -> Reply:
        name = f"tiny-{next(numbers)}"
        said = [assistant.answer(Turn(message=m, conversation=name)) for m in messages]
        return said[-1]

    return answer


@pytest.mark.parametrize("asked", ["Công nhận cây di sản", "cong nhan cay di san"])
def test_a_shared_name_asks_which_level(talk: Callable[..., Reply], asked: str) -> None:
    reply = talk(asked)
    assert reply.status == "clarify"
    assert [option.code for option in reply.options] == [COMMUNE, PROVINCE]
    labels = [option.label for option in reply.options]
    assert len(set(labels)) == 2
    assert "cấp xã" in labels[0]
    assert "cấp tỉnh" in labels[1]


@pytest.mark.parametrize(("choice", "code"), [("1", COMMUNE), ("2", PROVINCE), ("label", PROVINCE)])
def test_a_level_is_chosen_by_number_or_by_its_words(
    talk: Callable[..., Reply], choice: str, code: str
) -> None:
    asked = "Công nhận cây di sản các bước thế nào"
    if choice == "label":
        choice = talk(asked).options[1].label
    reply = talk(asked, choice)
    assert reply.procedure is not None
    assert (reply.status, reply.procedure.code, reply.aspects) == ("answered", code, ("steps",))


def test_an_answer_about_the_level_names_the_other_one(talk: Callable[..., Reply]) -> None:
    reply = talk(f"{PROVINCE} cấp nào giải quyết")
    assert reply.status == "answered"
    assert COMMUNE in reply.text
