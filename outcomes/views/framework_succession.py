"""A framework without one of its owners: one is chosen, or the framework is ended."""

from typing import Any

from django import forms
from django.utils import timezone

from authorities.permissions import Permission
from authorities.presenters.words import day_text
from outcomes.access import Acting, authority_side
from outcomes.actions import framework_endings, framework_succession
from outcomes.framework_forms.steps import NOBODY, AssignForm, EndForm
from outcomes.framework_lifecycle import Event
from outcomes.models import FrameworkVersion
from outcomes.queries import framework_owners
from outcomes.views.framework_owners import StepPage


class FrameworkAssign(StepPage):
    """The authority's side chooses who goes on in place of an owner that ended."""

    permission = Permission.FRAMEWORK_SIGN
    event = Event.ASSIGN
    title = "Choose who goes on with it"
    button = "Choose this owner"
    done = "Chosen. Who goes on with it is asked to stand by what is agreed."

    def form(self, data: Any = None) -> AssignForm:
        """Return the form for the first owner that nobody follows yet."""
        partner = framework_owners.first_without_successor(framework=self.version.framework)
        return AssignForm(
            data, pairs=self.choices(), initial={"partner": partner.pk if partner else None}
        )

    def choices(self) -> list[tuple[str, str]]:
        """Return who may go on in the owner's place."""
        framework = self.version.framework
        partner = framework_owners.first_without_successor(framework=framework)
        if partner is None:
            return []
        today = timezone.localdate(self.now)
        found = [
            (str(one.pair_id), f"{one.board}, with {one.authority}")
            for one in framework_owners.named_choices(partner=partner, day=today)
        ]
        if framework_owners.has_other_owners(framework=framework):
            found.append((NOBODY, "Nobody: its other owners go on with it"))
        return found

    def context(self) -> dict[str, Any]:
        """Say which owner ended, and what to do where nobody can follow it."""
        waiting = framework_owners.without_successor(framework=self.version.framework)
        if not waiting:
            return {}
        lead = (
            f"{waiting[0].name} ended on {day_text(day=waiting[0].ended_on)}. Who goes on in its "
            "place is asked to stand by what is agreed, and signs what is proposed from now on."
        )
        if not self.choices():
            lead += (
                " No pair that follows is free to go on with it: end the framework, or end the "
                "other one that the pair owns."
            )
        return {"lead": lead}

    def is_open(self) -> bool:
        """Whether there is an owner to choose, and the person signs for the authority's side."""
        framework = self.version.framework
        sides = {body.pk for body in authority_side(framework=framework)}
        return (
            super().is_open()
            and bool(sides & {body.pk for body in self.access.bodies})
            and framework_owners.first_without_successor(framework=framework) is not None
        )

    @property
    def acting(self) -> Acting:
        """Act for the authority's side, where the person signs for it."""
        sides = {body.pk for body in authority_side(framework=self.version.framework)}
        bodies = [body for body in self.access.bodies if body.pk in sides] or list(
            self.access.bodies
        )
        return self.access.acting(self.person, permission=self.permission, body=bodies[0].pk)

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Store the choice."""
        assert isinstance(form, AssignForm)  # noqa: S101 - its own form
        return framework_succession.assign(
            version=self.version,
            partner_id=form.cleaned_data["partner"],
            pair_id=form.pair_id,
            acting=self.acting,
            by=self.person,
            at=self.now,
        )


class FrameworkEnd(StepPage):
    """An owner ends what was agreed."""

    permission = Permission.FRAMEWORK_SIGN
    event = Event.END
    title = "End this framework"
    lead = (
        "It is in force no longer, stands in no dashboard, and its owners may begin another. It "
        "can still be read, with the reason. A next version that is on its way is given up with it."
    )
    button = "End the framework"
    warns = True
    done = "Ended. The other owners are told, and everybody can read why."

    def form(self, data: Any = None) -> EndForm:
        """Return the form."""
        return EndForm(data)

    def take(self, form: forms.Form) -> FrameworkVersion:
        """End it."""
        return framework_endings.end(
            version=self.version,
            reason=form.cleaned_data["reason"],
            acting=self.acting,
            by=self.person,
            at=self.now,
        )
