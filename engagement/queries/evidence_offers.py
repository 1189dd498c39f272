"""What the site holds already that may bear a finding out: offered, so that nobody types it again.

Only what the centre may read: a return as it was submitted, commitments and frameworks that both
sides agreed, evidence of confirmed own views, and the public register. What bodies keep for
themselves is not here: of standing records, what the authority has submitted with its return.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from authorities.models import GovernanceSeat, Pair, RecordedAgreement
from duty.models import Round, Submission
from duty.queries.asked import questions_asked
from duty.record_sources import SOURCES
from duty.record_words import KIND_WORDS
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import (
    Commitment,
    EvidenceKind,
    Pick,
    ViewState,
)
from outcomes.models import FrameworkPartner, VersionState

_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Offer:
    """Something that may be evidence: what it is, what it is called, and where it is."""

    kind: EvidenceKind
    title: str
    address: str
    of: str

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.kind.value}|{self.address}"


def offers_for(*, round: Round, pair: Pair, side: str) -> tuple[Offer, ...]:
    """Return what may be evidence for one side of a pair; a fixed number of queries."""
    return (
        *(_own_views(round, pair, side)),
        *(_return(round, pair)),
        *(_register(round, pair)),
        *(_commitments(pair)),
        *(_frameworks(pair)),
    )


def _own_views(round_: Round, pair: Pair, side: str) -> list[Offer]:
    picks = (
        Pick.objects.filter(view__round=round_, view__pair=pair, view__state=ViewState.CONFIRMED)
        .exclude(evidence_url="")
        .select_related("view")
        .order_by("view__side", "theme__order", "pk")
    )
    found = [(pick.view.side == side, pick) for pick in picks]
    return [
        Offer(
            kind=EvidenceKind.OWN_VIEW,
            title=pick.evidence_title,
            address=pick.evidence_url,
            of="the body’s own view" if own else "the other body’s own view",
        )
        for own, pick in sorted(found, key=lambda one: not one[0])
    ]


def _return(round_: Round, pair: Pair) -> list[Offer]:
    newest = (
        Submission.objects.filter(
            duty_return__round=round_, duty_return__authority_id=pair.authority_id
        )
        .order_by("-number")
        .first()
    )
    if newest is None:
        return []
    page = f"{reverse('duty:review-return', args=[newest.duty_return_id])}?submission="
    page += str(newest.number)
    sources = {
        question.code: question.record_source
        for question in questions_asked(specification=round_.specification).questions
    }
    found = []
    for section in newest.content["sections"]:
        found.append(
            Offer(
                kind=EvidenceKind.ANSWER,
                title=f"Return as submitted: {section['title']}",
                address=f"{page}#{section['code']}",
                of=f"submission {newest.number}",
            )
        )
        for question in section["questions"]:
            source = sources.get(question["code"])
            if source is None or all(one["value"] is None for one in question["answers"]):
                continue
            words = KIND_WORDS[SOURCES[source][0]].title
            found.append(
                Offer(
                    kind=EvidenceKind.RECORD,
                    title=f"{words}: {question['text']}"[:_LONGEST_TITLE],
                    # Each has an address of its own, so that a form can tell them apart.
                    address=f"{page}&question={question['code']}#{section['code']}",
                    of=f"standing records, as in submission {newest.number}",
                )
            )
    return found


def _register(round_: Round, pair: Pair) -> list[Offer]:
    """Return seats that join the two and agreements of theirs, as they were on the round's day."""
    day = round_.geography_date
    board = reverse("authorities:board", args=[pair.board.slug])
    authority = reverse("outcomes:authority", args=[pair.authority.slug])
    seats = GovernanceSeat.objects.as_at(day).filter(
        authority_id=pair.authority_id, board_id=pair.board_id
    )
    agreements = RecordedAgreement.objects.as_at(day).filter(
        Q(board_id=pair.board_id) | Q(board_id__isnull=True), authority_id=pair.authority_id
    )
    return [
        *(
            Offer(
                kind=EvidenceKind.REGISTER,
                title=f"{row.get_kind_display()}: {row.holder}"[:_LONGEST_TITLE],
                address=f"{board}#seat-{row.pk}",
                of="seat on record",
            )
            for row in seats.order_by("kind", "holder", "pk")
        ),
        *(
            Offer(
                kind=EvidenceKind.REGISTER,
                title=row.title,
                address=row.url or f"{authority}#agreement-{row.pk}",
                of="agreement on record",
            )
            for row in agreements.order_by("title", "pk")
        ),
    ]


def _commitments(pair: Pair) -> list[Offer]:
    rows = Commitment.objects.filter(pair=pair, state__in=EVER_AGREED).order_by("title", "pk")
    return [
        Offer(
            kind=EvidenceKind.COMMITMENT,
            title=row.title,
            address=reverse("commitments:detail", args=[row.pk]),
            of="joint commitment",
        )
        for row in rows
    ]


def _frameworks(pair: Pair) -> list[Offer]:
    partners = (
        FrameworkPartner.objects.filter(
            pair=pair,
            ended_on__isnull=True,
            framework__versions__state=VersionState.AGREED,
        )
        .select_related("framework")
        .order_by("framework__name", "pk")
    )
    return [
        Offer(
            kind=EvidenceKind.FRAMEWORK,
            title=partner.framework.name,
            address=reverse("outcomes:framework", args=[partner.framework_id]),
            of="agreed outcomes framework",
        )
        for partner in partners
    ]
