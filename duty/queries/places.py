"""The authority and its boards as they stood on a round's date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from authorities.models import CodeScheme, PairOverlap, StrategicAuthority
from authorities.queries.dated import codes_on, designations_on, names_on
from duty.questions import Holder, QuestionSpec, in_first_year


@dataclass(frozen=True)
class AuthorityFacts:
    """An authority's names and code on a day."""

    id: UUID
    slug: str
    name: str
    short_name: str
    ons_code: str


@dataclass(frozen=True)
class BoardFacts:
    """A board that an authority is asked about. Shares are 0 to 1."""

    id: UUID
    slug: str
    name: str
    share_of_authority: float
    share_of_board: float

    @property
    def short_name(self) -> str:
        """The name as questions say it."""
        return self.name.replace("Integrated Care Board", "ICB")


def holder_of(
    *, authority: StrategicAuthority, day: date, questions: Sequence[QuestionSpec]
) -> Holder:
    """Return what decides which of the questions the authority is asked, as it was on the day.

    Type and tier are read only where a question depends on them.
    """
    depends = any(q.applies_to.types or q.applies_to.tiers for q in questions)
    found = designations_on(day=day, authorities=[authority.pk]) if depends else {}
    designation = found.get(authority.pk)
    return Holder(
        type=designation.type if designation else "",
        tier=designation.tier if designation else "",
        first_year=in_first_year(opened_on=authority.opened_on, day=day),
    )


def places_of(
    *, authority: StrategicAuthority, day: date
) -> tuple[AuthorityFacts, tuple[BoardFacts, ...]]:
    """Return how the authority is called on the day, and the boards that it is asked about.

    Those are the boards whose people it serves, by name; slivers aside. From three queries, which
    do not annotate: each page of a return asks them.
    """
    overlaps = list(
        PairOverlap.objects.as_at(day)
        .filter(pair__authority=authority, sliver=False, planned=False)
        .select_related("pair__board")
        .order_by("pk")
    )
    ids = [authority.pk, *(overlap.pair.board_id for overlap in overlaps)]
    names = names_on(day=day, bodies=ids)
    codes = codes_on(day=day, bodies=[authority.pk])
    facts = AuthorityFacts(
        id=authority.pk,
        slug=authority.slug,
        name=names.name(authority.pk) or authority.slug,
        short_name=names.short_name(authority.pk) or authority.slug,
        ons_code=codes.get((authority.pk, CodeScheme.ONS.value), ""),
    )
    boards = [
        BoardFacts(
            id=overlap.pair.board_id,
            slug=overlap.pair.board.slug,
            name=names.name(overlap.pair.board_id) or overlap.pair.board.slug,
            share_of_authority=overlap.share_of_authority,
            share_of_board=overlap.share_of_board,
        )
        for overlap in overlaps
    ]
    return facts, tuple(sorted(boards, key=lambda board: (board.name, board.slug)))
