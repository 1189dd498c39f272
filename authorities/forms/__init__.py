"""What visitors may ask of the register, and what the centre enters about changes of it."""

from authorities.forms.register import (
    BoundaryImportForm,
    DataDayForm,
    DayForm,
    WarningFilterForm,
)

__all__ = ["BoundaryImportForm", "DataDayForm", "DayForm", "WarningFilterForm"]
