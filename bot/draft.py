"""The answer while it is being made: each step takes a draft and returns the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.memory import Memory
from bot.messages import Aspect, Reply
from bot.settings import Settings
from index.procedure import Procedure
from index.search import Hits, Searcher

Talk = Literal["greeting", "thanks", "goodbye", "who"]


@dataclass(frozen=True)
class Tools:
    """What steps may use besides the draft."""

    searcher: Searcher
    settings: Settings


@dataclass(frozen=True)
class Draft:
    """Everything known of one turn so far. A draft with a ``reply`` is finished."""

    message: str
    """The question: after the guard clean, without personal data and orders to the machine."""
    said: str = ""
    """The message as it may be kept: personal data stands as tokens. The guard fills it."""
    notices: tuple[str, ...] = ()
    """What the reply must tell besides, whatever it turns out to be."""
    memory: Memory = field(default_factory=Memory)
    talk: Talk | None = None
    aspects: tuple[Aspect, ...] = ()
    code: str | None = None
    """The procedure when the message itself settles it: chosen, or spoken of before."""
    goes_on: bool = False
    """The message names no matter of its own: it goes on with what was spoken of."""
    hits: Hits | None = None
    procedure: Procedure | None = None
    siblings: tuple[Procedure, ...] = ()
    """The same matter under other codes, at other levels."""
    reply: Reply | None = None

    def closed(self, reply: Reply) -> Draft:
        """The same draft, finished with ``reply``."""
        return replace(self, reply=reply)


Step = Callable[[Draft, Tools], Draft]
