"""Periods are locked against files of bodies, and locks are lifted."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from outcomes.actions import period_locks as actions
from outcomes.forms import LiftLockForm, PeriodLockForm
from outcomes.models import PeriodLock
from outcomes.presenters import period_locks as presenter
from outcomes.queries import period_locks as queries


class PeriodLockList(CentrePage):
    """The locks, those in force first."""

    permission: ClassVar[Permission] = Permission.VALUES_APPROVE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        may_lock = self.may(Permission.PERIODS_LOCK)
        found = queries.lock_page(
            page=page_number(request=request), today=timezone.localdate(self.now)
        )
        return self.show(
            "outcomes/period_locks.html",
            page=presenter.lock_list(found=found, may_lift=may_lock),
            may_lock=may_lock,
        )


class PeriodLockAdd(CentrePage):
    """Locks periods."""

    permission: ClassVar[Permission] = Permission.PERIODS_LOCK

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for which periods, and why."""
        return self._page(PeriodLockForm(day=timezone.localdate(self.now)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lock them."""
        form = PeriodLockForm(request.POST, day=timezone.localdate(self.now))
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        try:
            actions.lock(
                start_date=said["first_day"],
                end_date=said["last_day"] + timedelta(days=1),
                indicator=said["indicator"],
                body=said["body"],
                reason=said["reason"],
                by=self.person,
                at=self.now,
            )
        except actions.LockRefusedError as error:
            form.add_error(error.field or None, str(error))
            return self._page(form, status=422)
        messages.success(request, "The periods are locked.")
        return redirect("outcomes:period-locks")

    def _page(self, form: PeriodLockForm, *, status: int = 200) -> HttpResponse:
        return self.show("outcomes/period_lock_add.html", form=form, status=status)


class PeriodUnlock(CentrePage):
    """Lifts a lock."""

    permission: ClassVar[Permission] = Permission.PERIODS_LOCK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the lock.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such lock.
        """
        super().setup(request, *args, **kwargs)
        found = queries.lock_of(pk=kwargs["lock_id"], today=timezone.localdate(self.now))
        if found is None:
            raise Http404
        self.lock = found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask why."""
        return self._page(LiftLockForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lift it."""
        form = LiftLockForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.lift(
                lock_id=self.lock.id,
                reason=form.cleaned_data["reason"],
                by=self.person,
                at=self.now,
            )
        except PeriodLock.DoesNotExist as error:
            raise Http404 from error
        except actions.LockRefusedError as error:
            form.add_error(error.field or None, str(error))
            return self._page(form, status=409)
        messages.success(request, "The lock is lifted.")
        return redirect("outcomes:period-locks")

    def _page(self, form: LiftLockForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/period_unlock.html",
            form=form,
            span=presenter.span_words(lock=self.lock),
            what=presenter.what_words(lock=self.lock),
            lock=self.lock,
            status=status,
        )
