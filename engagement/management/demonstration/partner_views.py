"""Invented views of the other side: what bodies of South Yorkshire's pair say of each other."""

from collections.abc import Mapping
from datetime import datetime

from authorities.models import Pair, User
from duty.models import Round
from engagement import matrix
from engagement.actions import partner_views, side_views
from engagement.actions.side_views import Choice
from engagement.management.demonstration import levels
from engagement.models import Level, PartnerView, Side
from engagement.queries import rubric as rubric_queries

_PAIR = ("south-yorkshire", "south-yorkshire")
_SIGNATORIES = {
    Side.AUTHORITY: "signatory@south-yorkshire.example",
    Side.BOARD: "signatory@south-yorkshire-icb.example",
}
_NOTE = "We would like to talk about joint posts first. Invented for the demonstration."


def fill_published_round(*, round: Round, people: Mapping[str, User], at: datetime) -> None:
    """Let both sides say how they see the other; the ICB releases its view, the authority not."""
    _confirmed(round=round, side=Side.AUTHORITY, aim=matrix.Level.PARTIAL, people=people, at=at)
    view = _confirmed(round=round, side=Side.BOARD, aim=matrix.Level.HIGH, people=people, at=at)
    partner_views.release(
        view=view, expected_version=view.version, by=people[_SIGNATORIES[Side.BOARD]], at=at
    )


def fill_open_round(*, round: Round, people: Mapping[str, User], at: datetime) -> None:
    """Let the ICB confirm a view, so that whoever tries the site may release it."""
    _confirmed(round=round, side=Side.BOARD, aim=matrix.Level.PARTIAL, people=people, at=at)


def _confirmed(
    *, round: Round, side: Side, aim: matrix.Level, people: Mapping[str, User], at: datetime
) -> PartnerView:
    pair = Pair.objects.get(authority__slug=_PAIR[0], board__slug=_PAIR[1])
    by = people[_SIGNATORIES[side]]
    rubric = rubric_queries.reading_of(round=round).rubric
    about = matrix.Side(side.other.value)
    themes = rubric_queries.themes_of(rubric=rubric, side=side.other).pure
    picked = levels.picks(key=f"{round.slug}/of-{side.other}", side=about, themes=themes, aim=aim)
    view = side_views.save_picks(
        kind=partner_views.PARTNER,
        pair=pair,
        round=round,
        side=side,
        choices={
            code: Choice(
                level=Level(level),
                evidence_title="Minutes of a joint meeting (demonstration)" if not number else "",
                evidence_url="https://example.org/demonstration/minutes" if not number else "",
            )
            for number, (code, level) in enumerate(picked.items())
        },
        expected_version=0,
        by=by,
        at=at,
    )
    computed = side_views.finding_of(view=view, choices=side_views.choices_of(view=view)).level
    return side_views.confirm(
        kind=partner_views.PARTNER,
        view=view,
        level=Level(computed or aim),
        changed_reason="" if computed else "Invented for the demonstration.",
        more={"private_note": _NOTE},
        expected_version=view.version,
        by=by,
        at=at,
    )
