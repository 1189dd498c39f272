"""A change beside today's geography."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.drawings import NationalDrawing, NoBoundariesError, national_drawing
from authorities.frozen_json import NotThisKindError, from_plain
from authorities.permissions import Permission
from authorities.presenters.reorganisations.what_ifs import what_if_page
from authorities.queries.fits import fits_of_day
from authorities.queries.reorganisations import preview_of
from authorities.views.reorganisations.pages import ChangeTemplatePage


class WhatIf(ChangeTemplatePage):
    """What would be, beside what is."""

    template_name = "authorities/change_what_if.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show both, or the change where it has no preview yet."""
        self.preview = preview_of(self.reorganisation)
        if self.preview is None:
            return redirect("changes:detail", reorganisation_id=self.reorganisation.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page."""
        assert self.preview is not None  # noqa: S101 - narrows the type
        today = timezone.localdate()
        return {
            **super().get_context_data(**kwargs),
            "page": what_if_page(
                reorganisation=self.reorganisation,
                preview=self.preview,
                today=fits_of_day(as_at=today),
                without=fits_of_day(as_at=self.reorganisation.effective_date),
                drawing_today=self._drawing_on(today),
                drawing_then=self._drawing_then(),
                may_propose=self.may(Permission.REORGANISATION_PROPOSE),
            ),
        }

    def _drawing_on(self, day: date) -> NationalDrawing | None:
        try:
            return national_drawing(as_at=day, at=timezone.now())
        except NoBoundariesError:
            return None

    def _drawing_then(self) -> NationalDrawing | None:
        """The maps of the preview; none where another release drew them."""
        try:
            return (
                from_plain(kind=NationalDrawing, plain=self.reorganisation.picture)
                if self.reorganisation.picture
                else None
            )
        except NotThisKindError:
            return None
