"""What the parties of a partnership agreement promise each other under it, by theme."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.agreement_access import AgreementAccess, access_agreement
from duty.deadlines import london_date
from duty.queries.agreements import facts_of
from duty.ui.navigation import BackLink
from engagement.models import Side
from engagement.presenters import agreement_commitments as presenter
from engagement.presenters import body_lists
from engagement.queries import agreement_commitments as queries


class AgreementCommitments(TemplateView):
    """The commitments under an agreement: an ICB sees those of its own pair alone."""

    template_name = "engagement/commitments_agreement.html"
    access: AgreementAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the agreement.

        Raises:
            Http404, PermissionDenied: as `access_agreement`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_agreement(
            request.user, kwargs["agreement_id"], permission=Permission.AGREEMENT_READ
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the counts by theme, and a page of rows."""
        today = london_date(now=timezone.now())
        agreement = self.access.agreement
        facts = facts_of(
            agreement=agreement,
            shown=self.access.shown,
            to_authority=self.access.of_authority,
            on=today,
        )
        rows = queries.under_agreement(agreement_id=agreement.pk, boards=self._boards())
        found = queries.list_by_theme(
            rows=rows, names=facts.names, on=today, page=page_number(request=self.request)
        )
        table = body_lists.table_of(
            name=facts.content.title,
            found=found,
            side=Side.AUTHORITY,
            is_own=self.access.of_authority,
            asked=False,
        )
        counts = queries.counts_by_theme(rows=rows)
        return {
            **super().get_context_data(**kwargs),
            "title": facts.content.title,
            "columns": presenter.COLUMNS,
            "counts": presenter.count_rows(counts=counts),
            "table": table,
            "back": BackLink(facts.content.title, reverse("agreements:page", args=[agreement.pk])),
        }

    def _boards(self) -> list[Any] | None:
        """Return whose pairs are seen; None for all."""
        user, row = self.request.user, self.access.agreement
        if self.access.of_authority or may(user, Permission.COMMITMENT_READ):
            return None
        readable = (
            body.pk for body in self.access.bodies if may(user, Permission.COMMITMENT_READ, body)
        )
        return [key for key in readable if key != row.authority_id]
