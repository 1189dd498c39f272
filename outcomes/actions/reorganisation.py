"""What a reorganisation means for values and frameworks; see `authorities/effects.py`.

Values stay with the area that they were measured for. The pages of authorities with another area
are computed again once the change is stored.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from authorities.effects import Affected, Applied, Link, OpenWork
from authorities.models import Body, BodyKind, User
from authorities.queries.dated import names_on
from outcomes import recompute
from outcomes.actions.framework_succession import hand_over, handovers
from outcomes.models import (
    Framework,
    FrameworkVersion,
    Observation,
    Subject,
    Upload,
    VersionState,
)

_REASON = "reorganisation"


def blockers(*, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Nothing here keeps a change waiting."""
    return ()


def open_work(*, bodies: Sequence[Body], on: date) -> tuple[OpenWork, ...]:
    """Nothing here is finished after a body ended: a file is sent in by the successor."""
    return ()


def affected(*, change: Applied) -> tuple[Affected, ...]:
    """Return the values held for bodies that end or change their area, and the files of the former.

    Values are counted as they are current now; superseded ones stay beside them.
    """
    ending = [one.body for one in change.endings]
    return (
        Affected(
            what="Indicator values of bodies that end",
            count=_values_of(ending),
            becomes=(
                "Stay where they are. They are never summed for a successor unless numerator and "
                "denominator exist; otherwise the value is not available for the new area."
            ),
            links=_links(ending, change.on),
        ),
        Affected(
            what="Indicator values of bodies with another area",
            count=_values_of(change.reshaped),
            becomes=(
                "Stay where they are, for the area as it was. New values are for the new area."
            ),
            links=_links(change.reshaped, change.on),
        ),
        Affected(
            what="Indicator files",
            count=Upload.objects.filter(body__in=[body.pk for body in ending]).count(),
            becomes="Stay with the body that sent them in.",
        ),
        *_frameworks(change),
    )


def carry(*, change: Applied, by: User | None, at: datetime) -> None:
    """Pass frameworks on; ask for the pages of each authority that ends, begins or changes."""
    hand_over(change=change, by=by, at=at)
    bodies = {
        body.pk: body
        for body in (
            *(ending.body for ending in change.endings),
            *(heir.successor for ending in change.endings for heir in ending.heirs),
            *change.opened,
            *change.renamed,
            *change.reshaped,
        )
        if body.kind == BodyKind.STRATEGIC_AUTHORITY
    }
    for key in sorted(bodies):
        recompute.request(subject=Subject.AUTHORITY, subject_id=key, reason=_REASON, at=at)


def _frameworks(change: Applied) -> tuple[Affected, ...]:
    found = handovers(change=change)
    clear = [one.partner.framework for one in found.owners if one.heir is not None]
    unclear = [one.partner.framework for one in found.owners if one.heir is None]
    moving = list(Framework.objects.filter(pk__in=list(found.moving)).order_by("name", "pk"))
    return (
        Affected(
            what="Outcomes frameworks that go on with the ICB that follows",
            count=len(clear),
            becomes=(
                "What is agreed stays in force, and the ICB that follows is asked to stand by it "
                "or to propose a change. What is proposed is a draft again."
            ),
            links=_to_frameworks(clear),
        ),
        Affected(
            what="Outcomes frameworks without one clear ICB or authority",
            count=len(unclear),
            becomes=(
                "What is agreed stays in force without the owner that ends, until a signatory of "
                "the authority’s side chooses which of the pairs that follow goes on with it, or "
                "ends it. What is proposed is a draft again."
            ),
            links=_to_frameworks(unclear),
        ),
        Affected(
            what="Outcomes frameworks of authorities that end",
            count=len(moving),
            becomes=(
                "Go on with the authority that follows, which is asked to stand by what is agreed. "
                "Where several follow, their signatories choose."
            ),
            links=_to_frameworks(moving),
        ),
        Affected(
            what="Outcomes frameworks whose authority ends and is not followed",
            count=len(found.ending),
            becomes="End with it. What was agreed can still be read.",
            links=_to_frameworks(found.ending),
        ),
    )


def _to_frameworks(rows: Sequence[Framework]) -> tuple[Link, ...]:
    # A preview is read by the centre: it learns of drafts that they are there, and no name.
    agreed = set(
        FrameworkVersion.objects.filter(
            framework__in=[row.pk for row in rows], state=VersionState.AGREED
        ).values_list("framework_id", flat=True)
    )
    return tuple(
        Link(text=row.name, url=reverse("outcomes:framework", args=[row.pk]))
        for row in rows
        if row.pk in agreed
    )


def _values_of(bodies: Iterable[Body]) -> int:
    return Observation.objects.current().filter(area__in=[body.pk for body in bodies]).count()


def _links(bodies: Sequence[Body], on: date) -> tuple[Link, ...]:
    """The pages of the authorities and boards among the bodies that have values."""
    held = set(
        Observation.objects.current()
        .filter(area__in=[body.pk for body in bodies])
        .values_list("area_id", flat=True)
    )
    names = names_on(day=on - timedelta(days=1), bodies=held)
    pages = {
        BodyKind.STRATEGIC_AUTHORITY: "outcomes:authority",
        BodyKind.INTEGRATED_CARE_BOARD: "authorities:board",
    }
    return tuple(
        Link(
            text=names.short_name(body.pk),
            url=reverse(pages[BodyKind(body.kind)], args=[body.slug]),
        )
        for body in bodies
        if body.pk in held and body.kind in pages
    )
