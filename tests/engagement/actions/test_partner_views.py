"""What a side says of the other: saved, confirmed, opened again, released; and what holds it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from authorities.models import AuditEvent, Role
from duty.models import Round, RoundState
from engagement.actions import partner_views, placements, side_views
from engagement.actions.side_views import Choice
from engagement.models import Level, PartnerPick, PartnerView, Placement, ViewState
from outcomes.models import RecomputeRequest
from tests.factories import engagement as make
from tests.factories import engagement_partner_views as partner

pytestmark = pytest.mark.django_db


def reopen(view: PartnerView, *, reason: str = "A mistake.") -> PartnerView:
    return side_views.reopen(
        kind=partner_views.PARTNER,
        view=view,
        reason=reason,
        expected_version=view.version,
        by=make.member(view.body, Role.SIGNATORY),
        at=make.during(view.round),
    )


def release(view: PartnerView, *, version: int | None = None) -> PartnerView:
    return partner_views.release(
        view=view,
        expected_version=view.version if version is None else version,
        by=make.member(view.body, Role.SIGNATORY),
        at=make.during(view.round),
    )


@pytest.mark.parametrize(("side", "other"), [("sa", "I"), ("icb", "S")])
def test_the_statements_are_those_of_the_other_side(pair, round, side, other):
    view = partner.drafted(pair=pair, round=round, side=side)

    assert {pick.theme.code[0] for pick in PartnerPick.objects.filter(view=view)} == {other}
    assert view.about != side


def test_a_theme_of_the_own_side_is_refused(pair, round):
    with pytest.raises(side_views.ForeignThemeError, match="S1"):
        side_views.save_picks(
            kind=partner_views.PARTNER,
            pair=pair,
            round=round,
            side="sa",
            choices={"S1": Choice(level=Level.HIGH)},
            expected_version=0,
            by=make.member(pair.authority),
            at=make.during(round),
        )

    assert not PartnerView.objects.exists()


def test_the_level_is_that_of_the_rule_or_another_with_a_reason(pair, round):
    by_rule = partner.confirmed(pair=pair, round=round, side="sa", level="high")
    changed = partner.confirmed(
        pair=pair, round=round, side="icb", level="high", confirm_as="partial", reason="Late."
    )

    assert (by_rule.level, by_rule.computed_level, by_rule.changed_reason) == ("high", "high", "")
    assert (changed.level, changed.computed_level, changed.changed_reason) == (
        "partial",
        "high",
        "Late.",
    )


def test_a_changed_level_without_a_reason_and_a_high_one_without_evidence_are_refused(pair, round):
    with pytest.raises(side_views.ReasonMissingError):
        partner.confirmed(pair=pair, round=round, side="sa", level="high", confirm_as="low")
    with pytest.raises(side_views.EvidenceMissingError):
        partner.confirmed(pair=pair, round=round, side="icb", level="high", evidence="")


def test_a_view_of_the_other_side_moves_no_placement_and_asks_for_none(pair, round):
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    make.confirmed(pair=pair, round=round, side="icb", level="high")
    placements.recompute(pair=pair, round=round, at=make.NOW)
    before = Placement.objects.values().get(pair=pair, round=round)
    asked = RecomputeRequest.objects.count()

    release(reopened_and_confirmed(pair, round))
    placements.recompute(pair=pair, round=round, at=make.NOW)

    assert Placement.objects.values().get(pair=pair, round=round) == before
    assert RecomputeRequest.objects.count() == asked


def reopened_and_confirmed(pair, round) -> PartnerView:
    view = reopen(partner.confirmed(pair=pair, round=round, side="sa", level="low"))
    return side_views.confirm(
        kind=partner_views.PARTNER,
        view=view,
        level=Level.LOW,
        changed_reason="",
        expected_version=view.version,
        by=make.member(pair.authority, Role.SIGNATORY),
        at=make.during(round),
    )


def test_each_step_is_written_down_without_the_text(pair, round):
    partner.released(pair=pair, round=round, side="sa", note="canary-note")

    rows = AuditEvent.objects.filter(action__startswith="partner_view.").order_by("pk")
    assert [row.action for row in rows] == [
        "partner_view.saved",
        "partner_view.confirmed",
        "partner_view.released",
    ]
    assert {row.body_id for row in rows} == {pair.authority_id}
    assert "canary" not in str([row.detail for row in rows])


def test_a_draft_is_not_released(pair, round):
    view = partner.drafted(pair=pair, round=round, side="sa")

    with pytest.raises(partner_views.NotConfirmedError, match="Confirm it first"):
        release(view)


def test_what_was_changed_since_it_was_read_is_not_released(pair, round):
    view = partner.confirmed(pair=pair, round=round, side="sa")

    with pytest.raises(side_views.StaleViewError):
        release(view, version=view.version - 1)

    view.refresh_from_db()
    assert view.released_at is None


def test_a_release_is_not_taken_back_and_a_second_one_changes_nothing(pair, round):
    view = partner.released(pair=pair, round=round, side="icb")

    again = release(view, version=1)
    with pytest.raises(side_views.ViewLockedError, match="stays as it is"):
        reopen(view)

    assert again.released_at == view.released_at
    assert again.version == view.version


def test_a_confirmed_view_may_be_released_after_the_round_has_closed(pair, round):
    view = partner.confirmed(pair=pair, round=round, side="sa")
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)

    released = partner_views.release(
        view=view,
        expected_version=view.version,
        by=make.member(pair.authority, Role.SIGNATORY),
        at=make.during(round) + timedelta(days=200),
    )

    assert released.final


def test_nothing_is_written_once_the_round_takes_no_views(pair, round):
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    round.refresh_from_db()

    with pytest.raises(side_views.RoundClosedError):
        partner.drafted(pair=pair, round=round, side="sa")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"side": "xx"}, "partnerview_side_is_known"),
        ({"state": "confirmed"}, "confirmed_partnerview_says_who_and_what"),
        ({"level": "high", "computed_level": "low"}, "partnerview_of_changed_level_says_why"),
        ({"released_at": make.NOW}, "released_partner_view_says_who_and_what"),
    ],
)
def test_the_database_refuses_a_view_that_cannot_be(pair, round, fields, constraint):
    view = partner.drafted(pair=pair, round=round, side="sa")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PartnerView.objects.filter(pk=view.pk).update(**fields)


def test_the_database_holds_one_view_a_side_and_one_pick_a_theme(pair, round):
    view = partner.drafted(pair=pair, round=round, side="sa")
    pick = PartnerPick.objects.filter(view=view)[0]

    with pytest.raises(IntegrityError, match="partnerview_once"), transaction.atomic():
        PartnerView.objects.create(
            round=round, pair=pair, side="sa", updated_at=make.NOW, updated_by=view.updated_by
        )
    with pytest.raises(IntegrityError, match="partnerpick_once_a_theme"), transaction.atomic():
        PartnerPick.objects.create(view=view, theme=pick.theme, level="low")
    with pytest.raises(IntegrityError, match="partnerpick_is_a_level"), transaction.atomic():
        PartnerPick.objects.filter(pk=pick.pk).update(level="good")


def test_the_database_keeps_what_was_confirmed_and_what_was_released(pair, round):
    view = partner.released(pair=pair, round=round, side="sa")

    with pytest.raises(DatabaseError, match="the view is confirmed"), transaction.atomic():
        PartnerPick.objects.filter(view=view).update(level="high")
    with pytest.raises(DatabaseError, match="released_view_stays"), transaction.atomic():
        PartnerView.objects.filter(pk=view.pk).update(state=ViewState.DRAFT)
    with pytest.raises(DatabaseError, match="partner_view_never_deleted"), transaction.atomic():
        PartnerView.objects.filter(pk=view.pk)._raw_delete("default")
