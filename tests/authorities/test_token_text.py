"""The text of a token: long enough, never the same, and told from what is none."""

import base64
from hashlib import sha256

import pytest

from authorities import token_text
from authorities.token_text import digest_of, first_characters_of, is_token, new_text


def test_a_token_has_256_bits_of_chance():
    texts = {new_text() for _ in range(200)}

    assert len(texts) == 200
    for text in texts:
        prefix, rest = text[:4], text[4:]
        assert prefix == token_text.PREFIX == "hdt_"
        assert len(base64.urlsafe_b64decode(f"{rest}=")) * 8 == 256
        assert is_token(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hdt_",
        f"hdt_{'a' * 42}",
        f"hdt_{'a' * 44}",
        f"hdt_{'a' * 43}\n",
        f" hdt_{'a' * 43}",
        f"hdt_{'a' * 42}\x00",
        f"hdt_{'a' * 42}+",
        f"hdt_{'ä' * 43}",
        f"HDT_{'a' * 43}",
        f"hdt_{'a' * 43},hdt_{'a' * 43}",
        "a" * 100_000,
    ],
)
def test_what_is_no_token_is_told_from_one(text):
    assert not is_token(text=text)


def test_a_digest_is_that_of_the_standard_and_the_beginning_is_short():
    text = f"hdt_{'a' * 43}"

    assert digest_of(text=text) == sha256(text.encode("ascii")).hexdigest()
    assert first_characters_of(text=text) == "hdt_aaaaaa"
