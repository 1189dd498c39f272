"""A pair in two pages for a board or committee: as a page that prints, and as a document."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import access_pair
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.documents.board_summary import board_summary_pdf
from engagement.presenters import board_summary as presenter
from engagement.queries.board_summary import summary_of


class _OfPair(View):
    """Lets in both bodies and the centre."""

    permission = Permission.COMMITMENT_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair.

        Raises:
            Http404, PermissionDenied: as `access_pair`.
        """
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.pair = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        ).pair

    def made(self) -> presenter.BoardSummary:
        """Return the summary of today."""
        return presenter.present(
            facts=summary_of(pair=self.pair, on=london_date(now=self.now)),
            demonstration=settings.DEMONSTRATION,
        )


class BoardSummaryPage(_OfPair, TemplateView):
    """The summary as a page."""

    template_name = "engagement/board_summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the summary."""
        slugs = [self.pair.authority.slug, self.pair.board.slug]
        return {
            **super().get_context_data(**kwargs),
            "made": self.made(),
            "pdf_url": reverse("commitments:summary-pdf", args=slugs),
            "back": BackLink("Commitments of the pair", reverse("commitments:pair", args=slugs)),
        }


class BoardSummaryDocument(_OfPair):
    """The same as a tagged PDF."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send it."""
        day = london_date(now=self.now).isoformat()
        name = f"summary-{self.pair.authority.slug}-{self.pair.board.slug}-{day}.pdf"
        return HttpResponse(
            board_summary_pdf(summary=self.made(), at=self.now),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
