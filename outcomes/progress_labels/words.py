"""Labels and reasons in words, in the order in which dashboards count them."""

from outcomes.area_figures import number_words
from outcomes.indicator_series import with_unit
from outcomes.stats.trajectory import NotAssessed, TrajectoryStatus

# Help is needed first where it stands first. The order is that of a dashboard's counts.
STATUS_WORDS: dict[str, str] = {
    TrajectoryStatus.MISSED: "Missed",
    TrajectoryStatus.NOT_MET_UNCERTAIN: "Not met, within margin of error",
    TrajectoryStatus.OFF_TRACK: "Off track",
    TrajectoryStatus.INCONCLUSIVE: "Inconclusive",
    TrajectoryStatus.BEHIND_WITHIN_MARGIN: "Behind, within margin",
    TrajectoryStatus.ON_TRACK: "On track",
    TrajectoryStatus.AHEAD: "Ahead",
    TrajectoryStatus.AT_TARGET_UNCERTAIN: "At target, not yet certain",
    TrajectoryStatus.ACHIEVED: "Achieved",
    TrajectoryStatus.NOT_ASSESSED: "Not assessed",
}
# Of a target to keep what is, before its time. The status is the same, and is counted as the same.
KEPT_SO_FAR: dict[str, str] = {
    TrajectoryStatus.ACHIEVED: "Kept so far",
    TrajectoryStatus.AT_TARGET_UNCERTAIN: "Kept so far, not yet certain",
}
REASON_WORDS: dict[str, str] = {
    NotAssessed.OVERLAPPING: "the latest period overlaps the baseline",
    NotAssessed.NO_TARGET: "no target agreed",
    NotAssessed.NO_POLARITY: "neither direction is called better",
    NotAssessed.SUPPRESSED: "suppressed, because the numbers are small. This is not zero",
    NotAssessed.MISSING: "missing, because the source has not published it",
    NotAssessed.NOT_COMPARABLE: "not comparable with the baseline",
    NotAssessed.NO_DATA_AFTER_BASELINE: "nothing is published for a time after the baseline",
    NotAssessed.STALE: "stale, because a newer value should long have been published",
}
# What the numbers do, to stand after them.
VERDICTS: dict[str, str] = {
    TrajectoryStatus.ACHIEVED: "The whole interval is at the target or beyond it.",
    TrajectoryStatus.AT_TARGET_UNCERTAIN: (
        "The value is at the target, and its interval reaches to the other side."
    ),
    TrajectoryStatus.MISSED: "The target’s time has come, and the whole interval is short of it.",
    TrajectoryStatus.NOT_MET_UNCERTAIN: (
        "The target’s time has come. The value is short of it, and its interval reaches it."
    ),
    TrajectoryStatus.AHEAD: "The whole interval is beyond the line.",
    TrajectoryStatus.ON_TRACK: "The value is on the line or beyond it.",
    TrajectoryStatus.OFF_TRACK: "The whole interval is behind the line.",
    TrajectoryStatus.INCONCLUSIVE: "The interval holds both the line and the baseline.",
    TrajectoryStatus.BEHIND_WITHIN_MARGIN: (
        "The value is behind the line, and its interval reaches the line but not the baseline."
    ),
}
VERDICTS_BY_TOLERANCE: dict[str, str] = {
    TrajectoryStatus.ACHIEVED: "The value is at the target or beyond it.",
    TrajectoryStatus.MISSED: "The target’s time has come, and the value is short by more.",
    TrajectoryStatus.NOT_MET_UNCERTAIN: "The target’s time has come, and the value is short of it.",
    TrajectoryStatus.AHEAD: "The value is beyond the line by as much or more.",
    TrajectoryStatus.ON_TRACK: "The value is on the line or beyond it.",
    TrajectoryStatus.OFF_TRACK: "The value is behind the line by more.",
    TrajectoryStatus.BEHIND_WITHIN_MARGIN: "The value is behind the line by no more.",
}


def amount(*, value: float, places: int, unit: str) -> str:
    """Return a number with its unit: '60.1 years', '17.5%'."""
    return with_unit(words=number_words(value=value, places=places), unit=unit)


def signed(*, value: float, places: int) -> str:
    """Return a change with its sign; nought has none."""
    words = number_words(value=value, places=places)
    return f"+{words}" if value > 0 and float(words.replace(",", "")) else words


def compact(*, label: str) -> str:
    """Return a period's label without spaces round its dash: '2022-24'."""
    return label.replace(" - ", "-").replace(" – ", "-")
