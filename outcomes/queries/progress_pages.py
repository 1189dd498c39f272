"""What the pages of progress show, out of what recomputes keep, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from authorities.models import Pair, StrategicAuthority
from authorities.queries.dated import names_on
from outcomes.models import (
    AGREED_STATES,
    AuthorityIndicator,
    Framework,
    FrameworkIndicator,
    PictureScope,
    ProgressStatus,
    VersionState,
)
from outcomes.queries import progress
from outcomes.queries.expert_reviews import SaidFacts, said_of
from outcomes.queries.indicators import IndicatorPage, pages_of
from outcomes.queries.owner_notes import NoteFacts, notes_of
from outcomes.queries.progress import StoredPicture
from outcomes.queries.revised_baselines import Confirmations, asked, confirmations_of


class NothingAgreedError(LookupError):
    """There is no such framework, indicator or version, or nothing of it was agreed."""


@dataclass(frozen=True)
class ScopeFacts:
    """Whose progress a dashboard shows.

    scope, subject: as pictures have them. Names are empty until `named` gives those of a day.
    """

    scope: PictureScope
    subject: UUID
    authority: UUID
    authority_slug: str
    authority_name: str = ""
    board: UUID | None = None
    board_slug: str = ""
    board_name: str = ""
    framework_name: str = ""


@dataclass(frozen=True)
class DashboardFacts:
    """A dashboard; without a picture nothing is agreed there.

    shown: the indicator whose areas are drawn beside each other; None where none is published.
    drawn: code and name of every indicator that could be.
    to_confirm: keys of rows whose revised baseline some owner has yet to confirm.
    """

    of: ScopeFacts
    picture: StoredPicture | None
    notes: tuple[NoteFacts, ...] = ()
    shown: IndicatorPage | None = None
    drawn: tuple[tuple[str, str], ...] = ()
    to_confirm: frozenset[int] = frozenset()

    @property
    def frameworks(self) -> tuple[UUID, ...]:
        """Keys of the frameworks in force that it shows."""
        told = [] if self.picture is None else self.picture.content["frameworks"]
        return tuple(UUID(one["id"]) for one in told)


@dataclass(frozen=True)
class NationFacts:
    """The nation's dashboard, and the authorities that have nothing agreed yet.

    failed: the newest recompute of an authority failed.
    """

    picture: StoredPicture | None
    without: tuple[tuple[str, str], ...]
    failed: bool = False


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator of a framework, as its status was computed.

    content: labels and series. version: number of the framework's version, in force or not.
    """

    framework: UUID
    framework_name: str
    authority: UUID
    authority_slug: str
    authority_name: str
    version: int
    agreed_at: datetime | None
    in_force: bool
    lineage: UUID
    code: str
    name: str
    unit: str
    definition: str
    source: str
    licence: str
    draft: bool
    area_name: str
    area_code: str
    sex: str
    age: str
    category: str
    role: str
    owners: tuple[str, ...]
    no_baseline: str
    no_target: str
    milestones: tuple[tuple[str, date, date, float], ...]
    method: int
    computed_at: datetime
    content: dict[str, Any]
    notes: tuple[NoteFacts, ...]
    said: SaidFacts | None
    confirmations: Confirmations


def scope_of_authority(*, authority: StrategicAuthority) -> ScopeFacts:
    """Return the scope of an authority's dashboard, without names."""
    return ScopeFacts(
        scope=PictureScope.AUTHORITY,
        subject=authority.pk,
        authority=authority.pk,
        authority_slug=authority.slug,
    )


def scope_of_pair(*, pair: Pair) -> ScopeFacts:
    """Return the scope of a pair's dashboard, without names."""
    return ScopeFacts(
        scope=PictureScope.PAIR,
        subject=pair.pk,
        authority=pair.authority_id,
        authority_slug=pair.authority.slug,
        board=pair.board_id,
        board_slug=pair.board.slug,
    )


def scope_of_framework(*, key: UUID) -> ScopeFacts:
    """Return the scope of a framework's dashboard, without its authority's name.

    Raises:
        NothingAgreedError: there is no framework with a version in force.
    """
    framework = (
        Framework.objects.filter(pk=key, versions__state=VersionState.AGREED)
        .select_related("authority")
        .first()
    )
    if framework is None:
        raise NothingAgreedError(key)
    return ScopeFacts(
        scope=PictureScope.FRAMEWORK,
        subject=framework.pk,
        authority=framework.authority_id,
        authority_slug=framework.authority.slug,
        framework_name=framework.name,
    )


def named(*, scope: ScopeFacts, day: date) -> ScopeFacts:
    """Return a scope with the names that its bodies have on the day."""
    bodies = [scope.authority, *([scope.board] if scope.board else [])]
    names = names_on(day=day, bodies=bodies)
    return replace(
        scope,
        authority_name=names.name(scope.authority),
        board_name=names.name(scope.board) if scope.board else "",
    )


def dashboard(*, of: ScopeFacts, show: str, day: date) -> DashboardFacts:
    """Return what a dashboard shows.

    Args:
        of: whose progress.
        show: code of the indicator whose areas are drawn; the first that can be, for any other.
        day: in London.
    """
    picture = progress.picture(scope=of.scope, subject=of.subject)
    if picture is None:
        return DashboardFacts(of=of, picture=None)
    drawn = _drawn(of, picture.content["rows"])
    codes = [code for code, _ in drawn]
    code = show if show in codes else codes[0] if codes else None
    return DashboardFacts(
        of=of,
        picture=picture,
        notes=notes_of(
            frameworks=[UUID(one["id"]) for one in picture.content["frameworks"]], day=day
        ),
        shown=None if code is None else _page(of, code),
        drawn=drawn,
        to_confirm=frozenset(
            one.row
            for one in asked(frameworks=[UUID(one["id"]) for one in picture.content["frameworks"]])
        ),
    )


def _drawn(of: ScopeFacts, rows: Iterable[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    in_order = sorted(rows, key=lambda row: row["place"])
    wanted = dict.fromkeys((row["code"], row["name"]) for row in in_order)
    there = set(
        AuthorityIndicator.objects.filter(
            authority=of.authority,
            own=False,
            indicator__draft=False,
            indicator__code__in=[code for code, _ in wanted],
        ).values_list("indicator__code", flat=True)
    )
    return tuple(one for one in wanted if one[0] in there)


def _page(of: ScopeFacts, code: str) -> IndicatorPage | None:
    authority = StrategicAuthority(pk=of.authority)
    found = pages_of(authority=authority, with_own=False, code=code)
    return found[0] if found else None


def nation(*, day: date) -> NationFacts:
    """Return the nation's dashboard; authorities that are open on the day and have none agreed."""
    picture = progress.picture(scope=PictureScope.NATION, subject=progress.NATION)
    having = set()
    if picture is not None:
        having = {one["slug"] for one in picture.content["authorities"]}
    open_today = [
        one
        for one in StrategicAuthority.objects.order_by("slug")
        if one.slug not in having
        and (one.opened_on is None or one.opened_on <= day)
        and (one.closed_on is None or one.closed_on > day)
    ]
    names = names_on(day=day, bodies=[one.pk for one in open_today])
    return NationFacts(
        picture=picture,
        failed=progress.has_failed(),
        without=tuple(
            sorted(((one.slug, names.name(one.pk)) for one in open_today), key=lambda one: one[1])
        ),
    )


def indicator(
    *, framework: UUID, lineage: UUID, version: int | None, method: int | None, day: date
) -> IndicatorFacts:
    """Return one indicator of a framework with its status.

    Args:
        framework: its key.
        lineage: of the indicator in the framework.
        version: number of a version that was agreed; None for the one in force.
        method: a public one; None for the newest.
        day: in London.

    Raises:
        NothingAgreedError: nothing of the kind was agreed and computed by a public method.
    """
    rows = FrameworkIndicator.objects.filter(
        framework_version__framework=framework,
        framework_version__state__in=AGREED_STATES,
        lineage=lineage,
    )
    rows = (
        rows.filter(framework_version__state=VersionState.AGREED)
        if version is None
        else rows.filter(framework_version__number=version)
    )
    row = (
        rows.select_related(
            "framework_version__framework__authority", "indicator", "area", "breakdown"
        )
        .prefetch_related("milestones", "area__codes")
        .first()
    )
    if row is None:
        raise NothingAgreedError(lineage)
    status = progress.status_of(row=row.pk, method=method)
    if status is None:
        raise NothingAgreedError(lineage)
    return _indicator(row, status, day)


def _indicator(row: FrameworkIndicator, status: ProgressStatus, day: date) -> IndicatorFacts:
    version = row.framework_version
    framework = version.framework
    names = names_on(day=day, bodies=[row.area_id, framework.authority_id])
    codes = [one.value for one in row.area.codes.all() if one.scheme == "ons"]
    owners = (
        ("Strategic authority", row.authority_owner),
        ("Integrated care board", row.board_owner),
    )
    return IndicatorFacts(
        framework=framework.pk,
        framework_name=framework.name,
        authority=framework.authority_id,
        authority_slug=framework.authority.slug,
        authority_name=names.name(framework.authority_id),
        version=version.number,
        agreed_at=version.agreed_at,
        in_force=version.state == VersionState.AGREED,
        lineage=row.lineage,
        code=row.indicator.code,
        name=row.indicator.name,
        unit=row.indicator.unit,
        definition=row.indicator.definition,
        source=row.indicator.source,
        licence=row.indicator.licence,
        draft=row.indicator.draft,
        area_name=names.name(row.area_id),
        area_code=codes[-1] if codes else "",
        sex=row.breakdown.sex,
        age=row.breakdown.age,
        category=row.breakdown.category,
        role=row.authority_role,
        owners=tuple(f"{who}: {role}" for who, role in owners if role),
        no_baseline=row.no_baseline_reason,
        no_target=row.no_target_reason,
        milestones=tuple(
            (one.label, one.start_date, one.end_date, one.value)
            for one in sorted(row.milestones.all(), key=lambda one: (one.start_date, one.pk))
        ),
        method=status.method,
        computed_at=status.computed_at,
        content=status.content,
        notes=notes_of(frameworks=[framework.pk], day=day, lineage=row.lineage),
        said=said_of(framework=framework.pk, lineage=row.lineage),
        confirmations=confirmations_of(
            row=row.pk,
            framework=framework.pk,
            authority=framework.authority_id,
            content=status.content,
            day=day,
        )
        if version.state == VersionState.AGREED
        else Confirmations(),
    )
