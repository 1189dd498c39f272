"""The chain of seals over tables to which rows are only added: its arithmetic, without a database.

A seal names a batch of rows by their keys. Each row's leaf is its key (8 bytes) and the SHA-256 of
its text (32). A seal's digest is the SHA-256 over the number of this form, its own number, the
table, the first and last key, the count, the digest before it, when it was made, and its leaves.
Who changes a row must change its leaf, with it the digest of its seal, and so of every later one,
of which copies stand in the log.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

# Another way to write rows down, or to seal them, gets another number.
FORM = 1
_KEY_BYTES, _HASH_BYTES = 8, 32
_LEAF_BYTES = _KEY_BYTES + _HASH_BYTES


@dataclass(frozen=True)
class Leaf:
    """A row's key, and the SHA-256 of its text."""

    key: int
    hash: bytes


@dataclass(frozen=True)
class Seal:
    """A link of the chain."""

    number: int
    table: str
    first_id: int
    last_id: int
    leaves: tuple[Leaf, ...]
    previous: str
    sealed_at: datetime

    @property
    def digest(self) -> str:
        """The hexadecimal SHA-256 over all of the seal."""
        head = [
            *(FORM, self.number, self.table, self.first_id, self.last_id, len(self.leaves)),
            *(
                self.previous,
                self.sealed_at.astimezone(UTC).isoformat("T", "microseconds"),
            ),
        ]
        text = "\n".join(str(part) for part in head)
        return sha256(f"{text}\n".encode() + packed(self.leaves)).hexdigest()


def packed(leaves: Iterable[Leaf]) -> bytes:
    """Return leaves as they are stored."""
    return b"".join(leaf.key.to_bytes(_KEY_BYTES, "big") + leaf.hash for leaf in leaves)


def unpacked(stored: bytes) -> tuple[Leaf, ...]:
    """Return stored leaves; what does not come out even is a leaf that equals none."""
    parts = [stored[at : at + _LEAF_BYTES] for at in range(0, len(stored), _LEAF_BYTES)]
    return tuple(
        Leaf(key=int.from_bytes(part[:_KEY_BYTES], "big"), hash=part[_KEY_BYTES:]) for part in parts
    )


def differences(*, sealed: Iterable[Leaf], found: Iterable[Leaf]) -> Iterator[str]:
    """Say of each row, by its key, whether it was changed, removed or inserted since its seal."""
    was = {leaf.key: leaf.hash for leaf in sealed}
    now = {leaf.key: leaf.hash for leaf in found}
    for key in sorted({*was, *now}):
        if key not in now:
            yield f"row {key} was removed"
        elif key not in was:
            yield f"row {key} was inserted"
        elif was[key] != now[key]:
            yield f"row {key} was changed"


def breaks(
    *, seal: Seal, digest: str, rows: int, before: Seal | None, digest_before: str, next_id: int
) -> Iterator[str]:
    """Say where a stored seal does not follow from what it holds, or from the one before it.

    Args:
        seal: what is stored, without its digest.
        digest: the digest that is stored.
        rows: the count that is stored.
        before: the seal before it, of either table; None for the first that is there.
        digest_before: the digest that is stored with it.
        next_id: the first key that no seal of the same table before it covers.
    """
    number = 0 if before is None else before.number
    if seal.number != number + 1:
        yield f"seal {number + 1} was removed"
    elif seal.previous != digest_before:
        yield f"seal {number or seal.number} was rewritten: the next one knows it otherwise"
    if seal.digest != digest or rows != len(seal.leaves):
        yield f"seal {seal.number} was changed"
    elif seal.first_id != next_id:
        yield f"seal {seal.number} does not begin where the one before it ended"
