"""What a new method of computing progress moves, before and when it is made public."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from authorities.views.csv_files import csv_answer
from outcomes.actions import progress_methods as actions
from outcomes.presenters import progress_methods as presenter
from outcomes.queries import progress_methods as queries


class ProgressMethods(View):
    """The public methods; for the centre, what each later one moves as well."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        with_later = may(request.user, Permission.PROGRESS_METHOD_READ)
        found = queries.compared(day=timezone.localdate())
        return render(
            request,
            "outcomes/progress_methods.html",
            {
                "page": presenter.present(
                    methods=[one for one in found if with_later or one.public_at is not None]
                ),
                "with_later": with_later,
                "may_publish": may(request.user, Permission.PROGRESS_METHOD_PUBLISH),
            },
        )


class _OneMethod(CentrePage):
    """Finds the method of the address."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the method.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such method.
        """
        super().setup(request, *args, **kwargs)
        found = next(
            (
                one
                for one in queries.compared(day=timezone.localdate())
                if one.number == kwargs["number"]
            ),
            None,
        )
        if found is None:
            raise Http404
        self.method = found


class ProgressMethodMoved(_OneMethod):
    """Every label that a later method would change."""

    permission: ClassVar[Permission] = Permission.PROGRESS_METHOD_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send them; the headings alone where nothing would."""
        return csv_answer(
            text=presenter.moved_csv(method=self.method),
            name=f"progress-method-{self.method.number}-moves.csv",
        )


class ProgressMethodPublish(_OneMethod):
    """Makes a method public."""

    permission: ClassVar[Permission] = Permission.PROGRESS_METHOD_PUBLISH

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask whether it is meant, beside what it moves."""
        return self._page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make it public."""
        try:
            actions.make_public(number=self.method.number, by=self.person, at=self.now)
        except actions.MethodRefusedError as error:
            return self._page(refused=str(error), status=409)
        messages.success(request, f"Pages show what method {self.method.number} says.")
        return redirect("progress:methods")

    def _page(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/progress_method_publish.html",
            method=presenter.one(method=self.method),
            refused=refused,
            status=status,
        )
