"""The arithmetic of the chain of seals, against values worked out by hand from its description."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from authorities.seal_chain import Leaf, Seal, breaks, differences, packed, unpacked

ROWS = (Leaf(3, sha256(b"three").digest()), Leaf(5, sha256(b"five").digest()))
SEAL = Seal(
    number=1,
    table="audit",
    first_id=1,
    last_id=5,
    leaves=ROWS,
    previous="",
    sealed_at=datetime(2026, 11, 30, 12, 0, tzinfo=UTC),
)


def test_the_digest_is_over_the_head_and_the_leaves():
    head = b"1\n1\naudit\n1\n5\n2\n\n2026-11-30T12:00:00.000000+00:00\n"
    body = (
        b"\0\0\0\0\0\0\0\3"
        + sha256(b"three").digest()
        + b"\0\0\0\0\0\0\0\5"
        + sha256(b"five").digest()
    )

    assert SEAL.digest == sha256(head + body).hexdigest()


def test_leaves_come_back_as_they_were_stored():
    assert unpacked(packed(ROWS)) == ROWS


@pytest.mark.parametrize(
    "other",
    [
        {"number": 2},
        {"table": "access"},
        {"first_id": 2},
        {"last_id": 6},
        {"leaves": ROWS[:1]},
        {"leaves": ROWS[::-1]},
        {"previous": "a" * 64},
        {"sealed_at": datetime(2026, 11, 30, 12, 0, 1, tzinfo=UTC)},
    ],
)
def test_each_part_of_a_seal_moves_its_digest(other):
    assert replace(SEAL, **other).digest != SEAL.digest


def test_rows_are_named_by_what_became_of_them():
    other = sha256(b"other").digest()
    found = (Leaf(2, other), Leaf(3, other))

    assert list(differences(sealed=ROWS, found=found)) == [
        "row 2 was inserted",
        "row 3 was changed",
        "row 5 was removed",
    ]


def broken(**other):
    asked = {
        **{"seal": SEAL, "digest": SEAL.digest, "rows": 2, "before": None},
        **{"digest_before": "", "next_id": 1},
    }
    return list(breaks(**{**asked, **other}))


def test_a_seal_that_follows_breaks_nothing():
    second = replace(SEAL, number=2, first_id=6, last_id=9, previous=SEAL.digest)

    assert broken() == []
    assert (
        broken(seal=second, digest=second.digest, before=SEAL, digest_before=SEAL.digest, next_id=6)
        == []
    )


def test_what_does_not_follow_is_named():
    third = replace(SEAL, number=3, first_id=6, previous=SEAL.digest)

    assert broken(digest="0" * 64) == ["seal 1 was changed"]
    assert broken(rows=3) == ["seal 1 was changed"]
    assert broken(next_id=2) == ["seal 1 does not begin where the one before it ended"]
    assert broken(
        seal=third, digest=third.digest, before=SEAL, digest_before=SEAL.digest, next_id=6
    ) == ["seal 2 was removed"]
    assert broken(
        seal=replace(third, number=2),
        digest=replace(third, number=2).digest,
        before=SEAL,
        digest_before="0" * 64,
        next_id=6,
    ) == ["seal 1 was rewritten: the next one knows it otherwise"]
