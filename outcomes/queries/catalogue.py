"""The catalogue: which indicators there are, what one is, and the lists that they are found by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from authorities.models import User
from outcomes.definitions import Definition, Fact, changed_fields
from outcomes.models import (
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorSetMember,
    IndicatorVersion,
    Observation,
    ReleaseIndicator,
    ReleaseState,
)
from outcomes.queries.definitions import current_definition, has_values
from outcomes.queries.revisions import set_revision

ROWS_A_PAGE = 25
LONGEST_WORDS = 100


class NoSuchIndicatorError(LookupError):
    """The catalogue has no such indicator, or not for this visitor."""


class NoSuchSetError(LookupError):
    """There is no such set."""


@dataclass(frozen=True)
class Asked:
    """What a list of the catalogue is narrowed by; an empty text narrows nothing."""

    words: str = ""
    domain: str = ""
    set: str = ""
    polarity: str = ""


@dataclass(frozen=True)
class ListedIndicator:
    """An indicator in a list."""

    definition: Definition
    domain_name: str
    draft: bool
    version: int


@dataclass(frozen=True)
class CatalogueSlice:
    """One page of the catalogue: `total` fit what was asked, `of` are there at all."""

    rows: tuple[ListedIndicator, ...]
    total: int
    of: int
    drafts: int
    page: int
    pages: int


@dataclass(frozen=True)
class DomainCount:
    """A domain and how many described indicators are in it."""

    slug: str
    name: str
    text: str
    source: str
    order: int
    in_use: bool
    indicators: int


@dataclass(frozen=True)
class SetFacts:
    """A set with its indicators in their order; the revision is what a form has read."""

    slug: str
    name: str
    text: str
    source: str
    in_use: bool
    revision: str
    members: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its indicators."""
        return tuple(code for code, _ in self.members)


@dataclass(frozen=True)
class VersionFacts:
    """A version: what it said otherwise than the one before, why, when and by whom.

    made_by is empty for the catalogue that comes with the site.
    """

    number: int
    changed: tuple[str, ...]
    facts: dict[str, Fact]
    before: dict[str, Fact]
    reason: str
    had_values: bool
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class BreakFacts:
    """A recorded break; a withdrawn one says why.

    bridged_by: the period that was published by both ways; empty where none was.
    """

    id: int
    starts_on: date
    kind: str
    text: str
    source: str
    bridged_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True)
class ReleaseOf:
    """A release with values of an indicator, and the version of the definition it came under."""

    title: str
    published_on: date | None
    rows: int
    version: int


@dataclass(frozen=True)
class IndicatorDetail:
    """Everything that is known of what an indicator is."""

    definition: Definition
    domain_name: str
    draft: bool
    version: int
    versions: tuple[VersionFacts, ...]
    breaks: tuple[BreakFacts, ...]
    sets: tuple[tuple[str, str], ...]
    releases: tuple[ReleaseOf, ...]
    has_values: bool
    has_published: bool


def catalogue(*, asked: Asked, with_drafts: bool, page: int) -> CatalogueSlice:
    """Return one page of the indicators that fit, by name.

    Args:
        asked: what to narrow by; every word must be in code, name, definition or identifier.
        with_drafts: for the centre, which sees what nobody has described yet.
        page: from 1; beyond the last it is the last.
    """
    every = _visible(with_drafts=with_drafts)
    counts = every.aggregate(of=Count("pk"), drafts=Count("pk", filter=Q(draft=True)))
    fitting = _narrowed(every, asked)
    total = fitting.count()
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = fitting.select_related("domain").order_by("draft", "name", "pk")
    start = (page - 1) * ROWS_A_PAGE
    return CatalogueSlice(
        rows=tuple(_listed(row) for row in shown[start : start + ROWS_A_PAGE]),
        total=total,
        of=counts["of"],
        drafts=counts["drafts"],
        page=page,
        pages=pages,
    )


def all_indicators(*, asked: Asked, with_drafts: bool) -> tuple[ListedIndicator, ...]:
    """Return every indicator that fits, by code, in one query."""
    fitting = _narrowed(_visible(with_drafts=with_drafts), asked)
    return tuple(_listed(row) for row in fitting.select_related("domain").order_by("code"))


def _visible(*, with_drafts: bool) -> QuerySet[Indicator]:
    return Indicator.objects.all() if with_drafts else Indicator.objects.filter(draft=False)


def _narrowed(rows: QuerySet[Indicator], asked: Asked) -> QuerySet[Indicator]:
    for word in asked.words[:LONGEST_WORDS].split():
        fits = (
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(definition__icontains=word)
            | Q(domain__name__icontains=word)
        )
        if word.isascii() and word.isdecimal() and len(word) < 10:
            fits |= Q(fingertips_id=int(word))
        rows = rows.filter(fits)
    if asked.domain:
        rows = rows.filter(domain__slug=asked.domain)
    if asked.set:
        rows = rows.filter(set_places__indicator_set__slug=asked.set)
    if asked.polarity:
        rows = rows.filter(polarity=asked.polarity)
    return rows


def _listed(row: Indicator) -> ListedIndicator:
    return ListedIndicator(
        definition=current_definition(indicator=row),
        domain_name=row.domain.name if row.domain else "",
        draft=row.draft,
        version=row.version,
    )


def indicator_detail(*, code: str, with_drafts: bool) -> IndicatorDetail:
    """Return one indicator with its versions, newest first, breaks, sets and releases.

    Raises:
        NoSuchIndicatorError: there is none, or it is a draft and drafts are not for the visitor.
    """
    found = _visible(with_drafts=with_drafts).select_related("domain").filter(code=code).first()
    if found is None:
        raise NoSuchIndicatorError(f"There is no indicator {code}.")
    sets = found.set_places.filter(indicator_set__in_use=True).order_by("indicator_set__name")
    releases = (
        ReleaseIndicator.objects.filter(indicator=found, release__state=ReleaseState.PUBLISHED)
        .order_by(F("release__published_on").desc(nulls_last=True), "-release__created_at", "-pk")
        .values_list("release__title", "release__published_on", "rows", "indicator_version")
    )
    return IndicatorDetail(
        definition=current_definition(indicator=found),
        domain_name=found.domain.name if found.domain else "",
        draft=found.draft,
        version=found.version,
        versions=_versions(list(found.versions.select_related("made_by").order_by("number", "pk"))),
        breaks=tuple(
            BreakFacts(
                id=row.pk,
                starts_on=row.starts_on,
                kind=row.get_kind_display(),
                text=row.text,
                source=row.source,
                bridged_by=row.common_period.label if row.common_period else "",
                withdrawn_at=row.withdrawn_at,
                withdrawn_reason=row.withdrawn_reason,
            )
            for row in found.breaks.select_related("common_period").order_by("starts_on", "pk")
        ),
        sets=tuple(sets.values_list("indicator_set__slug", "indicator_set__name")),
        releases=tuple(ReleaseOf(*row) for row in releases[:20]),
        has_values=has_values(indicator=found),
        has_published=Observation.objects.published().current().filter(indicator=found).exists(),
    )


def _versions(rows: Sequence[IndicatorVersion]) -> tuple[VersionFacts, ...]:
    found = []
    before: dict[str, Fact] = {}
    for row in rows:
        found.append(
            VersionFacts(
                number=row.number,
                changed=changed_fields(before=before, after=row.facts) if before else (),
                facts=row.facts,
                before=before,
                reason=row.reason,
                had_values=row.had_values,
                made_at=row.made_at,
                made_by=_who(row.made_by),
            )
        )
        before = row.facts
    return tuple(reversed(found))


def _who(person: User | None) -> str:
    return person.full_name if person else ""


def domain_counts() -> tuple[DomainCount, ...]:
    """Return all domains in their order, with how many described indicators each has."""
    rows = Domain.objects.annotate(
        described=Count("indicators", filter=Q(indicators__draft=False))
    ).order_by("order", "name", "pk")
    return tuple(
        DomainCount(
            slug=row.slug,
            name=row.name,
            text=row.text,
            source=row.source,
            order=row.order,
            in_use=row.in_use,
            indicators=row.described,
        )
        for row in rows
    )


def sets(*, with_unused: bool, with_drafts: bool, slug: str | None = None) -> tuple[SetFacts, ...]:
    """Return the sets by name, each with its indicators in their order.

    Args:
        with_unused: those that are out of use as well.
        with_drafts: name indicators that nobody has described yet.
        slug: only this set.
    """
    rows = IndicatorSet.objects.all() if with_unused else IndicatorSet.objects.filter(in_use=True)
    if slug is not None:
        rows = rows.filter(slug=slug)
    members = IndicatorSetMember.objects.select_related("indicator").order_by("order")
    found = []
    for row in rows.order_by("name", "pk").prefetch_related(Prefetch("members", members)):
        own = [member.indicator for member in row.members.all()]
        codes = [indicator.code for indicator in own]
        found.append(
            SetFacts(
                slug=row.slug,
                name=row.name,
                text=row.text,
                source=row.source,
                in_use=row.in_use,
                revision=set_revision(indicator_set=row, codes=codes),
                members=tuple(
                    (indicator.code, indicator.name)
                    for indicator in own
                    if with_drafts or not indicator.draft
                ),
            )
        )
    return tuple(found)


def sets_in_use() -> QuerySet[IndicatorSet]:
    """Return the sets in use by short name, each with its described indicators in order."""
    members = IndicatorSetMember.objects.filter(indicator__draft=False)
    return (
        IndicatorSet.objects.filter(in_use=True)
        .prefetch_related(
            Prefetch("members", members.select_related("indicator").order_by("order"))
        )
        .order_by("slug")
    )


def set_facts(*, slug: str, with_unused: bool, with_drafts: bool) -> SetFacts:
    """Return one set.

    Raises:
        NoSuchSetError: there is none, or it is out of use and those are not asked for.
    """
    found = sets(with_unused=with_unused, with_drafts=with_drafts, slug=slug)
    if not found:
        raise NoSuchSetError(f"There is no set {slug}.")
    return found[0]
