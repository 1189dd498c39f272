"""Writes what a side says of engagement, of itself or of the other: draft, confirm, reopen.

`own_views` and `partner_views` say of which kind, and what follows from a change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from authorities import audit
from authorities.models import Pair, User
from duty import words
from duty.actions.clock import judged_at
from duty.models import Round
from engagement import matrix
from engagement.actions import configuration
from engagement.models import Level, Rubric, Side, SideView, Theme, ViewState
from engagement.queries import own_views as view_queries
from engagement.queries import rubric as rubric_queries

V = TypeVar("V", bound=SideView)


@dataclass(frozen=True)
class Kind(Generic[V]):
    """A kind of view: how the audit calls it, its rows, and what follows from each change.

    follows: takes the view, what happened to it and when; inside the change's transaction.
    """

    name: str
    model: type[V]
    follows: Callable[[V, str, datetime], None]


@dataclass(frozen=True)
class Choice:
    """The statement chosen for a theme, and what shows it."""

    level: Level
    evidence_title: str = ""
    evidence_url: str = ""


class RoundClosedError(ValueError):
    """The round takes no views now."""


class PairNotExpectedError(ValueError):
    """The pair is not one of the round."""


class ViewLockedError(ValueError):
    """The view is confirmed, so nothing in it changes until it is reopened."""


class ForeignThemeError(ValueError):
    """A statement is for a theme of the other side, or of another rubric."""


class UnansweredThemesError(ValueError):
    """Themes have no statement yet, so there is no level to confirm."""


class EvidenceMissingError(ValueError):
    """High and low need evidence."""


class ReasonMissingError(ValueError):
    """A change must say why."""


class StaleViewError(ValueError):
    """Somebody saved meanwhile. Holds both texts, so that nothing is lost."""

    def __init__(
        self,
        *,
        submitted: Mapping[str, Choice],
        stored: Mapping[str, Choice],
        version: int,
        stored_by: str,
        stored_at: datetime,
    ) -> None:
        self.submitted = dict(submitted)
        self.stored = dict(stored)
        self.version = version
        self.stored_by = stored_by
        self.stored_at = stored_at
        super().__init__("Your copy has changed since you opened it. Compare both and save again.")


@transaction.atomic
def save_picks(
    *,
    kind: Kind[V],
    pair: Pair,
    round: Round,
    side: Side,
    choices: Mapping[str, Choice],
    expected_version: int,
    by: User,
    at: datetime,
) -> V:
    """Store the whole draft of a side: its statements and evidence, by theme code.

    `expected_version` is 0 where nobody had started. Saving the same twice stores it once.

    Raises:
        RoundClosedError, PairNotExpectedError, ViewLockedError, ForeignThemeError: not allowed.
        StaleViewError: somebody saved something else meanwhile.
    """
    if not view_queries.is_expected(round=round, pair=pair):
        raise PairNotExpectedError("This pair is not assessed in this round.")
    rubric = configuration.freeze(round=round).rubric
    about = kind.model(side=side).about
    themes = _themes(rubric=rubric, side=about, codes=set(choices))
    row, created = kind.model._default_manager.get_or_create(
        round=round,
        pair=pair,
        side=side,
        defaults={"updated_at": at, "updated_by": by, "version": 0},
    )
    view = locked(view=row)
    _require_open(view=view, at=at)
    stored = choices_of(view=view)
    if not created and stored == dict(choices) and view.state == ViewState.DRAFT:
        return view
    _require_draft(view=view)
    if view.version != expected_version:
        raise stale(view=view, submitted=choices, stored=stored)
    view.picks.all().delete()
    view.picks.bulk_create(
        view.picks.model(
            view=view,
            theme=themes[code],
            level=choice.level,
            evidence_title=choice.evidence_title,
            evidence_url=choice.evidence_url,
        )
        for code, choice in choices.items()
    )
    write(kind=kind, view=view, action="saved", by=by, at=at, answered=len(choices))
    return view


@transaction.atomic
def confirm(
    *,
    kind: Kind[V],
    view: V,
    level: Level,
    changed_reason: str,
    expected_version: int,
    by: User,
    at: datetime,
    more: Mapping[str, str] | None = None,
) -> V:
    """Fix a side's level: the one that the rule gives, or another with the reason.

    more: columns of the kind's own that are written with it.

    Raises:
        RoundClosedError, ViewLockedError: not allowed.
        UnansweredThemesError, EvidenceMissingError, ReasonMissingError: not ready.
        StaleViewError: somebody saved meanwhile.
    """
    view = locked(view=view)
    reason = changed_reason.strip()
    if view.state == ViewState.CONFIRMED and (view.level, view.confirmed_by_id) == (level, by.pk):
        return view
    _require_open(view=view, at=at)
    _require_draft(view=view)
    choices = choices_of(view=view)
    if view.version != expected_version:
        raise stale(view=view, submitted=choices, stored=choices)
    finding = finding_of(view=view, choices=choices)
    computed = Level(finding.level) if finding.level else None
    if level != computed and not reason:
        raise ReasonMissingError("Say why you change the level that the statements give.")
    has_evidence = any(c.evidence_title and c.evidence_url for c in choices.values())
    if level in (Level.HIGH, Level.LOW) and not has_evidence:
        raise EvidenceMissingError(
            f"A {level} level needs evidence. Add a title and a link to at least one theme."
        )
    view.computed_level = computed
    view.level = level
    view.changed_reason = reason if level != computed else ""
    view.confirmed_at, view.confirmed_by = at, by
    view.state = ViewState.CONFIRMED
    for column, text in (more or {}).items():
        setattr(view, column, text)
    write(kind=kind, view=view, action="confirmed", by=by, at=at)
    return view


@transaction.atomic
def reopen(
    *, kind: Kind[V], view: V, reason: str, expected_version: int, by: User, at: datetime
) -> V:
    """Make a confirmed view a draft again; the history keeps what was confirmed.

    Raises:
        ViewLockedError: it was released to the other side.
        RoundClosedError: the round takes no views now.
        ReasonMissingError: no reason is given.
        StaleViewError: somebody reopened or confirmed meanwhile.
    """
    view = locked(view=view)
    if view.state == ViewState.DRAFT and view.version == expected_version + 1:
        return view
    if view.final:
        raise ViewLockedError(
            "This view is released. The other side may have read it, so it stays as it is."
        )
    _require_open(view=view, at=at)
    if not reason.strip():
        raise ReasonMissingError("Say why the view is opened again.")
    if view.version != expected_version or view.state != ViewState.CONFIRMED:
        choices = choices_of(view=view)
        raise stale(view=view, submitted=choices, stored=choices)
    view.state = ViewState.DRAFT
    view.computed_level = view.level = view.confirmed_at = view.confirmed_by = None
    view.changed_reason = ""
    write(kind=kind, view=view, action="reopened", by=by, at=at, reason=reason.strip())
    return view


def choices_of(*, view: SideView | None) -> dict[str, Choice]:
    """Return the stored choices by theme code."""
    return {
        pick.theme.code: Choice(
            level=Level(pick.level),
            evidence_title=pick.evidence_title,
            evidence_url=pick.evidence_url,
        )
        for pick in view_queries.picks_of(view=view)
    }


def finding_of(*, view: SideView, choices: Mapping[str, Choice]) -> matrix.LevelFinding:
    """Return what the rule makes of the choices.

    Raises:
        UnansweredThemesError: a theme has no statement.
    """
    rubric = rubric_queries.reading_of(round=view.round).rubric
    themes = rubric_queries.themes_of(rubric=rubric, side=view.about)
    missing = [theme.name for theme in themes.rows if theme.code not in choices]
    if missing:
        raise UnansweredThemesError(
            "You need to select a statement for each theme. "
            f"Without a statement: {', '.join(missing)}."
        )
    return matrix.level_from_statements(
        picks={code: matrix.Level(choice.level) for code, choice in choices.items()},
        themes=themes.pure,
        rule=rubric_queries.rule_of(rubric=rubric),
    )


def locked(*, view: V) -> V:
    """Return the row as it is now, held until the transaction ends."""
    return (
        type(view)
        ._default_manager.select_for_update(of=("self",))
        .select_related("round", "pair__authority", "pair__board", "updated_by")
        .get(pk=view.pk)
    )


def stale(
    *, view: SideView, submitted: Mapping[str, Choice], stored: Mapping[str, Choice]
) -> StaleViewError:
    """Return the error that holds both texts."""
    return StaleViewError(
        submitted=submitted,
        stored=stored,
        version=view.version,
        stored_by=view.updated_by.full_name,
        stored_at=view.updated_at,
    )


def write(*, kind: Kind[V], view: V, action: str, by: User, at: datetime, **detail: object) -> None:
    """Store the next version of a view with its audit row, and let follow what follows."""
    view.version += 1
    view.updated_at, view.updated_by = at, by
    view.save()
    audit.record(
        action=f"{kind.name}.{action}",
        target=view,
        by=by,
        at=at,
        body=view.body,
        round=view.round.slug,
        side=str(view.side),
        version=view.version,
        **detail,
    )
    kind.follows(view, f"{kind.name}.{action}", at)


def _themes(*, rubric: Rubric, side: str, codes: set[str]) -> dict[str, Theme]:
    themes = {
        theme.code: theme for theme in rubric_queries.themes_of(rubric=rubric, side=side).rows
    }
    if foreign := sorted(codes - themes.keys()):
        raise ForeignThemeError(
            f"These themes are not yours to answer: {', '.join(foreign)}. "
            "Choose from the themes shown."
        )
    return themes


def _require_open(*, view: SideView, at: datetime) -> None:
    """Judge by the database's clock, behind the lock, as steps of returns are."""
    closing = view_queries.closing_for(round=view.round, pair=view.pair, side=view.side)
    if not closing.is_open(now=judged_at(at=at)):
        raise RoundClosedError(
            f"{view.round.name} takes no views now: your last day for edits was "
            f"{words.london_date(moment=closing.edits_until)}. Ask the team that runs the round."
        )


def _require_draft(*, view: SideView) -> None:
    if view.state != ViewState.DRAFT:
        raise ViewLockedError(
            "This view is confirmed. A signatory can open it again while the round is open."
        )
