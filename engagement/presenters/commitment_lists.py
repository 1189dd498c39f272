"""What the page of a body's commitments shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from duty import words
from engagement.models import CommitmentState, Side
from engagement.presenters.commitments import CommitmentCard, card_of
from engagement.queries.bodies import Partner
from engagement.queries.body_names import BodyName
from engagement.queries.commitment_needs import Needs
from engagement.queries.commitments import CommitmentFacts, CommitmentPage


@dataclass(frozen=True)
class ListRights:
    """What the reader may do with the body's commitments; all False for the centre."""

    is_own: bool
    may_edit: bool
    may_confirm: bool


@dataclass(frozen=True)
class PartnerLink:
    """A body on the other side, with the pages of the pair."""

    name: str
    note: str
    pair_url: str
    list_url: str
    propose_url: str


@dataclass(frozen=True)
class BodyCommitmentsPage:
    """A body's open commitments, sorted by what they ask of it."""

    title: str
    lede: str
    due: str
    chips: tuple[tuple[str, str], ...]
    to_update: tuple[CommitmentCard, ...]
    to_answer: tuple[CommitmentCard, ...]
    agreed: tuple[CommitmentCard, ...]
    others_answer: tuple[CommitmentCard, ...]
    unassigned: tuple[CommitmentCard, ...]
    partners: tuple[PartnerLink, ...]
    own_is_board: bool
    may_answer: bool
    page: int
    pages: int


def body_page(
    *,
    name: BodyName,
    partners: Sequence[Partner],
    needs: Needs,
    found: CommitmentPage,
    unassigned: Sequence[CommitmentFacts],
    side: Side,
    since: date,
    due_on: date | None,
    on: date,
    rights: ListRights,
) -> BodyCommitmentsPage:
    """Return what the page shows. Counts are of all commitments, cards of one page of them."""
    to_update: list[CommitmentCard] = []
    to_answer: list[CommitmentCard] = []
    agreed: list[CommitmentCard] = []
    others_answer: list[CommitmentCard] = []
    for facts in found.rows:
        card = card_of(
            facts=facts,
            own=side,
            on=on,
            may_edit=rights.may_edit,
            may_confirm=rights.may_confirm,
        )
        update_is_due = facts.update_is_due(side=side, since=since)
        if facts.state == CommitmentState.PROPOSED:
            (others_answer if facts.proposed_side == side else to_answer).append(card)
        elif update_is_due and rights.may_edit:
            to_update.append(card)
        elif facts.waiting is not None and facts.waiting.side != side and not update_is_due:
            to_answer.append(card)
        elif facts.state == CommitmentState.CLOSING:
            others_answer.append(card)
        else:
            agreed.append(card)
    return BodyCommitmentsPage(
        title=_title(needs=needs, rights=rights),
        lede=_lede(name=name, partners=partners, rights=rights),
        due=_due(needs=needs, due_on=due_on) if rights.may_edit else "",
        chips=_chips(needs=needs),
        to_update=tuple(to_update),
        to_answer=tuple(to_answer),
        agreed=tuple(agreed),
        others_answer=tuple(others_answer),
        unassigned=tuple(
            card_of(
                facts=facts,
                own=side,
                on=on,
                may_edit=rights.may_edit,
                may_confirm=rights.may_confirm,
            )
            for facts in unassigned
        ),
        partners=tuple(
            _link(partner=partner, side=side, own=name, rights=rights) for partner in partners
        ),
        own_is_board=side == Side.BOARD,
        may_answer=rights.may_confirm,
        page=found.page,
        pages=found.pages,
    )


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: '1 commitment', '3 commitments'."""
    return f"{number} {one if number == 1 else many}"


def _title(*, needs: Needs, rights: ListRights) -> str:
    if not rights.may_edit or needs.update == 0:
        return "Commitments"
    return f"{counted(needs.update, 'commitment', 'commitments')} to update"


def _lede(*, name: BodyName, partners: Sequence[Partner], rights: ListRights) -> str:
    others = [partner.body.name for partner in partners]
    joined = (
        f"{', '.join(others[:-1])} and {others[-1]}"
        if len(others) > 1
        else "".join(others) or "no partner on this day"
    )
    return f"With {joined}." if rights.is_own else f"{name.name}, with {joined}."


def _due(*, needs: Needs, due_on: date | None) -> str:
    if needs.update == 0 or due_on is None:
        return ""
    return f"Due {words.london_weekday(moment=due_on)}."


def _chips(*, needs: Needs) -> tuple[tuple[str, str], ...]:
    chips = [(f"{needs.nothing} of {needs.agreed}", "up to date")]
    if needs.answer:
        verb = "waits" if needs.answer == 1 else "wait"
        chips.append((str(needs.answer), f"{verb} for an answer from this side"))
    if needs.other_answers:
        verb = "waits" if needs.other_answers == 1 else "wait"
        chips.append((str(needs.other_answers), f"{verb} for the other side"))
    if needs.reconfirm:
        chips.append((str(needs.reconfirm), "to confirm again on this side"))
    if needs.overdue:
        chips.append((str(needs.overdue), "overdue"))
    if needs.unassigned:
        chips.append((str(needs.unassigned), "not assigned to a pair yet"))
    return tuple(chips)


def _link(*, partner: Partner, side: Side, own: BodyName, rights: ListRights) -> PartnerLink:
    slugs = (
        [own.slug, partner.body.slug] if side == Side.AUTHORITY else [partner.body.slug, own.slug]
    )
    whose = "ICB" if side == Side.BOARD else "authority"
    planned = "Not yet established. " if partner.planned else ""
    return PartnerLink(
        name=partner.body.name,
        note=f"{planned}{words.percent(share=partner.share)} of the {whose}’s people",
        pair_url=reverse("engagement:pair", args=slugs),
        list_url=reverse("commitments:pair", args=slugs),
        propose_url=reverse("commitments:propose", args=slugs) if rights.may_edit else "",
    )
