"""What can go wrong while drafting; messages are Vietnamese words for a person."""

from __future__ import annotations


class UnusableError(Exception):
    """Nothing can be drafted as asked: settings, codes, the file, a refused key."""


class NoDraftsError(Exception):
    """This record got no usable answer; the message is the reason, without a full stop."""


class SilentError(NoDraftsError):
    """The server gave no answer at all: the next record will hardly fare better."""
