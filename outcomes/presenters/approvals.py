"""The pages on which a second person decides about values that bodies sent in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column, SummaryRow
from outcomes.approval_plan import Outcome
from outcomes.disclosure import Hidden
from outcomes.models import Note, ReleaseState
from outcomes.presenters.uploads import CountBox
from outcomes.queries.approvals import NamedFigure, ReleaseList, SentRelease

STATES = {
    "waiting": ReleaseState.SUBMITTED,
    "approved": ReleaseState.APPROVED,
    "returned": ReleaseState.RETURNED,
}
_TITLES = {
    ReleaseState.SUBMITTED: ("Waiting for approval", "Nothing waits for approval."),
    ReleaseState.APPROVED: ("Approved", "Nothing has been approved yet."),
    ReleaseState.RETURNED: ("Returned with a comment", "Nothing has been returned."),
}
_LIST = (
    Column("Body"),
    Column("File"),
    Column("Sent"),
    Column("Values that stand", numeric=True),
)
FIGURES = (
    Column("Area"),
    Column("Indicator and period"),
    Column("Sent in", numeric=True),
    Column("Public now", numeric=True),
    Column("What the public will see"),
)
_OUTCOMES = {
    Outcome.SHOWN: "The value",
    Outcome.SAME: "No change",
    Outcome.PUBLISHED_ELSEWHERE: "The national publication, which comes before this value",
}
_WHY = {
    Hidden.SMALL_COUNT: "the count is small",
    Hidden.SMALL_POPULATION: "the population is small",
    Hidden.SENT_HIDDEN: "it was sent in as suppressed",
    Hidden.STAYS_HIDDEN: "it was suppressed before and has not changed",
    Hidden.PROTECTS_ANOTHER: "another suppressed value could be worked out from it",
}


@dataclass(frozen=True)
class StateLink:
    """A link to the releases in one state."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class ApprovalList:
    """A page of releases in one state."""

    heading: str
    links: tuple[StateLink, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    page: int
    pages: int
    pages_url: str


@dataclass(frozen=True)
class ApprovalPage:
    """One release, and what would become of each of its values."""

    title: str
    body: str
    facts: tuple[SummaryRow, ...]
    counts: tuple[CountBox, ...]
    figures: tuple[tuple[Cell, ...], ...]
    page: int
    pages: int
    pages_url: str
    may_decide: bool
    cannot: str
    approve_url: str
    return_url: str


def approval_list(*, found: ReleaseList, state: ReleaseState) -> ApprovalList:
    """Return the list of releases in one state."""
    heading, empty = _TITLES[state]
    name = next(name for name, one in STATES.items() if one == state)
    return ApprovalList(
        heading=heading,
        links=tuple(
            StateLink(_TITLES[one][0], f"?show={other}", one == state)
            for other, one in STATES.items()
        ),
        columns=_LIST,
        rows=tuple(_row(release) for release in found.rows),
        empty=empty,
        page=found.page,
        pages=found.pages,
        pages_url=f"?show={name}&page=",
    )


def approval_page(
    *,
    release: SentRelease,
    outcomes: Sequence[tuple[Outcome, int]],
    figures: Sequence[NamedFigure],
    page: int,
    pages: int,
    is_own: bool,
) -> ApprovalPage:
    """Return the page of one release.

    Args:
        outcomes: how many of its values come to which end.
        figures: the values of this page of the table.
        is_own: whether who looks has sent them in.
    """
    waits = release.state == ReleaseState.SUBMITTED
    cannot = ""
    if waits and is_own:
        cannot = "You sent these values in, so another person must approve them."
    elif waits and not any(number for _, number in outcomes):
        cannot = "A later file of the body has replaced every value of this one."
    return ApprovalPage(
        title=f"Values sent in by {release.body}",
        body=release.body,
        facts=_facts(release),
        counts=_counts(Counter(dict(outcomes))) if waits else (),
        figures=tuple(_figure(one, waits) for one in figures),
        page=page,
        pages=pages,
        pages_url="?page=",
        may_decide=waits and not cannot,
        cannot=cannot,
        approve_url=_url("approve", release.id),
        return_url=_url("return", release.id),
    )


def value_words(*, value: float | None, note: str) -> str:
    """Return a value as a text, or the word for why there is none."""
    if value is None:
        return Note(note).label
    return f"{value:,.6g}"


def _url(step: str, key: UUID) -> str:
    return reverse(f"outcomes:approval-{step}", args=[key])


def _row(release: SentRelease) -> tuple[Cell, ...]:
    decided = ""
    if release.decided_at is not None:
        decided = f"Decided {moment_text(moment=release.decided_at)} by {release.decided_by}"
    return (
        Cell(release.body, url=reverse("outcomes:approval", args=[release.id])),
        Cell(release.title, note=decided),
        Cell(moment_text(moment=release.sent_at), note=release.sent_by),
        Cell(f"{release.values:,}"),
    )


def _facts(release: SentRelease) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("File", release.title),
        SummaryRow("Sent", f"{moment_text(moment=release.sent_at)} by {release.sent_by}"),
        SummaryRow("State", ReleaseState(release.state).label),
    ]
    if release.decided_at is not None:
        when = moment_text(moment=release.decided_at)
        rows.append(SummaryRow("Decided", f"{when} by {release.decided_by}"))
    if release.comment:
        rows.append(SummaryRow("Comment", release.comment))
    return tuple(rows)


def _counts(outcomes: Counter[Outcome]) -> tuple[CountBox, ...]:
    return (
        CountBox(f"{outcomes[Outcome.SHOWN]:,}", "values will be public"),
        CountBox(f"{outcomes[Outcome.HIDDEN]:,}", "will be suppressed"),
        CountBox(f"{outcomes[Outcome.SAME]:,}", "are public as they are", kind="na"),
        CountBox(
            f"{outcomes[Outcome.PUBLISHED_ELSEWHERE]:,}",
            "stand in a national publication",
            kind="na",
        ),
    )


def _figure(one: NamedFigure, waits: bool) -> tuple[Cell, ...]:
    place = one.decision.figure.place
    who = ", ".join(part for part in (place.sex, place.age, place.category) if part)
    said = one.decision.figure.facts.note_text
    public = ""
    if one.public_note is not None:
        public = value_words(value=one.public_value, note=one.public_note)
    return (
        Cell(one.area, note=who),
        Cell(one.indicator, note=one.period),
        # It becomes public with its value.
        Cell(value_words(value=one.value, note=one.note), note=f"‘{said}’" if said else ""),
        Cell(public or "Nothing"),
        _outcome(one) if waits else Cell("Decided"),
    )


def _outcome(one: NamedFigure) -> Cell:
    if one.decision.hidden is not None:
        why = f"Since {_WHY[one.decision.hidden]}"
        same = one.decision.outcome is Outcome.SAME
        return Cell("Suppressed, as now" if same else "Suppressed", note=why)
    return Cell(_OUTCOMES[one.decision.outcome])
