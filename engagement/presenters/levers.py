"""What pages and files of levers show: an authority its own, others what was shared."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.models import DevolvedFunction
from duty import words
from duty.ui.components import SummaryRow, Tag, TagColour
from engagement import lever_drawing
from engagement.lever_lifecycle import Event, may
from engagement.models import (
    CommitmentState,
    Fit,
    Impact,
    Lever,
    LeverKind,
    LeverState,
    SharedLever,
    Window,
)
from engagement.presenters.practice import Filter
from engagement.queries.levers import Asked, SharedFacts, Turned

_FIT_PHRASES: dict[str, str] = {
    Fit.CLOSE: "close fit",
    Fit.PARTLY: "fits in part",
    Fit.DISTANT: "distant fit",
}
NOT_JUDGED = "Not judged yet"
_COLOURS: dict[str, TagColour] = {"draft": "blue", "kept": "teal", "archived": "grey"}
_OWN = (
    *("id", "version", "state", "state_name", "kind", "kind_name", "title", "function"),
    *("function_name", "determinants", "determinant_names", "description", "strategic_fit"),
    *("strategic_fit_name", "strategic_fit_reason", "impact", "impact_name", "impact_reason"),
    *("window", "window_name", "window_reason", "archived_reason", "shared", "commitments"),
)
_SHARED = (
    *("id", "authority", "authority_name", "kind", "kind_name", "title", "function"),
    *("function_name", "determinants", "determinant_names", "description", "shared_at"),
)


@dataclass(frozen=True)
class StepWords:
    """What a step is called on its link and button, what its page says, and what is said then."""

    label: str
    title: str
    lead: str
    said: str


STEPS: dict[Event, StepWords] = {
    Event.KEEP: StepWords(
        "Put it on the list",
        "Put the lever on the list",
        "Your list lives on between rounds. Only people of your own authority read it.",
        "The lever is on the list.",
    ),
    Event.SHARE: StepWords(
        "Share it in the catalogue",
        "Share the lever in the catalogue",
        "People of other authorities and the national team will read its title, function, "
        "determinants and description as they are now, and whose it is. Nobody reads how you judge "
        "it. You can stop sharing it at any time.",
        "The lever is shared. It stands in the catalogue.",
    ),
    Event.STOP_SHARING: StepWords(
        "Stop sharing it",
        "Stop sharing the lever",
        "It leaves the catalogue at once. Others may have read it.",
        "The lever is shared no longer.",
    ),
    Event.ARCHIVE: StepWords(
        "Archive it",
        "Archive the lever",
        "It leaves your list and, if it is shared, the catalogue. Commitments made of it stay.",
        "The lever is archived, and the reason is kept.",
    ),
    Event.BRING_BACK: StepWords(
        "Bring it back",
        "Bring the lever back",
        "It becomes a draft again, with all that it said.",
        "The lever is a draft again.",
    ),
}
# A signatory's word.
_SIGNED = (Event.SHARE, Event.STOP_SHARING)


@dataclass(frozen=True)
class Judgement:
    """One judgement in words; both empty where it was not made."""

    word: str
    reason: str


@dataclass(frozen=True)
class LeverRow:
    """A lever in its authority's own list; number is its marker's, None where it has none."""

    number: int | None
    title: str
    url: str
    kind: str
    function: str
    state: Tag
    shared: bool
    fit: Judgement
    impact: Judgement
    window: Judgement
    commitments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CellWords:
    """A cell of the figure in words: what stands there."""

    where: str
    levers: str


@dataclass(frozen=True)
class LeverFigure:
    """The figure with its words; the table is the list."""

    chart: lever_drawing.LeverChart
    columns: tuple[tuple[float, str], ...]
    rows: tuple[tuple[float, str], ...]
    words: tuple[CellWords, ...]


@dataclass(frozen=True)
class SharedCard:
    """A lever of the catalogue; own is whether it is the reader's authority's."""

    id: str
    title: str
    kind: str
    function: str
    authority: str
    authority_url: str
    description: str
    determinants: str
    shared: str
    own: bool


def rows_of(
    *,
    levers: Sequence[Lever],
    shared: Collection[UUID],
    turned: Mapping[UUID, tuple[Turned, ...]],
) -> tuple[LeverRow, ...]:
    """Return levers as their authority's list shows them; those that are judged get numbers."""
    numbers = {lever.pk: at for at, lever in enumerate(_judged(levers), start=1)}
    return tuple(
        LeverRow(
            number=numbers.get(lever.pk),
            title=lever.title,
            url=reverse("levers:lever", args=[lever.pk]),
            kind=str(LeverKind(lever.kind).label),
            function=_function(lever.function),
            state=state_tag(state=lever.state),
            shared=lever.pk in shared,
            fit=Judgement(_word(Fit, lever.fit), lever.fit_reason),
            impact=Judgement(_word(Impact, lever.impact), lever.impact_reason),
            window=Judgement(_word(Window, lever.window), lever.window_reason),
            commitments=commitment_links(turned=turned.get(lever.pk, ())),
        )
        for lever in levers
    )


def figure_of(*, levers: Sequence[Lever]) -> LeverFigure | None:
    """Return the figure of the judged levers of a list, None where none is."""
    judged = _judged(levers)
    if not judged:
        return None
    chart = lever_drawing.draw(
        levers=[
            lever_drawing.Placed(at, lever.impact, lever.window, lever.fit)
            for at, lever in enumerate(judged, start=1)
        ]
    )
    cells = []
    for impact in lever_drawing.IMPACTS:
        for window in lever_drawing.WINDOWS:
            names = [
                f"{at}. {lever.title} ({_FIT_PHRASES[lever.fit]})"
                for at, lever in enumerate(judged, start=1)
                if (lever.impact, lever.window) == (impact, window)
            ]
            if names:
                where = f"{_word(Impact, impact)} impact, window {_word(Window, window).lower()}"
                cells.append(CellWords(where=where, levers="; ".join(names)))
    return LeverFigure(
        chart=chart,
        columns=tuple((one.at, _word(Window, one.code)) for one in chart.columns),
        rows=tuple((one.at, _word(Impact, one.code)) for one in chart.rows),
        words=tuple(cells),
    )


def state_tag(*, state: str) -> Tag:
    """Return where a lever is as a tag."""
    return Tag(str(LeverState(state).label), _COLOURS[state])


def detail_rows(*, lever: Lever, determinants: Mapping[str, str]) -> tuple[SummaryRow, ...]:
    """Return everything that its authority reads of a lever."""
    said = [
        ("What it is", str(LeverKind(lever.kind).label)),
        ("Function", _function(lever.function)),
        ("Determinants", _named(lever.determinants, determinants)),
        ("Description", lever.description),
        ("Strategic fit", _judged_words(Fit, lever.fit, lever.fit_reason)),
        ("Public health impact", _judged_words(Impact, lever.impact, lever.impact_reason)),
        ("Window of opportunity", _judged_words(Window, lever.window, lever.window_reason)),
        ("Why it is archived", lever.reason),
        (
            "Last changed",
            f"{words.london_datetime(moment=lever.edited_at)} by {lever.edited_by.full_name}",
        ),
    ]
    return tuple(SummaryRow(key=key, value=value) for key, value in said if value)


def steps_of(
    *, lever: Lever, shared: SharedLever | None, edits: bool, shares: bool
) -> tuple[tuple[str, str], ...]:
    """Return what the person may do with a lever: the words of the link and its address."""
    found = []
    for event, said in STEPS.items():
        if not (shares if event in _SIGNED else edits) or not may(state=lever.state, event=event):
            continue
        if event == Event.KEEP and not lever.judged:
            continue
        if event == Event.STOP_SHARING and shared is None:
            continue
        label = "Share it again as it is now" if event == Event.SHARE and shared else said.label
        found.append((label, reverse(f"levers:{event.value}", args=[lever.pk])))
    return tuple(found)


def commitment_links(*, turned: Sequence[Turned]) -> tuple[tuple[str, str], ...]:
    """Return the commitments that were made of a lever: words and address."""
    return tuple(
        (
            f"{one.commitment.title} ({CommitmentState(one.commitment.state).label.lower()})",
            reverse("commitments:detail", args=[one.commitment.pk]),
        )
        for one in turned
    )


def card_of(
    *, facts: SharedFacts, determinants: Mapping[str, str], own: Collection[UUID]
) -> SharedCard:
    """Return a lever of the catalogue: no judgement is known of it."""
    return SharedCard(
        id=str(facts.id),
        title=facts.title,
        kind=str(LeverKind(facts.kind).label),
        function=_function(facts.function),
        authority=facts.authority,
        authority_url=reverse("outcomes:authority", args=[facts.authority_slug]),
        description=facts.description,
        determinants=_named(facts.determinants, determinants),
        shared=words.london_date(moment=facts.shared_at),
        own=facts.authority_id in own,
    )


def filters(*, asked: Asked, states: bool) -> tuple[Filter, ...]:
    """Return the selects of a list; states only where the list is an authority's own."""
    offered = [("function", "Function", DevolvedFunction.choices, asked.function)]
    if states:
        offered.append(("state", "State", LeverState.choices, asked.state))
    first = {"function": "All functions", "state": "Drafts and those on the list"}
    return tuple(
        Filter(
            name=name,
            label=label,
            choices=tuple(
                (code, str(text), code == chosen) for code, text in [("", first[name]), *choices]
            ),
        )
        for name, label, choices, chosen in offered
    )


def page_url(*, asked: Asked) -> str:
    """Return the address of a list, to which the number of a page is added."""
    said = {"function": asked.function, "state": asked.state}
    return f"?{urlencode([*((key, value) for key, value in said.items() if value), ('page', '')])}"


def own_csv(
    *,
    levers: Sequence[Lever],
    determinants: Mapping[str, str],
    shared: Collection[UUID],
    turned: Mapping[UUID, tuple[Turned, ...]],
) -> str:
    """Return an authority's levers as a file, codes and words; for its own people."""
    return write_csv(
        headings=_OWN,
        rows=[
            (
                *(str(one.pk), str(one.version), one.state, LeverState(one.state).label),
                *(one.kind, LeverKind(one.kind).label, one.title, one.function),
                *(_function(one.function), " ".join(one.determinants)),
                *(_named(one.determinants, determinants), one.description),
                *(one.fit, _word(Fit, one.fit), one.fit_reason),
                *(one.impact, _word(Impact, one.impact), one.impact_reason),
                *(one.window, _word(Window, one.window), one.window_reason, one.reason),
                "yes" if one.pk in shared else "no",
                " ".join(str(each.commitment.pk) for each in turned.get(one.pk, ())),
            )
            for one in levers
        ],
    )


def shared_csv(*, facts: Sequence[SharedFacts], determinants: Mapping[str, str]) -> str:
    """Return the catalogue as a file, codes and words."""
    return write_csv(
        headings=_SHARED,
        rows=[
            (
                *(str(one.id), one.authority_slug, one.authority, one.kind),
                *(LeverKind(one.kind).label, one.title, one.function, _function(one.function)),
                *(" ".join(one.determinants), _named(one.determinants, determinants)),
                *(one.description, one.shared_at.isoformat()),
            )
            for one in facts
        ],
    )


def _judged(levers: Sequence[Lever]) -> list[Lever]:
    return [lever for lever in levers if lever.judged]


def _word(scale: type[Fit] | type[Impact] | type[Window], code: str) -> str:
    return str(scale(code).label) if code else ""


def _judged_words(scale: type[Fit] | type[Impact] | type[Window], code: str, reason: str) -> str:
    return f"{_word(scale, code)}: {reason}" if code else NOT_JUDGED


def _function(code: str) -> str:
    return str(DevolvedFunction(code).label)


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return "; ".join(names.get(code, code) for code in codes)
