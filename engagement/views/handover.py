"""After a change of bodies: all that came to a body, and what it has to say of it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import access_authority, access_icb, may
from authorities.models import Body, BodyKind
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.models import Side
from engagement.presenters import handover as presenter
from engagement.queries import bodies
from engagement.queries import handovers as queries
from engagement.views.paging import page_of


class Handover(TemplateView):
    """What a body took over, what waits for its word first; its own people alone read it."""

    permission = Permission.HOME_READ
    template_name = "engagement/handover.html"
    body: Body

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what waits and what is settled, each a page at a time."""
        today = london_date(now=timezone.now())
        before = queries.predecessors_of(body_id=self.body.pk, on=today)
        rows = queries.inherited(body=self.body, days=before, on=today)
        signs = may(self.request.user, Permission.COMMITMENT_CONFIRM, self.body)
        waiting = [*self._to_finish(before, today), *presenter.waiting(rows=rows, signs=signs)]
        return {
            **super().get_context_data(**kwargs),
            "name": bodies.name_of(body=self.body, on=today).name,
            "waits": page_of(request=self.request, rows=waiting, part="waits"),
            "settled": page_of(
                request=self.request, rows=presenter.settled(rows=rows), part="settled"
            ),
            "back": BackLink(label="Home", url=reverse("home")),
        }

    def _to_finish(self, known: Collection[UUID], today: date) -> list[presenter.HandoverRow]:
        """What bodies before this one left open, for those who keep a role there alone."""
        held = [
            row
            for row in Body.objects.filter(pk__in=list(known)).order_by("pk")
            if may(self.request.user, Permission.HOME_READ, row)
        ]
        found = queries.to_finish(body_ids=[row.pk for row in held], on=today)
        others = [one.other_id for one in found.replies]
        named = bodies.names_of(body_ids={*others, *(row.pk for row in held)}, on=today)
        before = {
            row.pk: presenter.Before(
                id=row.pk,
                name=named[row.pk].name,
                key=f"{_side(row).value}-{row.slug}",
            )
            for row in held
        }
        names = {key: one.name for key, one in named.items()}
        return presenter.finishing(found=found, before=before, names=names)


def _side(body: Body) -> Side:
    return Side.AUTHORITY if body.kind == BodyKind.STRATEGIC_AUTHORITY else Side.BOARD


class BoardHandover(Handover):
    """What came to an ICB."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the ICB.

        Raises:
            Http404, PermissionDenied: as `access_icb`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_icb(request.user, kwargs["slug"], permission=self.permission)


class AuthorityHandover(Handover):
    """What came to an authority."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the authority.

        Raises:
            Http404, PermissionDenied: as `access_authority`.
        """
        super().setup(request, *args, **kwargs)
        self.body = access_authority(request.user, kwargs["slug"], permission=self.permission)
