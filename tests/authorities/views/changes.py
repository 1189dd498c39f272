"""What the tests of the pages of changes share."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.actions.reorganisations import Heading
from authorities.models import Reorganisation, Role, User
from authorities.reorganisation.operations import Operation
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.stored_changes import AHEAD, merger

BOARDS = "integrated_care_board"
HEADING = {
    "title": "Merger in Yorkshire",
    "effective_date": "1 April 2027",
    "source": "A statement",
    "certainty": "high",
}
MERGER = merger("south-yorkshire", "west-yorkshire", into="yorkshire", name="Yorkshire")


@dataclass(frozen=True)
class Centre:
    """People of the centre, each with a browser that is signed in."""

    people: dict[Role, User] = field(default_factory=dict)
    clients: dict[Role, Client] = field(default_factory=dict)

    @classmethod
    def arrive(cls) -> "Centre":
        """Make one person of each role."""
        centre = cls()
        for role in (Role.ANALYST, Role.LEAD_ANALYST, Role.ADMINISTRATOR, Role.MODERATOR):
            centre.people[role] = NationalMembershipFactory(role=role).user
            centre.clients[role] = Client()
            centre.clients[role].force_login(centre.people[role])
        return centre

    def draft(
        self, *operations: Operation, on: date = AHEAD, what_if: bool = False, title: str = "Change"
    ) -> Reorganisation:
        """Draft a change by its actions, as the analyst."""
        by, now = self.people[Role.ANALYST], timezone.now()
        made = reorganisations.draft(
            heading=Heading(
                title=title, effective_date=on, source="Order", certainty="high", what_if=what_if
            ),
            by=by,
            at=now,
        )
        if operations:
            reorganisations.add_operation(
                reorganisation=made, version=1, operations=operations, by=by, at=now
            )
        made.refresh_from_db()
        return made

    def send(
        self,
        change: Reorganisation,
        page: str,
        *more: object,
        role: Role = Role.ANALYST,
        query: str = "",
        version: int | None = None,
        **answers: Any,
    ) -> Any:
        """Send a form of a change, with the version that it has now."""
        change.refresh_from_db(fields=["version"])
        url = reverse(f"changes:{page}", args=[change.pk, *more])
        return self.clients[role].post(
            f"{url}{query}", {"version": version or change.version, **answers}
        )

    def preview(self, change: Reorganisation) -> Reorganisation:
        """Preview it by its page."""
        response = self.send(change, "preview-make")
        assert response.status_code == 302, response.content.decode()
        change.refresh_from_db()
        return change


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """Return the errors of the page's form, by its questions."""
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def page_of(
    centre: Centre, change: Reorganisation, page: str = "detail", role: Role = Role.ANALYST
) -> str:
    """Return a page of a change as somebody of the centre sees it."""
    response = centre.clients[role].get(reverse(f"changes:{page}", args=[change.pk]))
    assert response.status_code == 200
    return str(response.content.decode())
