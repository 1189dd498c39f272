"""The national page: matrix, map, tiles and the list, and the same facts as files."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import may
from authorities.models import User
from authorities.permissions import Permission
from duty.actions import downloads
from engagement.forms.national import NationalFilterForm
from engagement.models import NationalPicture
from engagement.presenters import national, national_map, placement_files
from engagement.presenters.matrix_words import words_of_picture
from engagement.queries import drawings
from engagement.queries import national as queries


class NationalMixin(View):
    """Finds the round that is asked for and the picture of it.

    Anybody sees published rounds. A round that is not published exists for the centre only.
    """

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the rounds that the person may see, and the one asked for."""
        super().setup(request, *args, **kwargs)
        central = may(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ)
        self.rounds = queries.rounds_to_show(working_too=central)
        self.default = self.rounds[0] if self.rounds else None
        asked = request.GET.get("round")
        self.shown = (
            next((each for each in self.rounds if each.round.slug == asked), None)
            if asked
            else self.default
        )
        if asked and self.shown is None:
            raise Http404
        self.stored = queries.picture_of(shown=self.shown) if self.shown else None

    def form(self, stored: NationalPicture) -> NationalFilterForm:
        """Return the filters as asked for."""
        assert self.shown is not None  # noqa: S101 - there is no picture without a round
        return NationalFilterForm(
            {**self.request.GET.dict(), "round": self.shown.round.slug},
            rounds=self.rounds,
            rows=national.rows_of(stored=stored),
            said=words_of_picture(content=stored.content),
        )

    def picture(self, form: NationalFilterForm) -> national.Picture:
        """Return the facts of the page."""
        if self.shown is None or self.stored is None:
            raise Http404
        return national.present(
            shown=self.shown,
            stored=self.stored,
            filters=form.filters,
            in_address=self.shown != self.default,
            now=timezone.now(),
        )

    def note_taken(self, *, picture: national.Picture, file_format: str) -> None:
        """Keep who took away what is not published; what is public is anybody's."""
        user = self.request.user
        if not picture.working or self.shown is None or not isinstance(user, User):
            return
        downloads.note(
            action="placements.downloaded",
            target=self.shown.round,
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
        if self.stored is None:
            return {**context, "shown": self.shown, "rounds": self.rounds}
        form = self.form(self.stored)
        picture = self.picture(form)
        drawing = drawings.of_country(on=picture.geography_date, at=timezone.now())
        return {
            **context,
            "picture": picture,
            "matrix_words": picture.words,
            "filter_form": form,
            "map": national_map.national_map(drawing=drawing, picture=picture),
            "tiles": national_map.tile_map(drawing=drawing, picture=picture),
        }


class NationalPlacements(NationalMixin):
    """The rows of the page as CSV, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        if self.stored is None:
            raise Http404
        picture = self.picture(self.form(self.stored))
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
        text = placement_files.write_csv(
            lines=[(line, row) for row in picture.by_pair.values()],
            words_by_version={picture.group_map_version: picture.words},
            demonstration=settings.DEMONSTRATION,
        )
        self.note_taken(picture=picture, file_format="csv")
        return csv_response(text=text, name=f"placements-{picture.round_slug}.csv")


class NationalMap(NationalMixin):
    """The map as a file of its own, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the drawing; 404 where no boundaries are loaded."""
        if self.stored is None:
            raise Http404
        picture = self.picture(self.form(self.stored))
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
