"""Which rounds take figures of a body now, for the app below that stands in `OPEN_ROUNDS`."""

from datetime import datetime

from authorities.models import Body
from duty.deadlines import london_date
from duty.models import ExpectedReturn, Round
from duty.queries.closings import with_closing
from outcomes.queries.rounds import AskedSet, OpenRound


def open_rounds(*, body: Body, at: datetime) -> tuple[OpenRound, ...]:
    """Return the rounds in which the body may still work, the one that closes first first.

    Figures are stored for good, whatever they were sent for, so a test round takes none.
    """
    rows = with_closing(
        ExpectedReturn.objects.filter(authority=body.pk, round__is_test=False).select_related(
            "round__indicator_set_version"
        ),
        today=london_date(now=at),
    )
    return tuple(
        OpenRound(slug=row.round.slug, name=row.round.called, asked=_asked(row.round))
        for row in rows.filter(takes_work=True).order_by("until", "round__slug")
    )


def _asked(round_: Round) -> AskedSet | None:
    frozen = round_.indicator_set_version
    if frozen is None:
        return None
    return AskedSet(
        name=frozen.name,
        number=frozen.number,
        codes=tuple(one["code"] for one in frozen.indicators),
    )
