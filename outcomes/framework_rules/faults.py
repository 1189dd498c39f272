"""Why something may not stand in a draft of a framework."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Why something may not stand in a draft, at the field of a form that it is about.

    row: of several periods with their values the one that is meant, the first being 0.
    """

    field: str
    message: str
    row: int = 0


class DraftRefusedError(ValueError):
    """Something may not stand in a draft of a framework; `faults` say why, field by field."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.message for fault in faults))
