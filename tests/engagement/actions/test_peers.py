"""Bodies volunteer as ambassadors, and the centre joins them with others that would learn."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import AuditEvent, Pair, PairOverlap
from engagement.actions import peers
from engagement.actions.peers import PeerRefusedError
from engagement.models import Ambassador, LinkState, PeerLink, Side
from engagement.queries import peers as queries
from engagement.support_lifecycle import Actor, Event, SupportRefusedError
from tests.factories import support as make
from tests.factories.authorities import PairFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


def in_group(group: str | None) -> Pair:
    pair: Pair = PairFactory()
    make.placed(pair, group)
    return pair


def volunteer(pair: Pair, **said: Any) -> Ambassador:
    words: dict[str, Any] = {
        "side": Side.AUTHORITY,
        "shares": "A joint plan.",
        "open_to_any": True,
        "named": (),
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return peers.volunteer(pair=pair, **{**words, **said})


def propose(ambassador: Ambassador, pair: Pair, **said: Any) -> PeerLink:
    words: dict[str, Any] = {
        "side": Side.BOARD,
        "about": "How to begin.",
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return peers.propose_link(ambassador=ambassador, pair=pair, **{**words, **said})


def step(link: PeerLink, event: str, *, actor: str = "body", words: str = "") -> PeerLink:
    return peers.take_step(
        link=link,
        event=Event(event),
        actor=Actor(actor),
        body=link.body,
        words=words,
        by=UserFactory(),
        at=NOW,
    )


def ended(group: str) -> Pair:
    """A pair that was published in a group and is no more, as after a merger."""
    pair = in_group(group)
    PairOverlap.objects.filter(pair=pair).update(valid=DateRange(date(2022, 7, 1), TODAY))
    return pair


def test_a_pair_that_has_ended_neither_volunteers_nor_is_linked() -> None:
    stands, is_over = in_group("amber"), ended("amber")

    with pytest.raises(PeerRefusedError, match="serve no area together any more"):
        volunteer(ended("green"))
    with pytest.raises(PeerRefusedError, match="the pair that took over") as refused:
        propose(volunteer(in_group("green")), is_over)

    assert refused.value.field == "partner"
    assert [one.id for one in queries.amber_pairs(on=TODAY)] == [stands.pk]
    assert not PeerLink.objects.exists()


@pytest.mark.parametrize("group", ["amber", "pink", "red", None])
def test_only_a_published_green_pair_volunteers(group: str | None) -> None:
    with pytest.raises(PeerRefusedError, match="group Ambassadors"):
        volunteer(in_group(group))
    with pytest.raises(PeerRefusedError, match="group Ambassadors"):
        volunteer(PairFactory())


def test_a_newer_round_counts_and_an_older_one_does_not() -> None:
    pair = in_group("green")
    make.placed(
        pair,
        "amber",
        publication=make.published_round(slug="later", covers_to=date(2026, 3, 20)),
    )

    with pytest.raises(PeerRefusedError, match="group Ambassadors"):
        volunteer(pair)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"shares": " "}, "shares"), ({"open_to_any": False}, "named")],
)
def test_who_volunteers_says_what_and_with_whom(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(PeerRefusedError) as refused:
        volunteer(in_group("green"), **wrong)

    assert refused.value.field == field


def test_a_body_volunteers_once_and_again_after_it_withdrew() -> None:
    pair, key = in_group("green"), uuid.uuid4()
    made = volunteer(pair, form_key=key)
    assert volunteer(pair, form_key=key).pk == made.pk
    with pytest.raises(PeerRefusedError, match="volunteers already"):
        volunteer(pair)

    peers.withdraw(ambassador=made, by=UserFactory(), at=NOW)
    peers.withdraw(ambassador=made, by=UserFactory(), at=NOW)

    assert volunteer(pair).pk != made.pk
    assert AuditEvent.objects.filter(action="ambassador.withdrawn").count() == 1


def test_a_link_is_proposed_to_amber_pairs_that_the_ambassador_would_share_with() -> None:
    named, other = in_group("amber"), in_group("amber")
    host = volunteer(in_group("green"), open_to_any=False, named=[named.pk, named.pk])

    assert propose(host, named).state == LinkState.OFFERED
    with pytest.raises(PeerRefusedError, match="other pairs only"):
        propose(host, other)
    anybody = volunteer(in_group("green"))
    for group in ("green", "pink", "red", None):
        with pytest.raises(PeerRefusedError, match="Emerging leaders"):
            propose(anybody, in_group(group))
    with pytest.raises(PeerRefusedError, match="learn from each other"):
        propose(anybody, other, about=" ")
    propose(anybody, other)
    with pytest.raises(PeerRefusedError, match="already"):
        propose(anybody, other)


def test_withdrawing_takes_back_what_nobody_answered_and_keeps_what_was_agreed() -> None:
    host = volunteer(in_group("green"))
    waiting, agreed = propose(host, in_group("amber")), propose(host, in_group("amber"))
    agreed = step(agreed, "accept")

    peers.withdraw(ambassador=host, by=UserFactory(), at=NOW)

    assert PeerLink.objects.get(pk=waiting.pk).state == LinkState.WITHDRAWN
    assert PeerLink.objects.get(pk=agreed.pk).state == LinkState.ACCEPTED
    with pytest.raises(PeerRefusedError, match="has withdrawn"):
        propose(host, in_group("amber"))


def test_a_link_stays_when_a_group_changes_and_says_so() -> None:
    guest = in_group("amber")
    link = step(propose(volunteer(in_group("green")), guest), "accept")
    assert not queries.link_facts(link=link, on=TODAY).groups_changed

    make.placed(
        guest,
        "green",
        publication=make.published_round(slug="later", covers_to=date(2026, 3, 20)),
    )

    facts = queries.link_facts(link=link, on=TODAY)
    assert (facts.state, facts.groups_changed) == (LinkState.ACCEPTED, True)


@pytest.mark.parametrize("actor", ["body", "centre"])
def test_either_may_end_a_link_and_says_what_came_of_it(actor: str) -> None:
    link = make.accepted_link()
    with pytest.raises(SupportRefusedError, match="sentence or two"):
        step(link, "end", actor=actor)

    ended = step(link, "end", actor=actor, words="We have a plan.")

    assert (ended.state, ended.ended_words) == (LinkState.ENDED, "We have a plan.")


def test_meetings_are_written_down_once_it_is_accepted_and_not_ahead() -> None:
    said: dict[str, Any] = {"note": "", "by": UserFactory(), "at": NOW}
    key = uuid.uuid4()
    with pytest.raises(PeerRefusedError, match="once the link is accepted"):
        peers.add_meeting(link=make.LinkFactory(), held_on=TODAY, form_key=key, **said)
    link = make.accepted_link()
    with pytest.raises(PeerRefusedError, match="today or earlier"):
        peers.add_meeting(link=link, held_on=date(2026, 4, 2), form_key=key, **said)

    for _ in range(2):
        peers.add_meeting(link=link, held_on=TODAY, form_key=key, **said)

    assert link.meetings.count() == 1


def test_of_a_proposal_the_ambassador_learns_nothing() -> None:
    link = make.LinkFactory()
    host, guest = link.ambassador.body_id, link.body_id

    assert queries.links_of_bodies(body_ids=[host], on=TODAY) == ()
    assert len(queries.links_of_bodies(body_ids=[guest], on=TODAY)) == 1
    step(link, "decline", words="No time.")
    assert queries.links_of_bodies(body_ids=[host], on=TODAY) == ()
