"""What the pages of a side's view show: the own one, or the one of the other side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from authorities.models import Pair
from duty.models import Round, RoundState
from duty.ui.looks import MatrixWords
from duty.words import london_date, london_datetime
from engagement import matrix, words
from engagement.actions.own_views import Choice, StaleViewError, choices_of
from engagement.content import StatementContent
from engagement.models import OwnView, Side, SideView, ViewState
from engagement.presenters.matrix_words import level_words_of
from engagement.queries import own_views as queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.rubric import SideThemes

ROUND_TEAM = "the team at the centre that runs the round"


@dataclass(frozen=True)
class Locked:
    """Why nothing can be changed, since when, until when and whom to ask."""

    title: str
    why: str
    since: str
    until: str
    ask: str


@dataclass(frozen=True)
class Difference:
    """A theme in which the own text and the stored one differ."""

    theme: str
    mine: str
    stored: str


@dataclass(frozen=True)
class Conflict:
    """Both texts of a stale save."""

    stored_by: str
    stored_at: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class SideViewFacts:
    """A side's view in a round as it stands."""

    body_name: str
    other_name: str
    round: Round
    side: Side
    about: Side
    view: SideView | None
    themes: SideThemes
    choices: Mapping[str, Choice]
    finding: matrix.LevelFinding | None
    rule: words.RuleWords
    statements: tuple[StatementContent, ...]
    locked: Locked | None
    signatories: tuple[str, ...]
    matrix_words: MatrixWords

    @property
    def called(self) -> str:
        """What it is called inside of a sentence."""
        if self.about == self.side:
            return f"your view of engagement with {self.other_name}"
        return f"your view of how {self.other_name} engages with you"

    @property
    def version(self) -> int:
        """The version that a save must name; 0 where nobody has started."""
        return self.view.version if self.view else 0

    @property
    def level(self) -> str | None:
        """The confirmed level, None before."""
        return self.view.level if self.view else None

    @property
    def computed_level(self) -> str | None:
        """The level that the statements give so far; None is 'not assessed'."""
        return self.finding.level.value if self.finding and self.finding.level else None

    @property
    def explanation(self) -> tuple[str, ...]:
        """The counts behind it."""
        return self.finding.explanation if self.finding else ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The names of themes without a statement."""
        return tuple(row.name for row in self.themes.rows if row.code not in self.choices)

    @property
    def confirmed(self) -> bool:
        """Whether a signatory has fixed it."""
        return self.view is not None and self.view.state == ViewState.CONFIRMED

    @property
    def state_words(self) -> str:
        """Where it is, in words."""
        if self.view is None:
            return "Not started"
        if self.view.final:
            return "Released"
        return "Confirmed" if self.confirmed else "Draft"


def own_view(
    *, pair: Pair, round: Round, side: Side, names: tuple[str, str], now: datetime
) -> SideViewFacts:
    """Return the side's own view; `names` are those of the authority and of the ICB."""
    return side_view(model=OwnView, pair=pair, round=round, side=side, names=names, now=now)


def side_view(
    *,
    model: type[SideView],
    pair: Pair,
    round: Round,
    side: Side,
    names: tuple[str, str],
    now: datetime,
) -> SideViewFacts:
    """Return what the side says by views of a kind; `names`: of the authority and of the ICB."""
    view = queries.side_view_of(model=model, round=round, pair=pair, side=side)
    about = model(side=side).about
    reading = rubric_queries.reading_of(round=round)
    rubric = reading.rubric
    said = level_words_of(group_map=reading.group_map)
    themes = rubric_queries.themes_of(rubric=rubric, side=about)
    choices = choices_of(view=view)
    signatories = queries.signatories_of(pair=pair, side=side)
    rule = rubric_queries.rule_of(rubric=rubric)
    finding = (
        matrix.level_from_statements(
            picks={code: matrix.Level(choice.level) for code, choice in choices.items()},
            themes=themes.pure,
            rule=rule,
        )
        if choices
        else None
    )
    own, other = names if side == Side.AUTHORITY else tuple(reversed(names))
    return SideViewFacts(
        body_name=own,
        other_name=other,
        round=round,
        side=side,
        about=about,
        view=view,
        themes=themes,
        choices=choices,
        finding=finding,
        rule=words.rule(of=rule),
        statements=statements_of(themes=themes, choices=choices),
        locked=_locked(
            pair=pair,
            round=round,
            side=side,
            view=view,
            signatories=signatories,
            said=said,
            now=now,
        ),
        signatories=signatories,
        matrix_words=said,
    )


def conflict(*, error: StaleViewError, themes: SideThemes) -> Conflict:
    """Return both texts, theme by theme, where they differ."""
    return Conflict(
        stored_by=error.stored_by,
        stored_at=error.stored_at,
        differences=tuple(
            Difference(
                theme=theme.name,
                mine=_in_words(error.submitted.get(theme.code), theme),
                stored=_in_words(error.stored.get(theme.code), theme),
            )
            for theme in themes.pure
            if error.submitted.get(theme.code) != error.stored.get(theme.code)
        ),
    )


def _in_words(choice: Choice | None, theme: matrix.Theme) -> str:
    if choice is None:
        return "No statement"
    statement = theme.statements[matrix.Level(choice.level)]
    if not choice.evidence_title:
        return statement
    return f"{statement} (evidence: {choice.evidence_title}, {choice.evidence_url})"


def statements_of(
    *, themes: SideThemes, choices: Mapping[str, Choice]
) -> tuple[StatementContent, ...]:
    """Return the themes of a side with the statement and evidence of each, where there is one."""
    found = []
    for theme in themes.pure:
        choice = choices.get(theme.code)
        found.append(
            StatementContent(
                code=theme.code,
                theme=theme.name,
                core=theme.core,
                level=choice.level.value if choice else None,
                statement=theme.statements[matrix.Level(choice.level)] if choice else None,
                evidence_title=choice.evidence_title if choice else "",
                evidence_url=choice.evidence_url if choice else "",
            )
        )
    return tuple(found)


def _locked(
    *,
    pair: Pair,
    round: Round,
    side: Side,
    view: SideView | None,
    signatories: tuple[str, ...],
    said: MatrixWords,
    now: datetime,
) -> Locked | None:
    closing = queries.closing_for(round=round, pair=pair, side=side)
    open_now = closing.is_open(now=now)
    if view is not None and view.state == ViewState.CONFIRMED and view.confirmed_at is not None:
        who = view.confirmed_by.full_name if view.confirmed_by else ""
        last_day = _day(closing.edits_until)
        if view.final:
            return Locked(
                title="This view is released",
                why="The other side may have read it.",
                since=london_datetime(moment=view.updated_at),
                until="It stays as it is",
                ask=ROUND_TEAM,
            )
        return Locked(
            title="This view is confirmed",
            why=f"{who} confirmed it as {words.level(view.level, said=said).lower()}.",
            since=london_datetime(moment=view.confirmed_at),
            until=f"A signatory can open it again until {last_day}"
            if open_now
            else f"It stays as it is: the last day to change it was {last_day}",
            ask=", ".join(signatories) if open_now else ROUND_TEAM,
        )
    if not open_now:
        closed = round.state != RoundState.OPEN
        return Locked(
            title=f"{round.name} takes no views now",
            why="The round is closed." if closed else "Its last day for changes has passed.",
            since=_day(closing.edits_until),
            until="Until the next round opens",
            ask=ROUND_TEAM,
        )
    if not queries.is_expected(round=round, pair=pair):
        return Locked(
            title="This pair is not assessed in this round",
            why="The two areas share too few people, or the authority is not yet established.",
            since=_day(round.geography_date),
            until="Until the areas change",
            ask=ROUND_TEAM,
        )
    return None


def _day(day: date) -> str:
    return london_date(moment=day)
