"""Steps of a framework's life that need no signature: proposed, given up, changed, adopted."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from authorities.permissions import Permission
from outcomes.access import Acting
from outcomes.actions import frameworks as actions
from outcomes.framework_forms.steps import AdoptForm, ChangeForm, DiscardForm
from outcomes.framework_forms.theory import ConfirmForm
from outcomes.framework_lifecycle import Event
from outcomes.models import FrameworkVersion
from outcomes.presenters.framework_draft import missing_links
from outcomes.queries.frameworks import contents_of, parties_of
from outcomes.views.framework_owners import StepPage


class FrameworkPropose(StepPage):
    """Check a draft and ask all owners to sign it."""

    event = Event.PROPOSE
    template = "outcomes/framework_propose.html"
    title = "Check and propose"
    button = "Propose it to all owners"
    done = "Proposed. The other owners are told that it waits for their signature."

    def form(self, data: Any = None) -> ConfirmForm:
        """Return the form with the number of the version that is looked at."""
        return ConfirmForm(data, initial={"version": self.version.version})

    def context(self) -> dict[str, Any]:
        """Say what is missing, and what differs from the version in force."""
        content = contents_of(versions=[self.version])[self.version.pk]
        return {
            "missing": missing_links(version=self.version, content=content),
            "parts": self.differs_from_agreed(),
            "edit_url": reverse(
                "outcomes:framework-edit", args=[self.version.framework_id, self.version.number]
            ),
        }

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Propose it."""
        assert isinstance(form, ConfirmForm)  # noqa: S101 - its own form
        return actions.propose(
            version=self.version,
            expected_version=form.seen,
            acting=self.acting,
            by=self.person,
            at=self.now,
        )


class FrameworkDiscard(StepPage):
    """A version is given up before it is agreed."""

    event = Event.DISCARD
    title = "Give this version up"
    lead = "It cannot be taken up again. What was agreed before stays in force."
    button = "Give it up"
    warns = True
    done = "Given up. All owners can read why."

    def form(self, data: Any = None) -> DiscardForm:
        """Return the form with the number of the version that is looked at."""
        return DiscardForm(data, initial={"version": self.version.version})

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Give it up."""
        assert isinstance(form, DiscardForm)  # noqa: S101 - its own form
        return actions.discard(
            version=self.version,
            expected_version=form.seen,
            reason=form.cleaned_data["reason"],
            acting=self.acting,
            by=self.person,
            at=self.now,
        )


class FrameworkChange(StepPage):
    """A change to an agreed framework begins."""

    event = Event.PROPOSE_CHANGE
    title = "Propose a change"
    lead = (
        "A copy of the agreed version becomes a draft that its owners can change. The agreed one "
        "stays in force until all owners have signed the new one."
    )
    button = "Begin the next version"
    done = "The next version is begun. The other owners are told."

    def form(self, data: Any = None) -> ChangeForm:
        """Return the form."""
        return ChangeForm(data)

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Begin the next version."""
        return actions.propose_change(
            version=self.version,
            reason=form.cleaned_data["reason"],
            acting=self.acting,
            by=self.person,
            at=self.now,
        )


class FrameworkAdopt(StepPage):
    """The successor of an owner stands by what was agreed."""

    permission = Permission.FRAMEWORK_SIGN
    event = Event.ADOPT
    title = "Stand by what was agreed"
    lead = (
        "Your organisation took over from one that signed this framework. Say here that it stands "
        "by it as it is; or propose a change instead."
    )
    button = "Our organisation stands by it"
    done = "Your organisation stands by the framework. The other owners are told."

    @property
    def acting(self) -> Acting:
        """Act for the owner that has to say it."""
        parties = parties_of(framework=self.version.framework, day=timezone.localdate(self.now))
        waiting = {party.body_id for party in parties if party.needs_reconfirmation}
        bodies = [body for body in self.access.bodies if body.pk in waiting] or list(
            self.access.bodies
        )
        return self.access.acting(self.person, permission=self.permission, body=bodies[0].pk)

    def is_open(self) -> bool:
        """Whether it waits for one of the person's own bodies."""
        parties = parties_of(framework=self.version.framework, day=timezone.localdate(self.now))
        waiting = {party.body_id for party in parties if party.needs_reconfirmation}
        return super().is_open() and bool(waiting & {body.pk for body in self.access.bodies})

    def form(self, data: Any = None) -> AdoptForm:
        """Return the form."""
        return AdoptForm(data)

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Stand by it."""
        return actions.adopt(version=self.version, acting=self.acting, by=self.person, at=self.now)
