"""Definitions of the mission, and what its page shows by one of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.frozen_json import from_plain
from outcomes.mission import (
    Areas,
    Definition,
    GapRule,
    MissionPicture,
    OwnFigure,
    Sexes,
    Share,
    Years,
)
from outcomes.models import (
    DefinitionState,
    MissionDefinition,
    MissionFigure,
    MissionReading,
)


class NoSuchDefinitionError(LookupError):
    """There is no such version, or the visitor may not know of it."""


@dataclass(frozen=True)
class Version:
    """A version of the definition, with its words and how it came to be."""

    number: int
    state: str
    state_words: str
    definition: Definition
    words: str
    baseline_reason: str
    source: str
    reason: str
    revision: int
    made_at: datetime
    made_by: str
    made_by_id: UUID | None
    approved_at: datetime | None
    approved_by: str
    replaced_at: datetime | None
    discarded_reason: str

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == DefinitionState.DRAFT


@dataclass(frozen=True)
class ShownMission:
    """What the page shows: a version and its picture, and the other versions."""

    version: Version
    picture: MissionPicture
    computed_at: datetime
    input_hash: str
    versions: tuple[Version, ...]


def definition_of(*, row: MissionDefinition) -> Definition:
    """Return a stored definition as the pure module takes it."""
    target = None
    if row.target_first_year is not None and row.target_last_year is not None:
        target = Years(row.target_first_year, row.target_last_year)
    return Definition(
        number=row.number,
        areas=Areas(row.areas),
        rule=GapRule(row.gap_rule),
        sexes=Sexes(row.sexes),
        share=Share(row.share),
        baseline=Years(row.baseline_first_year, row.baseline_last_year),
        target=target,
        highest=row.highest_code,
        lowest=row.lowest_code,
    )


def version_of(*, row: MissionDefinition) -> Version:
    """Return a stored definition with its words; made_by and approved_by must be joined."""
    return Version(
        number=row.number,
        state=row.state,
        state_words=DefinitionState(row.state).label,
        definition=definition_of(row=row),
        words=row.words,
        baseline_reason=row.baseline_reason,
        source=row.source,
        reason=row.reason,
        revision=row.revision,
        made_at=row.made_at,
        made_by=row.made_by.full_name if row.made_by else "",
        made_by_id=row.made_by_id,
        approved_at=row.approved_at,
        approved_by=row.approved_by.full_name if row.approved_by else "",
        replaced_at=row.replaced_at,
        discarded_reason=row.discarded_reason,
    )


def shown_mission(*, number: int | None = None) -> ShownMission:
    """Return what the page shows by the definition in use, or by an earlier one; two queries.

    Raises:
        NoSuchDefinitionError: it was never in use, or its picture has not been computed yet.
    """
    rows = list(
        MissionDefinition.objects.approved()
        .select_related("made_by", "approved_by")
        .order_by("-number")
    )
    row = next(
        (
            one
            for one in rows
            if (one.state == DefinitionState.IN_USE if number is None else one.number == number)
        ),
        None,
    )
    reading = MissionReading.objects.filter(definition=row).first() if row else None
    if row is None or reading is None:
        raise NoSuchDefinitionError
    return ShownMission(
        version=version_of(row=row),
        picture=from_plain(kind=MissionPicture, plain=reading.content),
        computed_at=reading.computed_at,
        input_hash=reading.input_hash,
        versions=tuple(version_of(row=one) for one in rows),
    )


@dataclass(frozen=True)
class OwnMission:
    """What the mission's reading holds of one authority."""

    figures: tuple[OwnFigure, ...]
    computed_at: datetime


def own_mission(*, slug: str) -> OwnMission | None:
    """Return an authority's own figures, from one query; None before anything was computed."""
    reading = MissionReading.objects.filter(
        definition__in=MissionDefinition.objects.in_use()
    ).first()
    if reading is None:
        return None
    picture = from_plain(kind=MissionPicture, plain=reading.content)
    own = next((one for one in picture.authorities if one.authority == slug), None)
    return OwnMission(own.figures if own else (), reading.computed_at)


def all_versions() -> tuple[Version, ...]:
    """Return every version, drafts and discarded ones included, the newest first."""
    rows = MissionDefinition.objects.select_related("made_by", "approved_by").order_by("-number")
    return tuple(version_of(row=row) for row in rows)


def version_numbered(*, number: int) -> Version:
    """Return one version in any state.

    Raises:
        NoSuchDefinitionError: there is none.
    """
    row = (
        MissionDefinition.objects.filter(number=number)
        .select_related("made_by", "approved_by")
        .first()
    )
    if row is None:
        raise NoSuchDefinitionError
    return version_of(row=row)


def periods_published() -> tuple[Years, ...]:
    """Return the periods that headlines are on record for, the newest first."""
    rows = (
        MissionFigure.objects.filter(superseded_at__isnull=True)
        .order_by("-last_year", "-first_year")
        .values_list("first_year", "last_year")
        .distinct()
    )
    return tuple(Years(first, last) for first, last in rows)
