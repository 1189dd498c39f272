"""Facts that hold from a day to a day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

_Fact = TypeVar("_Fact", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[_Fact]):
    """Rows with a `valid` range of days, start inclusive and end exclusive."""

    def as_at(self, day: date) -> Self:
        """Keep the rows that hold on the day."""
        return self.filter(valid__contains=day)
