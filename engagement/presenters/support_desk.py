"""What the centre's support desk shows: tables by name, never by level, and no rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from authorities.csv_text import write_csv
from duty import words as dates
from duty.ui.components import Cell, Column
from engagement import words
from engagement.forms.support import PairSideField
from engagement.models import EnrolmentState, Need
from engagement.picture import pair_name
from engagement.presenters.support import enrolment_tag, offer_tag
from engagement.queries.body_names import BodyName
from engagement.queries.enrolments import EnrolmentFacts
from engagement.queries.peers import AmberPair
from engagement.queries.support_movement import MovementRow, SupportMovement
from engagement.queries.support_offers import Group, OfferFacts
from engagement.queries.support_suggestions import Needs, Suggestion

NO_CLAIM = (
    "This says what was offered, what was taken up and what moved afterwards. It does not say that "
    "one came of the other: pairs that take support up differ from those that do not, and levels "
    "move for many reasons. It is no measure of a body, and nothing here is ranked."
)
OFFER_COLUMNS = (
    Column("Offer"),
    Column("State"),
    Column("For"),
    Column("When"),
    Column("Taking part", numeric=True),
)
ENROLMENT_COLUMNS = (Column("Body"), Column("Offer"), Column("State"), Column("Began"))
SUGGESTION_COLUMNS = (Column("Body"), Column("Group"), Column("Offers that fit"))
NEED_COLUMNS = (Column("Authority"), Column("Asked for"))
COUNT_COLUMNS = (
    Column("Offer"),
    Column("Offered or asked for", numeric=True),
    Column("Answered"),
    Column("Taken up"),
    Column("With a later published round"),
    Column("Newest movement of those pairs"),
)
MOVEMENT_COLUMNS = (
    Column("Body"),
    Column("Offer"),
    Column("State"),
    Column("Offered or asked for"),
    Column("Group then"),
    Column("Later published rounds"),
)
_CSV_HEADINGS = (
    *("offer", "offer_id", "authority", "authority_name", "icb", "icb_name", "side"),
    *("begun_by", "state", "state_label", "began_on", "answered_on", "took_up", "group_then"),
    *("later_rounds", "later_movement_codes", "later_movements", "note"),
)


@dataclass(frozen=True)
class SuggestedRow:
    """A body with the offers that fit it; each with the link that offers it."""

    body: str
    pair: str
    group: str
    aim: str
    offers: tuple[tuple[str, str], ...]


def offer_cells(
    *, offers: Sequence[OfferFacts], groups: Sequence[Group]
) -> tuple[tuple[Cell, ...], ...]:
    """Return the offers as rows."""
    named = {group.code: group.name for group in groups}
    return tuple(
        (
            Cell(one.title, url=reverse("support:desk-offer", args=[one.id])),
            Cell(offer_tag(one.state).text),
            Cell(named.get(one.group_code, one.group_code)),
            Cell(dates.london_date(moment=one.starts_on)),
            Cell(_places(one)),
        )
        for one in offers
    )


def enrolment_cells(*, rows: Sequence[EnrolmentFacts]) -> tuple[tuple[Cell, ...], ...]:
    """Return enrolments as rows, each with the link to the centre's page of it."""
    return tuple(
        (
            Cell(
                row.body.name,
                url=reverse("support:desk-enrolment", args=[row.id]),
                note=f"with {row.other.short_name}",
            ),
            Cell(row.title),
            Cell(enrolment_tag(row.state).text),
            Cell(
                dates.london_date(moment=row.began_at),
                note="Asked for" if row.asked else "Offered",
            ),
        )
        for row in rows
    )


def suggested_rows(
    *, rows: Sequence[Suggestion], groups: Sequence[Group], may_offer: bool
) -> tuple[SuggestedRow, ...]:
    """Return what fits whom, with the links that offer it to those who may."""
    named = {group.code: group.name for group in groups}
    return tuple(
        SuggestedRow(
            body=row.body.name,
            pair=pair_name(authority=row.authority.short_name, board=row.board.short_name),
            group=named.get(row.group, row.group),
            aim="The less engaged side" if row.side == row.less_engaged else "",
            offers=tuple(
                (
                    f"{one.title} (offered or asked for already)" if one.standing else one.title,
                    _offer_url(row, one.id) if may_offer and not one.standing else "",
                )
                for one in row.offers
            ),
        )
        for row in rows
    )


def need_cells(*, needs: Needs) -> tuple[tuple[Cell, ...], ...]:
    """Return who asked for what."""
    labels = dict(Need.choices)
    return tuple(
        (
            Cell(row.authority.name),
            Cell(", ".join(str(labels.get(code, code)) for code in row.needs)),
        )
        for row in needs.rows
    )


def offers_by_need(
    *, needs: Needs, offers: Sequence[OfferFacts]
) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return each need with how many asked for it, and the open offers that meet it."""
    return tuple(
        (
            need.label,
            f"{sum(need.value in row.needs for row in needs.rows)} of {needs.submitted} returns",
            tuple(
                (one.title, reverse("support:desk-offer", args=[one.id]))
                for one in offers
                if one.need == need.value
            ),
        )
        for need in Need
    )


def count_cells(*, found: SupportMovement) -> tuple[tuple[Cell, ...], ...]:
    """Return the counts of each offer, each with the number that it is out of."""
    return tuple(
        (
            Cell(one.title, url=reverse("support:desk-offer", args=[one.offer_id])),
            Cell(str(one.begun)),
            Cell(f"{one.answered} of {one.begun}"),
            Cell(f"{one.took_up} of {one.begun}"),
            Cell(f"{one.with_later_round} {'pair' if one.with_later_round == 1 else 'pairs'}"),
            Cell(
                ", ".join(
                    f"{words.MOVEMENTS[code].lower()}: {number} of {one.with_later_round}"
                    for code, number in one.moved
                )
                or "No later round is published"
            ),
        )
        for one in found.offers
    )


def movement_cells(
    *, rows: Sequence[MovementRow], groups: Mapping[str, str]
) -> tuple[tuple[Cell, ...], ...]:
    """Return what happened with each body and offer, in words."""
    return tuple(
        (
            Cell(
                row.authority.name if row.side == "sa" else row.board.name,
                note=f"in the pair {row.pair_name}",
            ),
            Cell(row.title),
            Cell(EnrolmentState(row.state).label),
            Cell(dates.london_date(moment=row.began_on)),
            Cell(_group(row, groups)),
            Cell(
                "; ".join(
                    f"{one.round_name}: {words.MOVEMENTS[one.movement].lower()}"
                    for one in row.later
                )
                or "None yet"
            ),
        )
        for row in rows
    )


def movement_csv(*, found: SupportMovement, groups: Mapping[str, str], note: str) -> str:
    """Return the same as a file: ISO days, codes and labels, and the words on every line.

    note: what every file about levels says, before the words that claim nothing.
    """
    return write_csv(
        headings=_CSV_HEADINGS,
        rows=[
            (
                row.title,
                str(row.offer_id),
                row.authority.slug,
                row.authority.name,
                row.board.slug,
                row.board.name,
                row.side,
                "body" if row.asked else "national_team",
                row.state.value,
                str(row.state.label),
                row.began_on.isoformat(),
                row.answered_on.isoformat() if row.answered_on else "",
                "yes" if row.took_up else "no",
                _group(row, groups),
                "; ".join(one.round_name for one in row.later),
                "; ".join(one.movement for one in row.later),
                "; ".join(words.MOVEMENTS[one.movement] for one in row.later),
                f"{note}. {NO_CLAIM}",
            )
            for row in found.rows
        ],
    )


def amber_choices(*, pairs: Sequence[AmberPair]) -> tuple[tuple[str, str], ...]:
    """Return both sides of each amber pair."""
    return side_choices(pairs=[(one.id, one.authority, one.board) for one in pairs])


def side_choices(
    *, pairs: Sequence[tuple[UUID, BodyName, BodyName]]
) -> tuple[tuple[str, str], ...]:
    """Return both sides of pairs, by authority and ICB."""
    found = []
    for key, authority, board in sorted(pairs, key=lambda one: (one[1].name, one[2].name)):
        found.append(
            (
                PairSideField.choice(pair_id=key, side="sa"),
                f"{authority.name}, in the pair with {board.name}",
            )
        )
        found.append(
            (
                PairSideField.choice(pair_id=key, side="icb"),
                f"{board.name}, in the pair with {authority.name}",
            )
        )
    return tuple(found)


def _offer_url(row: Suggestion, offer_id: UUID) -> str:
    to = PairSideField.choice(pair_id=row.pair_id, side=row.side)
    return f"{reverse('support:desk-enrol', args=[offer_id])}?{urlencode({'to': to})}"


def _places(one: OfferFacts) -> str:
    return str(one.taken) if one.capacity is None else f"{one.taken} of {one.capacity}"


def _group(row: MovementRow, groups: Mapping[str, str]) -> str:
    return words.NOT_ASSESSED if row.group is None else groups.get(row.group, row.group)
