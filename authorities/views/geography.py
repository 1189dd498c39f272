"""Who serves whom on a day: one geography as map, tiles and tables, and as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from authorities import drawings, queries
from authorities.access import may
from authorities.permissions import Permission
from authorities.presenters import files, geography
from authorities.views.csv_files import csv_answer
from authorities.views.dated import DatedPage


class _Geography(DatedPage):
    """Reads the geography of the day; files of a day that is none are not there."""

    def drawing(self) -> drawings.NationalDrawing | None:
        """The maps of the day; a site without boundaries shows the tables."""
        try:
            return drawings.national_drawing(as_at=self.as_at, at=timezone.now())
        except drawings.NoBoundariesError:
            return None

    def geography_of_file(self) -> queries.DayGeography:
        """Return the geography of a file, which cannot say that a day is none.

        Raises:
            Http404: the day is none.
        """
        if self.form.errors:
            raise Http404
        return queries.geography_of(as_at=self.as_at)


class GeographyPage(_Geography):
    """Who serves whom."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        found = queries.geography_of(as_at=self.as_at)
        shown = geography.geography_page(
            geography=found,
            # Nothing is drawn of days before the register: there is no pair to show.
            drawing=self.drawing() if found.pairs else None,
            today=timezone.localdate(),
            may_read_warnings=may(request.user, Permission.GEOGRAPHY_WARNINGS_READ),
        )
        return self.page("authorities/geography.html", shown)


class GeographyCsv(_Geography):
    """The pairs of the day as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        text = files.pairs_csv(geography=self.geography_of_file())
        return csv_answer(text=text, name=f"pairs-{self.as_at.isoformat()}.csv")


class GeographyMap(_Geography):
    """The map as a file of its own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the drawing; 404 where there is nothing to draw."""
        found = self.geography_of_file()
        drawn = geography.map_file(geography=found, drawing=self.drawing() if found.pairs else None)
        if drawn is None:
            raise Http404
        return TemplateResponse(
            request,
            "authorities/geography_map.svg",
            {"file": drawn},
            content_type="image/svg+xml",
            headers={
                "Content-Disposition": (
                    f'attachment; filename="who-serves-whom-{self.as_at.isoformat()}.svg"'
                )
            },
        )
