"""The people of a body: who holds roles, who is invited and who has left, and what can be done."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.access import access_body, may
from authorities.actions import invitations, memberships, tokens
from authorities.forms.people import InviteForm, RoleForm
from authorities.models import LOCAL_ROLES, Body, BodyKind, Invitation, Membership, Role, User
from authorities.permissions import Permission
from authorities.presenters import people as presenter
from authorities.queries import people as queries
from authorities.queries.tokens import count_in_force

_REFUSALS = (invitations.InvitationError, memberships.RoleDoesNotFitError)


def end_of(*, last_day: date) -> datetime:
    """Return the instant at which a last day is over in London."""
    return datetime.combine(
        last_day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone()
    )


class BodyPeoplePage(View):
    """A page of one body's people."""

    permission: ClassVar[Permission] = Permission.BODY_PEOPLE_MANAGE
    body: Body
    kind: BodyKind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            SignInNeededError, Http404, PermissionDenied, ProofNeededError: as `access_body`.
        """
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        self.body = access_body(request.user, self.kind, kwargs["slug"], permission=self.permission)
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    @property
    def person(self) -> User:
        """Who looks or writes; `access_body` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        return render(self.request, template, context, status=status)

    def to_list(self) -> HttpResponse:
        """Lead to the list of people."""
        return redirect(presenter.people_url(name="people", kind=self.kind, slug=self.body.slug))

    def member(self, key: int) -> Membership:
        """Return a role at the body.

        Raises:
            Http404: there is none.
        """
        found = Membership.objects.filter(body_id=self.body.pk, pk=key).first()
        if found is None:
            raise Http404
        return found


class BodyPeople(BodyPeoplePage):
    """Who holds which role; who may change it finds the ways to."""

    permission = Permission.BODY_PEOPLE_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the list."""
        found = queries.body_people(body=self.body, at=self.now, today=self.today)
        return self.show(
            "authorities/people.html",
            page=presenter.people_page(
                people=found,
                kind=self.kind,
                slug=self.body.slug,
                may_manage=may(self.person, Permission.BODY_PEOPLE_MANAGE, self.body),
            ),
        )


class PeopleInvite(BodyPeoplePage):
    """The form that invites somebody."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self._show(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Invite, and go back to the list."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        last_day = form.cleaned_data["last_day"]
        try:
            made = invitations.invite(
                email=form.cleaned_data["email"],
                body=self.body,
                role=Role(form.cleaned_data["role"]),
                role_ends_at=end_of(last_day=last_day) if last_day else None,
                by=self.person,
                at=self.now,
            )
        except _REFUSALS as refusal:
            form.add_error("email", str(refusal))
            return self._show(form, status=422)
        flash.success(
            request, f"A mail is on its way to {made.email}. The link in it works for 14 days."
        )
        return self.to_list()

    def _form(self, data: Any = None) -> InviteForm:
        roles = [role for role in Role if (role in LOCAL_ROLES) == (self.kind != BodyKind.NATIONAL)]
        return InviteForm(data, roles=roles, today=self.today)

    def _show(self, form: InviteForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "authorities/people_invite.html",
            status=status,
            form=form,
            name=queries.body_name(body=self.body, today=self.today),
            list_url=presenter.people_url(name="people", kind=self.kind, slug=self.body.slug),
        )


class _InvitationStep(BodyPeoplePage):
    """Something that is done with an invitation that waits."""

    def invitation(self, key: UUID) -> Invitation:
        """Return an invitation to the body.

        Raises:
            Http404: there is none.
        """
        found = Invitation.objects.filter(body_id=self.body.pk, pk=key).first()
        if found is None:
            raise Http404
        return found


class InvitationSendAgain(_InvitationStep):
    """Sends the mail of an invitation once more, with a new link."""

    def post(self, request: HttpRequest, invitation_id: UUID, **kwargs: Any) -> HttpResponse:
        """Send it, and go back to the list."""
        try:
            row = invitations.send_again(
                invitation=self.invitation(invitation_id), by=self.person, at=self.now
            )
        except invitations.InvitationError as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(
                request,
                f"A new mail is on its way to {row.email}. The link in the mail before no longer "
                "works.",
            )
        return self.to_list()


class InvitationWithdraw(_InvitationStep):
    """Takes an invitation back."""

    def post(self, request: HttpRequest, invitation_id: UUID, **kwargs: Any) -> HttpResponse:
        """Take it back, and go back to the list."""
        row = self.invitation(invitation_id)
        try:
            invitations.withdraw(invitation=row, by=self.person, at=self.now)
        except invitations.InvitationError as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(request, f"The invitation of {row.email} is withdrawn.")
        return self.to_list()


class PeopleRole(BodyPeoplePage):
    """One role: confirm it, end it, or change its end."""

    def get(self, request: HttpRequest, key: int, **kwargs: Any) -> HttpResponse:
        """Show what is known of it, with the form."""
        member = self.member(key)
        return self._show(member, self._form(member))

    def post(self, request: HttpRequest, key: int, **kwargs: Any) -> HttpResponse:
        """End it, or change its end."""
        member = self.member(key)
        form = self._form(member, request.POST)
        if not form.is_valid():
            return self._show(member, form, status=422)
        what, meant = form.cleaned_data["what"], form.cleaned_data.get("last_is_meant", False)
        try:
            if what == RoleForm.NOW:
                memberships.end(membership=member, by=self.person, at=self.now, last_is_meant=meant)
            else:
                last_day = form.cleaned_data["last_day"]
                memberships.change_end(
                    membership=member,
                    ends_at=end_of(last_day=last_day) if what == RoleForm.DAY else None,
                    by=self.person,
                    at=self.now,
                    last_is_meant=meant,
                )
        except memberships.LastOfRoleError as refusal:
            # It may have become the last one since the page was shown.
            form = self._form(member, request.POST, is_last=True)
            form.is_valid()
            form.add_error("last_is_meant", str(refusal))
            return self._show(member, form, status=422, is_last=True)
        except memberships.RoleChangeError as refusal:
            form.add_error("what", str(refusal))
            return self._show(member, form, status=422)
        flash.success(
            request, "The role has ended." if what == RoleForm.NOW else "The end is changed."
        )
        # Who has just left leads nobody any more.
        if member.user_id == self.person.pk and what == RoleForm.NOW:
            return redirect("home")
        return self.to_list()

    def _is_over(self, member: Membership) -> bool:
        return member.ended_at is not None and member.ended_at <= self.now

    def _is_last(self, member: Membership) -> bool:
        return member.role in (Role.SIGNATORY, Role.PEOPLE_LEAD) and not (
            memberships.others_in_role(member=member, past=self.now)
        )

    def _form(
        self, member: Membership, data: Any = None, *, is_last: bool | None = None
    ) -> RoleForm:
        last = self._is_last(member) if is_last is None else is_last
        return RoleForm(
            data,
            today=self.today,
            ends=member.ended_at is not None,
            is_last=last,
            noun=presenter.noun_of(role=Role(member.role)),
        )

    def _show(
        self,
        member: Membership,
        form: RoleForm,
        *,
        status: int = 200,
        is_last: bool | None = None,
    ) -> HttpResponse:
        role = queries.role_of(body=self.body, key=member.pk, today=self.today)
        assert role is not None  # noqa: S101 - it was found a moment ago
        page = presenter.role_page(
            role=role,
            name=queries.body_name(body=self.body, today=self.today),
            kind=self.kind,
            slug=self.body.slug,
            is_last=self._is_last(member) if is_last is None else is_last,
            is_own=member.user_id == self.person.pk,
            over=self._is_over(member),
            # Who has left is looked after by others.
            tokens=0
            if self._is_over(member)
            else count_in_force(person_id=member.user_id, at=self.now),
        )
        return self.show(
            "authorities/people_role.html", status=status, page=page, form=form, key=member.pk
        )


class PeopleTokensRevoke(BodyPeoplePage):
    """Revokes the tokens of somebody who has a role at the body."""

    def post(self, request: HttpRequest, key: int, **kwargs: Any) -> HttpResponse:
        """Revoke all of them, and go back to the role.

        Raises:
            Http404: nobody has this role now.
        """
        member = self.member(key)
        if member.ended_at is not None and member.ended_at <= self.now:
            raise Http404
        try:
            tokens.revoke_all(person=member.user, by=self.person, at=self.now, body=self.body)
        except tokens.TokenError as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(
                request, "The tokens are revoked. Programs that use them are refused from now on."
            )
        return redirect(
            presenter.people_url(
                name="people-role", kind=self.kind, slug=self.body.slug, key=member.pk
            )
        )


class PeopleConfirm(BodyPeoplePage):
    """Confirms that people still need their roles: one of them, or all that were read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the list that is confirmed."""
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Confirm what was read."""
        keys = [int(one) for one in request.POST.get("read", "").split(",") if one.isdecimal()]
        everybody = request.POST.get("what") != "one"
        current = {one.key for one in self._roles()}
        if not keys or (everybody and set(keys) != current):
            return self._changed()
        members = list(Membership.objects.filter(body_id=self.body.pk, pk__in=keys))
        try:
            count = memberships.confirm(
                members=members, body=self.body, by=self.person, at=self.now
            )
        except memberships.ListChangedError:
            return self._changed()
        flash.success(request, f"{presenter.counted(count, 'role is', 'roles are')} confirmed.")
        return self.to_list()

    def _roles(self) -> tuple[queries.HeldRole, ...]:
        return queries.roles_to_confirm(body=self.body, by=self.person, today=self.today)

    def _changed(self) -> HttpResponse:
        return self._show(
            status=409,
            problem="The list of people has changed since you opened it. Nothing was confirmed. "
            "Read it again.",
        )

    def _show(self, *, status: int = 200, problem: str = "") -> HttpResponse:
        page = presenter.confirm_page(
            roles=self._roles(),
            name=queries.body_name(body=self.body, today=self.today),
            kind=self.kind,
            slug=self.body.slug,
        )
        return self.show(
            "authorities/people_confirm.html", status=status, page=page, problem=problem
        )
