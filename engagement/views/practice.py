"""The practice library as everybody searches and reads it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import may
from authorities.models import Body
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.models import PracticeExample
from engagement.presenters import practice as presenter
from engagement.queries import practice as queries
from engagement.views.national import csv_response

_EDIT = Permission.PRACTICE_EDIT
LONGEST_SEARCH = 200


def asked_in(request: HttpRequest) -> queries.Asked:
    """Return what the address asks for; what is no code finds nothing, and is shown as none."""
    given = request.GET
    return queries.Asked(
        # PostgreSQL takes no NUL, and no question is that long.
        words=given.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip(),
        theme=given.get("theme", "").replace("\x00", "")[:4],
        function=given.get("function", "").replace("\x00", "")[:28],
        determinant=given.get("determinant", "").replace("\x00", "")[:60],
    )


def today() -> date:
    """Return the London day."""
    return london_date(now=timezone.now())


def names() -> dict[str, dict[str, str]]:
    """Return what themes and determinants are called, as presenters take them."""
    return {
        "themes": dict(presenter.theme_names(themes=queries.themes())),
        "determinants": dict(queries.determinants()),
    }


class PracticeList(TemplateView):
    """Published examples, searched and filtered by the address."""

    permission = Permission.REGISTER_READ
    template_name = "engagement/practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of what fits."""
        asked = asked_in(self.request)
        found = queries.search(asked=asked, page=page_number(request=self.request), on=today())
        return {
            **super().get_context_data(**kwargs),
            "asked": asked,
            "found": found,
            "cards": [presenter.card(facts=one) for one in found.rows],
            "filters": presenter.filters(
                asked=asked,
                themes=presenter.theme_names(themes=queries.themes()),
                determinants=queries.determinants(),
            ),
            "page_url": presenter.page_url(asked=asked),
            "moderates": may(self.request.user, Permission.PRACTICE_DRAFTS_READ),
        }


class PracticeFile(View):
    """All published examples as CSV."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        text = presenter.csv_text(examples=queries.every_published(on=today()), **names())
        return csv_response(text=text, name="practice-examples.csv")


class PracticeDetail(TemplateView):
    """One published example."""

    permission = Permission.REGISTER_READ
    template_name = "engagement/practice_example.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the version that everybody reads.

        Raises:
            Http404: nothing of it is published now.
        """
        example = PracticeExample.objects.filter(pk=kwargs["example_id"]).first()
        facts = queries.public_version(example=example, on=today()) if example else None
        if example is None or facts is None:
            raise Http404
        return {
            **super().get_context_data(**kwargs),
            "facts": facts,
            "rows": presenter.rows(facts=facts, **names()),
            "versions_url": reverse("practice:versions", args=[facts.example_id])
            if _reads_drafts(self.request, example)
            else "",
            "back": BackLink("Practice library", reverse("practice:list")),
        }


def _reads_drafts(request: HttpRequest, example: PracticeExample) -> bool:
    own = example.body_id is not None and may(request.user, _EDIT, Body(pk=example.body_id))
    return own or may(request.user, Permission.PRACTICE_DRAFTS_READ)
