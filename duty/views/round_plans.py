"""A round is planned, copied, and changed while it is a draft."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.actions import rounds
from duty.forms.rounds import PlanForm, plan_of
from duty.models import Round
from duty.presenters.rounds import days_of
from duty.round_lifecycle import RoundEvent, RoundGuard, RoundRefusedError, following_period
from duty.ui.components import SummaryRow
from duty.ui.navigation import BackLink
from duty.views.round_pages import RoundPage, say_refusal
from duty.views.unsent import KeepsTyped, refilled

_MANAGE = Permission.ROUND_MANAGE


class PlanPage(KeepsTyped, CentrePage):
    """A form of a whole round."""

    permission: ClassVar[Permission] = _MANAGE

    def ask(self, form: PlanForm, *, title: str, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form, with what came in after the session's end if anything did."""
        if (kept := self.kept_data) is not None:
            form = refilled(PlanForm(kept, asks_test="is_test" in form.fields))
        return self.show("duty/round_plan.html", status=status, form=form, title=title, **more)

    def make(self, form: PlanForm, *, source: Round | None) -> Round | None:
        """Store a draft; None, with the problems in the form, where that cannot be."""
        is_test = form.cleaned_data["is_test"]
        try:
            if source is None:
                return rounds.create(plan=form.plan(), is_test=is_test, by=self.person, at=self.now)
            return rounds.copy(
                source=source, plan=form.plan(), is_test=is_test, by=self.person, at=self.now
            )
        except rounds.RoundExistsError as error:
            form.add_error("name", str(error))
        except rounds.RoundDatesError as error:
            form.add_problems(error.problems)
        except rounds.SpecificationNotPublishedError as error:
            form.add_error("specification", str(error))
        return None

    def drafted(self, made: Round) -> HttpResponse:
        """Say so, and lead to the new round."""
        messages.success(self.request, "The draft is stored. Schedule it when it is ready.")
        return redirect("rounds:control", round_slug=made.slug)


class RoundNew(PlanPage):
    """A round starts as a draft."""

    _words: ClassVar[dict[str, Any]] = {"title": "Plan a round"}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what it is to be."""
        return self.ask(PlanForm(), back=self._back(), **self._words)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the draft."""
        form = PlanForm(request.POST)
        made = self.make(form, source=None) if form.is_valid() else None
        if made is None:
            return self.ask(form, back=self._back(), status=422, **self._words)
        return self.drafted(made)

    def _back(self) -> BackLink:
        return BackLink("Rounds", reverse("rounds:list"))


class RoundCopy(PlanPage, RoundPage):
    """A draft that asks what another round asked; its answers stay where they are."""

    permission: ClassVar[Permission] = _MANAGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Suggest the period after it, with every date as much later."""
        return self.ask(PlanForm(initial=_next_period(self.round)), **self._words())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the draft."""
        form = PlanForm(request.POST)
        made = self.make(form, source=self.round) if form.is_valid() else None
        if made is None:
            return self.ask(form, status=422, **self._words())
        return self.drafted(made)

    def _words(self) -> dict[str, Any]:
        return {"title": f"Copy {self.round.name}", "copies": True}


class RoundEdit(PlanPage, RoundPage):
    """A draft is changed."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.CHANGE

    def sent_form(self) -> PlanForm:
        """Return the plan as it was sent."""
        return PlanForm(self.request.POST, asks_test=False)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is stored."""
        form = PlanForm(initial=plan_of(self.round), asks_test=False)
        return self.ask(form, title=f"Change {self.round.name}")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the change, or say what is to be corrected."""
        form = PlanForm(request.POST, asks_test=False)
        if not form.is_valid():
            return self.ask(form, title=f"Change {self.round.name}", status=422)
        try:
            rounds.change_draft(
                round_=self.round,
                plan=form.plan(),
                expected_version=form.cleaned_data["version"] or 0,
                by=self.person,
                at=self.now,
            )
        except RoundRefusedError as error:
            return self._refused(form, error)
        return self.done("The draft is stored.")

    def _refused(self, form: PlanForm, error: RoundRefusedError) -> HttpResponse:
        """Keep what was typed beside what is stored, and let it be sent again."""
        stale = RoundGuard.VERSION_MATCHES in error.guards
        self.round.refresh_from_db()
        kept = self.request.POST.copy()
        kept["version"] = str(self.round.version)
        form.data = kept
        say_refusal(form=form, error=error)
        stored = [SummaryRow(key, value) for key, value in days_of(round_=self.round)]
        return self.ask(
            form,
            title=f"Change {self.round.name}",
            status=409,
            stored=[SummaryRow("Name", self.round.name), *stored] if stale else (),
        )


def _next_period(source: Round) -> dict[str, Any]:
    """Return the period after a round's, and its dates as much later, on the same weekdays."""
    first, last = following_period(first=source.covers_from, last=source.covers_to)
    later = timedelta(weeks=round((first - source.covers_from).days / 7))
    moved = {
        name: value + later
        for name, value in plan_of(source).items()
        if name.endswith(("_on", "_until")) and value is not None
    }
    return {
        **plan_of(source),
        **moved,
        "name": "",
        "covers_from": first,
        "covers_to": last,
        "geography_date": source.geography_date + (last - source.covers_to),
    }
