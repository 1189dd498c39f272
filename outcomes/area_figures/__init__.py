"""What a page says of one indicator in one area: labels with their reasons, sums and groups.

Pure. The statistics are those of `outcomes.stats`; here stands which of them an indicator's own
rules allow, and the words with the numbers behind them.
"""

from outcomes.area_figures.change import Change, change_since_earlier
from outcomes.area_figures.comparison import (
    NOT_COMPARED,
    Judgement,
    against_benchmark,
    among_areas,
    comparison_words,
    why_not_known,
)
from outcomes.area_figures.deprivation import (
    Inequality,
    group_number,
    inequality,
    inequality_since,
)
from outcomes.area_figures.numbers import decimals, exact_words, number_words, scale_places
from outcomes.area_figures.sums import Part, SumRefused, summed
from outcomes.area_figures.trends import TrendWords, overlapping, trend_of
from outcomes.area_figures.values import AreaValue, Break, ComparisonRule, Definition, ValueScale

__all__ = [
    "NOT_COMPARED",
    "AreaValue",
    "Break",
    "Change",
    "ComparisonRule",
    "Definition",
    "Inequality",
    "Judgement",
    "Part",
    "SumRefused",
    "TrendWords",
    "ValueScale",
    "against_benchmark",
    "among_areas",
    "change_since_earlier",
    "comparison_words",
    "decimals",
    "exact_words",
    "group_number",
    "inequality",
    "inequality_since",
    "number_words",
    "overlapping",
    "scale_places",
    "summed",
    "trend_of",
    "why_not_known",
]
