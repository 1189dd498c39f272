"""The task list of a return, and its start."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.permissions import Permission
from duty.actions import returns
from duty.lifecycle import TransitionRefusedError
from duty.presenters.tasks import task_list_page
from duty.queries.links import dead_links_of
from duty.views.return_page import ReturnPage


class ReturnTasks(ReturnPage):
    """The sections of a return with their states."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the task list."""
        page = task_list_page(
            loaded=self.loaded,
            standing=self.standing,
            people=self.people,
            person=self.user,
            may_sign=self.may(Permission.RETURN_SIGN),
            now=self.now,
        )
        dead = len(dead_links_of(loaded=self.loaded))
        return self.show("duty/return_tasks.html", page=page, dead_links=dead)


class ReturnStart(ReturnPage):
    """Starts a return."""

    permission = Permission.RETURN_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the task list, where the button is."""
        return redirect(self.addresses.tasks)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Start, or go on with what was started before."""
        try:
            returns.start(round_=self.round, authority=self.authority, by=self.user, at=self.now)
        except TransitionRefusedError as error:
            messages.error(request, str(error))
        return redirect(self.addresses.tasks)
