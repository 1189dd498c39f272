"""What the publish page shows: checks, what becomes visible and when, and who has done what."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.models import User
from duty import words as duty_words
from duty.models import Round, RoundState
from duty.round_lifecycle import RoundEvent
from duty.ui.components import Action, Count, SummaryRow, Tag
from duty.ui.looks import MatrixWords
from engagement.models import Publication
from engagement.presenters.matrix_words import words_of_placements
from engagement.presenters.revisions import (
    Difference,
    PairLine,
    RevisionLine,
    difference,
    pair_lines,
    revision_lines,
)
from engagement.queries import placements, publications

_STEPS = {
    RoundEvent.PROPOSE: ("Propose the publication", "publications:propose"),
    RoundEvent.APPROVE: ("Approve the publication", "publications:approve"),
    RoundEvent.CORRECT: ("Approve the correction", "publications:approve"),
    RoundEvent.TAKE_BACK: ("Take the proposal back", "publications:take-back"),
    RoundEvent.WITHDRAW: ("Withdraw the approval", "publications:withdraw"),
}


@dataclass(frozen=True)
class CheckLine:
    """One check in words, and whether it holds."""

    text: str
    tag: Tag


@dataclass(frozen=True)
class PublishPage:
    """All that the page shows. `pairs` are of the approved revision, else as they now are."""

    status: Tag
    lead: str
    under_embargo: bool
    facts: tuple[SummaryRow, ...]
    checks: tuple[CheckLine, ...]
    steps: tuple[Action, ...]
    not_yours: str
    counts: tuple[Count, ...]
    pairs: tuple[PairLine, ...]
    difference: Difference | None
    revisions: tuple[RevisionLine, ...]
    revisions_url: str
    words: MatrixWords


def publish_page(
    *, round_: Round, events: tuple[RoundEvent, ...], person: User, now: datetime
) -> PublishPage:
    """Return the page; `events` are the steps that the person's roles may try."""
    proposal = publications.proposal_of(round_=round_)
    embargoed = publications.embargoed(round_=round_)
    visible = publications.visible_revisions(round_=round_)
    shown = (
        placements.published_placements(publication=embargoed)
        if embargoed
        else placements.placements_of_round(round=round_)
    )
    groups = Counter(one.group for one in shown)
    said = words_of_placements(placements=shown)
    corrects = round_.state == RoundState.PUBLISHED
    is_own = proposal is not None and proposal.by.pk == person.pk
    offered = {
        RoundEvent.PROPOSE: proposal is None and embargoed is None and (corrects or not visible),
        RoundEvent.APPROVE: proposal is not None and not is_own,
        RoundEvent.CORRECT: proposal is not None and not is_own,
        RoundEvent.TAKE_BACK: proposal is not None,
        RoundEvent.WITHDRAW: embargoed is not None,
    }
    return PublishPage(
        status=_status(proposal is not None, embargoed is not None, bool(visible)),
        lead=_lead(round_, proposal, embargoed, bool(visible)),
        under_embargo=not visible or proposal is not None,
        facts=_facts(round_, proposal, embargoed),
        checks=_checks(round_),
        steps=tuple(
            Action(
                "Propose a correction" if corrects and event is RoundEvent.PROPOSE else label,
                reverse(name, args=[round_.slug]),
            )
            for event, (label, name) in _STEPS.items()
            if event in events and offered[event]
        ),
        not_yours="You proposed it, so another person must approve it." if is_own else "",
        counts=(
            *(
                Count(number=str(groups[code]), label=group.name, of=str(len(shown)))
                for code, group in said.groups.items()
            ),
            Count(number=str(groups[None]), label=said.not_assessed, of=str(len(shown)), kind="na"),
        ),
        pairs=pair_lines(placements=shown, slug=round_.slug),
        difference=difference(
            placements=(placements.published_placements(publication=visible[0]), shown),
            returns=((), ()),
        )
        if corrects and visible
        else None,
        revisions=revision_lines(revisions=visible, slug=round_.slug),
        revisions_url=reverse("publications:revisions", args=[round_.slug]) if visible else "",
        words=said,
    )


def _status(proposed: bool, embargoed: bool, visible: bool) -> Tag:
    if embargoed:
        return Tag("Approved, under embargo", "purple")
    if proposed:
        return Tag("Proposed", "blue")
    return Tag("Published", "green") if visible else Tag("Not proposed", "grey")


def _lead(
    round_: Round,
    proposal: publications.Proposal | None,
    embargoed: Publication | None,
    visible: bool,
) -> str:
    if embargoed is not None:
        when = duty_words.london_datetime(moment=embargoed.published_at)
        return (
            f"Everybody sees revision {embargoed.number} from {when}, London time. Until then it "
            "can be withdrawn; afterwards it can only be corrected."
        )
    if proposal is not None:
        return "It waits for a second person, who must be another one than who proposed it."
    if visible:
        return "Everybody can read it. What is wrong is corrected by a new revision."
    if round_.state != RoundState.FINALISING:
        return "It can be proposed when the reply is over."
    return "A lead analyst proposes it; another person approves it. Nobody sees it before its time."


def _facts(
    round_: Round,
    proposal: publications.Proposal | None,
    embargoed: Publication | None,
) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow(
            "Visible from",
            f"{duty_words.london_datetime(moment=round_.publish_at)}, London time"
            if round_.publish_at
            else "No time yet",
        ),
        SummaryRow(
            "What becomes visible",
            "The placement of every pair, on the national picture, pair pages, files and the API. "
            "Readers of NHS England and the Local Government Association can read the submitted "
            "returns.",
        ),
    ]
    if proposal is not None:
        when = duty_words.london_datetime(moment=proposal.at)
        rows.append(SummaryRow("Proposed by", f"{proposal.by.full_name}, {when}"))
        if proposal.reason:
            rows.append(SummaryRow("What it corrects", proposal.reason))
    if embargoed is not None:
        when = duty_words.london_datetime(moment=embargoed.approved_at)
        rows.append(SummaryRow("Proposed by", embargoed.proposed_by.full_name))
        rows.append(SummaryRow("Approved by", f"{embargoed.approved_by.full_name}, {when}"))
    return tuple(rows)


def _checks(round_: Round) -> tuple[CheckLine, ...]:
    complete = publications.is_complete(round_=round_)
    fresh = not publications.waits_for_recompute(round_=round_)
    met, open_ = Tag("Met", "green"), Tag("Not met", "orange")
    return (
        CheckLine("Every pair has a placement, or is “not assessed”", met if complete else open_),
        CheckLine("No placement waits to be computed again", met if fresh else open_),
        CheckLine(
            "Findings and replies to them: this site does not take any yet, so none is looked at",
            Tag("Not checked", "grey"),
        ),
    )
