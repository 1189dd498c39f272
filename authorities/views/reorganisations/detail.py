"""The page of one change."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from authorities.actions.reorganisation_checks import standing_problems
from authorities.models import ReorganisationState
from authorities.permissions import Permission
from authorities.presenters.links import BackLink
from authorities.presenters.reorganisations.detail import ChangeRights, change_page
from authorities.queries.change_names import names_in
from authorities.queries.reorganisations import change_of, had_a_hand, preview_of, steps_of
from authorities.views.reorganisations.pages import ChangeTemplatePage


class ChangeDetail(ChangeTemplatePage):
    """What happens, what stands in the way, what is next, and what was done."""

    template_name = "authorities/change_detail.html"

    def back_link(self) -> BackLink:
        """Return the link to the list."""
        return BackLink("Changes", reverse("changes:list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page."""
        row = self.reorganisation
        change = change_of(row)
        drafting = row.state == ReorganisationState.INCOMPLETE
        return {
            **super().get_context_data(**kwargs),
            "page": change_page(
                reorganisation=row,
                change=change,
                names=names_in(change),
                standing=standing_problems(reorganisation=row, today=timezone.localdate())
                if drafting
                else None,
                preview=preview_of(row),
                roles=self.roles_not_decided(),
                steps=steps_of(row),
                positions=list(
                    row.operations.order_by("position").values_list("position", flat=True)
                ),
                rights=ChangeRights(
                    propose=self.may(Permission.REORGANISATION_PROPOSE),
                    approve=self.may(Permission.REORGANISATION_APPROVE),
                    apply=self.may(Permission.REORGANISATION_APPLY),
                    cancel=self.may(Permission.REORGANISATION_CANCEL),
                ),
                had_a_hand=had_a_hand(reorganisation=row, person=self.person),
            ),
        }
