"""Sending a return for sign-off, signing it, sending it back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.actions.keyed_requests import KeyReusedError
from authorities.permissions import Permission
from duty.actions import sign_off
from duty.forms.steps import DeclineForm, SignForm, SubmitForm
from duty.lifecycle import ReturnState, TransitionRefusedError
from duty.models import Declaration
from duty.presenters.board_signatures import framework_lines
from duty.presenters.sign_off import sign_off_page
from duty.views.form_keys import once
from duty.views.return_page import ReturnPage
from duty.views.unsent import KeepsTyped, refilled

_SUBMITTED = frozenset(
    {ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED}
)


class ReturnSignOff(KeepsTyped, ReturnPage):
    """What is to be sent or signed, and by whom."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        if self.loaded.duty_return is None:
            return redirect(self.addresses.tasks)
        kept = self.kept_data
        return self.page(decline=None if kept is None else refilled(self.decline_form(kept)))

    @property
    def kept_at(self) -> str:
        """The page that shows the forms of every step."""
        return reverse(
            "duty:return-sign-off", args=[self.kwargs["round_slug"], self.kwargs["authority_slug"]]
        )

    def page(
        self,
        *,
        sign: SignForm | None = None,
        decline: DeclineForm | None = None,
        status: int = 200,
        refused: str = "",
    ) -> HttpResponse:
        """Render, with forms of their own or those that were sent."""
        if status != 200:
            # A step was refused: show where the return stands now, not when the page was opened.
            self.forget()
        declaration = Declaration.objects.order_by("-version").first()
        page = sign_off_page(
            loaded=self.loaded,
            standing=self.standing,
            people=self.people,
            declaration=declaration,
            person=self.user,
            now=self.now,
        )
        # Made here, so that the same form sent twice is known to be the same, and a page that was
        # opened before the return changed says so.
        read = {
            "form_key": uuid4(),
            "version": self.loaded.duty_return.version if self.loaded.duty_return else 0,
            "declaration_version": declaration.version if declaration else 0,
        }
        return self.show(
            "duty/return_sign_off.html",
            status=status,
            page=page,
            sign_form=sign or SignForm(initial=read),
            submit_form=SubmitForm(initial=read),
            decline_form=decline or self.decline_form(initial=read),
            form=sign or decline,
            refused=refused,
            board_lines=(*self._framework_lines(), *self.board_lines()),
        )

    def _framework_lines(self) -> tuple[str, ...]:
        """Say who has signed the frameworks; what was submitted keeps what was so then."""
        if self.standing.state in _SUBMITTED or not self.loaded.boards:
            return ()
        return framework_lines(slots=self.loaded.slots, derived=self.loaded.derived)

    def decline_form(self, data: Any = None, **more: Any) -> DeclineForm:
        """Return the form for sending it back, with the sections as the round calls them."""
        return DeclineForm(data, sections=self.round.specification.section_choices, **more)


class _SignOffStep(ReturnSignOff):
    """A step that is sent from the page; asked for by itself, it leads back there."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page, where the buttons are."""
        return redirect(self.addresses.sign_off)

    def step(
        self, take: Callable[[], object], *, said: str, decline: DeclineForm | None = None
    ) -> HttpResponse:
        """Take a step once and say so, or say why not, with what was typed for it."""

        def taken() -> HttpResponse:
            try:
                take()
            except TransitionRefusedError as error:
                return self.page(decline=decline, status=409, refused=str(error))
            except sign_off.UnreadError as error:
                return self.page(decline=self._read_now(), status=409, refused=str(error))
            messages.success(self.request, said)
            return redirect(self.addresses.tasks)

        try:
            return once(request=self.request, make=taken, by=self.user, at=self.now)
        except KeyReusedError:
            return self.page(
                decline=decline,
                status=422,
                refused="Open the page again and send the form from there.",
            )

    def _read_now(self) -> DeclineForm:
        """Return the refusal as it was typed: with what has changed read, it may be sent again."""
        self.forget()
        data = self.request.POST.copy()
        data["version"] = str(self.duty_return.version)
        return self.decline_form(data)


class ReturnSend(_SignOffStep):
    """Sends a return for sign-off."""

    permission = Permission.RETURN_EDIT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it."""
        return self.step(
            lambda: sign_off.send_for_sign_off(
                duty_return=self.duty_return, by=self.user, at=self.now
            ),
            said="The return was sent for sign-off. Its answers are locked.",
        )


class ReturnRecall(_SignOffStep):
    """Takes a return back from sign-off."""

    permission = Permission.RETURN_EDIT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        return self.step(
            lambda: sign_off.recall(duty_return=self.duty_return, by=self.user, at=self.now),
            said="The return was taken back. Confirm each section again before you send it.",
        )


class ReturnDecline(_SignOffStep):
    """Sends a return back to its editors."""

    permission = Permission.RETURN_SIGN

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decline, with a reason."""
        form = self.decline_form(request.POST)
        if not form.is_valid():
            return self.page(decline=form, status=422)
        return self.step(
            lambda: sign_off.decline(
                duty_return=self.duty_return,
                reason=form.cleaned_data["reason"],
                sections=form.cleaned_data["sections"],
                expected_version=form.cleaned_data["version"],
                by=self.user,
                at=self.now,
            ),
            said="The return was sent back to its editors with your reason.",
            decline=form,
        )


class ReturnSign(_SignOffStep):
    """Signs and submits a return."""

    permission = Permission.RETURN_SIGN

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Sign; the same form sent twice stores once."""
        form = SignForm(request.POST)
        if not form.is_valid():
            return self.page(sign=form, status=422)
        try:
            sign_off.sign_and_submit(
                duty_return=self.duty_return,
                declaration_ticked=form.cleaned_data["declaration"],
                form_key=form.cleaned_data["form_key"],
                expected_version=form.cleaned_data["version"],
                expected_declaration=form.cleaned_data["declaration_version"],
                by=self.user,
                at=self.now,
            )
        except (
            TransitionRefusedError,
            sign_off.NoDeclarationError,
            sign_off.FormKeyTakenError,
            sign_off.UnreadError,
        ) as error:
            return self.page(status=409, refused=str(error))
        return redirect(self.addresses.submitted)


class ReturnSubmit(_SignOffStep):
    """Submits a return in a round that asks no signature."""

    permission = Permission.RETURN_EDIT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Submit; the same form sent twice stores once."""
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, refused="Open the page again and submit from there.")
        try:
            sign_off.submit(
                duty_return=self.duty_return,
                form_key=form.cleaned_data["form_key"],
                expected_version=form.cleaned_data["version"],
                by=self.user,
                at=self.now,
            )
        except (
            TransitionRefusedError,
            sign_off.FormKeyTakenError,
            sign_off.UnreadError,
        ) as error:
            return self.page(status=409, refused=str(error))
        return redirect(self.addresses.submitted)
