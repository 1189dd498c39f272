"""Where timetables of authorities and boards do not fit, for the people of the centre."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authorities import queries
from authorities.access import require
from authorities.forms import WarningFilterForm
from authorities.permissions import Permission
from authorities.presenters import timetable_warnings as presenter
from authorities.views.csv_files import csv_answer
from authorities.views.dated import DatedPage


class _Warnings(DatedPage):
    """Lets in who may read the warnings, and reads the filters."""

    permission = Permission.GEOGRAPHY_WARNINGS_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse everybody else; read the geography of the day.

        Raises:
            Http404, PermissionDenied: as `require`.
        """
        require(request.user, self.permission)
        super().setup(request, *args, **kwargs)
        self.geography = queries.geography_of(as_at=self.as_at)
        self.form: WarningFilterForm = WarningFilterForm(
            request.GET,
            kinds=[(kind.value, words.name) for kind, words in presenter.KINDS.items()],
            authorities=[(one.slug, one.short_name) for one in self.geography.authorities],
        )
        self.kind, self.authority = self.form.asked("kind"), self.form.asked("authority")


class WarningList(_Warnings):
    """Prevent misaligned geographies."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        asked = request.GET.get("page", "")
        shown = presenter.warnings_page(
            geography=self.geography,
            authority=self.authority,
            kind=self.kind,
            page=int(asked) if asked.isdecimal() and len(asked) < 7 else 1,
            today=timezone.localdate(),
        )
        return self.page("authorities/geography_warnings.html", shown)


class WarningCsv(_Warnings):
    """The warnings of the day as CSV, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file; 404 where a filter is none, which a file could not say."""
        if self.form.errors:
            raise Http404
        rows = presenter.rows_of(geography=self.geography, authority=self.authority, kind=self.kind)
        return csv_answer(
            text=presenter.warnings_csv(geography=self.geography, rows=rows),
            name=f"timetable-warnings-{self.as_at.isoformat()}.csv",
        )
