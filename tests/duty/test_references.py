"""The reference of a submitted return."""

import pytest

from duty.references import MOST_CHARACTERS, reference, reference_prefix


@pytest.mark.parametrize(
    ("round_slug", "authority_slug", "prefix"),
    [
        ("autumn-2026", "south-yorkshire", "HDT-2026A-SYO"),
        ("spring-2027", "tees-valley", "HDT-2027S-TVA"),
        ("autumn-2026", "cornwall", "HDT-2026A-COR"),
        ("autumn-2026", "york-and-north-yorkshire", "HDT-2026A-YAN"),
        ("first", "y", "HDT-F-Y00"),
        ("2026", "42", "HDT-2026-000"),
    ],
)
def test_a_reference_says_round_and_authority(round_slug, authority_slug, prefix):
    found = reference_prefix(round_slug=round_slug, authority_slug=authority_slug)

    assert found == prefix
    assert len(reference(prefix=found, number=9999)) <= MOST_CHARACTERS


def test_references_are_counted_from_one():
    assert reference(prefix="HDT-2026A-SYO", number=1) == "HDT-2026A-SYO-0001"
    with pytest.raises(ValueError, match="counted from 1"):
        reference(prefix="HDT-2026A-SYO", number=0)
