"""Views of the other side for tests, made by the same actions as the site's."""

from authorities.models import Pair, Role
from duty.models import Round
from engagement.actions import partner_views, side_views
from engagement.actions.side_views import Choice
from engagement.models import Level, PartnerView, Side
from tests.factories import engagement as make


def about_the_other(side: str, level: str, *, evidence: str = "Minutes") -> dict[str, Choice]:
    """A statement of one level for each theme of the other side, with evidence."""
    return {
        theme.code: Choice(
            level=Level(level),
            evidence_title=evidence,
            evidence_url=f"https://www.example.org/{evidence}/{theme.code.lower()}",
        )
        for theme in make.themes(Side(side).other)
    }


def drafted(
    *, pair: Pair, round: Round, side: str, level: str = "low", evidence: str = "Minutes"
) -> PartnerView:
    """A draft that an editor of the side has answered whole."""
    body = pair.authority if side == Side.AUTHORITY else pair.board
    return side_views.save_picks(
        kind=partner_views.PARTNER,
        pair=pair,
        round=round,
        side=Side(side),
        choices=about_the_other(side, level, evidence=evidence),
        expected_version=0,
        by=make.member(body),
        at=make.during(round),
    )


def confirmed(
    *,
    pair: Pair,
    round: Round,
    side: str,
    level: str = "low",
    confirm_as: str = "",
    reason: str = "",
    note: str = "",
    evidence: str = "Minutes",
) -> PartnerView:
    """A view that a signatory has confirmed, perhaps as another level with the reason."""
    view = drafted(pair=pair, round=round, side=side, level=level, evidence=evidence)
    return side_views.confirm(
        kind=partner_views.PARTNER,
        view=view,
        level=Level(confirm_as or level),
        changed_reason=reason,
        more={"private_note": note},
        expected_version=view.version,
        by=make.member(view.body, Role.SIGNATORY),
        at=make.during(round),
    )


def released(**said: str | Pair | Round) -> PartnerView:
    """A view that the other side may read."""
    view = confirmed(**said)
    return partner_views.release(
        view=view,
        expected_version=view.version,
        by=make.member(view.body, Role.SIGNATORY),
        at=make.during(view.round),
    )
