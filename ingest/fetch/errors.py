"""What can go wrong while fetching, by what has to be done about it; messages are sentences."""

from __future__ import annotations


class FetchError(Exception):
    """Something that a person is told about."""


class UnusableError(FetchError):
    """The run can't be done as asked: wrong settings, forbidden, nothing to be had."""


class StoppedError(FetchError):
    """The run ends here for the portal's sake; another run, later, goes on."""


class BadAnswerError(FetchError):
    """The portal answered, and this answer is of no use: asking again changes nothing."""


class UnreachableError(FetchError):
    """No usable answer came; asking again may help. ``wait``: what the portal asked for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class BlockedError(UnreachableError):
    """The portal wants fewer requests (403, 429): everyone waits, not this request alone."""
