"""The register's data to take away: a page that lists the files, and the files."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import View

from authorities.forms import DataDayForm, DayForm
from authorities.permissions import Permission
from authorities.presenters import register_files
from authorities.views.csv_files import csv_answer
from authorities.views.dated import DatedPage


class RegisterPage(DatedPage):
    """What there is to take, as on a day or all of it."""

    form_class: type[DayForm] = DataDayForm

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.page(
            "authorities/register.html", register_files.register_page(asked=self.day_asked_for)
        )


class RegisterCsv(View):
    """One file of the register."""

    permission = Permission.REGISTER_READ
    name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file; a day that is none is refused, since a file cannot say so."""
        form = DayForm(request.GET)
        if not form.is_valid():
            message = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return HttpResponse(f"{message}.\n", status=400, content_type="text/plain")
        as_at = form.cleaned_data["as_at"]
        text = register_files.file_text(
            file=register_files.FILES[self.name], as_at=as_at, on=timezone.localdate()
        )
        day = f"-{as_at.isoformat()}" if as_at else ""
        return csv_answer(text=text, name=f"register-{self.name}{day}.csv")
