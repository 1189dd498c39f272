"""The text of a token that a program shows: how it is made, and what is kept of it."""

import re
import secrets
from hashlib import sha256

# So that a token that was left in a file or a log is found by whoever searches for such.
PREFIX = "hdt_"
_BYTES = 32
_TEXT = re.compile(r"hdt_[A-Za-z0-9_-]{43}")
# What is kept to tell tokens apart: 36 of 256 bits.
FIRST_CHARACTERS = len(PREFIX) + 6


def new_text() -> str:
    """Return the text of a new token: 256 bits of chance."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def is_token(*, text: str) -> bool:
    """Say whether a text could be that of a token."""
    return _TEXT.fullmatch(text) is not None


def digest_of(*, text: str) -> str:
    """Return what is kept of a token: its SHA-256, in hexadecimal.

    A slow hash, as for passwords, would protect nothing: nobody guesses 256 bits.
    """
    return sha256(text.encode()).hexdigest()


def first_characters_of(*, text: str) -> str:
    """Return what a list shows of a token."""
    return text[:FIRST_CHARACTERS]
