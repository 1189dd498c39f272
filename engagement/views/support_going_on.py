"""After a change of bodies: a body says with which pair it goes on with support, if it does."""

from typing import Any

from django import forms
from django.urls import reverse

from authorities.models import Body
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import support_succession
from engagement.forms.support import GoOnForm
from engagement.models import Enrolment
from engagement.queries.support_successions import pairs_to_choose
from engagement.support_access import access_going_on
from engagement.views.support_forms import FormPage, Page


class GoOn(FormPage):
    """A signatory goes on with an enrolment or a peer link whose pair ended."""

    permission = Permission.SUPPORT_ANSWER

    def let_in(self) -> None:
        """Find it, and the pairs that the person's bodies may go on with."""
        access = access_going_on(self.request.user, self.kwargs["noun"], self.kwargs["row_id"])
        self.row = access.row
        self.pairs = {
            str(pair.pk): (pair, name, body_id)
            for body_id in access.body_ids
            for pair, name in pairs_to_choose(
                row=self.row, body_id=body_id, on=london_date(now=self.now)
            )
        }

    def form(self, data: Any = None) -> forms.Form:
        """Ask with which pair."""
        return GoOnForm(
            data, pairs=[(key, name) for key, (_pair, name, _body) in self.pairs.items()]
        )

    @property
    def leads(self) -> str:
        """Where it is read, or the body's own page while it may not be."""
        name = "enrolment" if isinstance(self.row, Enrolment) else "link"
        return reverse(f"support:{name}", args=[self.row.pk])

    def page(self) -> Page:
        """Say what follows."""
        own = next(body for _pair, _name, body in self.pairs.values())
        return Page(
            title="Go on after the change of bodies",
            caption=self.row.offer.title if isinstance(self.row, Enrolment) else "Peer link",
            lead="The pair that this was for has ended. Taking part stays voluntary: say with "
            "which pair your organisation goes on, or leave it afterwards as before.",
            button="Go on with it",
            back=BackLink("Our support", reverse("support:own", args=[own])),
        )

    def store(self, form: Any) -> tuple[str, str]:
        """Go on with it."""
        pair, _name, body_id = self.pairs[form.cleaned_data["pair"]]
        support_succession.go_on(
            row=self.row,
            pair=pair,
            body=Body.objects.get(pk=body_id),
            by=self.person,
            at=self.now,
        )
        return "Your organisation goes on with it.", self.leads
