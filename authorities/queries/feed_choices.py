"""What a person may choose from when deciding a row of a file."""

from dataclasses import dataclass
from datetime import date

from authorities.models import Body, BodyKind, FeedDecision, FeedDifference, FeedDifferenceKind
from authorities.queries.dated import names_on

Choice = tuple[str, str]


@dataclass(frozen=True)
class RowChoices:
    """Slugs with names, in the order of the names.

    offers: bodies with a name like the row's, the likest first.
    others: the other bodies of its kind.
    successors: who may take over from a body that ends, those new in the file among them.
    """

    offers: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    successors: tuple[Choice, ...] = ()
    regions: tuple[Choice, ...] = ()


def choices_for(*, row: FeedDifference) -> RowChoices:
    """Return what may be chosen for the row, as on the file's day."""
    day = row.feed.day
    if row.kind == FeedDifferenceKind.ADDED:
        bodies = _named(row.body_kind, day)
        names = dict(bodies)
        return RowChoices(
            offers=tuple((slug, names[slug]) for slug in row.offers if slug in names),
            others=tuple(one for one in bodies if one[0] not in row.offers),
            regions=_named(BodyKind.NHS_REGION, day)
            if row.body_kind == BodyKind.INTEGRATED_CARE_BOARD
            else (),
        )
    if row.kind == FeedDifferenceKind.CLOSED:
        own = row.body.slug if row.body else ""
        goes_on = [one for one in _named(row.body_kind, day) if one[0] != own]
        return RowChoices(successors=(*_new_beside(row), *goes_on))
    return RowChoices()


def _named(kind: str, day: date) -> tuple[Choice, ...]:
    bodies = list(Body.objects.filter(kind=kind).known_as_at(day).values_list("pk", "slug"))
    names = names_on(day=day, bodies=[pk for pk, _ in bodies])
    found = [(slug, names.short_name(pk) or slug) for pk, slug in bodies]
    return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))


def _new_beside(row: FeedDifference) -> tuple[Choice, ...]:
    taken = FeedDifference.objects.filter(
        feed=row.feed_id,
        kind=FeedDifferenceKind.ADDED,
        body_kind=row.body_kind,
        decision=FeedDecision.TAKE,
        match__isnull=True,
    ).order_by("position")
    return tuple(
        (one.entered["slug"], f"{one.entered['short_name']} (new in this file)") for one in taken
    )
