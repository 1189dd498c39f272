"""What must always hold of corrections of published levels is held by the database."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import Role
from duty.models import RoundState
from engagement.models import FindingCorrection, Publication
from tests.factories import corrections as make_corrections
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db


@contextmanager
def broken(says: str, error: type[DatabaseError] = IntegrityError):
    with pytest.raises(error, match=says), transaction.atomic():
        yield


@pytest.fixture
def correction(pair) -> FindingCorrection:
    """One that waits for its second person."""
    return make_corrections.proposed(
        pair=pair, round=make_corrections.published_round(pairs=(pair,))
    )


def another(row: FindingCorrection, **said) -> FindingCorrection:
    return FindingCorrection(
        **{
            "assessment": row.assessment,
            "side": "sa",
            "level_before": "high",
            "computed_level": "low",
            "level": "low",
            "rationale": "Found.",
            "evidence": [{"title": "Minutes"}],
            "reason": "Wrong.",
            "proposed_by": row.proposed_by,
            "proposed_at": make.NOW,
            **said,
        }
    )


def update(row: FindingCorrection, **said) -> None:
    FindingCorrection.objects.filter(pk=row.pk).update(**said)


def decided(row: FindingCorrection) -> dict[str, object]:
    return {
        "state": "approved",
        "decided_by": national.central(Role.MODERATOR),
        "decided_at": make.NOW,
        "publication": Publication.objects.get(round=row.assessment.round),
    }


def test_one_waits_at_a_time(correction):
    with broken("one_correction_waits"):
        another(correction).save()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"side": "xx"}, "correction_side_is_known"),
        ({"reason": ""}, "level_correction_says_why"),
        ({"rationale": ""}, "level_correction_says_why"),
        ({"level_before": "low"}, "correction_gives_another_level"),
        ({"level": None, "level_before": None}, "correction_gives_another_level"),
        ({"computed_level": "partial"}, "corrected_level_says_why_another"),
        ({"evidence": []}, "corrected_level_has_evidence"),
    ],
)
def test_a_correction_is_whole(correction, said, says):
    update(
        correction,
        state="taken_back",
        decided_by=correction.proposed_by,
        decided_at=make.NOW,
        decided_reason="No.",
    )

    with broken(says):
        another(correction, **said).save()


def test_an_unknown_state_is_refused(correction):
    with broken("correction_state_is_known|decided_correction_says_by_whom"):
        update(correction, state="lost")


def test_two_people_stand_behind_it(correction):
    with broken("correction_by_two_people"):
        update(correction, **{**decided(correction), "decided_by": correction.proposed_by})


@pytest.mark.parametrize("name", ["decided_by", "decided_at", "publication"])
def test_what_is_approved_says_by_whom_and_where(correction, name):
    with broken("decided_correction_says_by_whom"):
        update(correction, **{**decided(correction), name: None})


def test_what_is_declined_says_why(correction):
    said = {**decided(correction), "publication": None, "state": "declined"}
    with broken("decided_correction_says_by_whom"):
        update(correction, **said)


def test_only_what_is_published_is_corrected(pair, round):
    national.move_to(round, RoundState.CLOSED)
    held = national.moderated(pair=pair, round=round)
    by = national.central()

    with broken("only what is published is corrected", DatabaseError):
        FindingCorrection.objects.create(
            assessment=held,
            side="sa",
            level_before="high",
            computed_level="low",
            level="low",
            rationale="Found.",
            evidence=[{"title": "Minutes"}],
            reason="Wrong.",
            proposed_by=by,
            proposed_at=timezone.now(),
        )


@pytest.mark.parametrize("change", [{"level": "partial"}, {"reason": "Another."}, {"picks": {}}])
def test_it_stays_as_it_was_proposed(correction, change):
    with broken("a correction stays as it was proposed", DatabaseError):
        update(correction, **change)


def test_it_is_decided_once(correction):
    update(correction, **decided(correction))

    with broken("a correction stays as it was proposed", DatabaseError):
        update(correction, state="proposed", decided_by=None, decided_at=None, publication=None)


def test_it_is_published_with_its_own_round(correction, other_pair):
    elsewhere = make_corrections.published_round(pairs=(other_pair,), slug="elsewhere")

    with broken("a correction is published with its own round", DatabaseError):
        update(
            correction,
            **{
                **decided(correction),
                "publication": Publication.objects.get(round=elsewhere),
            },
        )


def test_none_is_deleted(correction):
    with broken("correction_never_deleted", DatabaseError):
        correction.delete()
