"""Pages of the register as on a day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import View

from authorities import drawings
from authorities.forms import DayForm
from authorities.models import Body
from authorities.permissions import Permission


class DatedPage(View):
    """A page of the register on a day: today, or the one that is asked for."""

    permission = Permission.REGISTER_READ
    form_class: type[DayForm] = DayForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the day. A day that is none is said, and the page shows today."""
        super().setup(request, *args, **kwargs)
        self.form = self.form_class(request.GET if "as_at" in request.GET else None)
        asked: date | None = None
        if self.form.is_bound and self.form.is_valid():
            asked = self.form.cleaned_data["as_at"]
        self.day_asked_for = asked
        self.as_at = asked or timezone.localdate()

    def page(self, template: str, shown: object) -> HttpResponse:
        """Answer with the page, and with the form's error where the day was none."""
        return TemplateResponse(self.request, template, {"page": shown, "form": self.form})


def drawing_of(*, body: Body, day: date) -> drawings.AreaDrawing | None:
    """Return the map of a body; a site without boundaries shows the page without it."""
    try:
        return drawings.body_drawing(body=body, as_at=day, at=timezone.now())
    except (drawings.NoBoundariesError, drawings.NothingToDrawError):
        return None
