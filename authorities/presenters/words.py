"""Facts of bodies and pairs in words."""

from datetime import date

from authorities.timetable import TimetableWarning, WarningKind

_WARNINGS = {
    WarningKind.ICB_CHANGE_BEFORE_SA_START: (
        "The integrated care board changes on {on}, before the authority begins."
    ),
    WarningKind.ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START: (
        "The integrated care board changes on {on}, within 12 months of the authority's start."
    ),
    WarningKind.PAIR_ENDS_ON: "It ends on {on}.",
    WarningKind.CLUSTER_MEMBER: (
        "The integrated care board shares its leaders with others in the cluster {cluster}."
    ),
    WarningKind.NO_COUNTERPART: "It serves nobody together with a body of the other kind.",
}


def warning_text(*, warning: TimetableWarning) -> str:
    """Return a timetable warning as a sentence."""
    on = day_text(day=warning.on) if warning.on else ""
    return _WARNINGS[warning.kind].format(on=on, cluster=warning.cluster)


def day_text(*, day: date) -> str:
    """Return a day as people write it: 1 April 2026."""
    return f"{day.day} {day:%B} {day.year}"


def share_text(*, share: float) -> str:
    """Return a share (0 to 1) as a percentage; a little is not nothing and not all is not 100%."""
    percent = 100 * share
    if 0 < percent < 0.1:
        return "less than 0.1%"
    if 99.9 < percent < 100:
        return "more than 99.9%"
    return f"{percent:.0f}%" if percent in (0, 100) else f"{percent:.1f}%"
