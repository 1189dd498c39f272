"""The mission: halving the gap in healthy life expectancy between regions.

Plain values in, the whole picture out. Nothing here knows where figures are stored.
"""

from outcomes.mission.figures import (
    ENGLAND_CODE,
    REGIONS,
    AreaFigure,
    CouncilFigures,
    Figures,
    Rank,
    Release,
    Years,
)
from outcomes.mission.intervals import (
    BIAS_ERROR,
    Interval,
    expected_range,
    pair_interval,
    range_interval,
)
from outcomes.mission.own import OwnValue, own_figures
from outcomes.mission.picture import picture_of
from outcomes.mission.shapes import (
    Areas,
    Definition,
    Extreme,
    Gap,
    GapRule,
    MissionPicture,
    MissionStatus,
    OwnFigure,
    OwnFigures,
    Reason,
    RegionLine,
    Sensitivity,
    SensitivityCell,
    Sexes,
    SexPicture,
    Share,
)

__all__ = [
    "BIAS_ERROR",
    "ENGLAND_CODE",
    "REGIONS",
    "AreaFigure",
    "Areas",
    "CouncilFigures",
    "Definition",
    "Extreme",
    "Figures",
    "Gap",
    "GapRule",
    "Interval",
    "MissionPicture",
    "MissionStatus",
    "OwnFigure",
    "OwnFigures",
    "OwnValue",
    "Rank",
    "Reason",
    "RegionLine",
    "Release",
    "Sensitivity",
    "SensitivityCell",
    "SexPicture",
    "Sexes",
    "Share",
    "Years",
    "expected_range",
    "own_figures",
    "pair_interval",
    "picture_of",
    "range_interval",
]
