"""A framework is begun from one of the pairs that are to own it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.access import access_pair, acting_as, rights_of
from authorities.models import Body, Pair
from authorities.permissions import Permission
from outcomes.access import Acting
from outcomes.actions import frameworks as actions
from outcomes.actions.framework_steps import NotAPartyError
from outcomes.framework_forms.steps import StartForm
from outcomes.presenters.framework_words import owners_text
from outcomes.queries import framework_pages as pages
from outcomes.views.frameworks import person_of


class FrameworkStart(View):
    """A framework is begun from one of the pairs that are to own it."""

    permission = Permission.FRAMEWORK_EDIT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair.

        Raises:
            Http404, PermissionDenied: as `access_pair`; 404 too for who is of neither side.
        """
        super().setup(request, *args, **kwargs)
        access = access_pair(
            request.user, kwargs["authority_slug"], kwargs["board_slug"], permission=self.permission
        )
        self.pair, self.today = access.pair, timezone.localdate()
        self.sides = access.pair.authority, access.pair.board
        self.starts = pages.pairs_to_start(
            body_id=self.pair.authority_id, is_authority=True, day=self.today
        )

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The ICBs that may own it, by the key of their pair."""
        return [(str(one.id), one.name) for one in self.starts]

    def get(self, request: HttpRequest, **address: str) -> HttpResponse:
        """Ask, with this pair's ICB chosen; a pair that has one is led there."""
        if self.pair.pk not in {one.id for one in self.starts}:
            return redirect("outcomes:pair-framework", *address.values())
        return self._show(StartForm.first(boards=self.choices, chosen=[str(self.pair.pk)]))

    def post(self, request: HttpRequest, **address: str) -> HttpResponse:
        """Begin it."""
        begun = pages.begun_with(key=request.POST.get("form_key", ""), by=person_of(request))
        if begun is not None:
            return redirect("outcomes:framework-edit", begun, 1)
        form = StartForm(request.POST, boards=self.choices)
        if not form.is_valid():
            return self._show(form, status=422)
        chosen = {UUID(one) for one in form.cleaned_data["boards"]}
        pairs = list(Pair.objects.select_related("board").filter(pk__in=chosen).order_by("pk"))
        try:
            version = actions.start(
                authority=self.pair.authority,
                pairs=pairs,
                name=form.cleaned_data["name"],
                form_key=form.cleaned_data["form_key"],
                acting=self._acting(pairs),
                by=person_of(request),
                at=timezone.now(),
            )
        except (actions.NoPartnerError, actions.PartnerTakenError, NotAPartyError) as error:
            form.add_error("boards", str(error))
            return self._show(form, status=422)
        except actions.NameMissingError as error:
            form.add_error("name", str(error))
            return self._show(form, status=422)
        messages.success(request, "The framework is begun. Only its owners can see it so far.")
        return redirect("outcomes:framework-edit", version.framework_id, version.number)

    def _acting(self, pairs: list[Pair]) -> Acting:
        """Act for the authority where the person may, else for one of the ICBs chosen."""
        at_bodies = rights_of(self.request.user).at_bodies
        bodies: list[Body] = [self.pair.authority, *(pair.board for pair in pairs), self.pair.board]
        own = next(
            body for body in bodies if self.permission in at_bodies.get(str(body.pk), frozenset())
        )
        member = acting_as(self.request.user, self.permission, own)
        return Acting(body=own, role=member.role)

    def _show(self, form: StartForm, *, status: int = 200) -> HttpResponse:
        names = [pages.named(body=body, day=self.today) for body in self.sides]
        return render(
            self.request,
            "outcomes/framework_start.html",
            {"form": form, "names": owners_text(names), "pair": self.pair},
            status=status,
        )
