"""Own views: drafts with versions, levels that are confirmed, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from authorities.models import AuditEvent, Pair, Role
from duty.models import Round, RoundState
from engagement.actions import own_views
from engagement.actions.own_views import Choice
from engagement.models import Level, OwnView, Pick, Side, ViewState
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


def save(pair: Pair, round: Round, choices: dict[str, Choice], version: int = 0, **said):
    fields = {
        "side": Side.AUTHORITY,
        "by": make.member(pair.authority),
        "at": make.NOW,
        "expected_version": version,
    }
    return own_views.save_picks(pair=pair, round=round, choices=choices, **{**fields, **said})


def confirm(view: OwnView, level: str, **said):
    fields = {
        "changed_reason": "",
        "expected_version": view.version,
        "by": make.member(view.pair.authority, Role.SIGNATORY),
        "at": make.NOW,
    }
    return own_views.confirm(view=view, level=Level(level), **{**fields, **said})


def test_the_first_save_starts_a_draft_with_its_audit_and_its_recompute(pair, round):
    choices = {"S1": Choice(level=Level.HIGH)}

    view = save(pair, round, choices)

    assert (view.state, view.version, view.level) == (ViewState.DRAFT, 1, None)
    assert own_views.choices_of(view=view) == choices
    event = AuditEvent.objects.get(action="own_view.saved")
    assert (event.body_id, event.detail["side"]) == (pair.authority_id, "sa")
    assert RecomputeRequest.objects.filter(subject=Subject.PAIR, subject_id=pair.pk).count() == 1


def test_a_draft_holds_exactly_what_was_saved_last(pair, round):
    view = save(pair, round, make.choices("sa", "high"))

    save(pair, round, {"S2": Choice(level=Level.LOW)}, version=view.version)

    assert own_views.choices_of(view=view) == {"S2": Choice(level=Level.LOW)}


def test_a_double_click_stores_once(pair, round):
    choices = make.choices("sa", "partial")
    first = save(pair, round, choices)

    second = save(pair, round, choices)

    assert (second.pk, second.version) == (first.pk, 1)
    assert AuditEvent.objects.filter(action="own_view.saved").count() == 1


def test_a_stale_save_is_refused_with_both_texts(pair, round):
    save(pair, round, {"S1": Choice(level=Level.HIGH)})
    mine = {"S1": Choice(level=Level.LOW)}

    with pytest.raises(own_views.StaleViewError) as refused:
        save(pair, round, mine)

    assert refused.value.submitted == mine
    assert refused.value.stored == {"S1": Choice(level=Level.HIGH)}
    assert Pick.objects.get().level == Level.HIGH


@pytest.mark.parametrize("state", [s for s in RoundState if s != RoundState.OPEN])
def test_a_round_that_is_not_open_takes_no_view(pair, round, state):
    Round.objects.filter(pk=round.pk).update(state=state)
    round.refresh_from_db()

    with pytest.raises(own_views.RoundClosedError):
        save(pair, round, make.choices("sa", "high"))

    assert not OwnView.objects.exists()


def test_the_last_day_for_edits_belongs_to_the_round_in_london(pair, round):
    # Midnight in London on 18 December is midnight in UTC too.
    last_minute = make.NOW.replace(month=12, day=18, hour=23, minute=59)

    save(pair, round, {"S1": Choice(level=Level.HIGH)}, at=last_minute)
    with pytest.raises(own_views.RoundClosedError):
        save(pair, round, {}, version=1, at=last_minute + timedelta(minutes=1))

    assert Pick.objects.count() == 1


def test_a_theme_of_the_other_side_is_refused(pair, round):
    with pytest.raises(own_views.ForeignThemeError):
        save(pair, round, {"I1": Choice(level=Level.HIGH)})

    assert not OwnView.objects.exists()


@pytest.mark.parametrize("said", [{"overlap__sliver": True}, {"overlap__planned": True}])
def test_a_pair_that_is_not_assessed_takes_no_view(round, said):
    pair = PairFactory(**said)

    with pytest.raises(own_views.PairNotExpectedError):
        save(pair, round, make.choices("sa", "high"))


def test_a_signatory_confirms_the_level_that_the_statements_give(pair, round):
    view = save(pair, round, make.choices("sa", "high"))

    confirmed = confirm(view, "high")

    assert (confirmed.state, confirmed.level) == (ViewState.CONFIRMED, Level.HIGH)
    assert (confirmed.computed_level, confirmed.changed_reason) == (Level.HIGH, "")
    assert AuditEvent.objects.filter(action="own_view.confirmed").count() == 1


def test_a_changed_level_keeps_both_levels_and_the_reason(pair, round):
    view = save(pair, round, make.choices("sa", "high"))

    confirmed = confirm(view, "partial", changed_reason=" A plan is not yet work. ")

    assert (confirmed.computed_level, confirmed.level) == (Level.HIGH, Level.PARTIAL)
    assert confirmed.changed_reason == "A plan is not yet work."


def test_a_changed_level_without_a_reason_is_refused(pair, round):
    view = save(pair, round, make.choices("sa", "high"))

    with pytest.raises(own_views.ReasonMissingError):
        confirm(view, "partial", changed_reason="  ")

    view.refresh_from_db()
    assert view.state == ViewState.DRAFT


def test_unanswered_themes_are_named_and_never_read_as_low(pair, round):
    choices = make.choices("sa", "high")
    del choices["S3"]
    view = save(pair, round, choices)

    with pytest.raises(own_views.UnansweredThemesError, match="Reach of the strategy"):
        confirm(view, "high")

    view.refresh_from_db()
    assert (view.state, view.level, view.computed_level) == (ViewState.DRAFT, None, None)


@pytest.mark.parametrize(("level", "refused"), [("high", True), ("low", True), ("partial", False)])
def test_high_and_low_need_evidence(pair, round, level, refused):
    bare = {theme.code: Choice(level=Level(level)) for theme in make.themes("sa")}
    view = save(pair, round, bare)

    if refused:
        with pytest.raises(own_views.EvidenceMissingError):
            confirm(view, level)
    else:
        confirm(view, level)

    view.refresh_from_db()
    assert (view.state == ViewState.DRAFT) is refused


def test_confirming_twice_is_confirming_once(pair, round):
    view = save(pair, round, make.choices("sa", "high"))
    signatory = make.member(pair.authority, Role.SIGNATORY)

    confirm(view, "high", by=signatory)
    confirm(view, "high", by=signatory)

    assert AuditEvent.objects.filter(action="own_view.confirmed").count() == 1


def test_a_confirmed_view_is_locked(pair, round):
    view = confirm(save(pair, round, make.choices("sa", "high")), "high")

    with pytest.raises(own_views.ViewLockedError):
        save(pair, round, make.choices("sa", "low"), version=view.version)

    assert set(Pick.objects.values_list("level", flat=True)) == {"high"}


def test_a_confirmation_of_an_older_text_is_refused(pair, round):
    view = save(pair, round, make.choices("sa", "high"))
    save(pair, round, make.choices("sa", "low"), version=view.version)

    with pytest.raises(own_views.StaleViewError):
        confirm(view, "high", changed_reason="I saw the older one.")

    assert OwnView.objects.get().state == ViewState.DRAFT


def test_a_reopened_view_is_a_draft_with_its_words_kept(pair, round):
    view = confirm(save(pair, round, make.choices("sa", "high")), "high")
    signatory = make.member(pair.authority, Role.SIGNATORY)

    reopened = own_views.reopen(
        view=view, reason="A fault.", expected_version=view.version, by=signatory, at=make.NOW
    )

    assert (reopened.state, reopened.level, reopened.confirmed_by) == (ViewState.DRAFT, None, None)
    assert Pick.objects.filter(view=view).count() == 7
    assert AuditEvent.objects.get(action="own_view.reopened").detail["reason"] == "A fault."


def test_reopening_needs_a_reason_and_an_open_round(pair, round):
    view = confirm(save(pair, round, make.choices("sa", "high")), "high")
    asked = {"view": view, "expected_version": view.version, "by": view.confirmed_by}

    with pytest.raises(own_views.ReasonMissingError):
        own_views.reopen(**asked, reason="", at=make.NOW)
    with pytest.raises(own_views.RoundClosedError):
        own_views.reopen(**asked, reason="A fault.", at=make.NOW + timedelta(days=60))

    view.refresh_from_db()
    assert view.state == ViewState.CONFIRMED


def breaks(name: str):
    return pytest.raises(IntegrityError, match=name)


def test_the_database_holds_one_view_a_side(pair, round):
    view = save(pair, round, {})

    with breaks("ownview_once"), transaction.atomic():
        OwnView.objects.create(
            round=round,
            pair=pair,
            side="sa",
            updated_at=make.NOW,
            updated_by=view.updated_by,
        )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"side": "xx"}, "ownview_side_is_known"),
        ({"state": "confirmed"}, "confirmed_ownview_says_who_and_what"),
        ({"level": "high", "computed_level": "low"}, "ownview_of_changed_level_says_why"),
    ],
)
def test_the_database_refuses_a_view_that_cannot_be(pair, round, fields, constraint):
    view = save(pair, round, {})

    with breaks(constraint), transaction.atomic():
        OwnView.objects.filter(pk=view.pk).update(**fields)


def test_the_database_refuses_a_pick_that_cannot_be(pair, round):
    view = save(pair, round, {"S1": Choice(level=Level.HIGH)})
    pick = Pick.objects.get()

    with breaks("pick_is_a_level"), transaction.atomic():
        Pick.objects.filter(pk=pick.pk).update(level="good")
    with breaks("pick_once_a_theme"), transaction.atomic():
        Pick.objects.create(view=view, theme=pick.theme, level="low")


def test_the_database_locks_the_picks_of_a_confirmed_view(pair, round):
    confirm(save(pair, round, make.choices("sa", "high")), "high")

    with breaks("the view is confirmed"), transaction.atomic():
        Pick.objects.update(level="low")

    assert set(Pick.objects.values_list("level", flat=True)) == {"high"}
