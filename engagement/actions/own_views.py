"""Writes a side's own view: draft, confirm, reopen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from duty import words
from duty.actions.clock import judged_at
from duty.models import Round
from engagement import matrix
from engagement.actions import configuration
from engagement.models import Level, OwnView, Pick, Rubric, Side, Theme, ViewState
from engagement.queries import own_views as view_queries
from engagement.queries import rubric as rubric_queries
from outcomes import recompute
from outcomes.models import Subject


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
    pair: Pair,
    round: Round,
    side: Side,
    choices: Mapping[str, Choice],
    expected_version: int,
    by: User,
    at: datetime,
) -> OwnView:
    """Store the whole draft of a side: its statements and evidence, by theme code.

    `expected_version` is 0 where nobody had started. Saving the same twice stores it once.

    Raises:
        RoundClosedError, PairNotExpectedError, ViewLockedError, ForeignThemeError: not allowed.
        StaleViewError: somebody saved something else meanwhile.
    """
    if not view_queries.is_expected(round=round, pair=pair):
        raise PairNotExpectedError("This pair is not assessed in this round.")
    rubric = configuration.freeze(round=round).rubric
    themes = _own_themes(rubric=rubric, side=side, codes=set(choices))
    view, created = OwnView.objects.get_or_create(
        round=round,
        pair=pair,
        side=side,
        defaults={"updated_at": at, "updated_by": by, "version": 0},
    )
    view = _locked(view=view)
    _require_open(view=view, at=at)
    stored = choices_of(view=view)
    if not created and stored == dict(choices) and view.state == ViewState.DRAFT:
        return view
    _require_draft(view=view)
    if view.version != expected_version:
        raise _stale(view=view, submitted=choices, stored=stored)
    Pick.objects.filter(view=view).delete()
    Pick.objects.bulk_create(
        Pick(
            view=view,
            theme=themes[code],
            level=choice.level,
            evidence_title=choice.evidence_title,
            evidence_url=choice.evidence_url,
        )
        for code, choice in choices.items()
    )
    _write(view=view, action="own_view.saved", by=by, at=at, answered=len(choices))
    return view


@transaction.atomic
def confirm(
    *,
    view: OwnView,
    level: Level,
    changed_reason: str,
    expected_version: int,
    by: User,
    at: datetime,
) -> OwnView:
    """Fix a side's level: the one that the rule gives, or another with the reason.

    Raises:
        RoundClosedError, ViewLockedError: not allowed.
        UnansweredThemesError, EvidenceMissingError, ReasonMissingError: not ready.
        StaleViewError: somebody saved meanwhile.
    """
    view = _locked(view=view)
    reason = changed_reason.strip()
    if view.state == ViewState.CONFIRMED and (view.level, view.confirmed_by_id) == (level, by.pk):
        return view
    _require_open(view=view, at=at)
    _require_draft(view=view)
    choices = choices_of(view=view)
    if view.version != expected_version:
        raise _stale(view=view, submitted=choices, stored=choices)
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
    _write(view=view, action="own_view.confirmed", by=by, at=at)
    return view


@transaction.atomic
def reopen(*, view: OwnView, reason: str, expected_version: int, by: User, at: datetime) -> OwnView:
    """Make a confirmed view a draft again; the history keeps what was confirmed.

    Raises:
        RoundClosedError: the round takes no views now.
        ReasonMissingError: no reason is given.
        StaleViewError: somebody reopened or confirmed meanwhile.
    """
    view = _locked(view=view)
    if view.state == ViewState.DRAFT and view.version == expected_version + 1:
        return view
    _require_open(view=view, at=at)
    if not reason.strip():
        raise ReasonMissingError("Say why the view is opened again.")
    if view.version != expected_version or view.state != ViewState.CONFIRMED:
        choices = choices_of(view=view)
        raise _stale(view=view, submitted=choices, stored=choices)
    view.state = ViewState.DRAFT
    view.computed_level = view.level = view.confirmed_at = view.confirmed_by = None
    view.changed_reason = ""
    _write(view=view, action="own_view.reopened", by=by, at=at, reason=reason.strip())
    return view


def choices_of(*, view: OwnView | None) -> dict[str, Choice]:
    """Return the stored choices by theme code."""
    return {
        pick.theme.code: Choice(
            level=Level(pick.level),
            evidence_title=pick.evidence_title,
            evidence_url=pick.evidence_url,
        )
        for pick in view_queries.picks_of(view=view)
    }


def finding_of(*, view: OwnView, choices: Mapping[str, Choice]) -> matrix.LevelFinding:
    """Return what the rule makes of the choices.

    Raises:
        UnansweredThemesError: a theme has no statement.
    """
    rubric = rubric_queries.reading_of(round=view.round).rubric
    themes = rubric_queries.themes_of(rubric=rubric, side=view.side)
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


def _own_themes(*, rubric: Rubric, side: str, codes: set[str]) -> dict[str, Theme]:
    themes = {
        theme.code: theme for theme in rubric_queries.themes_of(rubric=rubric, side=side).rows
    }
    if foreign := sorted(codes - themes.keys()):
        raise ForeignThemeError(
            f"These themes are not yours to answer: {', '.join(foreign)}. "
            "Choose from the themes shown."
        )
    return themes


def _require_open(*, view: OwnView, at: datetime) -> None:
    """Judge by the database's clock, behind the lock, as steps of returns are."""
    closing = view_queries.closing_for(round=view.round, pair=view.pair, side=view.side)
    if not closing.is_open(now=judged_at(at=at)):
        raise RoundClosedError(
            f"{view.round.name} takes no views now: your last day for edits was "
            f"{words.london_date(moment=closing.edits_until)}. Ask the team that runs the round."
        )


def _require_draft(*, view: OwnView) -> None:
    if view.state != ViewState.DRAFT:
        raise ViewLockedError(
            "This view is confirmed. A signatory can open it again while the round is open."
        )


def _locked(*, view: OwnView) -> OwnView:
    """Return the row as it is now, held until the transaction ends."""
    return (
        OwnView.objects.select_for_update(of=("self",))
        .select_related("round", "pair__authority", "pair__board", "updated_by")
        .get(pk=view.pk)
    )


def _stale(
    *, view: OwnView, submitted: Mapping[str, Choice], stored: Mapping[str, Choice]
) -> StaleViewError:
    return StaleViewError(
        submitted=submitted,
        stored=stored,
        version=view.version,
        stored_by=view.updated_by.full_name,
        stored_at=view.updated_at,
    )


def _write(*, view: OwnView, action: str, by: User, at: datetime, **detail: object) -> None:
    view.version += 1
    view.updated_at, view.updated_by = at, by
    view.save()
    body: Body = view.pair.authority if view.side == Side.AUTHORITY else view.pair.board
    audit.record(
        action=action,
        target=view,
        by=by,
        at=at,
        body=body,
        round=view.round.slug,
        side=str(view.side),
        version=view.version,
        **detail,
    )
    recompute.request(subject=Subject.PAIR, subject_id=view.pair_id, reason=action, at=at)
