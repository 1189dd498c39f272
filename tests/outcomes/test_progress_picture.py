"""Statuses are counted with what they are counts of, and never made into a score."""

from outcomes.presenters.progress import summary
from outcomes.progress_labels import STATUS_WORDS
from outcomes.progress_picture import (
    NOT_ASSESSED,
    Told,
    add,
    count,
    counts_from_json,
    counts_to_json,
)

# Source: the project's worked example: 9 of 24 are assessed, of which 1 is achieved and 3 are on
# track, and 15 are not assessed.
EXAMPLE = [
    *[Told("off_track")],
    *[Told("inconclusive")] * 2,
    *[Told("behind_within_margin")] * 2,
    *[Told("on_track")] * 3,
    *[Told("achieved")],
    *[Told(NOT_ASSESSED, "overlapping")] * 8,
    *[Told(NOT_ASSESSED, "no_target")] * 4,
    *[Told(NOT_ASSESSED, "missing")] * 3,
]


def test_nine_of_twenty_four_are_assessed_and_each_status_has_its_denominator():
    found = count(statuses=EXAMPLE)

    told = {one.status: (one.number, one.of) for one in found.statuses}
    assert (found.assessed, found.total, found.not_assessed) == (9, 24, 15)
    assert (told["achieved"], told["on_track"], told[NOT_ASSESSED]) == ((1, 9), (3, 9), (15, 24))
    assert (told["missed"], told["ahead"]) == ((0, 9), (0, 9))
    assert sum(number for status, (number, _) in told.items() if status != NOT_ASSESSED) == 9
    assert [(one.reason, one.number) for one in found.reasons] == [
        ("overlapping", 8),
        ("no_target", 4),
        ("missing", 3),
    ]


def test_the_heading_says_both_numbers():
    found = summary(counts=count(statuses=EXAMPLE))

    assert found.heading == "24 indicators: 9 assessed, 15 not assessed"
    assert found.why_heading == "Why 15 are not assessed"


def test_statuses_stand_in_the_order_in_which_help_is_needed():
    # Source: the project's guide to progress, section 10; what is uncertain stands beside what is
    # certain, and two labels at the target side by side.
    assert list(STATUS_WORDS) == [
        *("missed", "not_met_uncertain", "off_track", "inconclusive", "behind_within_margin"),
        *("on_track", "ahead", "at_target_uncertain", "achieved", NOT_ASSESSED),
    ]


def test_counts_of_parts_together_are_the_counts_of_the_whole():
    parts = [count(statuses=EXAMPLE[:7]), count(statuses=EXAMPLE[7:])]

    kept = [counts_from_json(content=counts_to_json(counts=one)) for one in parts]

    assert add(parts=kept) == count(statuses=EXAMPLE)
