"""What all pages of the centre share: who is let in, who looks, and which page of a list."""

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from authorities.access import may, require
from authorities.models import User
from authorities.permissions import Permission


def page_number(*, request: HttpRequest, name: str = "page") -> int:
    """Return the page asked for; what is no number is the first page.

    name: the parameter, where one page has several lists.
    """
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


class CentrePage(View):
    """A page for people of the centre, by a right that they hold everywhere."""

    permission: ClassVar[Permission]
    # What a form of the page needs, where that is more than reading it.
    write_permission: ClassVar[Permission | None] = None
    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `require`.
        """
        super().setup(request, *args, **kwargs)
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        require(
            request.user,
            self.permission if reads else self.write_permission or self.permission,
        )
        self.now = timezone.now()

    @property
    def person(self) -> User:
        """Who looks or writes; `require` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def may(self, permission: Permission) -> bool:
        """Whether the person has another right, too."""
        return may(self.person, permission)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        return render(self.request, template, context, status=status)
