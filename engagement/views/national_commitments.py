"""The national view of joint commitments, for people of the centre."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from authorities.views.csv_files import csv_answer
from duty.deadlines import london_date
from duty.standing_records import Prevention, Theme
from duty.ui.navigation import BackLink
from engagement.models import Commitment, CommitmentState
from engagement.presenters import national_commitments as presenter
from engagement.presenters.commitment_money_tables import money_csv
from engagement.queries import commitment_counts as counts
from engagement.queries import commitment_money_counts as money
from outcomes.models import ItemKind

_QUARTERS = 9


class _NationalCommitments(CentrePage):
    """Finds what the address asks for; what it does not know of is all."""

    permission = Permission.COMMITMENT_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, and read the address.

        Raises:
            Http404, PermissionDenied: as `CentrePage`.
        """
        super().setup(request, *args, **kwargs)
        self.today = london_date(now=self.now)
        self.asked = presenter.Asked(
            theme=self._one_of("theme", [one.value for one in Theme]),
            stage=self._one_of("stage", ItemKind.values),
            state=self._one_of("state", CommitmentState.values),
        )

    def _one_of(self, name: str, known: Collection[str]) -> str:
        said = self.request.GET.get(name, "")
        return said if said in known else ""

    @property
    def rows(self) -> QuerySet[Commitment]:
        """The commitments that are asked for."""
        return Commitment.objects.filter(
            **{name: said for name, said in vars(self.asked).items() if said}
        )

    def made(self) -> presenter.NationalCommitments:
        """Return the page's facts."""
        rows = self.rows
        return presenter.present(
            asked=self.asked,
            standing=counts.standing_of(rows=rows, on=self.today),
            themes=counts.tallies_by(field="theme", rows=rows, on=self.today),
            stages=counts.tallies_by(field="stage", rows=rows, on=self.today),
            moments=counts.over_time(
                rows=rows, days=counts.quarter_ends(on=self.today, number=_QUARTERS)
            ),
            pairs=counts.tallies_of_pairs(
                rows=rows, on=self.today, page=page_number(request=self.request)
            ),
            money=money.tallies_of(rows=rows),
            prevention=money.lines_of(
                rows=rows,
                on=self.today,
                page=page_number(request=self.request, name="money"),
                prevention=Prevention.YES.value,
            ),
            on=self.today,
        )


class NationalCommitmentsPage(_NationalCommitments):
    """What all pairs promise together, counted and never compared."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.show(
            "engagement/national_commitments.html",
            made=self.made(),
            back=BackLink("National picture", reverse("engagement:national")),
        )


class NationalCommitmentCounts(_NationalCommitments):
    """The numbers of the page's tables as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        made = self.made()
        text = presenter.counts_csv(
            tables=(*made.tables, *made.money, made.pairs.table),
            demonstration=settings.DEMONSTRATION,
        )
        return csv_answer(text=text, name=f"commitment-counts-{self.today.isoformat()}.csv")


class NationalCommitmentMoney(_NationalCommitments):
    """Every line of money as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        found = money.lines_of(rows=self.rows, on=self.today, page=None)
        text = money_csv(lines=found.rows, demonstration=settings.DEMONSTRATION)
        return csv_answer(text=text, name=f"commitment-money-{self.today.isoformat()}.csv")
