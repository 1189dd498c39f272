"""A person's own account."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.models import User
from duty import words
from duty.deadlines import london_date
from duty.ui.components import Cell, Column, SummaryRow
from engagement.queries.people import roles_of


class Account(LoginRequiredMixin, TemplateView):
    """Who one is here, and the way to another password. Everybody has their own only."""

    template_name = "engagement/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give name, address and roles."""
        person = self.request.user
        assert isinstance(person, User)  # noqa: S101 - the mixin has sent others to sign in
        roles = roles_of(person, on=london_date(now=timezone.now()))
        return {
            **super().get_context_data(**kwargs),
            "rows": [
                SummaryRow(key="Name", value=person.full_name),
                SummaryRow(key="E-mail address", value=person.email),
            ],
            "columns": [Column(label="Body"), Column(label="Role"), Column(label="Since")],
            "roles": [
                [
                    Cell(text=role.name),
                    Cell(text=str(role.role.label)),
                    Cell(text=words.london_date(moment=role.since)),
                ]
                for role in roles
            ],
        }
