"""What the pair's page shows of its commitments: all to insiders, a count to the public."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from authorities.models import Pair
from engagement.models import Side
from engagement.presenters.commitments import CommitmentCard, card_of
from engagement.queries.commitments import CommitmentPage

MOST_ON_PAIR_PAGE = 3


@dataclass(frozen=True)
class PairCommitmentsBlock:
    """The context of `templates/engagement/_pair_commitments.html`."""

    may_read: bool
    cards: tuple[CommitmentCard, ...]
    total: int
    list_url: str
    propose_url: str
    public_sentence: str


def public_block(*, agreed: int) -> PairCommitmentsBlock:
    """Return what everybody may know: how many commitments are agreed."""
    sentence = (
        "The two sides have agreed no commitments yet."
        if agreed == 0
        else f"The two sides have agreed {agreed} commitment{'' if agreed == 1 else 's'}. "
        "What they say is not published."
    )
    return PairCommitmentsBlock(
        may_read=False,
        cards=(),
        total=agreed,
        list_url="",
        propose_url="",
        public_sentence=sentence,
    )


def insiders_block(
    *,
    pair: Pair,
    found: CommitmentPage,
    own: Side | None,
    on: date,
    may_edit: bool,
    may_confirm: bool,
) -> PairCommitmentsBlock:
    """Return the first cards, with the links to the rest."""
    slugs = [pair.authority.slug, pair.board.slug]
    return PairCommitmentsBlock(
        may_read=True,
        cards=tuple(
            card_of(facts=facts, own=own, on=on, may_edit=may_edit, may_confirm=may_confirm)
            for facts in found.rows[:MOST_ON_PAIR_PAGE]
        ),
        total=found.count,
        list_url=reverse("commitments:pair", args=slugs),
        propose_url=reverse("commitments:propose", args=slugs) if may_edit else "",
        public_sentence="",
    )
