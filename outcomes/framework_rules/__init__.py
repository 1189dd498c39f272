"""What may stand in a draft of a framework: rules of periods, targets and counts (pure).

A refusal names the field that it is about, so that a page shows it there.
"""

from outcomes.framework_rules.counts import check_margin, count_targets_of
from outcomes.framework_rules.faults import DraftRefusedError, Fault
from outcomes.framework_rules.periods import Measured, period_of, value_known_about
from outcomes.framework_rules.targets import Wanted, amount_of, moved_by, rebased, target_of

__all__ = [
    "DraftRefusedError",
    "Fault",
    "Measured",
    "Wanted",
    "amount_of",
    "check_margin",
    "count_targets_of",
    "moved_by",
    "period_of",
    "rebased",
    "target_of",
    "value_known_about",
]
