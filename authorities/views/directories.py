"""The public lists of bodies: authorities, boards, councils, clusters and NHS regions."""

from typing import ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from authorities import queries
from authorities.models import BodyKind
from authorities.presenters import group_tables, tables
from authorities.views.dated import DatedPage

_COUNCILS_A_PAGE = 50


class AuthorityDirectory(DatedPage):
    """Every strategic authority of a day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        shown = tables.authority_directory_page(
            authorities=queries.authority_directory(as_at=self.as_at),
            as_at=self.as_at,
            asked=self.day_asked_for,
        )
        return self.page("authorities/authority_directory.html", shown)


class BoardDirectory(DatedPage):
    """Every integrated care board of a day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        shown = tables.board_directory_page(
            boards=queries.board_directory(as_at=self.as_at),
            as_at=self.as_at,
            asked=self.day_asked_for,
        )
        return self.page("authorities/board_directory.html", shown)


class CouncilDirectory(DatedPage):
    """Every council of a day, fifty a page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list; a page that is none is the first or the last."""
        councils = queries.council_directory(as_at=self.as_at)
        pages = Paginator(councils, _COUNCILS_A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        shown = group_tables.council_directory_page(
            councils=list(page.object_list),
            total=len(councils),
            page=page.number,
            pages=pages.num_pages,
            as_at=self.as_at,
            asked=self.day_asked_for,
        )
        return self.page("authorities/body_directory.html", shown)


class _GroupDirectory(DatedPage):
    """Every group of one kind on a day."""

    kind: ClassVar[BodyKind]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        shown = group_tables.group_directory_page(
            groups=queries.group_directory(kind=self.kind, as_at=self.as_at),
            kind=self.kind,
            as_at=self.as_at,
            asked=self.day_asked_for,
        )
        return self.page("authorities/body_directory.html", shown)


class ClusterDirectory(_GroupDirectory):
    """Every cluster of integrated care boards of a day."""

    kind = BodyKind.CLUSTER


class NhsRegionDirectory(_GroupDirectory):
    """Every NHS region of a day."""

    kind = BodyKind.NHS_REGION
