"""JSON of strangers has one meaning, or is refused."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authorities.strict_json import MOST_LEVELS, UnreadableJsonError, read_json

_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**20) + 1, max_value=10**20 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
)
_SOUND = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b'{"a": 1,}', "not-json"),
        (b"{'a': 1}", "not-json"),
        (b"\xff\xfe{\x00}\x00", "not-utf-8"),
        (b'"\xe9"', "not-utf-8"),
        (b'{"a": 1, "a": 2}', "named-twice"),
        (b'{"o": {"\\u0061": 1, "a": 2}}', "named-twice"),
        (b'{"a": NaN}', "not-a-number"),
        (b"[Infinity]", "not-a-number"),
        (b"[-Infinity]", "not-a-number"),
        (b"1e999", "number-too-large"),
        (b"9" * 21, "number-too-large"),
        (b"9" * 5000, "number-too-large"),
        (b"0." + b"9" * 5000, "number-too-large"),
        (b"[" * 21 + b"]" * 21, "too-deep"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 100_000, "too-deep"),
        (b'"\\u0000"', "hidden-character"),
        (b'{"a\\u0000": 1}', "hidden-character"),
        (b'["\\ud800"]', "hidden-character"),
        (b'"\x01"', "not-json"),
    ],
)
def test_what_has_no_meaning_or_two_is_refused(raw: bytes, code: str):
    with pytest.raises(UnreadableJsonError) as refused:
        read_json(raw=raw)

    assert refused.value.code == code
    assert refused.value.fix


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b"[" * MOST_LEVELS + b"]" * MOST_LEVELS, json.loads("[" * 20 + "]" * 20)),
        (b'"[[[[[[[[[[[[[[[[[[[[[[[["', "[" * 24),
        (b'"\\"[[[[[[[[[[[[[[[[[[[[[[["', '"' + "[" * 23),
        (b'"\\ud83d\\ude00"', "😀"),
    ],
)
def test_what_has_one_meaning_is_read(raw: bytes, found: object):
    assert read_json(raw=raw) == found


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(value=_SOUND)
def test_sound_values_come_back_as_they_are(value: object):
    assert read_json(raw=json.dumps(value).encode()) == value


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=60) | st.text('[]{}",:0123456789.eE-+\\nulltruefalse', max_size=60))
def test_no_text_breaks_the_reader(raw: bytes | str):
    with suppress(UnreadableJsonError):
        read_json(raw=raw if isinstance(raw, bytes) else raw.encode())


def test_a_hostile_text_of_the_largest_size_is_refused_at_once():
    began = time.process_time()

    with pytest.raises(UnreadableJsonError):
        read_json(raw=b'"' + b'\\"' * 499_000)

    assert time.process_time() - began < 1
