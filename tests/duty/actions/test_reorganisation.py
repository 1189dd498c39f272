"""What a reorganisation makes of returns."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from authorities.actions import reorganisations
from authorities.models import AuditEvent, Membership, Reorganisation
from duty.actions import returns, sign_off
from duty.deadlines import closes_at
from duty.lifecycle import TransitionRefusedError
from duty.models import DutyReturn, ExpectedReturn, ReturnState, Round, RoundState
from duty.standing_records import RecordKind
from tests.factories import duty as make
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.factories.standing_records import on_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def effects_below_engagement(settings: Settings) -> None:
    """Leave out what bodies may still say of findings, which keeps people longer than a return."""
    settings.REORGANISATION_EFFECTS = [
        one for one in settings.REORGANISATION_EFFECTS if not one.startswith("engagement.")
    ]


@pytest.fixture
def country() -> change.Country:
    return change.small_country()


def north_ends() -> tuple[Any, ...]:
    """South takes over all of North."""
    return (change.Merge(sources=(change.authority("north"),), target=change.authority("south")),)


def things_of(row: Reorganisation) -> dict[str, Any]:
    return {one["what"]: one for one in change.preview_of(row)["things"]}


@pytest.fixture
def story(country: change.Country) -> make.ReturnStory:
    """North's return, just started, in a round that is open for another month."""
    return make.tell_return_of(
        authority=country.north,
        boards=(country.west, country.mid),
        round_=make.RoundFactory(geography_date=timezone.localdate() - timedelta(days=1)),
    )


def test_a_submitted_return_stays_with_the_authority_that_made_it(
    story: make.ReturnStory,
) -> None:
    submission = make.submit(story)

    done = change.applied(north_ends())

    story.duty_return.refresh_from_db()
    assert story.duty_return.authority == story.authority
    assert story.duty_return.state == ReturnState.SUBMITTED
    line = things_of(done)["Submitted returns"]
    assert line["count"] == 1
    assert line["links"] == [
        [f"North, {story.round.name}", f"/rounds/{story.round.slug}/returns/north/submitted/"]
    ]
    assert submission.duty_return == story.duty_return


def test_an_open_return_may_be_finished_by_its_own_people_until_the_last_day(
    story: make.ReturnStory,
) -> None:
    done = change.applied(north_ends())

    until = closes_at(closing_date=story.round.edits_until)
    for person in (story.editor, story.signatory):
        old = Membership.objects.get(user=person, body=story.authority)
        assert old.ended_at == until
        assert Membership.objects.get(user=person, body__slug="south").ended_at is None
    make.submit(story)
    assert DutyReturn.objects.get(pk=story.duty_return.pk).state == ReturnState.SUBMITTED
    line = things_of(done)["Open returns"]
    assert line["count"] == 1
    assert f"{story.round.edits_until.day} {story.round.edits_until:%B %Y}" in line["becomes"]
    people = {one["person"]: one for one in change.preview_of(done)["people"]}
    assert people[story.editor.full_name]["until"] == until.isoformat()
    assert people[story.editor.full_name]["unfinished"] == f"{story.round.name} return"


def test_an_extension_lets_the_people_stay_as_long(story: make.ReturnStory) -> None:
    later = story.round.edits_until + timedelta(days=30)
    ExpectedReturn.objects.filter(round=story.round, authority=story.authority).update(
        extended_due_on=later, extended_edits_until=later, extension_reason="The merger."
    )
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.CLOSED)

    change.applied(north_ends())

    old = Membership.objects.get(user=story.editor, body=story.authority)
    assert old.ended_at == closes_at(closing_date=later)


def test_a_return_that_is_expected_and_not_started_may_be_started(
    country: change.Country,
) -> None:
    asked = make.ExpectedReturnFactory(authority=country.north)
    old = MembershipFactory(body=country.north)

    done = change.applied(north_ends())

    assert things_of(done)["Open returns"]["count"] == 1
    old.refresh_from_db()
    assert old.ended_at == closes_at(closing_date=asked.round.edits_until)
    started = returns.start(
        round_=asked.round, authority=country.north, by=old.user, at=timezone.now()
    )
    assert started.authority == country.north


@pytest.mark.parametrize(
    "fields",
    [
        {"state": RoundState.PUBLISHED},
        {"state": RoundState.CLOSED},
        # Over before the day of the change.
        {"due_on": timezone.localdate(), "edits_until": timezone.localdate()},
    ],
)
def test_where_nothing_can_be_finished_the_roles_end_with_the_change(
    fields: dict[str, Any], story: make.ReturnStory
) -> None:
    Round.objects.filter(pk=story.round.pk).update(**fields)
    day = timezone.localdate() + timedelta(days=1)
    made = change.scheduled(change.drafted(north_ends(), on=day))
    at = timezone.now() + timedelta(days=1)

    change.apply_due(today=day, at=at)

    made.refresh_from_db()
    assert made.state == "applied", made.failure
    assert Membership.objects.get(user=story.editor, body=story.authority).ended_at == at


def test_a_return_that_waits_to_be_signed_holds_the_change_up_until_somebody_says_why_not(
    story: make.ReturnStory,
) -> None:
    make.send(story)
    made = change.approved(change.previewed(change.drafted(north_ends())))
    said = (
        f"The return of North for {story.round.name} waits to be signed. Have it signed or "
        "recalled first, or an administrator gives a reason to go ahead."
    )
    assert change.preview_of(made)["blockers"] == [said]

    with pytest.raises(reorganisations.StillWaitingError, match="waits to be signed"):
        schedule(made, reason=" ")
    schedule(made, reason="The mayor signs on the day after.")
    change.apply_due()

    made.refresh_from_db()
    assert made.state == "applied"
    story.duty_return.refresh_from_db()
    assert story.duty_return.state == ReturnState.AWAITING_SIGN_OFF


def test_a_return_sent_for_signature_after_all_was_set_stops_the_change_on_its_day(
    story: make.ReturnStory,
) -> None:
    made = change.scheduled(change.drafted(north_ends()))
    make.send(story)

    assert change.apply_due() == 0

    made.refresh_from_db()
    assert made.state == "failed"
    assert "waits to be signed" in made.failure
    assert not Membership.objects.filter(body__slug="south").exists()
    sign_off.recall(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    schedule(made, reason="")
    assert change.apply_due() == 1


def test_the_return_of_a_round_that_is_over_holds_nothing_up(story: make.ReturnStory) -> None:
    make.send(story)
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.CLOSED)

    made = change.previewed(change.drafted(north_ends()))

    assert change.preview_of(made)["blockers"] == []


@pytest.fixture
def ahead(country: change.Country) -> Round:
    """A round that opens after the change, asks both, and gives North more time."""
    today = timezone.localdate()
    made: Round = make.RoundFactory(
        state=RoundState.SCHEDULED,
        geography_date=today,
        opens_on=today + timedelta(days=10),
        due_on=today + timedelta(days=40),
        edits_until=today + timedelta(days=50),
    )
    later = today + timedelta(days=60)
    make.ExpectedReturnFactory(
        round=made,
        authority=country.north,
        extended_due_on=later,
        extended_edits_until=later,
        extension_reason="The merger.",
    )
    return made


def expected_in(round_: Round) -> list[str]:
    return list(
        ExpectedReturn.objects.filter(round=round_)
        .order_by("authority__slug")
        .values_list("authority__slug", flat=True)
    )


def test_a_round_ahead_asks_who_takes_over(ahead: Round) -> None:
    done = change.applied(change.authorities_merge())

    assert expected_in(ahead) == ["union"]
    row = ExpectedReturn.objects.get(round=ahead)
    assert row.extension_reason == "The merger."
    assert things_of(done)["Returns expected in rounds ahead"]["count"] == 1
    event = AuditEvent.objects.get(action="expected_return.moved")
    assert event.detail == {"round": ahead.slug, "to": ["union"]}


def test_standing_records_stay_and_the_preview_counts_them(country: change.Country) -> None:
    user = MembershipFactory(body=country.north, role="editor").user
    entry = on_record(country.north, RecordKind.STRATEGY, by=user)

    done = change.applied(change.authorities_merge())

    assert things_of(done)["Standing records"]["count"] == 1
    entry.refresh_from_db()
    assert entry.authority.slug == "north"


def test_who_takes_over_and_is_asked_already_is_asked_once(
    ahead: Round, country: change.Country
) -> None:
    make.ExpectedReturnFactory(round=ahead, authority=country.south)

    change.applied(north_ends())

    assert expected_in(ahead) == ["south"]
    assert ExpectedReturn.objects.get(round=ahead).extended_due_on is None


@pytest.mark.parametrize(
    "fields",
    [
        {"state": RoundState.OPEN},
        {"state": RoundState.PUBLISHED},
        {"geography_date": timezone.localdate() - timedelta(days=1), "state": RoundState.DRAFT},
        {"opens_on": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_a_round_that_is_open_over_or_counts_bodies_before_the_change_is_left_alone(
    fields: dict[str, Any], ahead: Round
) -> None:
    Round.objects.filter(pk=ahead.pk).update(**fields)

    change.applied(change.authorities_merge())

    assert expected_in(ahead) == ["north"]


def test_nobody_of_the_successor_writes_in_the_old_return(story: make.ReturnStory) -> None:
    stranger = MembershipFactory(body=change.body(change.authority("south"))).user
    change.applied(north_ends())

    with pytest.raises(TransitionRefusedError, match="no role at this authority"):
        make.answer(story, "CO8", by=stranger)


def schedule(made: Reorganisation, *, reason: str) -> None:
    made.refresh_from_db()
    reorganisations.schedule(
        reorganisation=made,
        version=made.version,
        override_reason=reason,
        by=UserFactory(),
        at=timezone.now(),
    )
