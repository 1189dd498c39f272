"""The statistics of the field under their own names: numbers in, numbers out, no database."""

from outcomes.stats.benchmark import (
    Comparison,
    Polarity,
    compare_areas,
    compare_one_with_benchmark,
    compare_with_benchmark,
    compare_with_goal,
)
from outcomes.stats.comparability import comparable_baseline, data_confidence
from outcomes.stats.control_charts import xmr_chart
from outcomes.stats.gap import gap_change, gap_to_benchmark, halving_progress
from outcomes.stats.inequality import inequality_change, slope_index_of_inequality
from outcomes.stats.intervals import mean_t, proportion_wilson, rate_byar
from outcomes.stats.life_tables import healthy_life_expectancy_sullivan, life_expectancy
from outcomes.stats.quantiles import (
    FunnelPosition,
    funnel_significance_proportion,
    funnel_significance_ratio,
    quantile_rank,
)
from outcomes.stats.shapes import ConfidenceError, Estimate
from outcomes.stats.standardisation import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)
from outcomes.stats.trajectory import progress_share, trajectory_status, trajectory_value
from outcomes.stats.trend import (
    Trend,
    change_between_periods,
    non_overlapping_chain,
    recent_trend,
)

__all__ = [
    "Comparison",
    "ConfidenceError",
    "Estimate",
    "FunnelPosition",
    "Polarity",
    "Trend",
    "change_between_periods",
    "comparable_baseline",
    "compare_areas",
    "compare_one_with_benchmark",
    "compare_with_benchmark",
    "compare_with_goal",
    "data_confidence",
    "directly_standardised_rate",
    "funnel_significance_proportion",
    "funnel_significance_ratio",
    "gap_change",
    "gap_to_benchmark",
    "halving_progress",
    "healthy_life_expectancy_sullivan",
    "indirectly_standardised_ratio",
    "inequality_change",
    "life_expectancy",
    "mean_t",
    "non_overlapping_chain",
    "progress_share",
    "proportion_wilson",
    "quantile_rank",
    "rate_byar",
    "recent_trend",
    "slope_index_of_inequality",
    "trajectory_status",
    "trajectory_value",
    "xmr_chart",
]
