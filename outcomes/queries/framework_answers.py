"""What a return asks of an authority's frameworks: states, indicators and the last review."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from authorities.models import StrategicAuthority
from authorities.queries.dated import names_on
from outcomes.framework_answers import (
    DeclinedBy,
    FrameworkFacts,
    LastReview,
    PairFacts,
    PlaceFacts,
    Signed,
    VersionFacts,
)
from outcomes.models import (
    OPEN_STATES,
    ExpertReview,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    ItemKind,
    ReviewState,
    VersionState,
)
from outcomes.queries.framework_pages import declines_of


def framework_facts(*, authority: StrategicAuthority, day: date) -> FrameworkFacts:
    """Return how the authority's frameworks stand now, from seven queries at most.

    Args:
        authority: whose.
        day: as of which bodies are named.
    """
    owning = list(
        FrameworkPartner.objects.filter(
            Q(ended_on__isnull=True) | Q(unassigned=True),
            framework__authority=authority,
            over=False,
        )
        .select_related("pair")
        .order_by("pk")
    )
    if not owning:
        return FrameworkFacts()
    # What is agreed stays in force while nobody is chosen yet for an owner that ended.
    partners = [one for one in owning if one.ended_on is None]
    versions = list(
        FrameworkVersion.objects.filter(
            framework__in={one.framework_id for one in owning},
            state__in=[VersionState.AGREED, *OPEN_STATES],
        ).order_by("number")
    )
    signatures: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for row in FrameworkSignature.objects.filter(
        framework_version__in=versions, voided_at__isnull=True
    ).order_by("signed_at", "pk"):
        signatures[row.framework_version_id][row.body_id] = row.signed_at
    owners: dict[UUID, list[UUID]] = {one.framework_id: [authority.pk] for one in partners}
    for one in partners:
        owners[one.framework_id].append(one.pair.board_id)
    signers = {body for given in signatures.values() for body in given}
    names = names_on(
        day=day, bodies=signers | {body for bodies in owners.values() for body in bodies}
    )

    drafts = [one.pk for one in versions if one.state == VersionState.DRAFT]
    declined = declines_of(versions=drafts) if drafts else {}

    def facts(version: FrameworkVersion) -> VersionFacts:
        given = signatures[version.pk]
        asked = version.state in (VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
        no = declined.get(version.pk)
        return VersionFacts(
            number=version.number,
            state=version.state,
            signed=tuple(
                Signed(names.name(body), timezone.localdate(at)) for body, at in given.items()
            ),
            waits_for=tuple(
                names.name(body)
                for body in owners[version.framework_id]
                if asked and body not in given
            ),
            since=timezone.localdate(version.proposed_at)
            if asked and version.proposed_at
            else None,
            declined=DeclinedBy(no.body, timezone.localdate(no.at), no.reason) if no else None,
        )

    in_force = {one.framework_id: one for one in versions if one.state == VersionState.AGREED}
    on_its_way = {one.framework_id: one for one in versions if one.state in OPEN_STATES}
    return FrameworkFacts(
        pairs={
            one.pair.board_id: PairFacts(
                in_force=facts(in_force[one.framework_id])
                if one.framework_id in in_force
                else None,
                open=facts(on_its_way[one.framework_id])
                if one.framework_id in on_its_way
                else None,
                needs_reconfirmation=one.needs_reconfirmation,
            )
            for one in partners
        },
        places=_places(in_force.values()),
    )


def last_review(*, authority: StrategicAuthority, until: date) -> LastReview | None:
    """Return the newest signed review of the authority's frameworks, held on the day or before."""
    row = (
        ExpertReview.objects.filter(
            framework__authority=authority, state=ReviewState.SIGNED, met_on__lte=until
        )
        .order_by("-met_on", "-signed_at", "pk")
        .first()
    )
    if row is None or row.signed_at is None:
        return None
    return LastReview(
        framework_id=row.framework_id,
        review_id=row.pk,
        met_on=row.met_on,
        conclusion=row.conclusion,
        signed_at=row.signed_at,
    )


def _places(versions: Collection[FrameworkVersion]) -> tuple[PlaceFacts, ...]:
    rows = (
        FrameworkIndicator.objects.filter(framework_version__in=list(versions))
        .select_related("indicator", "breakdown", "determinant", "item")
        .order_by("framework_version__framework_id", "order", "pk")
    )
    return tuple(
        PlaceFacts(
            indicator=row.indicator.name,
            sex=row.breakdown.sex,
            age=row.breakdown.age,
            category=row.breakdown.category,
            is_outcome=row.item.kind == ItemKind.OUTCOME,
            determinant=row.determinant.slug if row.determinant else "",
            determinant_name=row.determinant.name if row.determinant else "",
            states_role=bool(row.authority_role.strip()),
        )
        for row in rows
    )
