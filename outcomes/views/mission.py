"""The public page of the mission, and its figures to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import RedirectView, View

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from outcomes.presenters import mission, mission_files
from outcomes.queries.mission import NoSuchDefinitionError, ShownMission, shown_mission
from outcomes.queries.mission_notes import mission_notes


class _MissionView(View):
    """The mission by the definition that the address asks for, or by the one in use."""

    permission = Permission.REGISTER_READ

    def shown(self) -> ShownMission:
        """Return what was computed.

        Raises:
            Http404: no such definition is or was in use.
            NoSuchDefinitionError: none was asked for, and nothing has been computed yet.
        """
        asked = self.request.GET.get("definition", "")
        if not asked:
            return shown_mission()
        if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
            raise Http404
        try:
            return shown_mission(number=int(asked))
        except NoSuchDefinitionError as none:
            raise Http404 from none


class Mission(_MissionView):
    """The page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; before the first picture, say that there is none yet."""
        try:
            page = mission.present(shown=self.shown(), now=timezone.now())
        except NoSuchDefinitionError:
            page = None
        signed_in = request.user.is_authenticated
        return TemplateResponse(
            request,
            "outcomes/mission.html",
            {
                "page": page,
                "notes": mission_notes() if page else (),
                "reads_definitions": signed_in
                and may(request.user, Permission.MISSION_DEFINITION_READ),
                "writes_notes": signed_in and may(request.user, Permission.MISSION_NOTE_WRITE),
            },
        )


class MissionStart(RedirectView):
    """The mission has one page so far; its short address leads there."""

    permission = Permission.REGISTER_READ
    pattern_name = "mission:page"
    http_method_names = ("get", "head", "options")


class MissionFigures(_MissionView):
    """The figures of the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send them."""
        try:
            shown = self.shown()
        except NoSuchDefinitionError as none:
            raise Http404 from none
        return csv_answer(
            text=mission_files.figures_csv(shown=shown),
            name=f"mission-hle-definition-{shown.version.number}.csv",
        )


class MissionDictionary(View):
    """What the columns of the figures mean."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        return csv_answer(text=mission_files.dictionary_csv(), name="mission-hle-dictionary.csv")
