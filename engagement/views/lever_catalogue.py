"""The catalogue of levers that authorities share: for the centre, and for people of authorities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.permissions import Permission
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.lever_access import access_catalogue
from engagement.presenters import levers as presenter
from engagement.queries import levers as queries
from engagement.queries.practice import determinants
from engagement.views.levers import asked_in


class LeverCatalogue(TemplateView):
    """What is shared, by function and title, and no judgement of anybody."""

    permission = Permission.LEVER_CATALOGUE_READ
    template_name = "engagement/lever_catalogue.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404: as `access_catalogue`.
        """
        super().setup(request, *args, **kwargs)
        self.own = access_catalogue(request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of the catalogue."""
        asked = queries.Asked(function=asked_in(self.request).function)
        found = queries.catalogue_page(
            function=asked.function,
            page=page_number(request=self.request),
            on=london_date(now=timezone.now()),
        )
        names = dict(determinants())
        return {
            **super().get_context_data(**kwargs),
            "found": found,
            "cards": [
                presenter.card_of(facts=one, determinants=names, own=self.own) for one in found.rows
            ],
            "filters": presenter.filters(asked=asked, states=False),
            "page_url": presenter.page_url(asked=asked),
            "back": BackLink("Support", reverse("support:list")),
        }


class LeverCatalogueFile(View):
    """All of the catalogue as CSV."""

    permission = Permission.LEVER_CATALOGUE_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404: as `access_catalogue`.
        """
        super().setup(request, *args, **kwargs)
        access_catalogue(request.user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        today = london_date(now=timezone.now())
        rows = list(queries.catalogue(function="", on=today))
        text = presenter.shared_csv(
            facts=queries.facts_of(rows=rows, on=today), determinants=dict(determinants())
        )
        return csv_answer(text=text, name="lever-catalogue.csv")
