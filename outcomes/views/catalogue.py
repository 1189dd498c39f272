"""The catalogue of indicators, for everybody; drafts are for the centre."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from authorities.access import may, rights_of
from authorities.permissions import Permission
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from outcomes.catalogue_forms import CatalogueFilterForm
from outcomes.presenters import catalogue as presenter
from outcomes.queries import catalogue as queries
from outcomes.queries.indicator_areas import AreaFacts, areas_of_bodies, england


class CatalogueView(View):
    """A page of the catalogue that everybody may read."""

    permission = Permission.REGISTER_READ

    @property
    def with_drafts(self) -> bool:
        """Whether the visitor sees what nobody has described, and what waits."""
        return may(self.request.user, Permission.INDICATOR_UNPUBLISHED_READ)

    @property
    def may_describe(self) -> bool:
        """Whether the visitor may change the catalogue."""
        return may(self.request.user, Permission.INDICATOR_DESCRIBE)


class _Filtered(CatalogueView):
    """Reads what the list is narrowed by."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the filters; a value that is no choice narrows nothing."""
        super().setup(request, *args, **kwargs)
        self.domains = queries.domain_counts()
        self.form = CatalogueFilterForm(
            request.GET,
            domains=[(one.slug, one.name) for one in self.domains if one.in_use],
            sets=[
                (one.slug, one.name) for one in queries.sets(with_unused=False, with_drafts=False)
            ],
        )
        self.asked = queries.Asked(
            words=self.form.asked("q"),
            domain=self.form.asked("domain"),
            set=self.form.asked("set"),
            polarity=self.form.asked("polarity"),
        )


class Catalogue(_Filtered):
    """Which indicators there are."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        page = presenter.catalogue_page(
            found=queries.catalogue(
                asked=self.asked,
                with_drafts=self.with_drafts,
                page=page_number(request=request),
            ),
            asked=self.asked,
            domains=self.domains,
            may_describe=self.may_describe,
        )
        return render(request, "outcomes/catalogue.html", {"page": page, "form": self.form})


class CatalogueCsv(_Filtered):
    """The catalogue to take away, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file; 404 where a filter is none, which a file could not say."""
        if self.form.errors:
            raise Http404
        rows = queries.all_indicators(asked=self.asked, with_drafts=self.with_drafts)
        return csv_answer(text=presenter.catalogue_csv(rows=rows), name="indicators.csv")


class IndicatorDetail(CatalogueView):
    """What one indicator is."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show it."""
        try:
            detail = queries.indicator_detail(code=code, with_drafts=self.with_drafts)
        except queries.NoSuchIndicatorError as error:
            raise Http404 from error
        page = presenter.indicator_page(
            detail=detail,
            areas=self._areas() if detail.has_published else (),
            domain_names={one.slug: one.name for one in queries.domain_counts()},
            for_centre=self.with_drafts,
            may_describe=self.may_describe,
        )
        return render(request, "outcomes/indicator.html", {"page": page})

    def _areas(self) -> tuple[AreaFacts, ...]:
        """Return England, and the areas where the visitor belongs."""
        today = timezone.localdate()
        country = england(day=today)
        own = areas_of_bodies(bodies=rights_of(self.request.user).at_bodies, day=today)
        return (*own, *([country] if country is not None and country.code else []))
