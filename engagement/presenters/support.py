"""What pages of support show to everybody and to bodies: what there is. They judge nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from duty import words
from duty.ui.components import SummaryRow, Tag, TagColour
from engagement.models import Aim, EnrolmentState, Need, OfferState
from engagement.queries.enrolments import EnrolmentFacts
from engagement.queries.peers import AmbassadorFacts, LinkFacts
from engagement.queries.support_offers import Group, OfferFacts

VOLUNTARY = (
    "Taking part is voluntary. Declining has no consequence: no level, no placement and no return "
    "depends on it, and nobody but your own organisation and the national team sees your answer."
)
_STATE_COLOURS: dict[str, TagColour] = {
    EnrolmentState.ASKED: "blue",
    EnrolmentState.OFFERED: "blue",
    EnrolmentState.ACCEPTED: "teal",
    EnrolmentState.UNDER_WAY: "teal",
}
_OFFER_COLOURS: dict[str, TagColour] = {OfferState.OPEN: "teal", OfferState.DRAFT: "blue"}


@dataclass(frozen=True)
class OfferCard:
    """An offer in a list."""

    title: str
    url: str
    state: Tag
    line: str


@dataclass(frozen=True)
class GroupOffers:
    """A support group with the offers that there are for it."""

    code: str
    name: str
    offer: str
    aim: str
    cards: tuple[OfferCard, ...]


@dataclass(frozen=True)
class EnrolmentCard:
    """A body with an offer, in its own list."""

    title: str
    url: str
    with_whom: str
    state: Tag
    line: str


@dataclass(frozen=True)
class LinkCard:
    """A peer link in a list."""

    title: str
    url: str
    state: Tag
    line: str
    mark: str


@dataclass(frozen=True)
class AmbassadorCard:
    """That a body volunteers, with whom."""

    body: str
    pair: str
    shares: str
    whom: str
    mark: str
    withdraw_url: str


@dataclass(frozen=True)
class PairSupport:
    """The pair page's part: for the people of its bodies, each its own alone.

    offers: what there is for the pair's published group.
    not_assessed: nothing is offered by itself to a pair without a group.
    own_urls: of the reader's bodies; empty for everybody else.
    """

    cards: tuple[EnrolmentCard, ...]
    links: tuple[LinkCard, ...]
    offers: tuple[OfferCard, ...]
    not_assessed: bool
    own_urls: tuple[str, ...]


def enrolment_tag(state: str) -> Tag:
    """Return the state of an enrolment as a tag."""
    return Tag(EnrolmentState(state).label, _STATE_COLOURS.get(state, "grey"))


def offer_tag(state: str) -> Tag:
    """Return the state of an offer as a tag."""
    return Tag(OfferState(state).label, _OFFER_COLOURS.get(state, "grey"))


def days(*, starts_on: date, ends_on: date | None) -> str:
    """Return the days of an offer in words."""
    first = words.london_date(moment=starts_on)
    if ends_on is None:
        return f"From {first}"
    return f"From {first} to {words.london_date(moment=ends_on)}"


def groups_with_offers(
    *, groups: Sequence[Group], offers: Sequence[OfferFacts]
) -> tuple[GroupOffers, ...]:
    """Return each group with its offers; the ones of another map's groups stand last."""
    known = {group.code for group in groups}
    rows = [
        GroupOffers(
            code=group.code,
            name=group.name,
            offer=group.offer,
            aim="Aimed at the less engaged side first"
            if group.aimed_at != "both"
            else "Aimed at both sides",
            cards=tuple(offer_card(facts=one) for one in offers if one.group_code == group.code),
        )
        for group in groups
    ]
    others = tuple(offer_card(facts=one) for one in offers if one.group_code not in known)
    if others:
        rows.append(GroupOffers(code="", name="Earlier groups", offer="", aim="", cards=others))
    return tuple(rows)


def offer_card(*, facts: OfferFacts) -> OfferCard:
    """Return an offer for a list that everybody may see."""
    return OfferCard(
        title=facts.title,
        url=reverse("support:offer", args=[facts.id]),
        state=offer_tag(facts.state),
        line=f"{days(starts_on=facts.starts_on, ends_on=facts.ends_on)}. Run by {facts.run_by}.",
    )


def offer_rows(*, facts: OfferFacts, groups: Sequence[Group]) -> tuple[SummaryRow, ...]:
    """Return what everybody may know of an offer. Who takes part is not among it."""
    named = {group.code: group.name for group in groups}
    rows = [
        ("For", named.get(facts.group_code, facts.group_code)),
        ("Aimed at", Aim(facts.aimed_at).label),
        ("Run by", facts.run_by),
        ("When", days(starts_on=facts.starts_on, ends_on=facts.ends_on)),
        (
            "Places",
            "As many as like" if facts.capacity is None else f"{facts.capacity} bodies",
        ),
    ]
    if facts.need:
        rows.append(("Meets the need", Need(facts.need).label))
    return tuple(SummaryRow(key=key, value=value) for key, value in rows)


def enrolment_card(*, facts: EnrolmentFacts, url_name: str = "support:enrolment") -> EnrolmentCard:
    """Return a body's enrolment for its own list, or for the centre's under another address."""
    return EnrolmentCard(
        title=facts.title,
        url=reverse(url_name, args=[facts.id]),
        with_whom=f"{facts.body.name}, with {facts.other.name}",
        state=enrolment_tag(facts.state),
        line=began(facts=facts),
    )


def began(*, facts: EnrolmentFacts) -> str:
    """Return in a sentence how it began."""
    day = words.london_date(moment=facts.began_at)
    return f"{'Asked for' if facts.asked else 'Offered'} on {day}."


def enrolment_rows(*, facts: EnrolmentFacts) -> tuple[SummaryRow, ...]:
    """Return what the body and the centre both read of an enrolment."""
    rows = [
        ("For", facts.body.name),
        ("In the pair with", facts.other.name),
        ("Began", began(facts=facts)),
    ]
    for key, moment in (
        ("Answered", facts.answered_at),
        ("Under way since", facts.started_at),
        ("Finished", facts.finished_at),
    ):
        if moment is not None:
            rows.append((key, words.london_date(moment=moment)))
    if facts.not_given_reason:
        rows.append(("Why it could not be given", facts.not_given_reason))
    if facts.outcome:
        rows.append(("What came of it", facts.outcome))
    return tuple(SummaryRow(key=key, value=value) for key, value in rows)


def link_card(*, facts: LinkFacts, url_name: str = "support:link") -> LinkCard:
    """Return a peer link for a list."""
    return LinkCard(
        title=f"{facts.ambassador.name} and {facts.body.name}",
        url=reverse(url_name, args=[facts.id]),
        state=Tag(
            facts.state.label, "teal" if facts.state.value in ("accepted", "offered") else "grey"
        ),
        line=f"Proposed on {words.london_date(moment=facts.proposed_at)}.",
        mark=group_mark(changed=facts.groups_changed),
    )


def group_mark(*, changed: bool) -> str:
    """Return what is said where a group is another one by now."""
    if not changed:
        return ""
    return "The published group of one of the two pairs has changed since. The link stays."


def link_rows(*, facts: LinkFacts) -> tuple[SummaryRow, ...]:
    """Return what both bodies and the centre read of a link."""
    rows = [
        ("Ambassador", facts.ambassador.name),
        ("Learns from it", f"{facts.body.name}, in the pair {facts.pair_name}"),
        ("What it is about", facts.about),
        ("Proposed", words.london_date(moment=facts.proposed_at)),
    ]
    if facts.answered_at is not None:
        rows.append(("Answered", words.london_date(moment=facts.answered_at)))
    if facts.ended_at is not None:
        rows.append(("Ended", words.london_date(moment=facts.ended_at)))
        rows.append(("What came of it", facts.ended_words))
    return tuple(SummaryRow(key=key, value=value) for key, value in rows)


def ambassador_card(*, facts: AmbassadorFacts, may_withdraw: bool) -> AmbassadorCard:
    """Return that a body volunteers."""
    moved = facts.group_now != "green"
    return AmbassadorCard(
        body=facts.body.name,
        pair=facts.pair_name,
        shares=facts.shares,
        whom="With any pair" if facts.open_to_any else f"With {', '.join(facts.named)}",
        mark="The published group of its pair has changed since it volunteered." if moved else "",
        withdraw_url=reverse("support:ambassador-withdraw", args=[facts.id])
        if may_withdraw
        else "",
    )
