"""The national page: matrix, map, tiles and the list, and the same facts as files."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import may, note_seen
from authorities.models import User
from authorities.permissions import Permission
from duty.actions import downloads
from duty.deadlines import closes_at, london_date
from duty.models import Round
from engagement.content import LevelReasons
from engagement.forms.national import DayForm
from engagement.presenters import national, national_map, placement_files
from engagement.queries import drawings, placements
from engagement.queries import national as queries
from engagement.views import national_bodies


class NationalMixin(View):
    """Finds the round that is asked for and the picture of it.

    Anybody sees published rounds. A round that is not published exists for the centre only. With a
    day in the address, all is as everybody saw it at the end of that day.
    """

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the rounds that the person may see, and the one asked for."""
        super().setup(request, *args, **kwargs)
        central = may(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ)
        day = None
        # A form takes longer to make than all else that a kept page asks.
        if "as_at" in request.GET:
            day = DayForm(request.GET, today=london_date(now=timezone.now())).day
        self.rounds = queries.rounds_to_show(
            working_too=central,
            until=closes_at(closing_date=day) if day is not None else None,
        )
        self.day = day
        default = self.rounds[0] if self.rounds else None
        asked = request.GET.get("round")
        self.shown = (
            next((each for each in self.rounds if each.round.slug == asked), None)
            if asked
            else default
        )
        if asked and self.shown is None and day is None:
            raise Http404
        if self.shown is not None and self.shown.picture is not None and self.shown.working:
            note_seen(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ)

    @property
    def asked(self) -> national_bodies.Asked | None:
        """What the address asks for; None where there is no picture of it."""
        if self.shown is None or self.shown.picture is None:
            return None
        return national_bodies.asked_of(
            shown=self.shown,
            rounds=self.rounds,
            address=self.request.GET.dict(),
            now=timezone.now(),
        )

    def made(self) -> national.Picture:
        """Return the facts of a file; 404 where there is no picture."""
        asked = self.asked
        if asked is None:
            raise Http404
        return national_bodies.made_of(asked)[1]

    def reasons(self) -> dict[str, LevelReasons]:
        """Return what the levels of the picture rest on; its file says it, and no page."""
        assert self.shown is not None  # noqa: S101 - by the caller
        assert self.shown.picture is not None  # noqa: S101 - by the caller
        found = placements.reasons_of_picture(picture_id=self.shown.picture.id)
        if not found and self.made().by_pair:
            raise Http404
        return found

    def note_taken(self, *, picture: national.Picture, file_format: str) -> None:
        """Keep who took away what is not published; what is public is anybody's."""
        user = self.request.user
        if not picture.working or self.shown is None or not isinstance(user, User):
            return
        downloads.note(
            action="placements.downloaded",
            target=Round.objects.get(pk=self.shown.round.id),
            body=None,
            permission=Permission.UNPUBLISHED_PLACEMENTS_READ,
            by=user,
            at=timezone.now(),
            format=file_format,
            rows=len(picture.by_pair),
        )


class NationalPage(NationalMixin, TemplateView):
    """What every pair's place is, in one round."""

    template_name = "engagement/national.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the facts, or nothing where no round can be shown yet."""
        context = super().get_context_data(**kwargs)
        asked = self.asked
        return {
            **context,
            "shown": self.shown,
            "day": self.day,
            "body": national_bodies.body_of(asked) if asked is not None else None,
            "commitments": may(self.request.user, Permission.COMMITMENT_READ),
        }


class NationalPlacements(NationalMixin):
    """The rows of the page as CSV, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        picture = self.made()
        line = placement_files.RoundLine(
            slug=picture.round_slug,
            name=picture.round_name,
            working=picture.working,
            revision=picture.revision,
            published_at=picture.published_at,
            geography_date=picture.geography_date.isoformat(),
            rubric_version=" and ".join(str(number) for number in picture.rubric_versions),
            group_map_version=picture.group_map_version,
            computed_at=picture.computed_at,
        )
        reasons = self.reasons()
        text = placement_files.write_csv(
            lines=[
                (line, row, reasons.get(key, LevelReasons()))
                for key, row in picture.by_pair.items()
            ],
            words_by_version={picture.group_map_version: picture.words},
            demonstration=settings.DEMONSTRATION,
        )
        self.note_taken(picture=picture, file_format="csv")
        return csv_response(text=text, name=f"placements-{picture.round_slug}.csv")


class PlacementDictionary(View):
    """What the columns of files of placements mean."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        return csv_response(text=placement_files.dictionary_csv(), name="placements-dictionary.csv")


class NationalMap(NationalMixin):
    """The map as a file of its own, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the drawing; 404 where no boundaries are loaded."""
        picture = self.made()
        drawn = national_map.national_map(
            drawing=drawings.of_country(on=picture.geography_date, at=timezone.now()),
            picture=picture,
        )
        if drawn is None:
            raise Http404
        self.note_taken(picture=picture, file_format="svg")
        response = TemplateResponse(
            request,
            "engagement/national_map.svg",
            {"map": drawn, "picture": picture},
            content_type="image/svg+xml",
        )
        response["Content-Disposition"] = (
            f'attachment; filename="engagement-map-{picture.round_slug}.svg"'
        )
        return response


def csv_response(*, text: str, name: str) -> HttpResponse:
    """Return a CSV file to be saved under a name."""
    return HttpResponse(
        text.encode("utf-8"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
