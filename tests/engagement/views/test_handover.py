"""What came to a body by a change of bodies stands on one page, for its own people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, User
from engagement.actions import commitments, support_succession
from engagement.models import Commitment, Enrolment, Side
from engagement.views import paging
from outcomes.actions import frameworks
from outcomes.models import FrameworkPartner
from tests.factories import duty as returns
from tests.factories import reorganisations as change
from tests.factories import support
from tests.factories.agreements import agreement_of
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import agreed, now

pytestmark = pytest.mark.django_db

NEW = reverse("engagement:board-handover", args=["west-and-mid"])
SOUTH = reverse("engagement:authority-handover", args=["south"])
NOTHING = "Nothing that came to your organisation waits for it."


@pytest.fixture(autouse=True)
def country() -> change.Country:
    return change.small_country()


def member(slug: str, role: Role = Role.SIGNATORY, *, kind: str = change.BOARD) -> User:
    key = change.board(slug) if kind == change.BOARD else change.authority(slug)
    found: User = MembershipFactory(body=change.body(key), role=role).user
    return found


def page(client: Client, person: User, url: str) -> str:
    client.force_login(User.objects.get(pk=person.pk))
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def in_parts(text: str) -> tuple[str, str]:
    """What waits, and what is settled."""
    waits, settled = text.split('id="settled"')
    return waits, settled


def test_after_a_merger_all_that_came_over_waits_with_whence_and_when(client: Client) -> None:
    old = change.pair("south", "mid")
    agreed_one = AgreedCommitmentFactory(pair=old, title="Shared falls service")
    proposed = CommitmentFactory(pair=old, title="Shared data", proposed_side=Side.AUTHORITY)
    row = support.answered(pair=old, side="icb")
    version = agreed(Parties(pair=old))
    done = change.applied(change.boards_merge())
    signatory = member("west-and-mid")

    waits, settled = in_parts(page(client, signatory, NEW))

    day = f"{done.effective_date.day} {done.effective_date:%B %Y}"
    assert waits.count(f"From South and Mid, on {day}") == 4
    for kind in ("Joint commitments", "Outcomes frameworks", "Support"):
        assert waits.count(f">{kind}</h3>") == 1
    for name, args in (
        ("commitments:reconfirm", [agreed_one.pk]),
        ("commitments:confirm", [proposed.pk]),
        ("support:enrolment-go-on", [row.pk]),
        ("outcomes:framework-version", [version.framework_id, version.number]),
    ):
        url = reverse(name, args=args)
        assert f'href="{url}"' in waits
        assert client.get(url).status_code == 200, url
    assert "Nothing has been settled yet." in settled


def test_who_does_not_sign_reads_what_waits_and_who_says_it(client: Client) -> None:
    AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())

    waits, _ = in_parts(page(client, member("west-and-mid", Role.EDITOR), NEW))

    assert "A signatory of your organisation confirms it again" in waits
    assert "/again/" not in waits


def test_what_is_said_is_settled_and_says_who_has_yet_to(client: Client) -> None:
    old = change.pair("south", "mid")
    commitment: Commitment = AgreedCommitmentFactory(pair=old)
    row: Enrolment = support.answered("accepted", pair=old, side="icb")
    version = agreed(Parties(pair=old))
    change.applied(change.boards_merge())
    signatory, at = member("west-and-mid"), timezone.now()
    heir = change.pair("south", "west-and-mid")
    commitment.refresh_from_db()

    commitments.reconfirm(commitment=commitment, side=Side.BOARD, by=signatory, at=at)
    support_succession.go_on(row=row, pair=heir, body=heir.board, by=signatory, at=at)
    frameworks.adopt(
        version=now(version), acting=Parties(pair=heir, person=signatory).board, by=signatory, at=at
    )

    text = page(client, signatory, NEW)
    waits, settled = in_parts(text)
    assert NOTHING in waits
    assert "Confirmed again. The other side has yet to" in settled
    assert "Your organisation goes on with it" in settled
    assert "Your organisation stands by it" in settled
    assert settled.count("From South and Mid, on") == 3
    # The other side still has its word to say.
    other = member("south", kind=change.AUTHORITY)
    assert (
        reverse("commitments:reconfirm", args=[commitment.pk])
        in in_parts(page(client, other, SOUTH))[0]
    )


def test_after_a_split_each_that_may_go_on_chooses(client: Client) -> None:
    old = change.pair("south", "mid")
    commitment = AgreedCommitmentFactory(pair=old)
    row = support.answered("accepted", pair=old, side="icb")
    version = agreed(Parties(pair=old))
    change.applied(change.mid_splits())
    lower, west = member("lower"), member("west")
    south = member("south", kind=change.AUTHORITY)
    to_choose = reverse("commitments:assign", args=[commitment.pk])
    owner = reverse("outcomes:framework-version", args=[version.framework_id, version.number])

    of_lower = page(client, lower, reverse("engagement:board-handover", args=["lower"]))
    of_west = page(client, west, reverse("engagement:board-handover", args=["west"]))
    of_south = page(client, south, SOUTH)

    assert to_choose in of_lower
    assert reverse("support:enrolment-go-on", args=[row.pk]) in of_lower
    assert to_choose in of_south
    assert "Choose who follows an owner that ended" in of_south
    assert owner in of_south
    # Norbury's board has no pair with South, so nothing of it is West's.
    assert NOTHING in of_west


def test_a_framework_of_an_authority_that_merged_says_of_which(client: Client) -> None:
    version = agreed(Parties(pair=change.pair("south", "mid")))
    done = change.applied(change.authorities_merge())
    union = member("union", kind=change.AUTHORITY)
    url = reverse("engagement:authority-handover", args=["union"])

    waits, _ = in_parts(page(client, union, url))

    assert FrameworkPartner.objects.filter(ended_on__isnull=True).count() == 1
    assert version.framework.name in waits
    day = f"{done.effective_date.day} {done.effective_date:%B %Y}"
    assert f"From South and Mid, on {day}" in waits


def test_what_a_body_before_left_open_is_for_those_with_a_role_there(client: Client) -> None:
    today = timezone.localdate()
    round_ = returns.RoundFactory(geography_date=today - timedelta(days=1))
    returns.tell_return_of(authority=change.pair("north", "mid").authority, round_=round_)
    keeps = member("north", Role.EDITOR, kind=change.AUTHORITY)
    change.applied(change.authorities_merge())
    new = member("union", kind=change.AUTHORITY)
    url = reverse("engagement:authority-handover", args=["union"])
    to_finish = reverse("duty:return-tasks", args=[round_.slug, "north"])

    own, _ = in_parts(page(client, keeps, url))
    assert to_finish in own
    assert "return of North" in own
    assert "own views of North" in own
    assert client.get(to_finish).status_code == 200

    others, _ = in_parts(page(client, new, url))
    assert "North" not in others


def test_nothing_came_says_so(client: Client) -> None:
    text = page(client, member("east"), reverse("engagement:board-handover", args=["east"]))

    assert NOTHING in text
    assert "Nothing has been settled yet." in text


def test_its_own_people_alone_read_it(client: Client) -> None:
    AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())
    who = {
        "own": member("west-and-mid", Role.EDITOR),
        "other side": member("south", kind=change.AUTHORITY),
        "stranger": member("east"),
        "centre": NationalMembershipFactory(role=Role.ANALYST).user,
    }
    got = {}
    for name, person in who.items():
        client.force_login(person)
        got[name] = client.get(NEW).status_code

    assert got == {"own": 200, "other side": 404, "stranger": 404, "centre": 403}


def test_home_leads_there_while_something_waits(client: Client) -> None:
    commitment: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    signatory = member("south", kind=change.AUTHORITY)
    assert SOUTH not in page(client, signatory, "/")
    change.applied(change.boards_merge())
    assert SOUTH in page(client, signatory, "/")

    commitment.refresh_from_db()
    commitments.reconfirm(
        commitment=commitment, side=Side.AUTHORITY, by=signatory, at=timezone.now()
    )

    assert SOUTH not in page(client, signatory, "/")


def test_it_is_paged_and_asks_no_more_when_there_is_more(client: Client) -> None:
    old = change.pair("south", "mid")
    AgreedCommitmentFactory(pair=old)
    support.answered("accepted", pair=old, side="icb")
    change.applied(change.boards_merge())
    signatory = member("west-and-mid")
    page(client, signatory, NEW)
    with CaptureQueriesContext(connection) as few:
        page(client, signatory, NEW)
    heir, first = change.pair("south", "west-and-mid"), Commitment.objects.get()
    for number in range(paging.ROWS):
        AgreedCommitmentFactory(
            pair=heir,
            title=f"Number {number}",
            origin_pair=old,
            moved_on=first.moved_on - timedelta(days=number),
            needs_reconfirmation=True,
        )

    with CaptureQueriesContext(connection) as many:
        text = page(client, signatory, NEW)

    assert len(many) <= len(few)
    assert "?waits=2" in text
    assert in_parts(text)[0].count("<li><p") == paging.ROWS


def test_an_agreement_that_came_over_waits_until_it_is_confirmed_again(
    client: Client, country: change.Country
) -> None:
    story = agreement_of(country, [country.mid])
    story.sign(country.north)
    story.sign(country.mid)
    change.applied(change.boards_merge())
    signatory = member("west-and-mid")
    asked = reverse("agreements:sign", args=[story.agreement.pk])

    waits, settled = in_parts(page(client, signatory, NEW))
    home = page(client, signatory, reverse("home"))
    story.sign(change.body(change.board("west-and-mid")))
    then_waits, then_settled = in_parts(page(client, signatory, NEW))

    assert f'href="{asked}"' in waits
    assert "From North and Mid, on " in waits
    assert "Partnership agreement “Memorandum on work and health”: confirm it again" in home
    assert NEW in home
    assert "Memorandum" not in settled
    assert "Memorandum" not in then_waits
    assert "Memorandum" in then_settled
