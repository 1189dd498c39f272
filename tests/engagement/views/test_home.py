"""The first page: who is sent where, what waits for whom, and what nobody else learns."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from authorities.models import BodyKind, Notice, Reorganisation, ReorganisationState, Role
from duty.models import (
    DutyReturn,
    ExpectedReturn,
    ReturnEvent,
    Round,
    RoundHappening,
    RoundState,
)
from duty.round_lifecycle import RoundEvent
from engagement.models import CommitmentStatus, OwnView, Side, ViewState
from engagement.navigation import frame, marked
from outcomes.models import ReleaseState
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import (
    MembershipFactory,
    PairFactory,
    SuccessionFactory,
    UserFactory,
)
from tests.factories.duty import SubmissionFactory
from tests.factories.engagement import RoundFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)
from tests.factories.outcomes import ObservationFactory, ReleaseFactory
from tests.factories.stored_changes import stored_change

pytestmark = pytest.mark.django_db

CANARY = "canary-51aa"


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def open_round(people: People) -> Round:
    today = timezone.localdate()
    made: Round = RoundFactory(
        opens_on=today - timedelta(days=10),
        due_on=today + timedelta(days=14),
        edits_until=today + timedelta(days=20),
    )
    ExpectedReturn.objects.get_or_create(round=made, authority=people.pair.authority)
    return made


def home(client: Client, people: People, who: str) -> str:
    client.force_login(people.by_role[who])
    response = client.get(reverse("home"))
    assert response.status_code == 200, who
    return response.content.decode()


def test_visitors_are_sent_to_the_national_picture(client: Client) -> None:
    response = client.get(reverse("home"))

    assert response.status_code == 302
    assert response["Location"] == reverse("engagement:national")


def test_everybody_who_signs_in_gets_a_page(
    client: Client, people: People, open_round: Round
) -> None:
    for who in people.by_role:
        assert "Good " in home(client, people, who)


def test_an_officer_sees_the_round_the_view_and_the_commitments_that_wait(
    client: Client, people: People, open_round: Round
) -> None:
    CommitmentFactory(pair=people.pair, proposed_side=Side.BOARD, board_owner="Director")
    AgreedCommitmentFactory(pair=people.pair)

    page = home(client, people, "authority_signatory")

    assert f"{open_round.name} return: due" in page
    assert "Your own view of engagement with Testshire" in page
    assert "1 commitment to answer" in page
    assert "1 commitment to update" in page


def test_an_editor_is_told_that_the_signatory_confirms(
    client: Client, people: People, open_round: Round
) -> None:
    CommitmentFactory(pair=people.pair)

    page = home(client, people, "board_editor")

    assert "1 commitment: your signatory to answer" in page
    assert "commitment to answer" not in page


def test_a_confirmed_view_waits_for_nobody(
    client: Client, people: People, open_round: Round
) -> None:
    OwnView.objects.create(
        round=open_round,
        pair=people.pair,
        side=Side.BOARD,
        state=ViewState.CONFIRMED,
        computed_level="high",
        level="high",
        confirmed_at=timezone.now(),
        confirmed_by=people.by_role["board_signatory"],
        updated_at=timezone.now(),
        updated_by=people.by_role["board_signatory"],
    )

    own = home(client, people, "board_editor")
    other = home(client, people, "authority_editor")

    assert "Your own view of engagement" not in own
    assert "Own view of Testshire: not confirmed yet" not in other
    assert "Your own view of engagement with Testshire" in other


def test_strangers_bodies_never_show(client: Client, people: People, open_round: Round) -> None:
    elsewhere = PairFactory(authority__name=f"Elsewhere {CANARY}")
    CommitmentFactory(pair=elsewhere, title=CANARY)

    for who in people.by_role:
        assert CANARY not in home(client, people, who), who


def test_no_level_of_the_other_side_shows(
    client: Client, people: People, open_round: Round
) -> None:
    OwnView.objects.create(
        round=open_round,
        pair=people.pair,
        side=Side.AUTHORITY,
        computed_level="partial",
        level="low",
        changed_reason=CANARY,
        updated_at=timezone.now(),
        updated_by=people.by_role["authority_editor"],
    )

    page = home(client, people, "board_signatory")

    assert CANARY not in page
    assert "Partial" not in page


def test_a_merger_to_come_is_said_on_both_sides(client: Client, people: People) -> None:
    SuccessionFactory(
        predecessor=people.pair.board, on_date=timezone.localdate() + timedelta(days=90)
    )

    for who in ("board_editor", "authority_editor"):
        assert "Testshire becomes part of" in home(client, people, who)


@pytest.mark.parametrize("who", ["analyst", "moderator", "lead_analyst", "administrator"])
def test_the_centre_sees_how_far_the_round_is(
    client: Client, people: People, open_round: Round, who: str
) -> None:
    page = home(client, people, who)

    assert f"{open_round.name}: due" in page
    assert "of 1" in page
    assert "own views are confirmed" in page
    assert f"?round={open_round.slug}" in page
    assert (reverse("jobs") in page) is (who == "administrator")


def test_a_reader_sees_no_open_round(client: Client, people: People, open_round: Round) -> None:
    page = home(client, people, "reader")

    assert open_round.name not in page
    assert "No round has been published yet." in page


def test_a_person_of_several_bodies_gets_a_block_for_each(
    client: Client, people: People, open_round: Round
) -> None:
    person = people.by_role["board_editor"]
    second = MembershipFactory(user=person, role=Role.EDITOR).body
    third = MembershipFactory(user=person, role=Role.EDITOR).body

    page = home(client, people, "board_editor")

    for body in (people.pair.board, second, third):
        assert body.names.get().name in page
    assert page.count("Waits for others") == 3


def test_a_person_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(UserFactory())

    page = client.get(reverse("home")).content.decode()

    assert "You hold no role at a body now" in page


def queries_of(client: Client, django_assert_max_num_queries: Any, most: int) -> int:
    with django_assert_max_num_queries(most) as asked:
        client.get(reverse("home"))
    return len(asked)


@pytest.mark.parametrize("who", ["authority_editor", "board_editor", "analyst", "administrator"])
def test_the_page_asks_no_more_queries_when_there_is_more_to_say(
    client: Client,
    people: People,
    open_round: Round,
    who: str,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(people.by_role[who])
    client.get(reverse("home"))
    few = queries_of(client, django_assert_max_num_queries, MOST_QUERIES)

    for _ in range(4):
        pair = PairFactory(authority=people.pair.authority)
        AgreedCommitmentFactory(pair=pair)
        AgreedCommitmentFactory(pair=PairFactory(board=people.pair.board))
    many = queries_of(client, django_assert_max_num_queries, MOST_QUERIES)

    assert many == few


# What an authority's officer asks: the return itself is eleven of them.
MOST_QUERIES = 36


def test_the_frame_says_who_is_signed_in_and_where_they_are(people: People) -> None:
    request = RequestFactory().get(reverse("commitments:board", args=[people.pair.board.slug]))
    request.user = people.by_role["board_editor"]
    MembershipFactory(user=request.user, body=people.pair.board, role=Role.SIGNATORY)

    context = frame(request)

    assert context["who"] == "Testshire, editor and signatory"
    items = context["navigation"]
    assert isinstance(items, tuple)
    assert [item.label for item in items if item.current] == ["Commitments"]


def test_the_frame_asks_one_query_besides_the_rights(
    people: People, django_assert_num_queries: Any
) -> None:
    request = RequestFactory().get("/")
    request.user = people.by_role["authority_editor"]

    with django_assert_num_queries(2):
        frame(request)
    with django_assert_num_queries(0):
        frame(request)


def test_visitors_see_what_is_public_and_ask_no_query(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/national/")
    request.user = AnonymousUser()

    with django_assert_num_queries(0):
        context = frame(request)

    items = context["navigation"]
    assert isinstance(items, tuple)
    assert [item.label for item in items] == [
        "National picture",
        "Progress",
        "Frameworks",
        "Indicators",
        "The mission",
        "Support",
        "Strategic authorities",
        "Integrated care boards",
        "Who serves whom",
        "Data and API",
        "How it works",
    ]
    assert items[0].current


def test_the_longest_address_that_fits_is_current() -> None:
    links = [("Home", "/"), ("Area", "/a/x/"), ("Commitments", "/a/x/commitments/")]

    def current(path: str) -> list[str]:
        return [item.label for item in marked(links=links, path=path) if item.current]

    assert current("/a/x/commitments/new/") == ["Commitments"]
    assert current("/a/x/indicators/") == ["Area"]
    assert current("/") == ["Home"]
    assert current("/elsewhere/") == []


def happened(round_: Round, event: RoundEvent, **payload: str) -> None:
    RoundHappening.objects.create(
        round=round_, type=event.value, at=timezone.now(), payload=payload
    )


def test_a_body_sees_what_became_of_its_round_and_not_of_anothers_extension(
    client: Client, people: People, open_round: Round
) -> None:
    happened(open_round, RoundEvent.OPEN)
    other = people.by_role["other_authority_editor"].memberships.get().body_id
    happened(
        open_round,
        RoundEvent.EXTEND,
        authority=str(other),
        due_on="2027-01-04",
        edits_until="2027-01-05",
    )

    to_authority = home(client, people, "authority_editor")
    to_other = home(client, people, "other_authority_editor")

    assert f"<strong>{open_round.name}</strong> opened" in to_authority
    assert "gives you until" not in to_authority
    assert "gives you until 5 January 2027" in to_other
    # That one is not asked in this round.
    assert f"<strong>{open_round.name}</strong> opened" not in to_other


def test_nobody_sees_what_became_of_a_test_round(client: Client, people: People) -> None:
    tried_out = RoundFactory(is_test=True, name="Trying out")
    ExpectedReturn.objects.create(round=tried_out, authority=people.pair.authority)
    happened(tried_out, RoundEvent.OPEN)

    for who in ("authority_editor", "board_editor", "analyst", "reader"):
        assert "<strong>Trying out</strong> opened" not in home(client, people, who)


@pytest.mark.parametrize("who", ["authority_editor", "board_signatory"])
def test_both_sides_see_an_announced_change_of_either(
    client: Client, people: People, who: str
) -> None:
    change = stored_change(
        by=people.by_role["analyst"],
        state=ReorganisationState.SCHEDULED,
        approved_by=people.by_role["lead_analyst"],
        title="Testshire merges",
    )
    Reorganisation.objects.update(scheduled_at=timezone.now())
    change.bodies.create(kind=BodyKind.INTEGRATED_CARE_BOARD, slug="testshire", pending=True)

    assert "<strong>Testshire merges</strong> was announced" in home(client, people, who)


def test_the_centre_sees_what_was_sent_and_what_waits_by_its_rights(
    client: Client, people: People, open_round: Round
) -> None:
    made = DutyReturn.objects.create(
        round=open_round,
        authority=people.pair.authority,
        state="submitted",
        started_at=timezone.now(),
    )
    ReturnEvent.objects.create(duty_return=made, type="start", at=timezone.now())
    ReturnEvent.objects.create(duty_return=made, type="sign", at=timezone.now())

    to_analyst, to_moderator = (home(client, people, who) for who in ("analyst", "moderator"))

    for text in (to_analyst, to_moderator):
        assert "South Testshire</strong> signed and submitted its return" in text
    assert "1 return to review" in to_analyst
    assert "1 return to review" not in to_moderator
    assert "Nothing waits for you" in to_moderator


def test_messages_that_failed_wait_for_those_who_may_see_them(
    client: Client, people: People
) -> None:
    now = timezone.now()
    Notice.objects.create(
        kind="round.open",
        key="x",
        about=people.pair.pk,
        due_at=now,
        next_attempt_at=now,
        attempts=8,
        error="Gone",
    )

    assert "1 message could not be sent" in home(client, people, "administrator")
    assert "could not be sent" not in home(client, people, "moderator")


def test_a_signatory_sees_who_has_never_signed_in(client: Client, people: People) -> None:
    never = UserFactory(full_name="Never Here")
    MembershipFactory(body=people.pair.authority, user=never)

    assert "Never Here, editor" in home(client, people, "authority_signatory")
    assert "Never Here" not in home(client, people, "authority_editor")
    assert "Never Here" not in home(client, people, "board_signatory")


def extended(open_round: Round, people: People, *, ends_in: int) -> None:
    """Close the round, with an extension of the authority that ends some days from today."""
    ends = timezone.localdate() + timedelta(days=ends_in)
    over = timezone.localdate() - timedelta(days=9)
    Round.objects.filter(pk=open_round.pk).update(
        state=RoundState.CLOSED, due_on=over, edits_until=over
    )
    ExpectedReturn.objects.filter(round=open_round, authority=people.pair.authority).update(
        extended_due_on=ends, extended_edits_until=ends, extension_reason="Flood"
    )


@pytest.mark.parametrize(("ends_in", "works"), [(3, True), (0, True), (-1, False)])
def test_an_extension_keeps_the_return_on_the_page_after_the_round_has_closed(
    client: Client, people: People, open_round: Round, ends_in: int, works: bool
) -> None:
    extended(open_round, people, ends_in=ends_in)
    tasks = reverse("duty:return-tasks", args=[open_round.slug, people.pair.authority.slug])

    page = home(client, people, "authority_editor")

    assert (f"{open_round.name} return: due" in page) is works
    assert (f'<th role="rowheader" scope="row"><a class="govuk-link" href="{tasks}">' in page) is (
        works
    )
    assert ("Our return" in page) is works
    # A body without an extension has nothing to work on.
    assert "Our return" not in home(client, people, "other_authority_editor")


def test_the_receipt_of_the_last_return_is_linked(client: Client, people: People) -> None:
    sent = SubmissionFactory(
        duty_return=DutyReturn.objects.create(
            round=RoundFactory(state=RoundState.CLOSED),
            authority=people.pair.authority,
            state="submitted",
            started_at=timezone.now(),
        )
    )
    receipt = reverse(
        "duty:return-submitted", args=[sent.duty_return.round.slug, people.pair.authority.slug]
    )

    assert receipt in home(client, people, "authority_editor")
    assert receipt not in home(client, people, "other_authority_editor")
    assert receipt not in home(client, people, "board_editor")


NONE_IS_OPEN = "No round is open now."


@pytest.mark.parametrize(
    "changes",
    [
        {"state": RoundState.CLOSED},
        {"state": RoundState.PUBLISHED},
        # The job has not closed it yet.
        {"state": RoundState.OPEN, "edits_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_a_round_that_takes_no_views_is_not_open_and_asks_nothing(
    client: Client, people: People, open_round: Round, changes: dict[str, Any]
) -> None:
    Round.objects.filter(pk=open_round.pk).update(
        due_on=timezone.localdate() - timedelta(days=2), **changes
    )

    page = home(client, people, "board_editor")

    assert NONE_IS_OPEN in page
    assert "is open until" not in page
    assert "Your own view of engagement" not in page
    assert "Own view of" not in page
    assert "Nothing is due." in page


def test_an_extension_is_not_told_that_no_round_is_open(
    client: Client, people: People, open_round: Round
) -> None:
    extended(open_round, people, ends_in=3)

    page = home(client, people, "authority_editor")

    assert NONE_IS_OPEN not in page
    # An authority's own view goes with its extension; the ICB's closes with the round.
    assert "Your own view of engagement" in page
    assert "Your own view of engagement" not in home(client, people, "board_editor")


def test_what_was_due_before_today_is_not_due_in_the_next_weeks(
    client: Client, people: People, open_round: Round
) -> None:
    Round.objects.filter(pk=open_round.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    page = home(client, people, "authority_editor")

    assert "Nothing is due." in page
    # It still waits.
    assert "Your own view of engagement" in page
    assert f"{open_round.name} return: due" in page


def sent_in(round_: Round, people: People) -> None:
    DutyReturn.objects.create(
        round=round_,
        authority=people.pair.authority,
        state="submitted",
        started_at=timezone.now(),
    )


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.IN_REPLY, RoundState.FINALISING])
def test_returns_wait_for_their_review_after_the_closing_too(
    client: Client, people: People, open_round: Round, state: RoundState
) -> None:
    sent_in(open_round, people)
    Round.objects.filter(pk=open_round.pk).update(state=state)

    assert "1 return to review" in home(client, people, "analyst")
    assert "1 return to review" not in home(client, people, "administrator")


def test_a_proposed_publication_waits_for_those_who_may_approve_it_but_its_proposer(
    client: Client, people: People, open_round: Round
) -> None:
    Round.objects.filter(pk=open_round.pk).update(state=RoundState.FINALISING)
    RoundHappening.objects.create(
        round=open_round,
        type=RoundEvent.PROPOSE.value,
        at=timezone.now(),
        actor=people.by_role["lead_analyst"],
        actor_role=Role.LEAD_ANALYST,
        payload={"content": "x"},
    )
    words = f"{open_round.name}: approve its publication"

    for who in ("moderator", "administrator"):
        assert words in home(client, people, who), who
    for who in ("lead_analyst", "analyst", "reader", "board_editor"):
        assert words not in home(client, people, who), who

    happened(open_round, RoundEvent.TAKE_BACK)
    assert words not in home(client, people, "moderator")


def test_values_that_a_body_sent_in_wait_for_those_who_approve_them(
    client: Client, people: People
) -> None:
    ObservationFactory(
        release=ReleaseFactory(body=people.pair.authority), owner=people.pair.authority
    )
    ReleaseFactory(
        body=people.pair.authority,
        state=ReleaseState.RETURNED,
        decided_at=timezone.now(),
        decided_by=people.by_role["analyst"],
        comment="Of another year",
    )

    for who in ("analyst", "lead_analyst"):
        assert "1 file of values to approve" in home(client, people, who), who
    assert "to approve" not in home(client, people, "moderator")


def test_a_round_that_the_job_cannot_turn_waits_for_those_who_can(
    client: Client, people: People, open_round: Round
) -> None:
    Round.objects.filter(pk=open_round.pk).update(
        edits_until=timezone.localdate() - timedelta(days=1),
        due_on=timezone.localdate() - timedelta(days=2),
    )
    RoundHappening.objects.create(
        round=open_round,
        type=RoundEvent.HOLD_UP.value,
        at=timezone.now(),
        reason="A return awaits its signature.",
    )

    for who in ("administrator", "lead_analyst"):
        page = home(client, people, who)
        assert f"{open_round.name} is held up" in page, who
        assert "A return awaits its signature." in page, who
    assert "is held up" not in home(client, people, "analyst")


def test_a_commitment_is_due_on_its_own_day_within_six_weeks(
    client: Client, people: People
) -> None:
    today = timezone.localdate()
    days = {"Over": -1, "Today": 0, "Near": 42, "Far": 43}
    for name, number in days.items():
        AgreedCommitmentFactory(
            pair=people.pair, title=f"{name} list", target_date=today + timedelta(days=number)
        )
    met = AgreedCommitmentFactory(pair=people.pair, title="Met list", target_date=today)
    CommitmentUpdateFactory(commitment=met, side=Side.AUTHORITY, status=CommitmentStatus.MET)
    CommitmentFactory(pair=people.pair, title="Proposed list", target_date=today)

    def listed(who: str) -> set[str]:
        page = home(client, people, who)
        return {name for name in (*days, "Met", "Proposed") if f"Commitment: {name} list" in page}

    assert listed("authority_editor") == {"Today", "Near"}
    # Each side has its own word on how it stands.
    assert listed("board_editor") == {"Today", "Near", "Met"}
    assert listed("other_authority_editor") == set()
