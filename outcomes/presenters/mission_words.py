"""The mission's statuses, reasons and dates in words."""

from datetime import date

from outcomes.mission import (
    REGIONS,
    Definition,
    Gap,
    GapRule,
    MissionStatus,
    Reason,
    SexPicture,
)
from outcomes.mission.words import number_text, sex_words, years_text
from outcomes.models import MissionAreas, MissionGapRule, MissionSexes, MissionShare

STATUSES = {
    MissionStatus.MISSED: "Not halved in time",
    MissionStatus.NOT_MET_UNCERTAIN: "Not halved in time, within the margin of error",
    MissionStatus.OFF_TRACK: "Off track",
    MissionStatus.INCONCLUSIVE: "Inconclusive",
    MissionStatus.BEHIND_WITHIN_MARGIN: "Behind, within the margin",
    MissionStatus.ON_TRACK: "On track",
    MissionStatus.AHEAD: "Ahead",
    MissionStatus.AT_TARGET_UNCERTAIN: "Halved, not yet certain",
    MissionStatus.ACHIEVED: "Halved",
    MissionStatus.NARROWED_BY_DECLINE_AT_TOP: "Narrower by decline at the top",
    MissionStatus.NOT_ASSESSED: "Not assessed",
}
REASONS = {
    Reason.NO_BASELINE: "because no figure of the baseline is on record",
    Reason.NO_GAP: "because there was no gap at the baseline",
    Reason.MISSING: "because no figure is on record",
    Reason.NOT_COMPARABLE: "because the method changed since the baseline",
    Reason.OVERLAPPING: "because the periods overlap",
    Reason.NO_DATA_AFTER_BASELINE: "because nothing is published after the baseline yet",
    Reason.STALE: "because newer figures are long overdue",
    Reason.NO_END_DATE: "because no end date is published",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def month_text(*, key: str) -> str:
    """Return a year and month such as 2026-02 as February 2026."""
    year, _, month = key.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else key


def title_of(*, picture: SexPicture) -> str:
    """Return whom and when a card is about."""
    who = sex_words(picture.sex).capitalize()
    return f"{who}, {picture.current.period.label}" if picture.current else who


def ends_text(*, gap: Gap) -> str:
    """Return highest, lowest and England with their values."""
    ends = f"{gap.best.name} {gap.best.value:.1f}, {gap.worst.name} {gap.worst.value:.1f}."
    return ends if gap.england is None else f"{ends} England {gap.england:.1f}."


def interval_text(*, gap: Gap) -> str:
    """Return the limits of a gap, or that none are published."""
    if gap.interval is None:
        return "No confidence interval: the regions’ limits are not among our sources."
    lower, upper = number_text(gap.interval.lower), number_text(gap.interval.upper)
    return f"95% interval {lower} to {upper} years."


def why_text(*, picture: SexPicture) -> str:
    """Return why a gap is not assessed, at more length; empty where it is."""
    before, now = picture.baseline, picture.current
    if picture.reason is None:
        return ""
    if picture.reason == Reason.OVERLAPPING and before is not None and now is not None:
        years = [str(year) for year in now.period.shared_with(before.period)]
        length = now.period.last - now.period.first + 1
        covers = _NUMBERS[length] if length < len(_NUMBERS) else str(length)
        most = ", so most of what they measure is the same" if 2 * len(years) > length else ""
        return (
            f"Each figure covers {covers} years. {before.period.label} and {now.period.label} "
            f"share {_and(years)}{most}."
        )
    texts = {
        Reason.NO_END_DATE: (
            "No end date is published, so there is no line to hold the gap against: only whether "
            "it is halved can be said."
        ),
        Reason.NOT_COMPARABLE: (
            "The newest figure came by another method than the baseline’s. The baseline must be "
            "agreed again."
        ),
        Reason.NO_DATA_AFTER_BASELINE: "The newest published period is the baseline itself.",
        Reason.STALE: (
            "The next figure should have been published more than a year ago, so the newest one "
            "says little about now."
        ),
    }
    return texts.get(picture.reason, "")


def waits_for_data(*, picture: SexPicture) -> bool:
    """Whether only newer figures are wanting for the gap to be compared."""
    return picture.reason in (Reason.OVERLAPPING, Reason.NO_DATA_AFTER_BASELINE)


def half_text(*, picture: SexPicture) -> tuple[str, str]:
    """Return what half of the baseline's gap is: the words before the number, and the number."""
    if picture.baseline is None or picture.target is None:
        return "", ""
    before = f"Half of the baseline gap ({number_text(picture.baseline.value)}) is"
    return before, years_text(picture.target)


def definition_rows(*, definition: Definition, baseline_reason: str) -> tuple[tuple[str, str], ...]:
    """Return what a definition says, as pairs of words."""
    gap = MissionGapRule(definition.rule).label
    if definition.rule == GapRule.FIXED_PAIR:
        pair = (REGIONS.get(code, code) for code in (definition.highest, definition.lowest))
        gap = f"{' minus '.join(pair)}, whoever is highest"
    end = f"by {definition.target.label}" if definition.target else "End date: not published"
    aim = f"{MissionShare(definition.share).label}. {end[0].upper()}{end[1:]}"
    return (
        ("Areas", MissionAreas(definition.areas).label),
        ("Gap", gap),
        ("Sexes", MissionSexes(definition.sexes).label),
        ("Baseline", f"{definition.baseline.label}, {baseline_reason}"),
        ("Aim", aim),
    )


def day_month(*, day: date) -> str:
    """Return the month of a day."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
