"""Published figures of regions, and regions that are made up."""

from datetime import date

from outcomes.mission import (
    ENGLAND_CODE,
    REGIONS,
    AreaFigure,
    Areas,
    Definition,
    Figures,
    GapRule,
    Rank,
    Release,
    Sexes,
    Share,
    Years,
    picture_of,
)

TODAY = date(2026, 11, 23)
CODES = {name: code for code, name in REGIONS.items()}
OLD = Release("2024-03", "March 2024", "observed", "a source")
DECEMBER = Release("2024-12", "December 2024", "modelled", "a source")
FEBRUARY = Release("2026-02", "February 2026", "modelled", "a source")
MEN, WOMEN = "Male", "Female"


def named(period, sex, release, best, worst, england):
    """What a publication says that names only the highest and the lowest region."""
    return Figures(
        period=period,
        sex=sex,
        release=release,
        regions=(
            AreaFigure(CODES[best[0]], *best, rank=Rank.HIGHEST),
            AreaFigure(CODES[worst[0]], *worst, rank=Rank.LOWEST),
        ),
        england=AreaFigure(ENGLAND_CODE, "England", england),
    )


# Source: ONS releases of March 2024 (as reported), December 2024 and February 2026 (as reported).
PUBLISHED = (
    named(Years(2020, 2022), MEN, OLD, ("South East", 64.1), ("North East", 57.6), 62.4),
    named(Years(2020, 2022), WOMEN, OLD, ("South East", 64.7), ("North East", 59.0), 62.7),
    named(Years(2021, 2023), MEN, DECEMBER, ("London", 63.9), ("North East", 56.9), 61.5),
    named(Years(2021, 2023), WOMEN, DECEMBER, ("South East", 64.4), ("North East", 57.5), 61.9),
    named(Years(2022, 2024), MEN, FEBRUARY, ("South East", 63.0), ("North East", 57.0), 60.9),
    named(Years(2022, 2024), WOMEN, FEBRUARY, ("South East", 64.3), ("North East", 56.9), 61.3),
)


def definition(**said):
    facts = {
        "number": 1,
        "areas": Areas.REGIONS,
        "rule": GapRule.RANGE,
        "sexes": Sexes.EACH,
        "share": Share.HALF,
        "baseline": Years(2021, 2023),
    }
    return Definition(**(facts | said))


def nine(period, release, values, *, half=None, sex=MEN):
    """All nine regions, in the order of their codes, with limits so far to each side."""
    return Figures(
        period=period,
        sex=sex,
        release=release,
        regions=tuple(
            AreaFigure(
                code,
                name,
                value,
                None if half is None else value - half,
                None if half is None else value + half,
            )
            for (code, name), value in zip(REGIONS.items(), values, strict=True)
        ),
    )


def spread(best, worst):
    """Nine values with these ends: the first region is the lowest, the eighth the highest."""
    middle = (best + worst) / 2
    return (worst, *[middle] * 6, best, middle)


def of(figures, *, today=TODAY, **said):
    """The picture of men, or of the first sex."""
    return picture_of(definition=definition(**said), figures=figures, today=today).sexes[0]
