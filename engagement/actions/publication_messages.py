"""Tells the bodies of a round that it was published, and who may approve that one is proposed."""

from datetime import date, datetime

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, Pair
from authorities.notices import Draft, Letter, NoticeKind, people_at, people_of_centre
from authorities.permissions import GRANTED_EVERYWHERE, Permission
from duty.actions.round_messages import subject_of
from duty.deadlines import closes_at, london_date
from duty.models import Round, RoundState
from engagement.models import Publication, PublishedPlacement
from engagement.queries.publications import proposal_of

PUBLISHED = "round.published"
PROPOSED = "round.publication_proposed"
_APPROVERS = tuple(
    role for role, rights in GRANTED_EVERYWHERE.items() if Permission.ROUND_APPROVE in rights
)


def tell_of_proposal(*, round_: Round, at: datetime) -> None:
    """Tell those who may approve it that a publication waits for its second person."""
    messages.announce(
        kind=PROPOSED,
        key=f"{round_.pk} version {round_.version}",
        about=round_.pk,
        occasion=round_.pk,
        details={"at": at.isoformat()},
        at=at,
    )


def tell_of_publication(*, publication: Publication, at: datetime) -> None:
    """Tell both sides of every pair that has a placement in it."""
    pairs = Pair.objects.filter(pk__in=publication.placements.values("pair_id"))
    bodies = {body for sides in pairs.values_list("authority_id", "board_id") for body in sides}
    for body_id in sorted(bodies, key=str):
        messages.announce(
            kind=PUBLISHED,
            key=f"{publication.pk} {body_id}",
            about=publication.round_id,
            occasion=publication.round_id,
            body_id=body_id,
            details={"number": publication.number},
            at=at,
        )


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return whom the approved publications of the days will tell, from two queries."""
    rows = {
        row.pk: row
        for row in Publication.objects.standing()
        .filter(
            round__state=RoundState.FINALISING,
            published_at__lt=closes_at(closing_date=last),
        )
        .order_by("published_at", "pk")
    }
    sides = PublishedPlacement.objects.filter(publication__in=rows).values_list(
        "publication_id", "pair__authority_id", "pair__board_id"
    )
    told = {(key, body_id) for key, *bodies in sides for body_id in bodies}
    return tuple(
        Draft(
            kind=PUBLISHED,
            key=f"foreseen {key} {body_id}",
            day=max(london_date(now=rows[key].published_at), first),
            about=rows[key].round_id,
            occasion=rows[key].round_id,
            body_id=body_id,
        )
        for key, body_id in sorted(told, key=str)
    )


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    newest = (
        Publication.objects.standing()
        .filter(round_id=notice.about)
        .select_related("round")
        .order_by("-number")
        .first()
    )
    # A later revision tells of itself, and nothing is told before everybody may see it.
    if newest is None or newest.number != notice.details["number"] or notice.body_id is None:
        return ()
    if newest.published_at > at:
        return ()
    first = newest.number == 1
    headline = "published" if first else "a correction was published"
    text = (
        "The placements of all pairs are published. "
        if first
        else f"Revision {newest.number} of the placements is published, with the reason for it. "
    )
    path = f"{reverse('engagement:national')}?round={newest.round.slug}"
    return tuple(
        Letter(
            person,
            subject_of(round_=newest.round, headline=headline),
            f"{text}You can read them here:",
            (("", path),),
        )
        for person in people_at(body_id=notice.body_id)
    )


def _proposal_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    round_ = Round.objects.get(pk=notice.about)
    proposal = proposal_of(round_=round_)
    # It was approved, taken back or proposed again meanwhile.
    if proposal is None or proposal.at != datetime.fromisoformat(notice.details["at"]):
        return ()
    path = reverse("publications:publish", args=[round_.slug])
    what = "a correction" if round_.state == RoundState.PUBLISHED else "its publication"
    return tuple(
        Letter(
            person,
            subject_of(round_=round_, headline=f"{what} waits for a second person"),
            "Somebody has proposed it, and another person approves it or takes it back. It is "
            "here:",
            (("", path),),
        )
        for person in people_of_centre(roles=_APPROVERS)
        if person.pk != proposal.by.pk
    )


KINDS = {
    PUBLISHED: NoticeKind(label="Round published", letters=_letters),
    PROPOSED: NoticeKind(label="Publication proposed", letters=_proposal_letters),
}
