"""The third label: how the value compares with England, the gap, and who moved."""

from dataclasses import dataclass

from outcomes.area_figures import (
    AreaValue,
    Definition,
    Judgement,
    against_benchmark,
    comparison_words,
)
from outcomes.progress_labels.change import chain_of, since_break
from outcomes.progress_labels.inputs import ProgressInputs
from outcomes.progress_labels.words import amount, compact, signed
from outcomes.stats import Comparison, Polarity, gap_change, gap_to_benchmark
from outcomes.stats.gap import Gap, GapChange, GapMovement, Measured

_ENGLAND = "England"


@dataclass(frozen=True)
class GapChangeLabel:
    """What became of the gap since an earlier period that shares no day with the latest.

    movement: a value of `GapMovement`; empty where it is not tested, and then `why` says so.
    change: of the gap, which is the sum of what the area did and what England did; positive is
        towards better, or a smaller lead of England. The sum needs no limits; a movement does.
    """

    movement: str
    words: str
    why: str
    earlier_period: str = ""
    z: float | None = None
    change: float | None = None
    by_area: float | None = None
    by_england: float | None = None


@dataclass(frozen=True)
class EnglandLabel:
    """How the latest value compares with England's for the same period and people.

    label: a value of `Comparison`.
    gap: negative is worse than England; in the indicator's unit, with 95% limits where both have
        some. relative_percent: of England's value, never turned round.
    observation: key of England's value.
    by_publisher: the label is the publisher's own, since none of ours can be made.
    """

    label: str
    words: str
    why: str
    england: float | None = None
    observation: int | None = None
    by_publisher: bool = False
    gap: float | None = None
    gap_lower: float | None = None
    gap_upper: float | None = None
    relative_percent: float | None = None
    gap_words: str = ""
    change: GapChangeLabel | None = None


def england_label(*, given: ProgressInputs, latest: AreaValue | None) -> EnglandLabel:
    """Return the comparison by the indicator's own rule, the gap and its change.

    Where that rule allows none, as without limits, the publisher's own stands in, and is said to be
    the publisher's.

    Source: `outcomes.area_figures.against_benchmark`, `outcomes.stats.gap_to_benchmark` and
        `gap_change`.
    """
    definition = given.definition
    places = given.places
    england = given.england.at(latest.key) if latest is not None else None
    found, by_publisher = _compared(given, latest, england)
    label, words, why = found.comparison.value, found.label, found.reason
    if (
        given.is_england
        or latest is None
        or latest.value is None
        or england is None
        or england.value is None
    ):
        return EnglandLabel(label, words, why, by_publisher=by_publisher)
    gap = _gap(definition, latest, england)
    value = (
        gap.value
        if gap is not None
        else _sign(definition.polarity) * (latest.value - england.value)
    )
    relative = 100 * (latest.value - england.value) / england.value if england.value else None
    return EnglandLabel(
        label=label,
        words=words,
        why=why,
        england=england.value,
        observation=given.england.ids.get(england.key),
        by_publisher=by_publisher,
        gap=value,
        gap_lower=gap.lower if gap else None,
        gap_upper=gap.upper if gap else None,
        relative_percent=relative,
        gap_words=_gap_words(definition, value, gap, england, places, given.unit),
        change=_change(given, latest, value, gap),
    )


def _compared(
    given: ProgressInputs, latest: AreaValue | None, england: AreaValue | None
) -> tuple[Judgement, bool]:
    """Return the comparison, and whether it is the publisher's own."""
    ours = against_benchmark(
        definition=given.definition,
        value=latest,
        benchmark=england,
        name=_ENGLAND,
        places=given.places,
        itself=given.is_england,
    )
    said = latest.publishers_comparison if latest is not None else None
    if said is None or given.is_england or ours.comparison != Comparison.NOT_COMPARED:
        return ours, False
    theirs = Comparison(said)
    return (
        Judgement(
            comparison_words(comparison=theirs, name=_ENGLAND),
            f"the publisher’s own comparison, since {ours.reason}",
            theirs,
        ),
        True,
    )


def _measured(value: AreaValue) -> Measured | None:
    if value.value is None or value.lower_95 is None or value.upper_95 is None:
        return None
    return Measured(value=value.value, lower=value.lower_95, upper=value.upper_95)


def _gap(definition: Definition, area: AreaValue, england: AreaValue) -> Gap | None:
    measured, benchmark = _measured(area), _measured(england)
    if measured is None or benchmark is None:
        return None
    return gap_to_benchmark(area=measured, benchmark=benchmark, polarity=definition.polarity)


def _gap_words(
    definition: Definition,
    value: float,
    gap: Gap | None,
    england: AreaValue,
    places: int,
    unit: str,
) -> str:
    assert england.value is not None  # noqa: S101 - by the caller
    limits = (
        f", 95% limits {signed(value=gap.lower, places=places)} to "
        f"{signed(value=gap.upper, places=places)}"
        if gap
        else ", without limits"
    )
    side = ""
    if definition.polarity != Polarity.NO_JUDGEMENT and value:
        side = " (better)" if value > 0 else " (worse)"
    compared = amount(value=england.value, places=places, unit=unit)
    return f"{signed(value=value, places=places)}{side} beside England’s {compared}{limits}"


def _change(
    given: ProgressInputs, latest: AreaValue, value: float, gap: Gap | None
) -> GapChangeLabel:
    known = since_break(definition=given.definition, values=given.series.values)
    chain = chain_of(values=[one for one in known if _england_at(given, one) is not None])
    if len(chain) < 2 or chain[-1].key != latest.key:
        return _not("no earlier period that shares no day with the latest has both values")
    earlier = chain[-2]
    period = compact(label=earlier.period)
    england = given.england.at(earlier.key)
    before = None if england is None else _gap(given.definition, earlier, england)
    if gap is None or before is None:
        return _untested(given, latest, earlier, value)
    found = gap_change(now=gap, before=before)
    return GapChangeLabel(
        movement=found.movement.value,
        words=movement_words(change=found, polarity=given.definition.polarity),
        why=_parts(
            given.places,
            before=f"{signed(value=before.value, places=given.places)} in {period}",
            now=f"{signed(value=value, places=given.places)} (z = {found.z:.2f})",
            by_area=found.by_area,
            by_england=found.by_benchmark,
        ),
        earlier_period=period,
        z=found.z,
        change=found.change,
        by_area=found.by_area,
        by_england=found.by_benchmark,
    )


def _untested(
    given: ProgressInputs, latest: AreaValue, earlier: AreaValue, value: float
) -> GapChangeLabel:
    """Say who moved without limits: a sum, of which nobody can say that it is more than chance."""
    england, england_before = _england_at(given, latest), _england_at(given, earlier)
    assert latest.value is not None  # noqa: S101 - by the caller
    assert earlier.value is not None  # noqa: S101 - a chain has numbers alone
    assert england is not None  # noqa: S101 - by the caller
    assert england_before is not None  # noqa: S101 - the chain was chosen by it
    sign = _sign(given.definition.polarity)
    by_area = sign * (latest.value - earlier.value)
    by_england = sign * (england_before - england)
    before = sign * (earlier.value - england_before)
    period = compact(label=earlier.period)
    parts = _parts(
        given.places,
        before=f"{signed(value=before, places=given.places)} in {period}",
        now=signed(value=value, places=given.places),
        by_area=by_area,
        by_england=by_england,
    )
    return GapChangeLabel(
        movement="",
        words=f"Not tested since {period}",
        why=f"{parts}; 95% limits were not published for both",
        earlier_period=period,
        change=by_area + by_england,
        by_area=by_area,
        by_england=by_england,
    )


def _england_at(given: ProgressInputs, one: AreaValue) -> float | None:
    found = given.england.at(one.key)
    return None if found is None else found.value


def _parts(places: int, *, before: str, now: str, by_area: float, by_england: float) -> str:
    return (
        f"From {before} to {now}: this area {signed(value=by_area, places=places)}, England "
        f"{signed(value=by_england, places=places)}"
    ).replace("= -", "= −")


def movement_words(*, change: GapChange, polarity: Polarity) -> str:
    """Return what became of a gap, and who made it so.

    Args:
        change: split into what the area did and what England did.
        polarity: without one nothing is called better or worse.
    """
    if change.movement == GapMovement.NO_CLEAR_CHANGE:
        return "No clear change in the gap."
    judged = polarity != Polarity.NO_JUDGEMENT
    area = _did("this area", change.by_area, judged=judged, own=True)
    england = _did("England", change.by_benchmark, judged=judged, own=False)
    if change.movement == GapMovement.NARROWED_BY_DECLINE and judged:
        if change.by_benchmark > 0 and change.by_area < 0:
            return "Gap narrowed, but only because England got worse; this area also got worse."
        if change.by_benchmark > 0:
            return "Gap narrowed, but only because England got worse; this area did not move."
        return f"Gap narrowed because {area}; {england}."
    verb = "widened" if change.movement == GapMovement.WIDENED else "narrowed"
    return f"Gap {verb}: {area}; {england}."


def _did(who: str, part: float, *, judged: bool, own: bool) -> str:
    """Say what one side did; England's getting worse makes the gap better."""
    if part == 0:
        return f"{who} did not move"
    if not judged:
        return f"{who} went {'up' if (part > 0) == own else 'down'}"
    return f"{who} got {'better' if (part > 0) == own else 'worse'}"


def _sign(polarity: Polarity) -> float:
    return -1.0 if polarity == Polarity.LOW_IS_GOOD else 1.0


def _not(reason: str, period: str = "") -> GapChangeLabel:
    return GapChangeLabel("", "Not compared", reason, period)
