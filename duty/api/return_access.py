"""What every address of a return shares: the way in, and the return itself."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from rest_framework.request import Request

from authorities import access
from authorities.api.writes import WriteView, person_of
from authorities.models import LOCAL_ROLES, StrategicAuthority, User
from authorities.permissions import Permission
from duty.api.refusals import of_transition
from duty.lifecycle import TransitionRefusedError
from duty.models import Declaration, DutyReturn, Round, Submission
from duty.presenters.progress import lock_of
from duty.presenters.return_records import ReturnDetail, centre_detail, own_detail
from duty.queries.loaded import LoadedReturn, load
from duty.queries.returns import people_of
from duty.queries.review import state_of
from duty.queries.standing import Standing, standing

_READS = ("GET", "HEAD", "OPTIONS")


class ReturnView(WriteView):
    """An address of one return; who may not know of it is told that there is none."""

    permission: ClassVar[Permission] = Permission.RETURN_READ
    # What sending needs, where that is more than reading.
    write_permission: ClassVar[Permission | None] = None
    # Whether the centre may read here by its own right.
    centre_reads: ClassVar[bool] = False

    duty_return: DutyReturn

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, or not."""
        super().initial(request, *args, **kwargs)
        found = (
            DutyReturn.objects.select_related(
                "round__specification", "round__indicator_set_version__indicator_set", "authority"
            )
            .filter(pk=kwargs["return_id"])
            .first()
        )
        if found is None:
            raise Http404
        needed = self.permission
        if request.method not in _READS:
            needed = self.write_permission or self.permission
        elif self.centre_reads and access.may(request.user, Permission.SUBMITTED_RETURN_READ):
            needed = Permission.SUBMITTED_RETURN_READ
        access.access_authority(request.user, found.authority.slug, permission=needed)
        self.duty_return = found
        self.now = timezone.now()

    @property
    def person(self) -> User:
        """Who asks."""
        return person_of(self.request)

    @property
    def round(self) -> Round:
        """The return's round."""
        return self.duty_return.round

    @property
    def authority(self) -> StrategicAuthority:
        """The return's authority."""
        return self.duty_return.authority

    @property
    def own(self) -> bool:
        """Whether the caller works at the authority, and so may read its draft."""
        rights = access.rights_of(self.person).at(self.authority)
        return Permission.RETURN_READ in rights

    @cached_property
    def loaded(self) -> LoadedReturn:
        """The return as it now is."""
        return load(round_=self.round, authority=self.authority)

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing(loaded=self.loaded, now=self.now)

    def forget(self) -> None:
        """Read the return again, after something was stored or refused."""
        for name in ("loaded", "standing"):
            self.__dict__.pop(name, None)

    def detail(self) -> ReturnDetail:
        """Return what the caller may read of the return."""
        roles = frozenset(
            member.role
            for member in access.memberships_of(self.person)
            if member.role not in LOCAL_ROLES or member.body_id == self.authority.pk
        )
        submissions = tuple(
            Submission.objects.filter(duty_return=self.duty_return)
            .defer("content")
            .order_by("-number")
        )
        if not self.own:
            return centre_detail(
                loaded=self.loaded,
                state=state_of(
                    duty_return=self.loaded.duty_return, closing=self.loaded.closing, now=self.now
                ),
                submissions=submissions,
                roles=roles,
                now=self.now,
            )
        return own_detail(
            loaded=self.loaded,
            standing=self.standing,
            people=people_of(authority=self.authority),
            submissions=submissions,
            declaration=Declaration.objects.order_by("-version").first(),
            roles=roles,
            now=self.now,
        )

    def handle_exception(self, exc: Exception) -> Any:
        """Say why a step was refused, and what locks the return."""
        if isinstance(exc, TransitionRefusedError):
            self.forget()
            lock = (
                lock_of(
                    loaded=self.loaded,
                    standing=self.standing,
                    people=people_of(authority=self.authority),
                    now=self.now,
                )
                if self.own
                else None
            )
            closed = not self.loaded.closing.is_open(now=self.now)
            exc = of_transition(error=exc, lock=lock, closed=closed)
        return super().handle_exception(exc)
