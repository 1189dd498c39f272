"""Views of the other side as the API gives them: to each reader what they may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engagement.models import PartnerView, Side

STATES = (("draft", "Draft"), ("confirmed", "Confirmed"), ("released", "Released"))


@dataclass(frozen=True)
class StatementRecord:
    """A statement; evidence is None for the other side."""

    theme: str
    name: str
    core: bool
    level: str
    statement: str
    evidence_title: str | None
    evidence_url: str | None


@dataclass(frozen=True)
class PartnerViewRecord:
    """A view; its note is None for the other side."""

    id: UUID
    round: str
    authority: str
    icb: str
    written_by: str
    about: str
    state: str
    version: int
    computed_level: str | None
    level: str | None
    changed_reason: str
    statements: tuple[StatementRecord, ...]
    private_note: str | None
    confirmed_at: datetime | None
    released_at: datetime | None


def record_of(
    *, view: PartnerView, own_bodies: Collection[UUID], centre: bool
) -> PartnerViewRecord:
    """Return a view as its author, the centre or else the other side reads it.

    own_bodies: those whose people's own view it may be.
    """
    pair = view.pair
    author = pair.authority_id if view.side == Side.AUTHORITY else pair.board_id
    private = centre or author in own_bodies
    return PartnerViewRecord(
        id=view.pk,
        round=view.round.slug,
        authority=pair.authority.slug,
        icb=pair.board.slug,
        written_by=view.side,
        about=view.about.value,
        state="released" if view.final else view.state,
        version=view.version,
        computed_level=view.computed_level,
        level=view.level,
        changed_reason=view.changed_reason,
        statements=tuple(
            StatementRecord(
                theme=pick.theme.code,
                name=pick.theme.name,
                core=pick.theme.core,
                level=pick.level,
                statement=getattr(pick.theme, pick.level),
                evidence_title=pick.evidence_title if private else None,
                evidence_url=pick.evidence_url if private else None,
            )
            for pick in view.picks.all()
        ),
        private_note=view.private_note if private else None,
        confirmed_at=view.confirmed_at,
        released_at=view.released_at,
    )
