"""What the pair's page shows of its commitments: all to insiders, a count to the public."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from authorities.models import Pair
from duty import words
from duty.ui.components import Tag
from engagement.models import CommitmentState, Side
from engagement.presenters.commitment_lists import counted
from engagement.presenters.commitment_terms import value_words
from engagement.presenters.commitment_words import STATE_TAGS, date_words
from engagement.presenters.commitments import CommitmentCard, card_of
from engagement.queries.commitments import CommitmentPage
from engagement.queries.public_commitments import PublicCommitment, PublicPage

MOST_ON_PAIR_PAGE = 3


@dataclass(frozen=True)
class PublicRow:
    """A commitment as everybody reads it. ended: how and when, or nothing while it goes on."""

    title: str
    theme: str
    when: str
    state: Tag
    ended: str


@dataclass(frozen=True)
class PairCommitmentsBlock:
    """The context of `templates/engagement/_pair_commitments.html`."""

    may_read: bool
    cards: tuple[CommitmentCard, ...]
    total: int
    list_url: str
    propose_url: str
    public_sentence: str
    public: tuple[PublicRow, ...] = ()
    page: int = 1
    pages: int = 1


def public_block(*, found: PublicPage) -> PairCommitmentsBlock:
    """Return what everybody may know: how many are agreed, and those made public by both."""
    agreed = found.agreed
    sentence = "The two sides have agreed no commitments yet."
    if agreed:
        kept = agreed - found.public
        sentence = f"The two sides have agreed {counted(agreed, 'commitment', 'commitments')}. "
        if not found.public:
            sentence += "What they say is not published."
        elif kept:
            sentence += f"They have published {found.public} of them."
        else:
            sentence += "They have published all of them."
    return PairCommitmentsBlock(
        may_read=False,
        cards=(),
        total=agreed,
        list_url="",
        propose_url="",
        public_sentence=sentence,
        public=tuple(_public_row(one) for one in found.rows),
        page=found.page,
        pages=found.pages,
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


def _public_row(one: PublicCommitment) -> PublicRow:
    """That one side has asked to close it is between the two: until then it is agreed."""
    closed = one.final_status is not None and one.closed_at is not None
    return PublicRow(
        title=one.title,
        theme=value_words(name="theme", value=one.theme),
        when=date_words(
            target_date=one.target_date, no_date_reason=one.no_date_reason, sentence=True
        ),
        state=STATE_TAGS[CommitmentState.CLOSED if closed else CommitmentState.AGREED],
        ended=f"Ended as {one.final_status.label.lower()} on "
        f"{words.london_date(moment=one.closed_at)}"
        if one.final_status is not None and one.closed_at is not None
        else "",
    )
