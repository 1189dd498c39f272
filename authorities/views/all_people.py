"""All people of the site, for administrators: the list, and what is done with an account."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.actions import people as actions
from authorities.actions.memberships import RoleChangeError, remove_second_steps
from authorities.actions.tokens import TokenError, revoke_all
from authorities.forms.people import PeopleFilterForm
from authorities.models import User
from authorities.permissions import Permission
from authorities.presenters import all_people as presenter
from authorities.queries import all_people as queries
from authorities.queries.tokens import count_in_force
from authorities.views.centre import CentrePage, page_number


def _remove(*, person: User, by: User, at: datetime) -> None:
    remove_second_steps(person=person, by=by, at=at)


def _revoke_tokens(*, person: User, by: User, at: datetime) -> None:
    revoke_all(person=person, by=by, at=at)


# What may be done with an account: the action, and what is said once it is done.
_STEPS: Mapping[str, tuple[Callable[..., None], str]] = {
    "close": (actions.close_account, "The account is closed. All its sessions have ended."),
    "open": (actions.open_account, "The account is open again."),
    "end-sessions": (actions.sign_out_everywhere, "All sessions of this person have ended."),
    "remove-steps": (
        _remove,
        "The second steps are removed. The next sign-in asks for a new one.",
    ),
    "revoke-tokens": (
        _revoke_tokens,
        "The tokens are revoked. Programs that use them are refused from now on.",
    ),
}


class AllPeople(CentrePage):
    """People over all bodies, to search and to narrow."""

    permission: ClassVar[Permission] = Permission.PEOPLE_MANAGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        today = timezone.localdate(self.now)
        form = PeopleFilterForm(request.GET or None, bodies=queries.bodies_with_roles(today=today))
        asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
        wanted = queries.Wanted(
            words=asked.get("q", ""),
            body_id=UUID(asked["body"]) if asked.get("body") else None,
            role=asked.get("role", ""),
            show=queries.Show(asked.get("show", "")),
            page=page_number(request=request),
        )
        return self.show(
            "authorities/all_people.html",
            form=form,
            page=presenter.all_people_page(
                people=queries.people_list(wanted=wanted, at=self.now, today=today),
                asked=asked,
                bodies=queries.open_bodies(today=today),
            ),
        )


class PersonDetail(CentrePage):
    """One person, with roles and account."""

    permission: ClassVar[Permission] = Permission.PEOPLE_MANAGE

    def get(self, request: HttpRequest, person_id: UUID, **kwargs: Any) -> HttpResponse:
        """Show what is known.

        Raises:
            Http404: there is no such person.
        """
        found = queries.person_of(key=person_id, at=self.now, today=timezone.localdate(self.now))
        if found is None:
            raise Http404
        page = presenter.person_page(
            person=found,
            steps=queries.second_steps(key=person_id),
            tokens=count_in_force(person_id=person_id, at=self.now),
            is_own=person_id == self.person.pk,
        )
        return self.show("authorities/person.html", page=page)


class PersonStep(CentrePage):
    """Does one thing with an account."""

    permission: ClassVar[Permission] = Permission.PEOPLE_MANAGE

    def post(self, request: HttpRequest, person_id: UUID, step: str, **kwargs: Any) -> HttpResponse:
        """Do it, and go back to the person.

        Raises:
            Http404: there is no such person, or no such thing to do.
        """
        found = User.objects.filter(pk=person_id).first()
        if found is None or step not in _STEPS:
            raise Http404
        act, done = _STEPS[step]
        try:
            act(person=found, by=self.person, at=self.now)
        except (RoleChangeError, TokenError) as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(request, done)
        return redirect("authorities:person", person_id)
