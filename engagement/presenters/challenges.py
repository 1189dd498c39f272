"""What the dashboard of challenges shows: counts of a round, and the replies behind them.

Counts say of how many; nothing is ranked, and no body is measured against another.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from duty import words as duty_words
from duty.deadlines import london_date
from duty.models import Round
from duty.ui.components import Column, Count
from duty.ui.looks import MatrixWords
from engagement import words
from engagement.models import ReplyChoice, ResolutionOutcome, Side, Theme
from engagement.presenters.commitment_lists import counted
from engagement.presenters.desk import Choice
from engagement.queries.finding_replies import ReplyLine

ROWS = 25
WAITING, RESOLVED, CHALLENGES, NONE = "waiting", "resolved", "challenges", "no-reply"
# What the list may show, its label, and which lines that are.
_SHOWS: tuple[tuple[str, str, Callable[[ReplyLine], bool]], ...] = (
    (WAITING, "Challenges that wait", lambda line: line.waits),
    (RESOLVED, "Challenges resolved", lambda line: bool(line.outcome)),
    (CHALLENGES, "All challenges", lambda line: line.challenged),
    (NONE, "No reply", lambda line: line.choice == ReplyChoice.NO_REPLY),
)
WHOLE = "The level as a whole"
_HEADINGS = (
    "round",
    "round_name",
    "authority",
    "icb",
    "side_code",
    "side",
    "reply_code",
    "reply",
    "themes",
    "level_found_code",
    "level_found",
    "resolution_code",
    "resolution",
    "level_after_code",
    "replied_on",
    "note",
)

_THEME_COLUMNS = (
    Column("Theme"),
    Column("Side"),
    Column("Challenges that name it", numeric=True),
    Column("Of all challenges of the side", numeric=True),
)


@dataclass(frozen=True)
class ChallengeFilters:
    """What is asked for; empty for all. show: one of the lists, what waits unless said."""

    show: str = WAITING
    side: str = ""
    theme: str = ""


@dataclass(frozen=True)
class ChallengeRow:
    """One reply of the list."""

    name: str
    url: str
    side: str
    level: str | None
    themes: str
    when: str
    state: str
    resolve_url: str


@dataclass(frozen=True)
class ChallengePage:
    """The dashboard of one round."""

    round_name: str
    round_slug: str
    lead: str
    counts: tuple[Count, ...]
    themes: tuple[tuple[str, ...], ...]
    theme_columns: tuple[Column, ...]
    rounds: tuple[Choice, ...]
    shows: tuple[Choice, ...]
    sides: tuple[Choice, ...]
    theme_choices: tuple[Choice, ...]
    rows: tuple[ChallengeRow, ...]
    shown: str
    page: int
    pages: int
    page_url: str
    csv_url: str


def filters_of(*, asked: Mapping[str, str]) -> ChallengeFilters:
    """Return what an address asks for; what is unknown is left out."""
    shows = {name for name, *_ in _SHOWS}
    show, side = asked.get("show", WAITING), asked.get("side", "")
    return ChallengeFilters(
        show=show if show in shows else WAITING,
        side=side if side in Side.values else "",
        theme=asked.get("theme", ""),
    )


def fitting(*, lines: Sequence[ReplyLine], filters: ChallengeFilters) -> tuple[ReplyLine, ...]:
    """Return the lines that the filters ask for."""
    fits = next(fits for name, _, fits in _SHOWS if name == filters.show)
    return tuple(
        line
        for line in lines
        if fits(line)
        and filters.side in ("", line.side)
        and (not filters.theme or filters.theme in line.themes)
    )


def challenge_page(
    *,
    rounds: Sequence[Round],
    round_: Round,
    expected: int,
    lines: Sequence[ReplyLine],
    themes: Mapping[str, Sequence[Theme]],
    filters: ChallengeFilters,
    moderates: bool,
    page: int,
) -> ChallengePage:
    """Return the dashboard. Counts are of the whole round, rows of what is asked for.

    Args:
        rounds: to choose from.
        round_: the one that is shown.
        expected: how many pairs it expects.
        lines: the replies on what is shared, one a side.
        themes: of each side, in the rubric's order.
        filters: of the list.
        moderates: whether the person resolves challenges.
        page: of the list.
    """
    kept = fitting(lines=lines, filters=filters)
    pages = max(1, -(-len(kept) // ROWS))
    page = min(max(page, 1), pages)
    names = {theme.code: theme.name for side in themes.values() for theme in side}
    query = urlencode(
        {
            "round": round_.slug,
            "show": filters.show,
            "side": filters.side,
            "theme": filters.theme,
        }
    )
    return ChallengePage(
        round_name=round_.name,
        round_slug=round_.slug,
        lead=(
            "Each body may agree or disagree with the finding on its side. A disagreement is a "
            "challenge, which a moderator resolves with a reason. No reply is neither."
        ),
        counts=_counts(expected, lines),
        themes=_by_theme(lines, themes),
        theme_columns=_THEME_COLUMNS,
        rounds=tuple(Choice(one.slug, one.name, one.slug == round_.slug) for one in rounds),
        shows=tuple(Choice(name, label, name == filters.show) for name, label, _ in _SHOWS),
        sides=(
            Choice("", "Both sides", not filters.side),
            *(Choice(s.value, str(s.label), s.value == filters.side) for s in Side),
        ),
        theme_choices=(
            Choice("", "Any theme", not filters.theme),
            *(Choice(code, name, code == filters.theme) for code, name in names.items()),
        ),
        rows=tuple(
            _row(line, round_.slug, names, moderates)
            for line in kept[(page - 1) * ROWS : page * ROWS]
        ),
        shown=f"{len(kept)} of {counted(len(lines), 'side', 'sides')} with a shared finding",
        page=page,
        pages=pages,
        page_url=f"?{query}&page=",
        csv_url=f"{reverse('assessments:challenges-csv')}?{query}",
    )


def _counts(expected: int, lines: Sequence[ReplyLine]) -> tuple[Count, ...]:
    said = Counter(line.choice for line in lines)
    challenges = said[ReplyChoice.DISAGREE.value]
    waiting = sum(line.waits for line in lines)
    sides, shared = str(len(lines)), str(len({line.pair_id for line in lines}))
    return (
        Count(number=shared, of=str(expected), label="Pairs shared with both bodies"),
        Count(number=str(said[ReplyChoice.AGREE.value]), of=sides, label="Sides that agree"),
        Count(number=str(challenges), of=sides, label="Sides that disagree: challenges"),
        Count(
            number=str(said[ReplyChoice.NO_REPLY.value]),
            of=sides,
            label="Sides without a reply",
            kind="na",
        ),
        Count(number=str(challenges - waiting), of=str(challenges), label="Challenges resolved"),
        Count(number=str(waiting), of=str(challenges), label="Challenges that wait"),
    )


def _by_theme(
    lines: Sequence[ReplyLine], themes: Mapping[str, Sequence[Theme]]
) -> tuple[tuple[str, ...], ...]:
    """Say how many challenges of a side name a theme, of all challenges of that side."""
    found = []
    for side in Side:
        challenges = [line for line in lines if line.challenged and line.side == side.value]
        named = Counter(code for line in challenges for code in line.themes)
        whole = sum(not line.themes for line in challenges)
        label, of = str(side.label), str(len(challenges))
        found += [(theme.name, label, str(named[theme.code]), of) for theme in themes[side.value]]
        found.append((WHOLE, label, str(whole), of))
    return tuple(found)


def _row(
    line: ReplyLine, round_slug: str, names: Mapping[str, str], moderates: bool
) -> ChallengeRow:
    slugs = [round_slug, line.authority_slug, line.board_slug]
    resolvable = moderates and line.waits and line.state == "replied"
    return ChallengeRow(
        name=f"{line.authority_name} with {line.board_name}",
        url=reverse("assessments:pair", args=slugs),
        side=str(Side(line.side).label),
        level=line.level,
        themes=_themes(line, names),
        when=duty_words.london_date(moment=line.replied_at) if line.replied_at else "",
        state=_state(line),
        resolve_url=reverse("assessments:resolve", args=[*slugs, line.side]) if resolvable else "",
    )


def _themes(line: ReplyLine, names: Mapping[str, str]) -> str:
    if not line.challenged:
        return ""
    return ", ".join(names.get(code, code) for code in line.themes) or WHOLE


def _state(line: ReplyLine) -> str:
    if line.outcome:
        return str(ResolutionOutcome(line.outcome).label)
    if not line.challenged:
        return str(ReplyChoice(line.choice).label)
    return "Waits for a moderator" if line.state == "replied" else "Replies are still open"


def replies_csv(
    *,
    round_: Round,
    lines: Sequence[ReplyLine],
    themes: Mapping[str, str],
    said: MatrixWords,
    note: str,
) -> str:
    """Return replies as CSV: codes and words. Notes of bodies stay on their pages.

    note: what to know before use, on each line.
    """
    return write_csv(
        headings=_HEADINGS,
        rows=[
            (
                round_.slug,
                round_.name,
                line.authority_name,
                line.board_name,
                line.side,
                str(Side(line.side).label),
                line.choice,
                str(ReplyChoice(line.choice).label),
                "; ".join(themes.get(code, code) for code in line.themes),
                line.level or "",
                words.level(line.level, said=said) if line.level else "Not decided",
                line.outcome,
                str(ResolutionOutcome(line.outcome).label) if line.outcome else "",
                line.level_after or "",
                london_date(now=line.replied_at).isoformat() if line.replied_at else "",
                note,
            )
            for line in lines
        ],
    )
