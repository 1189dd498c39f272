"""When figures come out, in months."""

from outcomes.mission.figures import Release, Years


def months_of(*, year: int, month: int) -> int:
    """Return a month as a running number."""
    return year * 12 + month - 1


def lag_of(*, period: Years, release: Release) -> int:
    """Return how many months after its end a period's figures came out.

    Args:
        period: of whole calendar years.
        release: its key is year and month, 2026-02.

    Returns:
        Whole months: 13 for 2022-24 in February 2026.

    Source: the project's own rule.
    """
    year, month = release.key.split("-")
    return months_of(year=int(year), month=int(month)) - months_of(year=period.last + 1, month=1)


def published_about(*, period: Years, lag: int) -> str:
    """Return the year and month in which a period comes out after as many months as another did.

    Args:
        period: of whole calendar years.
        lag: months from the end of a period.

    Returns:
        Such as 2028-02.

    Source: the project's own rule.
    """
    months = months_of(year=period.last + 1, month=1) + lag
    return f"{months // 12}-{months % 12 + 1:02}"
