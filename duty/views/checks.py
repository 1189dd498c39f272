"""Checking all answers, and marking sections complete."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from authorities.actions.keyed_requests import KeyReusedError
from authorities.permissions import Permission
from duty.actions import returns
from duty.forms.steps import CompleteSectionForm, Unusual
from duty.lifecycle import ReturnState, TransitionRefusedError
from duty.presenters.checks import CheckPage, CheckSection, check_page
from duty.queries.links import dead_links_of
from duty.queries.returns import earlier_submission
from duty.queries.soft_warnings import decisions_of, open_warnings
from duty.views.form_keys import once
from duty.views.return_page import ReturnPage
from duty.views.unsent import KeepsTyped, refilled


class ReturnCheck(KeepsTyped, ReturnPage):
    """All answers, with what is left to do."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show every section."""
        if self.loaded.duty_return is None:
            return redirect(self.addresses.tasks)
        return self.page(kept=self.kept_data)

    @property
    def kept_at(self) -> str:
        """The page that shows the forms of all sections."""
        return reverse(
            "duty:return-check", args=[self.kwargs["round_slug"], self.kwargs["authority_slug"]]
        )

    def presented(self) -> CheckPage:
        """Return what the page shows."""
        decisions = decisions_of(loaded=self.loaded)
        last = earlier_submission(round_=self.round, authority=self.authority)
        return check_page(
            loaded=self.loaded,
            standing=self.standing,
            people=self.people,
            warnings=open_warnings(
                loaded=self.loaded, last=last, decisions=decisions, now=self.now
            ),
            decisions=decisions,
            now=self.now,
            links=dead_links_of(loaded=self.loaded),
        )

    def page(
        self,
        *,
        bound: CompleteSectionForm | None = None,
        kept: MultiValueDict[str, str] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render, with a form for each section that is not done; one of them perhaps sent."""
        if status != 200:
            # A step was refused: show where the return stands now.
            self.forget()
        page = self.presented()
        for section in page.sections if kept is not None else ():
            # A form's fields begin with its section.
            if any(name.startswith(f"{section.code}-") for name in kept or ()):
                bound = refilled(_form_of(section, data=kept))
        sections = [
            (section, bound if bound and bound.prefix == section.code else _form_of(section))
            for section in page.sections
        ]
        return self.show(
            "duty/return_check.html",
            status=status,
            page=page,
            sections=sections,
            form=bound,
            board_lines=self.board_lines(),
        )


class SectionComplete(ReturnCheck):
    """Marks a section complete."""

    permission = Permission.RETURN_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the answers, where the button is."""
        return redirect(self.addresses.check)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Complete the section, or show what it lacks."""
        code = kwargs["section"]
        section = next((one for one in self.presented().sections if one.code == code), None)
        if section is None or self.loaded.duty_return is None:
            raise Http404
        form = _form_of(section, data=request.POST)
        if not form.is_valid():
            return self.page(bound=form, status=422)
        try:
            return once(
                request=request,
                make=lambda: self._completed(form, code),
                by=self.user,
                at=self.now,
            )
        except KeyReusedError:
            form.add_error(None, "Open the page again and send the form from there.")
            return self.page(bound=form, status=422)

    def _completed(self, form: CompleteSectionForm, code: str) -> HttpResponse:
        try:
            reached = returns.mark_section_complete(
                duty_return=self.duty_return,
                section=code,
                gaps_reason=form.cleaned_data.get("gaps_reason", ""),
                warning_reasons=form.warning_reasons,
                by=self.user,
                at=self.now,
            )
        except (
            returns.SectionNotCompleteError,
            returns.GapsNotExplainedError,
            returns.WarningsNotConfirmedError,
        ) as error:
            form.add_error(None, str(error))
            return self.page(bound=form, status=422)
        except TransitionRefusedError as error:
            form.add_error(None, str(error))
            return self.page(bound=form, status=409)
        messages.success(self.request, f"“{self.loaded.title(code)}” is completed.")
        ready = reached == ReturnState.READY
        return redirect(self.addresses.sign_off if ready else self.addresses.tasks)


def _form_of(section: CheckSection, data: Any = None) -> CompleteSectionForm:
    return CompleteSectionForm(
        gaps=section.gaps,
        unusual=[
            Unusual(key=one.key, heading=one.heading, message=one.message)
            for one in section.unusual
        ],
        data=data,
        prefix=section.code,
        initial={"gaps_reason": section.gaps_reason},
    )
