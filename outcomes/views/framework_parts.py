"""What the pages share that stand beside a framework: its counts and its expert reviews."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic.base import View

from authorities.access import Visitor
from authorities.models import User
from authorities.permissions import Permission
from outcomes.access import (
    Acting,
    FrameworkAccess,
    FrameworkShown,
    access_framework,
    access_in_force,
    may_at_an_owner,
)
from outcomes.presenters.framework_parts import Part, parts_of


class FrameworkPart(View):
    """A page beside a framework in force, for everybody; before that, for its owners."""

    # The part of the framework whose own page it is.
    part: ClassVar[Part | None] = None
    shown: FrameworkShown
    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the framework.

        Raises:
            Http404: as `access_in_force`.
        """
        super().setup(request, *args, **kwargs)
        self.shown = access_in_force(request.user, kwargs["framework_id"])
        self.now = timezone.now()

    @property
    def today(self) -> date:
        """The day of the page, in London."""
        return timezone.localdate(self.now)

    @property
    def visitor(self) -> Visitor:
        """Who looks at the page."""
        return self.request.user

    def may(self, permission: Permission) -> bool:
        """Whether the person may do this for one of the owners."""
        return may_at_an_owner(self.visitor, framework=self.shown.framework, permission=permission)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        framework, version = self.shown.framework, self.shown.version
        about = {
            "framework": framework,
            "version": version,
            "parts": parts_of(
                framework=framework.pk,
                name=framework.name,
                in_force=version is not None,
                current=self.part,
            ),
        }
        return render(self.request, template, {**about, **context}, status=status)


class FrameworkStep(FrameworkPart):
    """A page on which an owner does something beside a framework."""

    permission: ClassVar[Permission]
    access: FrameworkAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            SignInNeededError, Http404, PermissionDenied: as `access_framework`.
        """
        self.access = access_framework(
            request.user, kwargs["framework_id"], permission=self.permission
        )
        super().setup(request, *args, **kwargs)

    @property
    def person(self) -> User:
        """Who writes; `access_framework` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    @property
    def acting(self) -> Acting:
        """For which owner."""
        return self.access.acting(self.person, permission=self.permission)
