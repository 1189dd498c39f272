"""Making rounds, and what the database holds of rounds and returns."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent, Role
from duty.actions import rounds, specifications
from duty.models import (
    DutyReturn,
    ExpectedReturn,
    ReturnSection,
    Round,
    RoundHappening,
    RoundState,
    Submission,
)
from duty.round_lifecycle import RoundGuard, RoundRefusedError
from tests.factories.authorities import NationalMembershipFactory, StrategicAuthorityFactory
from tests.factories.duty import (
    RoundFactory,
    SpecificationFactory,
    submit,
    tell_return,
    version_one,
)
from tests.factories.rounds import draft_round, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return NationalMembershipFactory(role=Role.ADMINISTRATOR).user


def expected_of(round_):
    rows = ExpectedReturn.objects.filter(round=round_).order_by("authority__slug")
    return [row.authority.slug for row in rows]


def test_a_draft_expects_the_authorities_of_the_geography_date(administrator):
    StrategicAuthorityFactory(slug="established", opened_on=date(2018, 7, 1))
    StrategicAuthorityFactory(opened_on=date(2027, 4, 1))
    StrategicAuthorityFactory(opened_on=None, planned=True)
    StrategicAuthorityFactory(opened_on=date(2018, 7, 1), closed_on=date(2026, 10, 1))

    made = rounds.create(plan=plan(), by=administrator, at=timezone.now())

    assert (made.state, made.slug) == (RoundState.DRAFT, "autumn-2026")
    assert expected_of(made) == ["established"]
    assert AuditEvent.objects.get(action="round.created").detail == {"slug": "autumn-2026"}
    happening = RoundHappening.objects.get()
    assert (happening.type, happening.actor_role) == ("create", "administrator")
    assert happening.actor_body == administrator.memberships.get().body


def test_only_an_administrator_makes_a_round():
    analyst = NationalMembershipFactory(role=Role.ANALYST).user

    with pytest.raises(RoundRefusedError, match="Ask the administrator"):
        rounds.create(plan=plan(), by=analyst, at=timezone.now())

    assert not Round.objects.exists()


def test_dates_that_are_not_in_order_are_refused_by_name(administrator):
    wrong = plan(due_on=date(2020, 1, 1))

    with pytest.raises(rounds.RoundDatesError) as refused:
        rounds.create(plan=wrong, by=administrator, at=timezone.now())

    assert [name for name, _ in refused.value.problems] == ["due_on"]
    assert not Round.objects.exists()


def test_a_round_asks_only_what_is_frozen(administrator):
    draft = specifications.load_specification(
        questions=version_one(), version=1, title="Draft", by=None, at=timezone.now()
    )

    with pytest.raises(rounds.SpecificationNotPublishedError):
        rounds.create(plan=plan(specification=draft), by=administrator, at=timezone.now())


def test_a_round_has_an_address_of_its_own(administrator):
    draft_round(administrator)

    with pytest.raises(rounds.RoundExistsError):
        draft_round(administrator)


def test_a_test_round_never_takes_the_address_of_a_real_one(administrator):
    real = draft_round(administrator)

    trial = draft_round(administrator, is_test=True)

    assert (real.slug, trial.slug) == ("autumn-2026", "test-autumn-2026")


def test_a_copy_asks_the_same_and_has_no_answers(administrator):
    story = tell_return()

    made = rounds.copy(
        source=story.round,
        plan=plan(name="Spring 2027", specification=story.round.specification),
        is_test=False,
        by=administrator,
        at=timezone.now(),
    )

    assert made.copied_from == story.round
    assert made.specification == story.round.specification
    assert expected_of(made) == [story.authority.slug]
    assert not DutyReturn.objects.filter(round=made).exists()
    assert AuditEvent.objects.get(action="round.copied").by == administrator


def test_a_changed_draft_expects_who_exists_on_its_new_date(administrator):
    StrategicAuthorityFactory(slug="established", opened_on=date(2018, 7, 1))
    StrategicAuthorityFactory(slug="new", opened_on=date(2027, 4, 1))
    made = draft_round(administrator)

    changed = rounds.change_draft(
        round_=made,
        plan=plan(name="Another name", geography_date=date(2027, 4, 1)),
        expected_version=made.version,
        by=administrator,
        at=timezone.now(),
    )

    assert (changed.name, changed.slug) == ("Another name", "autumn-2026")
    assert expected_of(changed) == ["established", "new"]
    happening = RoundHappening.objects.get(type="change")
    assert happening.payload["changed"] == ["name", "geography_date"]


def test_a_change_of_what_somebody_else_has_changed_is_refused(administrator):
    made = draft_round(administrator)

    with pytest.raises(RoundRefusedError) as refused:
        rounds.change_draft(
            round_=made,
            plan=plan(name="Mine"),
            expected_version=made.version - 1,
            by=administrator,
            at=timezone.now(),
        )

    assert refused.value.guards == (RoundGuard.VERSION_MATCHES,)
    made.refresh_from_db()
    assert made.name == "Autumn 2026"


def test_what_happened_to_a_round_stays():
    happening = RoundHappening.objects.create(round=RoundFactory(), type="open", at=timezone.now())

    for write in (lambda: RoundHappening.objects.update(type="close"), happening.delete):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            write()


@pytest.mark.parametrize(
    "change",
    [
        {"covers_to": date(2026, 8, 31)},
        {"geography_date": date(2026, 9, 1)},
        {"is_test": True},
        {"slug": "another"},
    ],
)
def test_what_a_scheduled_round_asks_cannot_change(change):
    stored = RoundFactory(state=RoundState.SCHEDULED)

    with (
        pytest.raises(IntegrityError, match="a scheduled round asks what it asks"),
        transaction.atomic(),
    ):
        Round.objects.filter(pk=stored.pk).update(**change)


def test_the_questions_of_a_scheduled_round_cannot_be_exchanged():
    stored = RoundFactory(state=RoundState.SCHEDULED)

    with pytest.raises(IntegrityError, match="asks what it asks"), transaction.atomic():
        Round.objects.filter(pk=stored.pk).update(specification=SpecificationFactory())


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"due_on": date(2020, 1, 1)}, "round_dates_in_order"),
        (
            {"reply_opens_on": date(2020, 1, 1), "reply_closes_on": date(2020, 1, 2)},
            "round_reply_after_edits",
        ),
        ({"due_on": date(2100, 1, 1)}, "round_dates_in_order"),
        ({"reply_closes_on": date(2020, 1, 1)}, "round_reply_after_edits"),
        ({"publish_at": datetime(2020, 1, 1, tzinfo=UTC)}, "round_published_after_reply"),
        ({"publish_at": None}, "round_beyond_draft_has_every_date"),
        (
            {"reply_opens_on": None, "reply_closes_on": None, "publish_at": None},
            "round_beyond_draft_has_every_date",
        ),
        ({"state": "elsewhere"}, "round_state_is_known"),
        ({"reminder_working_days": 0}, "round_reminds_before_the_due_day"),
    ],
)
def test_a_round_breaks_its_constraints(change, constraint):
    stored = RoundFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Round.objects.filter(pk=stored.pk).update(**change)


def test_a_round_is_published_on_a_later_day_in_london_than_the_reply_closes():
    closes = date(2027, 6, 30)
    draft = RoundFactory(
        state=RoundState.DRAFT,
        edits_until=date(2027, 5, 1),
        due_on=date(2027, 5, 1),
        reply_opens_on=date(2027, 6, 1),
        reply_closes_on=closes,
        publish_at=datetime(2027, 6, 30, 23, 0, tzinfo=UTC),
    )

    # A minute before midnight in London, an hour before it in UTC.
    with pytest.raises(IntegrityError, match="round_published_after_reply"), transaction.atomic():
        Round.objects.filter(pk=draft.pk).update(
            publish_at=datetime(2027, 6, 30, 22, 59, tzinfo=UTC)
        )


def test_a_test_round_is_never_published():
    stored = RoundFactory(is_test=True)

    with (
        pytest.raises(IntegrityError, match="round_for_tests_is_never_published"),
        transaction.atomic(),
    ):
        Round.objects.filter(pk=stored.pk).update(state=RoundState.PUBLISHED)


@pytest.mark.slow
def test_a_return_breaks_its_constraints():
    story = tell_return()
    expected = ExpectedReturn.objects.filter(round=story.round)
    section = ReturnSection.objects.filter(duty_return=story.duty_return, section="about")

    breaks = {
        "return_once_a_round": lambda: DutyReturn.objects.create(
            round=story.round, authority=story.authority, started_at=timezone.now()
        ),
        "return_state_is_known": lambda: DutyReturn.objects.update(state="elsewhere"),
        "section_once": lambda: ReturnSection.objects.create(
            duty_return=story.duty_return, section="about"
        ),
        "section_mark_is_known": lambda: section.update(mark="elsewhere"),
        "expected_once": lambda: ExpectedReturn.objects.create(
            round=story.round, authority=story.authority
        ),
        "extension_has_dates_and_reason": lambda: expected.update(
            extended_due_on=date(2026, 12, 20), extended_edits_until=date(2026, 12, 21)
        ),
    }

    for constraint, change in breaks.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            change()


@pytest.mark.slow
def test_a_submission_has_a_number_and_a_form_of_its_own():
    stored = submit(tell_return())
    fields = {
        "duty_return": stored.duty_return,
        "content": {},
        "content_sha256": "",
        "submitted_at": timezone.now() + timedelta(days=1),
        "submitted_by": stored.submitted_by,
        "late": False,
    }

    for constraint, other in {
        "submission_number_once": {"number": 1, "reference": "A"},
        "submission_from_one": {"number": 0, "reference": "B"},
        "reference": {"number": 2, "reference": stored.reference},
        "form_key": {"number": 3, "reference": "C", "form_key": stored.form_key},
    }.items():
        key = {"form_key": "12345678-1234-5678-1234-567812345678"}
        with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
            Submission.objects.create(**(fields | key | other))
