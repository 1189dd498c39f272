"""The id of the request or job that is being worked on: what its lines in the log share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_current: ContextVar[str] = ContextVar("request_id", default="")
# What a proxy or another program may hand over: nothing that breaks a line or fills a log.
_is_valid = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}", re.ASCII).fullmatch


def current() -> str:
    """Return the id of what is being worked on; empty where nothing is."""
    return _current.get()


def taken(given: str) -> str:
    """Return the id that was handed over, or a new one where that is none."""
    return given if _is_valid(given) else uuid4().hex


@contextmanager
def working_on(request_id: str) -> Iterator[None]:
    """Let everything that is logged within the block carry the id."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)
