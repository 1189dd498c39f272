"""Pages of a body's commitments, and who is let in."""

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import View

from authorities.access import Visitor, access_authority, access_icb, may
from authorities.models import Body
from authorities.permissions import Permission
from engagement.models import Side


class BodyPage(ABC, View):
    """Lets in, by the body."""

    permission = Permission.COMMITMENT_READ
    body: Body
    side: Side
    # The first word of its addresses' names.
    page_name: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the body.

        Raises:
            Http404, PermissionDenied: as `access_icb` and `access_authority`.
        """
        super().setup(request, *args, **kwargs)
        self.body = self.find(kwargs["slug"])

    @abstractmethod
    def find(self, slug: str) -> Body:
        """Return the body, if the person may read its commitments."""


class BoardPage(BodyPage):
    """A page of an ICB."""

    side = Side.BOARD
    page_name = "board"

    def find(self, slug: str) -> Body:
        """Return the ICB."""
        return access_icb(self.request.user, slug, permission=self.permission)


class AuthorityPage(BodyPage):
    """A page of an authority."""

    side = Side.AUTHORITY
    page_name = "authority"

    def find(self, slug: str) -> Body:
        """Return the authority."""
        return access_authority(self.request.user, slug, permission=self.permission)


def agreements_url(visitor: Visitor, *, body: Body, side: Side) -> str:
    """Return where a body's people find its partnership agreements; empty for whoever may not."""
    if side == Side.BOARD:
        readable, name, args = Permission.AGREEMENT_READ, "agreements:board", [body.slug]
    else:
        readable, name = Permission.STANDING_RECORD_READ, "records:list"
        args = [body.slug, "agreements"]
    return reverse(name, args=args) if may(visitor, readable, body) else ""
