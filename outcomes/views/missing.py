"""What is missing for whom: of published values, so for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from outcomes.catalogue_forms import MissingFilterForm
from outcomes.presenters import missing as presenter
from outcomes.queries import catalogue
from outcomes.queries import missing as queries
from outcomes.views.catalogue import CatalogueView


class _Filtered(CatalogueView):
    """Reads of which indicators and for whom."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the filters; a value that is no choice narrows nothing."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        sets = catalogue.sets(with_unused=False, with_drafts=False)
        self.form = MissingFilterForm(
            request.GET,
            sets=[(one.slug, one.name) for one in sets],
            authorities=queries.authorities_today(today=self.today),
        )

    def found(self, *, page: int | None) -> queries.GapPage:
        """Return what is missing by the filters."""
        return queries.gap_page(
            set_slug=self.form.asked("set"),
            authority=self.form.asked("authority"),
            page=page,
            today=self.today,
        )


class Missing(_Filtered):
    """Whose areas lack a value in the newest period of each indicator."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of indicators."""
        page = presenter.missing_page(
            found=self.found(page=page_number(request=request)),
            set_slug=self.form.asked("set"),
            authority=self.form.asked("authority"),
            today=self.today,
        )
        return render(request, "outcomes/missing.html", {"page": page, "form": self.form})


class MissingCsv(_Filtered):
    """All of it to take away, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file; 404 where a filter is none, which a file could not say."""
        if self.form.errors:
            raise Http404
        text = presenter.missing_csv(found=self.found(page=None))
        return csv_answer(text=text, name="missing-values.csv")
