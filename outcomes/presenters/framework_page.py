"""The page of one version of a framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from authorities.presenters.tables import Cell, Column, Link
from authorities.presenters.words import day_text
from outcomes.framework_content import Content, Measure, Place
from outcomes.framework_differences import (
    TEXT_WORDS,
    baseline_words,
    measure_facts,
    target_words,
    way_words,
)
from outcomes.framework_lifecycle import Event, may
from outcomes.framework_rules import value_known_about
from outcomes.models import AGREED_STATES, FrameworkVersion, VersionState
from outcomes.presenters.framework_draft import missing_links
from outcomes.presenters.framework_parts import FrameworkParts, Part, files_of, parts_of
from outcomes.presenters.framework_tree import TreeNode, theory_tree
from outcomes.presenters.framework_words import (
    STATE_TAGS,
    HistoryRow,
    StateTag,
    adopted_text,
    declined_text,
    history_row,
    moment_text,
    owners_text,
    set_words,
)
from outcomes.queries.framework_owners import EndedOwner
from outcomes.queries.framework_pages import Declined, Happening, Signature, VersionLine
from outcomes.queries.frameworks import Party
from outcomes.queries.revised_baselines import Revised
from outcomes.theory_drawing import TheoryDrawing, theory_drawing

INDICATORS = tuple(map(Column, ("Indicator", "Tells of", "Baseline", "Target", "Owners")))
COUNTS = (Column("Count"), Column("Counts for"), Column("Put together"), Column("Targets"))
SIGNATURES = (Column("Owner"), Column("Signature"))
_UNCONFIRMED = (
    "{name} took over from an owner that merged, and has not said yet that it stands by this "
    "version. It stays in force meanwhile."
)
_LEFT = (
    "{name} ended on {day}, and nobody is chosen yet who goes on in its place. A signatory of the "
    "authority’s side chooses; nothing can be proposed until then."
)
_REVISED = (
    "The baseline of {name} was revised by more than half of the agreed change, and not all owners "
    "have confirmed it."
)
VERSIONS = (Column("Version"), Column("State"), Column("Why"), Column("What differs"))


@dataclass(frozen=True)
class Viewer:
    """What who looks may do with the framework.

    signs_for: bodies for which they may sign; edits: whether they may change drafts.
    chooses_owners: whether they sign for the authority's side.
    """

    is_owner: bool
    edits: bool
    signs_for: tuple[UUID, ...] = ()
    chooses_owners: bool = False


@dataclass(frozen=True)
class VersionFacts:
    """All that the page is made from."""

    version: FrameworkVersion
    content: Content
    parties: tuple[Party, ...]
    signatures: Mapping[UUID, Signature]
    history: tuple[Happening, ...]
    versions: tuple[VersionLine, ...]
    ended_owners: tuple[EndedOwner, ...]
    revised: tuple[Revised, ...]
    releases: Mapping[UUID, str]
    lags: Mapping[str, int | None]
    area_codes: Mapping[UUID, str]
    determinants: Mapping[str, str]
    declined: Declined | None = None


@dataclass(frozen=True)
class TextBlock:
    """A text under its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class FrameworkPage:
    """What the page shows; `button` is the step that is nearest, `links` the others."""

    id: UUID
    number: int
    title: str
    owners: str
    owner_links: tuple[Link, ...]
    tag: StateTag
    since: str
    notices: tuple[tuple[str, Link | None], ...]
    missing: tuple[Link, ...]
    button: Link | None
    links: tuple[Link, ...]
    signatures: tuple[tuple[Cell, ...], ...]
    reason: str
    texts: tuple[TextBlock, ...]
    drawing: TheoryDrawing | None
    tree: tuple[TreeNode, ...]
    adopted: str
    indicators: tuple[tuple[Cell, ...], ...]
    counts: tuple[tuple[Cell, ...], ...]
    history: tuple[HistoryRow, ...]
    versions: tuple[tuple[Cell, ...], ...]
    parts: FrameworkParts
    files: tuple[Link, ...]


def framework_page(*, facts: VersionFacts, viewer: Viewer) -> FrameworkPage:
    """Return the page of a version for whoever looks."""
    version, content = facts.version, facts.content
    is_draft = version.state == VersionState.DRAFT
    button, links = _steps(facts, viewer)
    return FrameworkPage(
        id=version.framework_id,
        number=version.number,
        title=version.framework.name,
        owners=owners_text([party.name for party in facts.parties]),
        owner_links=tuple(_owner_link(party) for party in facts.parties),
        tag=STATE_TAGS[version.state],
        since=_since(version),
        notices=_notices(facts, viewer),
        missing=missing_links(version=version, content=content) if is_draft else (),
        button=button,
        links=links,
        signatures=(
            *(_signature_row(party, facts) for party in facts.parties),
            *_signed_before(facts),
        ),
        reason=version.change_reason,
        texts=tuple(
            TextBlock(words, text)
            for name, words in TEXT_WORDS.items()
            if (text := getattr(content, name))
        ),
        drawing=theory_drawing(content=content) if content.items else None,
        tree=theory_tree(content=content),
        adopted=adopted_text(content),
        indicators=tuple(
            _indicator(place, facts) for place in sorted(content.places, key=lambda one: one.order)
        ),
        counts=tuple(
            _count(measure, facts)
            for measure in sorted(content.measures, key=lambda one: one.order)
        ),
        history=tuple(history_row(one) for one in facts.history),
        versions=tuple(_version_row(line, facts) for line in facts.versions),
        parts=parts_of(
            framework=version.framework_id,
            name=version.framework.name,
            in_force=_line(facts.versions, VersionState.AGREED) is not None,
            current=Part.TEXT if version.state == VersionState.AGREED else None,
        ),
        files=files_of(
            framework=version.framework_id,
            number=version.number,
            in_force=version.state == VersionState.AGREED,
        ),
    )


def _address(name: str, version: FrameworkVersion, *more: object) -> str:
    return reverse(f"outcomes:{name}", args=[version.framework_id, version.number, *more])


def _owner_link(party: Party) -> Link:
    page = "outcomes:authority" if party.is_authority else "authorities:board"
    return Link(label=party.name, url=reverse(page, args=[party.slug]))


def _since(version: FrameworkVersion) -> str:
    if version.state in AGREED_STATES and version.agreed_at is not None:
        return f"Agreed on {moment_text(version.agreed_at)}."
    if version.proposed_at is not None and version.state != VersionState.DRAFT:
        return f"Proposed on {moment_text(version.proposed_at)}."
    return f"Changed last on {moment_text(version.edited_at)}."


def _notices(facts: VersionFacts, viewer: Viewer) -> tuple[tuple[str, Link | None], ...]:
    version = facts.version
    found: list[tuple[str, Link | None]] = []
    force = _line(facts.versions, VersionState.AGREED)
    working = next(
        (
            line
            for line in facts.versions
            if line.state in (VersionState.DRAFT, VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
        ),
        None,
    )
    if force is not None and force.number != version.number:
        found.append((f"Version {force.number} is in force.", _to(version, force)))
    if working is not None and working.number != version.number:
        state = STATE_TAGS[working.state].text.lower()
        found.append((f"Version {working.number} is {state}.", _to(version, working)))
    if version.state == VersionState.ENDED:
        found.extend(_ended(facts))
    if may(state=version.state, event=Event.ASSIGN):
        found.extend(
            (_LEFT.format(name=one.name, day=day_text(day=one.ended_on)), None)
            for one in facts.ended_owners
        )
    if version.state == VersionState.AGREED:
        found.extend(
            (_UNCONFIRMED.format(name=party.name), None)
            for party in facts.parties
            if party.needs_reconfirmation
        )
    found.extend(
        (
            _REVISED.format(name=one.name),
            Link("See it", reverse("progress:indicator", args=[one.framework, one.lineage])),
        )
        for one in facts.revised
    )
    if not viewer.is_owner:
        return tuple(found)
    if facts.declined is not None:
        found.insert(0, (declined_text(facts.declined), None))
    if version.state in (VersionState.DRAFT, VersionState.PROPOSED, VersionState.PARTLY_SIGNED):
        found.append(("Only its owners can see this version until all of them have signed.", None))
    return tuple(found)


def _ended(facts: VersionFacts) -> list[tuple[str, Link | None]]:
    """Say when it was ended and why."""
    return [
        (f"This framework was ended on {moment_text(one.at)}: {one.reason}", None)
        for one in facts.history
        if one.type == Event.END
    ]


def _line(lines: Sequence[VersionLine], state: str) -> VersionLine | None:
    return next((line for line in lines if line.state == state), None)


def _to(version: FrameworkVersion, line: VersionLine) -> Link:
    url = reverse("outcomes:framework-version", args=[version.framework_id, line.number])
    return Link(label=f"See version {line.number}", url=url)


def _steps(facts: VersionFacts, viewer: Viewer) -> tuple[Link | None, tuple[Link, ...]]:
    """Return the nearest step and the others that are open to who looks."""
    version, found = facts.version, []
    waiting = {party.body_id for party in facts.parties if not party.signed}
    adopting = {party.body_id for party in facts.parties if party.needs_reconfirmation}
    signs = bool(waiting & set(viewer.signs_for))
    adopts = bool(adopting & set(viewer.signs_for))
    state = version.state
    if signs and may(state=state, event=Event.SIGN):
        found.append(Link("Sign", _address("framework-sign", version)))
        found.append(Link("Decline and say why", _address("framework-decline", version)))
    if viewer.chooses_owners and facts.ended_owners and may(state=state, event=Event.ASSIGN):
        found.append(Link("Choose who goes on with it", _address("framework-assign", version)))
    if adopts and may(state=state, event=Event.ADOPT):
        found.append(Link("Stand by it", _address("framework-adopt", version)))
    if viewer.edits:
        if may(state=state, event=Event.EDIT):
            found.append(Link("Change this version", _address("framework-edit", version)))
        if may(state=state, event=Event.PROPOSE):
            found.append(Link("Check and propose it", _address("framework-propose", version)))
        nothing_open = not any(
            line.state in (VersionState.DRAFT, VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
            for line in facts.versions
        )
        if nothing_open and may(state=state, event=Event.PROPOSE_CHANGE):
            found.append(Link("Propose a change", _address("framework-change", version)))
        if may(state=state, event=Event.DISCARD):
            found.append(Link("Give this version up", _address("framework-discard", version)))
    if viewer.signs_for and not signs and may(state=state, event=Event.DECLINE):
        back = "Take the signature back and say why"
        found.append(Link(back, _address("framework-decline", version)))
    if viewer.signs_for and may(state=state, event=Event.END):
        found.append(Link("End this framework", _address("framework-end", version)))
    return (found[0], tuple(found[1:])) if found else (None, ())


def _signature_row(party: Party, facts: VersionFacts) -> tuple[Cell, ...]:
    given = facts.signatures.get(party.body_id)
    if given is not None:
        said = Cell(f"Signed on {moment_text(given.at)}")
    elif facts.version.state in AGREED_STATES:
        said = Cell("Took over from an owner that signed")
    elif facts.version.state in (VersionState.PROPOSED, VersionState.PARTLY_SIGNED):
        said = Cell("Not signed yet", note=_waits(facts.version.proposed_at))
    else:
        said = Cell("Not asked yet")
    return (Cell(party.name), said)


def _signed_before(facts: VersionFacts) -> tuple[tuple[Cell, ...], ...]:
    """Return the signatures of bodies that owned the framework then and do not now."""
    now = {party.body_id for party in facts.parties}
    return tuple(
        (Cell(one.name, note="No owner any more"), Cell(f"Signed on {moment_text(one.at)}"))
        for one in facts.signatures.values()
        if one.body_id not in now
    )


def _waits(since: datetime | None) -> str:
    return f"Awaited since {moment_text(since)}" if since else ""


def _indicator(place: Place, facts: VersionFacts) -> tuple[Cell, ...]:
    code = facts.area_codes.get(place.area_id)
    url = reverse("outcomes:indicator-area", args=[place.indicator, code]) if code else ""
    if facts.version.state == VersionState.AGREED:
        url = reverse("progress:indicator", args=[facts.version.framework_id, place.lineage])
    stands = facts.determinants.get(place.determinant, "")
    own = place.authority_role or "not said yet"
    role = f"{stands}. The authority’s own role: {own}" if stands else ""
    note = " · ".join(filter(None, (role, set_words(place))))
    return (
        Cell(place.name, url=url, note=f"{place.area}, {place.people}"),
        Cell(facts.content.item(place.item).title, note=note),
        _baseline(place, facts.releases),
        _target(place, facts.lags),
        Cell(
            f"Authority: {place.authority_owner or 'not named yet'}",
            note=f"ICB: {place.board_owner or 'not named yet'}",
        ),
    )


def _baseline(place: Place, releases: Mapping[UUID, str]) -> Cell:
    if place.baseline is None:
        if place.no_baseline_reason:
            return Cell("None", note=place.no_baseline_reason)
        return Cell("Not chosen yet")
    release = releases.get(place.baseline.release_id, "")
    return Cell(baseline_words(place, place.baseline), note=f"From “{release}”")


def _target(place: Place, lags: Mapping[str, int | None]) -> Cell:
    if place.target is None:
        if place.no_target_reason:
            return Cell("None yet", note=place.no_target_reason)
        return Cell("Not set yet")
    known = value_known_about(period=place.target.period, lag_months=lags.get(place.indicator))
    way = way_words(place)
    return Cell(
        target_words(place),
        note=f"{way}. Its value is usual about {known:%B %Y}" if known else way,
    )


def _count(measure: Measure, facts: VersionFacts) -> tuple[Cell, ...]:
    told = measure_facts(measure)
    good = f"{told['Good is'].capitalize()} is good, margin {told['Margin']}"
    url = ""
    if facts.version.state == VersionState.AGREED:
        url = reverse("outcomes:count", args=[facts.version.framework_id, measure.lineage])
    return (
        Cell(measure.name, url=url, note=measure.unit),
        Cell(facts.content.item(measure.item).title),
        Cell(told["Put together"].capitalize(), note=good),
        Cell(told["Targets"] or "None yet"),
    )


def _version_row(line: VersionLine, facts: VersionFacts) -> tuple[Cell, ...]:
    version = facts.version
    when = f"on {moment_text(line.agreed_at)}" if line.agreed_at else ""
    differs = Cell("This version")
    if line.number != version.number:
        one, other = sorted((line.number, version.number))
        url = reverse("outcomes:framework-differences", args=[version.framework_id, one, other])
        differs = Cell(f"Versions {one} and {other} side by side", url=url)
    return (
        Cell(f"Version {line.number}", url=_to(version, line).url),
        Cell(STATE_TAGS[line.state].text, note=when),
        Cell(line.change_reason or "The first one"),
        differs,
    )
