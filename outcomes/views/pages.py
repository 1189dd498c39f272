"""What pages of one authority have in common."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic.base import View

from authorities.access import Visitor, access_authority
from authorities.models import StrategicAuthority, User
from authorities.permissions import PUBLIC, Permission


class NotSignedInError(RuntimeError):
    """A page for members was reached without a member."""


class AuthorityPageMixin(View):
    """A page of one authority: names the right that it needs, and has the authority if held."""

    permission: Permission
    authority: StrategicAuthority

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who is there before who may: signing in may be all that is missing."""
        if self.permission not in PUBLIC and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.authority = access_authority(
            request.user, kwargs["authority_slug"], permission=self.permission
        )
        return super().dispatch(request, *args, **kwargs)

    @property
    def visitor(self) -> Visitor:
        """Who looks at the page."""
        return self.request.user

    @property
    def member(self) -> User:
        """Who is signed in.

        Raises:
            NotSignedInError: the page is public, so nobody need be.
        """
        if not isinstance(self.request.user, User):
            raise NotSignedInError
        return self.request.user
