"""What rounds ask figures of, and what an authority has sent in of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.models import Body
from outcomes.models import Indicator, Observation
from outcomes.queries.rounds import AskedSet, OpenRound


@dataclass(frozen=True)
class AskedIndicator:
    """An indicator that a round asks, and the newest period of which the body sent in a value."""

    code: str
    name: str
    newest: str


@dataclass(frozen=True)
class AskedRound:
    """An open round that asks a set."""

    slug: str
    name: str
    asked: AskedSet
    indicators: tuple[AskedIndicator, ...]

    @property
    def missing(self) -> int:
        """Of how many the body has sent in nothing."""
        return sum(not one.newest for one in self.indicators)


def asked_of(*, body: Body, rounds: Sequence[OpenRound]) -> tuple[AskedRound, ...]:
    """Return what the open rounds ask of a body; two queries, none where no round asks a set."""
    asking = [(one, one.asked) for one in rounds if one.asked is not None]
    codes = {code for _, asked in asking for code in asked.codes}
    if not codes:
        return ()
    names = dict(Indicator.objects.filter(code__in=codes).values_list("code", "name"))
    newest: dict[str, tuple[date, str]] = {}
    for code, end, label in (
        Observation.objects.current()
        .filter(owner=body.pk, indicator__code__in=codes)
        .values_list("indicator__code", "period__end_date", "period__label")
        .distinct()
    ):
        newest[code] = max(newest.get(code, (end, label)), (end, label))
    return tuple(
        AskedRound(
            slug=one.slug,
            name=one.name,
            asked=asked,
            indicators=tuple(
                AskedIndicator(
                    code=code,
                    name=names.get(code, code),
                    newest=newest[code][1] if code in newest else "",
                )
                for code in asked.codes
            ),
        )
        for one, asked in asking
    )
