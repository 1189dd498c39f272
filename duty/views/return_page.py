"""What every page of a return shares: the way in, and the return itself."""

from typing import Any, ClassVar
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from authorities.access import access_authority, rights_of
from authorities.models import StrategicAuthority, User
from authorities.permissions import Permission
from duty.models import DutyReturn, Round
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.board_signatures import board_lines
from duty.queries.loaded import LoadedReturn, load
from duty.queries.returns import People, people_of
from duty.queries.standing import Standing, standing


class ReturnPage(View):
    """A page of one authority's return in one round.

    The authority is reached first, so that a stranger learns nothing of rounds or returns.
    """

    permission: ClassVar[Permission] = Permission.RETURN_READ
    # What a form of the page needs, where that is more than reading it.
    write_permission: ClassVar[Permission | None] = None

    user: User
    authority: StrategicAuthority
    round: Round

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not."""
        super().setup(request, *args, **kwargs)
        needed = self.permission
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            needed = self.write_permission or self.permission
        self.authority = access_authority(
            request.user, kwargs["authority_slug"], permission=self.permission_for(request, needed)
        )
        found = (
            Round.objects.filter(slug=kwargs["round_slug"]).select_related("specification").first()
        )
        if found is None or not isinstance(request.user, User):
            raise Http404
        self.round = found
        self.user = request.user
        self.now = timezone.now()

    def permission_for(self, request: HttpRequest, needed: Permission) -> Permission:
        """Return the right that this request needs."""
        return needed

    @cached_property
    def loaded(self) -> LoadedReturn:
        """The return as it now is."""
        return load(round_=self.round, authority=self.authority)

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing(loaded=self.loaded, now=self.now)

    @cached_property
    def people(self) -> People:
        """Who works on it."""
        return people_of(authority=self.authority)

    def board_lines(self) -> tuple[str, ...]:
        """Return what the boards that the return asks about have confirmed."""
        return board_lines(
            authority_id=self.authority.pk,
            boards={board.slug: board.name for board in self.loaded.boards},
        )

    @property
    def addresses(self) -> ReturnAddresses:
        """The addresses of its pages."""
        return ReturnAddresses(self.round.slug, self.authority.slug)

    @property
    def duty_return(self) -> DutyReturn:
        """The return's row.

        Raises:
            Http404: nobody has started it.
        """
        if self.loaded.duty_return is None:
            raise Http404
        return self.loaded.duty_return

    def may(self, permission: Permission) -> bool:
        """Whether the person has this right here; for what a page offers."""
        return permission in rights_of(self.user).at(self.authority)

    def forget(self) -> None:
        """Read the return again, after something was stored."""
        for name in ("loaded", "standing"):
            self.__dict__.pop(name, None)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the return, with what the person may do there."""
        rights = {
            "addresses": self.addresses,
            "is_test_round": self.round.is_test,
            "may_edit": self.may(Permission.RETURN_EDIT),
            "may_sign": self.may(Permission.RETURN_SIGN),
            # Made here, so that the same form sent twice is known to be the same.
            "form_key": uuid4(),
        }
        return render(self.request, template, rights | context, status=status)
