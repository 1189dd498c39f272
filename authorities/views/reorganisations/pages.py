"""What all pages of one change share: who is let in, what is shown again when a form is refused."""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from authorities.access import access_reorganisation
from authorities.actions.reorganisations import (
    NotDecidedError,
    ReasonMissingError,
    ReorganisationProblemsError,
    SecondPersonError,
    StaleReorganisationError,
    StillWaitingError,
    WhatIfError,
)
from authorities.forms.reorganisations.problems import ProblemForm
from authorities.models import Reorganisation, ReorganisationState
from authorities.permissions import Permission
from authorities.presenters.links import BackLink
from authorities.presenters.reorganisations.roles import RolesNotDecided, roles_section
from authorities.queries.dated import names_on
from authorities.queries.reorganisations import roles_left, roles_not_decided
from authorities.reorganisation.states import State, Step, WrongStateError, next_state
from authorities.views.centre import CentrePage

_AFTER_PREVIEW = frozenset(
    set(ReorganisationState) - {ReorganisationState.INCOMPLETE, ReorganisationState.CANCELLED}
)


class ReorganisationPage(CentrePage):
    """A page of the centre about changes."""

    permission = Permission.REORGANISATION_READ


class ChangePage(ReorganisationPage):
    """A page of one change."""

    reorganisation: Reorganisation
    # What the page is for; where the state does not allow it, there is nothing to fill in.
    step: Step | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the change.

        Raises:
            Http404, PermissionDenied: as `access_reorganisation`.
        """
        super().setup(request, *args, **kwargs)
        self.reorganisation = access_reorganisation(
            request.user, kwargs["reorganisation_id"], permission=self.permission
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the change, and say why, where its state does not allow the step."""
        if request.method == "GET" and self.step is not None:
            try:
                next_state(state=State(self.reorganisation.state), step=self.step)
            except WrongStateError as error:
                messages.info(request, str(error))
                return redirect("changes:detail", reorganisation_id=self.reorganisation.pk)
        return super().dispatch(request, *args, **kwargs)

    def back_link(self) -> BackLink:
        """Return the link to the change."""
        return BackLink(
            label=self.reorganisation.title,
            url=reverse("changes:detail", args=[self.reorganisation.pk]),
        )

    def roles_not_decided(self) -> RolesNotDecided | None:
        """Return the roles at bodies that end about which the change decides nothing."""
        row = self.reorganisation
        state = ReorganisationState(row.state)
        if row.what_if or state not in _AFTER_PREVIEW:
            return None
        roles = roles_left(row) if state is ReorganisationState.APPLIED else roles_not_decided(row)
        names = names_on(
            day=row.effective_date - timedelta(days=1), bodies={role.body_id for role in roles}
        )
        return roles_section(
            reorganisation=row,
            roles=roles,
            names={role.body_id: names.short_name(role.body_id) for role in roles},
            may_propose=self.may(Permission.REORGANISATION_PROPOSE),
        )

    def done(self, message: str = "") -> HttpResponse:
        """Say what was stored, and go back to the change."""
        if message:
            messages.success(self.request, message)
        return redirect("changes:detail", reorganisation_id=self.reorganisation.pk)


class ChangeTemplatePage(ChangePage, TemplateView):
    """A page of one change that takes no form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the change and the way back."""
        return {
            **super().get_context_data(**kwargs),
            "change": self.reorganisation,
            "back": self.back_link(),
        }


class ProblemFormPage(ABC, ReorganisationPage, FormView):  # type: ignore[type-arg]  # generic to mypy only
    """A form whose refusal shows what was typed again, with what is to be corrected."""

    @abstractmethod
    def store(self, form: Any) -> HttpResponse:
        """Store what was entered, and lead on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it, or say why it cannot be stored."""
        problem_form: ProblemForm = form
        try:
            return self.store(problem_form)
        except StaleReorganisationError:
            return self.overtaken(problem_form)
        except ReorganisationProblemsError as error:
            problem_form.add_problems(error.problems)
        except ReasonMissingError as error:
            problem_form.add_error("reason", str(error))
        except StillWaitingError as error:
            problem_form.add_error(
                "override_reason" if "override_reason" in problem_form.fields else None, str(error)
            )
        except (SecondPersonError, NotDecidedError, WhatIfError) as error:
            problem_form.add_error(None, str(error))
        except WrongStateError as error:
            problem_form.add_error(None, str(error))
            return self.shown_again(problem_form, status=409)
        return self.form_invalid(problem_form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again as one that could not be taken."""
        return self.shown_again(form, status=422)

    def shown_again(self, form: forms.Form, *, status: int, **more: Any) -> HttpResponse:
        """Show the form with what was typed."""
        return self.render_to_response(self.get_context_data(form=form, **more), status=status)

    def overtaken(self, form: ProblemForm) -> HttpResponse:
        """Show the form of a change that somebody else has changed meanwhile."""
        return self.shown_again(form, status=409, overtaken=True)


class ChangeFormPage(ChangePage, ProblemFormPage):
    """A form about one change."""

    def get_initial(self) -> dict[str, Any]:
        """Give the form the version that is seen."""
        return {"version": self.reorganisation.version}

    def overtaken(self, form: ProblemForm) -> HttpResponse:
        """Keep what was typed, and let it be sent again once the change has been looked at."""
        self.reorganisation.refresh_from_db(
            fields=["version", "state", "title", "effective_date", "preview"]
        )
        kept = self.request.POST.copy()
        kept["version"] = str(self.reorganisation.version)
        form.data = kept
        return super().overtaken(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the change and the way back."""
        return {
            **super().get_context_data(**kwargs),
            "change": self.reorganisation,
            "change_url": reverse("changes:detail", args=[self.reorganisation.pk]),
            "back": self.back_link(),
        }
