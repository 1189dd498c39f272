"""What pages and files show of views of the other side, to each reader what they may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.csv_text import write_csv
from duty.models import Round
from duty.ui.looks import MatrixWords
from engagement import matrix, words
from engagement.content import StatementContent
from engagement.models import PartnerPick, PartnerView, Side
from engagement.presenters.matrix_words import level_words_of
from engagement.queries import partner_views as queries
from engagement.queries.body_names import BodyName

_HEADINGS = (
    *("round", "round_name", "authority", "icb", "written_by", "about", "level", "level_name"),
    *("computed_level", "changed_reason", "theme", "theme_name", "statement_level", "statement"),
    *("evidence_title", "evidence_url", "private_note", "confirmed_at", "released_at"),
    "note",
)


@dataclass(frozen=True)
class PartnerPart:
    """What one side says of the other; evidence and note are empty where they are not to be read.

    round_name: its round, where several stand on one page.
    """

    heading: str
    level: str | None
    computed_level: str | None
    changed_reason: str
    statements: tuple[StatementContent, ...]
    confirmed_at: datetime | None
    released_at: datetime | None
    private_note: str
    round_name: str
    words: MatrixWords


def for_the_centre(
    *, views: Sequence[PartnerView], names: tuple[str, str], said: MatrixWords
) -> tuple[PartnerPart, ...]:
    """Return both sides' views as the centre reads them: evidence and note, too.

    names: of the authority and of the ICB.
    """
    called = dict(zip(Side, names, strict=True))
    return tuple(
        _part(
            view=view,
            heading=f"{called[Side(view.side)]} on {called[view.about]}",
            said=said,
            private=True,
        )
        for view in sorted(views, key=lambda one: one.side != Side.AUTHORITY)
    )


def for_the_other_side(*, views: Sequence[PartnerView], by: str) -> tuple[PartnerPart, ...]:
    """Return released views as the other side reads them: statements, level and reason."""
    maps = queries.group_maps_of(rounds=[view.round_id for view in views])
    return tuple(
        _part(
            view=view,
            heading=f"{by} on your side, {view.round.name}",
            said=level_words_of(group_map=maps[view.round_id]),
            private=False,
        )
        for view in views
    )


def csv_text(
    *,
    round_: Round,
    views: Sequence[PartnerView],
    names: Mapping[UUID, BodyName],
    said: MatrixWords,
    note: str,
) -> str:
    """Return all views of a round as a file of the centre: a line for each theme.

    note: what to know before use, on each line.
    """
    return write_csv(
        headings=_HEADINGS,
        rows=[
            (
                *(round_.slug, round_.name, names[view.pair.authority_id].name),
                *(names[view.pair.board_id].name, view.side, view.about.value),
                *(view.level or "", words.level(view.level, said=said)),
                *(view.computed_level or "", view.changed_reason, pick.theme.code),
                *(pick.theme.name, pick.level, getattr(pick.theme, pick.level)),
                *(pick.evidence_title, pick.evidence_url, view.private_note),
                view.confirmed_at.isoformat() if view.confirmed_at else "",
                view.released_at.isoformat() if view.released_at else "",
                note,
            )
            for view in views
            for pick in view.picks.all()
        ],
    )


def _part(*, view: PartnerView, heading: str, said: MatrixWords, private: bool) -> PartnerPart:
    return PartnerPart(
        heading=heading,
        level=view.level,
        computed_level=view.computed_level,
        changed_reason=view.changed_reason,
        statements=tuple(_statement(pick, private) for pick in view.picks.all()),
        confirmed_at=view.confirmed_at,
        released_at=view.released_at,
        private_note=view.private_note if private else "",
        round_name=view.round.name,
        words=said,
    )


def _statement(pick: PartnerPick, private: bool) -> StatementContent:
    return StatementContent(
        code=pick.theme.code,
        theme=pick.theme.name,
        core=pick.theme.core,
        level=pick.level,
        statement=getattr(pick.theme, matrix.Level(pick.level).value),
        evidence_title=pick.evidence_title if private else "",
        evidence_url=pick.evidence_url if private else "",
    )
