"""What a review lacks, and when the next one is due."""

import uuid
from datetime import date

import pytest

from outcomes.expert_reviews import LookedAt, lacks_as_draft, lacks_to_be_signed, next_due
from tests.factories.expert_reviews import review_text

KNOWN = uuid.uuid4()


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (date(2026, 5, 14), date(2026, 11, 14)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_the_next_review_is_due_six_months_on(after, due):
    assert next_due(after=after) == due


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, None),
        ({"conclusion": "", "things_right_text": ""}, None),
        ({"group_name": " "}, "group_name"),
        ({"met_on": date(2026, 11, 24)}, "met_on"),
        ({"things_right": "maybe"}, "things_right"),
        ({"right_things": ""}, "right_things"),
        ({"looked_at": (LookedAt(uuid.uuid4()),)}, "indicators"),
        ({"looked_at": (LookedAt(KNOWN), LookedAt(KNOWN, "Again"))}, "indicators"),
    ],
)
def test_a_draft_may_wait_for_its_words_but_not_for_what_it_is_of(said, field):
    found = lacks_as_draft(
        text=review_text(**said),
        judgements={"yes", "partly"},
        known={KNOWN},
        today=date(2026, 11, 23),
    )

    assert [one.field for one in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, None),
        ({"conclusion": " "}, "conclusion"),
        ({"things_right_text": ""}, "things_right_text"),
        ({"right_things_text": ""}, "right_things_text"),
        ({"looked_at": ()}, "indicators"),
    ],
)
def test_what_is_signed_says_why_of_what_and_what_follows(said, field):
    text = review_text(**({"looked_at": (LookedAt(KNOWN),)} | said))

    assert [one.field for one in lacks_to_be_signed(text=text)] == ([field] if field else [])
