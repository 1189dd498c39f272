"""All commitments of a body in a table to choose from."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.models import CommitmentState
from engagement.presenters import body_lists as presenter
from engagement.presenters import commitment_filter
from engagement.queries import body_lists as queries
from engagement.queries.commitment_filter import ALL
from engagement.views.body_pages import AuthorityPage, BoardPage, BodyPage
from engagement.views.commitment_lists import asked_in, due_since


class BodyList(BodyPage, TemplateView):
    """A body's commitments in any state, a page of a table at a time."""

    template_name = "engagement/commitments_all.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of rows, and the selects above them."""
        today = london_date(now=timezone.now())
        is_own = may(self.request.user, Permission.HOME_READ, self.body)
        partners = queries.partners_of(body=self.body, side=self.side, on=today)
        asked = queries.known_partner(asked=asked_in(self.request), partners=partners)
        found = queries.body_list(
            rows=queries.of_body(
                partners=partners,
                side=self.side,
                asked=asked,
                on=today,
                since=due_since(asked=asked, on=today) or today,
            ),
            names=partners.names,
            on=today,
            page=page_number(request=self.request),
        )
        slugs = [self.body.slug]
        return {
            **super().get_context_data(**kwargs),
            "table": presenter.table_of(
                name=partners.body.name,
                found=found,
                side=self.side,
                is_own=is_own,
                asked=asked != ALL,
            ),
            "asked": asked != ALL,
            "filters": commitment_filter.filters(
                asked=asked,
                states=CommitmentState.values,
                is_own=is_own,
                partners=partners.others,
            ),
            "page_url": commitment_filter.page_url(asked=asked),
            "csv_url": reverse(f"commitments:{self.page_name}-csv", args=slugs)
            + commitment_filter.asked_query(asked=asked),
            "back": BackLink(
                label="Commitments", url=reverse(f"commitments:{self.page_name}", args=slugs)
            ),
        }


class BoardList(BoardPage, BodyList):
    """All commitments of an ICB."""


class AuthorityList(AuthorityPage, BodyList):
    """All commitments of an authority."""
