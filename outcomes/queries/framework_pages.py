"""What a version's page tells beside its content: signatures, history, other versions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from authorities.models import Body, CodeScheme, Pair, User
from authorities.queries.dated import NameHistory, codes_on, names_on
from authorities.queries.pairs import load_pairs
from outcomes.framework_content import Content, thawed
from outcomes.models import (
    AGREED_STATES,
    Domain,
    Framework,
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    Indicator,
    Release,
    VersionState,
)

# What owners say to each other before they agree, or of a version that is not agreed.
AMONG_OWNERS = ("edit", "decline", "discard", "propose_change")


@dataclass(frozen=True)
class Signature:
    """A body's word for a version as it stands; the body is named as it was then."""

    body_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True)
class Happening:
    """A step, or a target that changed with a reason; body is empty where a job took it."""

    type: str
    body: str
    at: datetime
    reason: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Declined:
    """Who declined what is a draft again, and why; the body is named as it was then."""

    body: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class VersionLine:
    """One version of a framework in the list of all."""

    number: int
    state: str
    change_reason: str
    agreed_at: datetime | None


def signatures_of(*, version: FrameworkVersion) -> dict[UUID, Signature]:
    """Return the signatures that hold, by body."""
    rows = list(
        FrameworkSignature.objects.filter(
            framework_version=version, voided_at__isnull=True
        ).order_by("signed_at", "pk")
    )
    names = NameHistory.of(bodies={row.body_id for row in rows})
    return {
        row.body_id: Signature(
            body_id=row.body_id,
            name=names.name(row.body_id, day=timezone.localdate(row.signed_at)),
            at=row.signed_at,
        )
        for row in rows
    }


def signed_at_by(*, version: FrameworkVersion, bodies: Collection[UUID]) -> datetime | None:
    """Return when the last of the bodies signed the version; None where one of them has not."""
    given = dict(
        FrameworkSignature.objects.filter(
            framework_version=version, voided_at__isnull=True, body__in=bodies
        ).values_list("body_id", "signed_at")
    )
    return max(given.values()) if given.keys() == set(bodies) else None


def history_of(*, version: FrameworkVersion, for_owners: bool) -> tuple[Happening, ...]:
    """Return what happened to a version, the newest first, bodies named as they were then.

    Others than its owners are not told of declines, nor that a next version is on its way.
    """
    happened = FrameworkHappening.objects.filter(framework_version=version)
    if not for_owners:
        happened = happened.exclude(type__in=AMONG_OWNERS)
    rows = list(happened.order_by("-at", "-pk"))
    names = NameHistory.of(
        bodies={row.actor_body_id for row in rows if row.actor_body_id is not None}
    )
    return tuple(
        Happening(
            type=row.type,
            body=names.name(row.actor_body_id, day=timezone.localdate(row.at))
            if row.actor_body_id
            else "",
            at=row.at,
            reason=row.reason,
            payload=row.payload,
        )
        for row in rows
    )


def decline_of(*, version: FrameworkVersion) -> Declined | None:
    """Return by whom a draft was declined, where it was not proposed again since."""
    if version.state != VersionState.DRAFT:
        return None
    return declines_of(versions=[version.pk]).get(version.pk)


def declines_of(*, versions: Collection[UUID]) -> dict[UUID, Declined]:
    """Return by whom versions were declined that were not proposed again since, by version."""
    asked = FrameworkHappening.objects.filter(
        framework_version__in=versions, type__in=("propose", "decline")
    )
    last = asked.order_by("framework_version_id", "-at", "-pk").distinct("framework_version_id")
    rows = [row for row in last if row.type == "decline"]
    names = NameHistory.of(bodies={row.actor_body_id for row in rows if row.actor_body_id})
    return {
        row.framework_version_id: Declined(
            body=names.name(row.actor_body_id, day=timezone.localdate(row.at)),
            at=row.at,
            reason=row.reason,
        )
        for row in rows
        if row.actor_body_id
    }


def versions_of(*, framework: Framework, with_drafts: bool) -> tuple[VersionLine, ...]:
    """Return the versions that may be seen, the newest first."""
    rows = FrameworkVersion.objects.filter(framework=framework)
    if not with_drafts:
        rows = rows.filter(state__in=AGREED_STATES)
    return tuple(
        VersionLine(row.number, row.state, row.change_reason, row.agreed_at)
        for row in rows.order_by("-number")
    )


def target_reasons(*, versions: Collection[UUID]) -> dict[str, tuple[str, ...]]:
    """Return why targets were changed in versions, by the lineage of what they are of."""
    found: dict[str, tuple[str, ...]] = {}
    rows = FrameworkHappening.objects.filter(
        framework_version__in=versions, type__in=("target_changed", "target_removed")
    )
    for row in rows.order_by("at", "pk"):
        of = row.payload["of"]
        found[of] = (*found.get(of, ()), row.reason)
    return found


def content_proposed(*, version: FrameworkVersion, content_hash: str) -> Content | None:
    """Return the content that was proposed under a digest; None where none was."""
    row = (
        FrameworkHappening.objects.filter(
            framework_version=version, type="propose", payload__content_hash=content_hash
        )
        .order_by("-at", "-pk")
        .first()
    )
    return None if row is None else thawed(plain=row.payload["content"])


def release_titles(*, releases: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of releases by key."""
    return dict(Release.objects.filter(pk__in=releases).values_list("pk", "title"))


def lags_of(*, codes: Collection[str]) -> dict[str, int | None]:
    """Return how many months after a period an indicator's values are usual, by its code."""
    rows = Indicator.objects.filter(code__in=codes)
    return dict(rows.values_list("code", "publication_lag_months"))


def determinant_names() -> dict[str, str]:
    """Return the names of all domains by their short names."""
    return dict(Domain.objects.order_by("pk").values_list("slug", "name"))


def area_codes(*, areas: Collection[UUID], day: date) -> dict[UUID, str]:
    """Return the ONS codes of areas on a day, by key; of those that have one."""
    found = codes_on(day=day, bodies=areas)
    return {area: code for (area, scheme), code in found.items() if scheme == CodeScheme.ONS}


def current_of_pair(*, pair: Pair) -> Framework | None:
    """Return the framework that a pair owns now; None for none."""
    partner = (
        FrameworkPartner.objects.select_related("framework__authority")
        .filter(pair=pair, ended_on__isnull=True, over=False)
        .first()
    )
    return partner.framework if partner else None


@dataclass(frozen=True)
class PairToStart:
    """A pair that owns no framework yet, by its addresses and the name of the other side."""

    id: UUID
    authority_slug: str
    board_slug: str
    name: str


def pairs_to_start(*, body_id: UUID, is_authority: bool, day: date) -> tuple[PairToStart, ...]:
    """Return the pairs of a body on a day that own no framework, slivers left out, by name."""
    own = Q(pair__authority=body_id) if is_authority else Q(pair__board=body_id)
    taken = set(
        FrameworkPartner.objects.filter(own, ended_on__isnull=True, over=False).values_list(
            "pair_id", flat=True
        )
    )
    return tuple(
        PairToStart(
            id=one.id,
            authority_slug=one.authority_slug,
            board_slug=one.board_slug,
            name=one.board_name if is_authority else one.authority_name,
        )
        for one in load_pairs(as_at=day, which=own)
        if not one.sliver and not one.planned and one.id not in taken
    )


def begun_with(*, key: str, by: User) -> UUID | None:
    """Return the framework that a person has begun with a form's key; None for none."""
    try:
        form_key = UUID(key)
    except ValueError:
        return None
    rows = Framework.objects.filter(form_key=form_key, started_by=by)
    return rows.values_list("pk", flat=True).first()


def named(*, body: Body, day: date) -> str:
    """Return a body's full name on a day: authority and ICB may share the short one."""
    return names_on(day=day, bodies=[body.pk]).name(body.pk)
