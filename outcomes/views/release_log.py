"""The release log, for everybody; what waits for approval is for the centre."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from outcomes.presenters import release_log as presenter
from outcomes.queries import release_log as queries
from outcomes.views.catalogue import CatalogueView


class ReleaseLog(CatalogueView):
    """Which values came when, and what they replaced."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the log."""
        found = queries.release_page(
            with_waiting=self.with_drafts, page=page_number(request=request)
        )
        page = presenter.log_page(found=found)
        return render(request, "outcomes/release_log.html", {"page": page})


class ReleaseLogCsv(CatalogueView):
    """The whole log to take away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        found = queries.release_page(with_waiting=self.with_drafts, page=None)
        return csv_answer(text=presenter.log_csv(found=found), name="releases.csv")
