"""The page from which a draft is changed: every part, with a page for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from authorities.presenters.tables import Link, SummaryRow
from outcomes.framework_content import (
    ORDER_OF_KINDS,
    Content,
    Item,
    ItemKind,
    Lacking,
    Measure,
    Missing,
    Place,
)
from outcomes.framework_content import what_is_missing as missing_in
from outcomes.framework_differences import (
    TEXT_WORDS,
    baseline_words,
    measure_facts,
    target_words,
)
from outcomes.models import FrameworkVersion, VersionState
from outcomes.presenters.framework_words import declined_text, owners_text, set_words
from outcomes.queries.framework_pages import Declined
from outcomes.queries.frameworks import Party
from outcomes.theory_drawing import HEADINGS

# What each text is for, beside its field.
TEXT_HINTS = {
    "summary": "What you want to reach together, and why, in a few sentences",
    "assumptions": "What must hold for the whole of it to work",
    "prevention_spending": "What each side spends on prevention for it, and how that changes",
    "disinvestment": "What is to be spent less on, or stopped, so that this can be done",
    "change_reason": "Everybody can read this beside the new version, once it is agreed",
}
_PAGES = {
    Lacking.BASELINE: "indicator-baseline",
    Lacking.TARGET: "indicator-target",
    Lacking.OWNERS: "indicator-owners",
    Lacking.ROLE: "indicator-standing",
    Lacking.COUNT_TARGETS: "count-targets",
}
CHANGE_REASON = "Why the agreed framework is to change"


@dataclass(frozen=True)
class DraftItem:
    """An item, what it leads to, and where it is changed."""

    title: str
    rows: tuple[SummaryRow, ...]
    links: tuple[Link, ...]
    move_url: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class DraftKind:
    """The items of one kind, and where one is added."""

    heading: str
    items: tuple[DraftItem, ...]
    add: Link


@dataclass(frozen=True)
class DraftThing:
    """An indicator or a count with what can be changed of it."""

    title: str
    rows: tuple[SummaryRow, ...]
    remove: Link
    move_url: str
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class DraftPage:
    """Every part of a draft; `voids` says whose signatures a change would void."""

    title: str
    number: int
    version: int
    was_proposed: bool
    voids: str
    declined: str
    missing: tuple[Link, ...]
    texts: tuple[SummaryRow, ...]
    kinds: tuple[DraftKind, ...]
    indicators: tuple[DraftThing, ...]
    counts: tuple[DraftThing, ...]
    may_measure: bool
    may_count: bool
    add_indicator: str
    adopt_set: str
    add_count: str
    propose_url: str
    discard_url: str


def draft_page(
    *,
    version: FrameworkVersion,
    content: Content,
    parties: Sequence[Party],
    determinants: Mapping[str, str],
    declined: Declined | None,
) -> DraftPage:
    """Return the page from which a draft is changed."""
    to = _Addresses(version)
    kinds = {item.kind for item in content.items}
    return DraftPage(
        title=version.framework.name,
        number=version.number,
        version=version.version,
        was_proposed=version.state in (VersionState.PROPOSED, VersionState.PARTLY_SIGNED),
        voids=owners_text([party.name for party in parties if party.signed]),
        declined=declined_text(declined) if declined else "",
        missing=missing_links(version=version, content=content),
        texts=_texts(version, content, to),
        kinds=tuple(
            DraftKind(
                heading=HEADINGS[kind],
                items=_items(content.of_kind(kind), content, to),
                add=Link(f"Add {with_article(kind.value)}", to("item-add", kind.value)),
            )
            for kind in ORDER_OF_KINDS
        ),
        indicators=_in_order(
            _indicator(place, content, determinants, to)
            for place in sorted(content.places, key=lambda one: one.order)
        ),
        counts=_in_order(
            _count(measure, content, to)
            for measure in sorted(content.measures, key=lambda one: one.order)
        ),
        may_measure=bool(kinds & {"outcome", "output"}),
        may_count=bool(kinds & {"input", "process", "output"}),
        add_indicator=to("indicator-add"),
        adopt_set=to("set-adopt"),
        add_count=to("count-add"),
        propose_url=to("propose"),
        discard_url=to("discard"),
    )


def _in_order(things: Iterable[DraftThing]) -> tuple[DraftThing, ...]:
    found = tuple(things)
    return tuple(
        replace(one, is_first=place == 0, is_last=place == len(found) - 1)
        for place, one in enumerate(found)
    )


def with_article(kind: str) -> str:
    """Return 'an input', 'a process'."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def part_of(kind: str) -> str:
    """Return the part of the draft's page that the items of a kind stand in."""
    return HEADINGS[ItemKind(kind)].lower()


def missing_links(*, version: FrameworkVersion, content: Content) -> tuple[Link, ...]:
    """Return what keeps a draft from being proposed, each with the page where it is entered."""
    to = _Addresses(version)
    return tuple(Link(one.message, _where(one, content, to)) for one in missing_in(content=content))


def _where(one: Missing, content: Content, to: "_Addresses") -> str:
    if one.what is Lacking.OUTCOME:
        has = content.of_kind(ItemKind.OUTCOME)
        return to("indicator-add") if has else to("item-add", ItemKind.OUTCOME.value)
    if one.what is Lacking.CHANGE_REASON:
        return to("text", "change-reason")
    return to(_PAGES[one.what], one.of)


class _Addresses:
    """Addresses of the pages of one version."""

    def __init__(self, version: FrameworkVersion) -> None:
        self._own = [version.framework_id, version.number]

    def __call__(self, name: str, *more: object) -> str:
        return reverse(f"outcomes:framework-{name}", args=[*self._own, *more])


def _texts(version: FrameworkVersion, content: Content, to: _Addresses) -> tuple[SummaryRow, ...]:
    words = dict(TEXT_WORDS)
    if version.number > 1:
        words = {"change_reason": CHANGE_REASON, **words}
    return tuple(
        SummaryRow(
            label,
            getattr(content, name) or "Nothing yet",
            (Link("Change", to("text", name.replace("_", "-")), label.lower()),),
        )
        for name, label in words.items()
    )


def _items(items: Sequence[Item], content: Content, to: _Addresses) -> tuple[DraftItem, ...]:
    return tuple(
        DraftItem(
            title=item.title,
            rows=_item_rows(item, content, to),
            links=(
                Link("Change", to("item", item.lineage), item.title),
                Link("What it leads to", to("item-links", item.lineage), item.title),
                Link("Take it out", to("item-remove", item.lineage), item.title),
            ),
            move_url=to("item-move", item.lineage),
            is_first=place == 0,
            is_last=place == len(items) - 1,
        )
        for place, item in enumerate(items)
    )


def _item_rows(item: Item, content: Content, to: _Addresses) -> tuple[SummaryRow, ...]:
    rows = []
    if item.text:
        rows.append(SummaryRow("More about it", item.text))
    if item.assumption:
        rows.append(SummaryRow("Assumption", item.assumption))
    for link in content.links:
        if link.cause == item.lineage:
            other = content.item(link.effect)
            words = f"{other.title}\nif: {link.assumption}" if link.assumption else other.title
            action = Link(
                "Assumption", to("assume", item.lineage, link.effect), f"of {other.title}"
            )
            rows.append(SummaryRow("Leads to", words, (action,)))
    return tuple(rows)


def _indicator(
    place: Place, content: Content, determinants: Mapping[str, str], to: _Addresses
) -> DraftThing:
    title = f"{place.name}: {place.area}, {place.people}"

    def row(key: str, value: str, page: str) -> SummaryRow:
        return SummaryRow(key, value, (Link("Change", to(page, place.lineage), f"{key}: {title}"),))

    stands = determinants.get(place.determinant, "No determinant")
    owners = [
        f"At the authority: {place.authority_owner or 'not named yet'}",
        f"At the ICB: {place.board_owner or 'not named yet'}",
    ]
    none = f"None: {place.no_baseline_reason}" if place.no_baseline_reason else "Not chosen yet"
    no_target = f"None: {place.no_target_reason}" if place.no_target_reason else "Not set yet"
    role = place.authority_role or ("Not said yet" if place.determinant else "")
    return DraftThing(
        title=title,
        rows=(
            row(
                "Stands for",
                "\n".join(
                    filter(None, (content.item(place.item).title, stands, role, set_words(place)))
                ),
                "indicator-standing",
            ),
            row("Owners", "\n".join(owners), "indicator-owners"),
            row(
                "Baseline",
                baseline_words(place, place.baseline) or none,
                "indicator-baseline",
            ),
            row(
                "Target",
                target_words(place) or no_target,
                "indicator-target",
            ),
        ),
        remove=Link("Take it out", to("indicator-remove", place.lineage), title),
        move_url=to("indicator-move", place.lineage),
    )


def _count(measure: Measure, content: Content, to: _Addresses) -> DraftThing:
    facts = measure_facts(measure)
    targets = facts.pop("Targets")
    facts.pop("Name")
    words = "\n".join(f"{key}: {value}" for key, value in facts.items())
    return DraftThing(
        title=measure.name,
        rows=(
            SummaryRow(
                "What is counted",
                f"{content.item(measure.item).title}\n{words}",
                (Link("Change", to("count", measure.lineage), f"what {measure.name} is"),),
            ),
            SummaryRow(
                "Targets",
                targets or "None yet",
                (
                    Link(
                        "Change", to("count-targets", measure.lineage), f"targets of {measure.name}"
                    ),
                ),
            ),
        ),
        remove=Link("Take it out", to("count-remove", measure.lineage), measure.name),
        move_url=to("count-move", measure.lineage),
    )
