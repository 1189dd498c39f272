"""The page of a strategic authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from authorities.drawings import AreaDrawing
from authorities.models import BodyKind, CouncilRole
from authorities.presenters.records import BodyRecord
from authorities.presenters.tables import body_address, ending
from authorities.presenters.words import day_text
from authorities.queries import AuthorityFacts, CouncilFacts, PairFacts
from outcomes.people import sex_words
from outcomes.presenters import figures
from outcomes.presenters.figures import Choice, FigureBlock
from outcomes.presenters.own_mission import OwnMissionBlock, own_block
from outcomes.queries.indicators import IndicatorPage
from outcomes.queries.mission import OwnMission


@dataclass(frozen=True)
class BoardLink:
    """An ICB with the page of the pair and both shares as percentages."""

    name: str
    url: str
    percent_of_authority: str
    percent_of_board: str
    sliver: bool


@dataclass(frozen=True)
class CouncilLink:
    """A council with its page; the note says how it belongs, where it is no full member."""

    name: str
    url: str
    note: str


@dataclass(frozen=True)
class DatedFacts:
    """What the register says around the facts: the day, the map, the past and the governance."""

    day: date
    asked: date | None
    notice: str
    drawing: AreaDrawing | None
    record: BodyRecord


@dataclass(frozen=True)
class IndicatorSection:
    """One indicator with its figures."""

    code: str
    name: str
    definition: str
    source: str
    licence: str
    draft: bool
    version_words: str
    blocks: tuple[FigureBlock, ...]
    computed_at: datetime


@dataclass(frozen=True)
class AuthorityPage:
    """All that the page shows."""

    facts: AuthorityFacts
    day: str
    notice: str
    drawing: AreaDrawing | None
    record: BodyRecord
    councils: tuple[CouncilLink, ...]
    boards: tuple[BoardLink, ...]
    sections: tuple[IndicatorSection, ...]
    mission: OwnMissionBlock | None
    choices: tuple[Choice, ...]
    is_member: bool
    has_own: bool
    computed_at: datetime | None


def present(
    *,
    facts: AuthorityFacts,
    dated: DatedFacts,
    pages: Sequence[IndicatorPage],
    mission: OwnMission | None,
    sex: str,
    url: str,
    is_member: bool,
) -> AuthorityPage:
    """Return the page for the sex asked for, or for the first that there is.

    Args:
        mission: the authority's own figures beside the regions'; None before any was computed.
        sex: in lower case, as the address has it; anything else than a known one is the first.
        url: the page's own address, for the links to other people.
    """
    query = f"{ending(asked=dated.asked)}&" if dated.asked else "?"
    sexes = figures.sexes_of(pages=pages)
    chosen = next((one for one in sexes if one.lower() == sex.lower()), sexes[0] if sexes else "")
    return AuthorityPage(
        facts=facts,
        day=day_text(day=dated.day),
        notice=dated.notice,
        drawing=dated.drawing,
        record=dated.record,
        councils=tuple(_council(council=council, asked=dated.asked) for council in facts.councils),
        boards=tuple(_board(pair=pair) for pair in facts.pairs),
        sections=tuple(_section(page=page, sex=chosen) for page in pages),
        mission=own_block(name=facts.name, own=mission),
        choices=tuple(
            Choice(
                label=sex_words(sex=one).capitalize(),
                url=f"{url}{query}sex={one.lower()}",
                current=one == chosen,
            )
            for one in sexes
        ),
        is_member=is_member,
        has_own=any(page.has_own for page in pages),
        computed_at=max((page.computed_at for page in pages), default=None),
    )


def _council(*, council: CouncilFacts, asked: date | None) -> CouncilLink:
    return CouncilLink(
        name=council.name,
        url=body_address(kind=BodyKind.COUNCIL, slug=council.slug, asked=asked),
        note="" if council.role == CouncilRole.CONSTITUENT else "not a full member",
    )


def _board(*, pair: PairFacts) -> BoardLink:
    return BoardLink(
        name=pair.board_name,
        url=f"/pairs/{pair.authority_slug}/{pair.board_slug}/",
        percent_of_authority=_percent(share=pair.share_of_authority),
        percent_of_board=_percent(share=pair.share_of_board),
        sliver=pair.sliver,
    )


def _percent(*, share: float) -> str:
    """Return a share as a percentage that never rounds something to nothing or all."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 0.99995:
        return "over 99%"
    return f"{share * 100:.0f}%"


def _version_words(*, page: IndicatorPage) -> str:
    """Return by which definition the values are read, where another one holds by now."""
    if page.read_by == page.version:
        return ""
    return (
        f"These values came under version {page.read_by} of the definition and are read by it. "
        f"Version {page.version} holds now; it counts for values that come later."
    )


def _section(*, page: IndicatorPage, sex: str) -> IndicatorSection:
    return IndicatorSection(
        code=page.code,
        name=page.name,
        definition=page.definition,
        source=page.source,
        licence=page.licence,
        draft=page.draft,
        version_words=_version_words(page=page),
        blocks=figures.blocks_of(page=page, sex=sex),
        computed_at=page.computed_at,
    )
