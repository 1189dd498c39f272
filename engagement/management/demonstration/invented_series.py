"""Invented series of the demonstration's South Yorkshire, one for each status that there is.

Published figures of England carry no limits and all go the wrong way, so that with them alone
nobody could see what most labels look like.
"""

from dataclasses import dataclass

AUTHORITY = "south-yorkshire"
FIRST_YEAR, LAST_YEAR = 2016, 2024
_SMOKERS = "smokers-at-time-of-delivery"
_READMISSIONS = "emergency-readmissions-30-days"


@dataclass(frozen=True)
class InventedSeries:
    """Values of each year, straight from one to the next that is given, and what is wanted.

    area: slug of a council; nothing for the authority. start, baseline, latest: values of the
    first year, the baseline's and the last. half_width: from a value to its limits.
    measured: of how many people a proportion is; None where no counts are given.
    """

    code: str
    area: str
    start: float
    baseline: float
    latest: float
    half_width: float
    target: float
    measured: int | None = None
    sex: str = "Persons"
    age: str = "All ages"
    baseline_year: int = 2021
    target_year: int = 2029
    financial: bool = True

    def label(self, year: int) -> str:
        """Return how the period that begins in a year is written."""
        return f"{year}/{(year + 1) % 100:02d}" if self.financial else str(year)

    def values(self) -> tuple[tuple[str, float], ...]:
        """Return the label and value of each year."""
        return tuple(
            (self.label(year), self._value(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)
        )

    def _value(self, year: int) -> float:
        if year <= self.baseline_year:
            share = (year - FIRST_YEAR) / (self.baseline_year - FIRST_YEAR)
            return round(self.start + share * (self.baseline - self.start), 1)
        share = (year - self.baseline_year) / (LAST_YEAR - self.baseline_year)
        return round(self.baseline + share * (self.latest - self.baseline), 1)


# Against the straight way from baseline to target: missed, off track, inconclusive, behind within
# the margin, on track, ahead, at the target and not yet certain, achieved.
SERIES = (
    InventedSeries(
        _READMISSIONS,
        "sheffield",
        15.0,
        15.2,
        14.4,
        0.3,
        13.5,
        baseline_year=2018,
        target_year=2023,
    ),
    InventedSeries(
        "hepatitis-b-vaccination-aged-2",
        "",
        90.0,
        88.0,
        86.5,
        0.8,
        95.0,
        measured=16_000,
        age="2 yrs",
    ),
    InventedSeries(
        "conceptions-under-18",
        "",
        20.0,
        16.0,
        15.2,
        1.2,
        12.0,
        sex="Female",
        age="<18 yrs",
        financial=False,
    ),
    InventedSeries(
        "falls-admissions-65-and-over", "", 2250.0, 2300.0, 2215.0, 45.0, 2000.0, age="65+ yrs"
    ),
    InventedSeries(_READMISSIONS, "", 14.6, 15.0, 14.2, 0.4, 13.0),
    InventedSeries(_SMOKERS, "", 14.2, 12.4, 9.7, 0.4, 8.4, measured=15_000),
    InventedSeries(_SMOKERS, "barnsley", 15.0, 13.0, 8.8, 1.1, 9.0, measured=2_500),
    InventedSeries(_SMOKERS, "sheffield", 14.0, 12.0, 7.4, 0.5, 8.0, measured=6_000),
)
