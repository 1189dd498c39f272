"""Facts in words."""

from datetime import date

import pytest

from authorities.presenters.words import day_text, share_text, warning_text
from authorities.timetable import TimetableWarning, WarningKind


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (0.0004, "less than 0.1%"),
        (0.00742, "0.7%"),
        (0.5, "50.0%"),
        (0.9989, "99.9%"),
        (0.9996, "more than 99.9%"),
        (1.0, "100%"),
    ],
)
def test_a_little_is_not_nothing_and_not_all_is_not_everything(share: float, text: str) -> None:
    assert share_text(share=share) == text


@pytest.mark.parametrize("kind", list(WarningKind))
def test_every_warning_is_a_sentence_with_its_day_or_cluster(kind: WarningKind) -> None:
    text = warning_text(
        warning=TimetableWarning(kind=kind, on=date(2026, 4, 1), cluster="Devon with Cornwall")
    )

    assert text.endswith(".")
    assert ("1 April 2026" in text) == (
        kind not in {WarningKind.CLUSTER_MEMBER, WarningKind.NO_COUNTERPART}
    )
    assert ("Devon with Cornwall" in text) == (kind is WarningKind.CLUSTER_MEMBER)


def test_a_day_is_written_as_people_write_it() -> None:
    assert day_text(day=date(2026, 4, 1)) == "1 April 2026"
