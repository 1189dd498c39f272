"""The page of a pair, and its placements as a file."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import access_pair, may, note_seen
from authorities.permissions import Permission
from authorities.queries import NoSuchPairError, PairFacts, pair_facts
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.models import Round
from duty.ui.navigation import BackLink
from engagement.access import may_read_three_steps, own_sides
from engagement.content import from_json
from engagement.models import Side
from engagement.presenters import own_views, placement_files, practice
from engagement.presenters import pairs as presenter
from engagement.presenters.matrix_words import words_by_version
from engagement.presenters.pair_lineage import lineage_block
from engagement.queries import drawings
from engagement.queries import own_views as view_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import placements as placement_queries
from engagement.queries import practice as practice_queries
from engagement.queries.finding_replies import shared_rounds
from engagement.queries.pair_lineage import lineage_of
from engagement.views.national import csv_response
from engagement.views.pair_commitments import commitments_block
from engagement.views.pair_partner_views import partner_block
from engagement.views.pair_support import support_block

# More stand in the library.
_MOST_EXAMPLES = 5


class PairMixin(View):
    """Finds the pair. Everybody may see what is published of it, the centre what is not, too."""

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair with the placements that the person may see.

        Raises:
            Http404: there is no such pair.
        """
        super().setup(request, *args, **kwargs)
        self.pair = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        ).pair
        central = may(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ)
        self.published = placement_queries.published_of_pair(pair=self.pair)
        self.working = placement_queries.working_of_pair(pair=self.pair) if central else ()
        if self.working:
            note_seen(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ, self.pair.authority)


class PairPage(PairMixin, TemplateView):
    """Why the pair is where it is, how the areas fit, and how it has moved."""

    template_name = "engagement/pair.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the facts that this person may see."""
        today = london_date(now=timezone.now())
        shown = self._shown()
        day = presenter.round_of(placement=shown).geography_date if shown else today
        slugs = [self.pair.authority.slug, self.pair.board.slug]
        views_of = view_queries.round_for_views()
        pair = presenter.present(
            pair=self.pair,
            names=pair_queries.names_of(pair=self.pair, on=today),
            short_names=pair_queries.short_names_of(pair=self.pair, on=today),
            shown=shown,
            published=self.published,
            working=self.working,
            current_facts=self._facts_today() if shown is None else None,
            today=today,
        )
        return {
            **super().get_context_data(**kwargs),
            "pair": pair,
            "matrix_words": pair.words,
            "own": self._own(views_of),
            "own_url": reverse("engagement:own-view", args=slugs),
            "partner": partner_block(
                self.request.user,
                pair=self.pair,
                round_=views_of,
                names=(pair.authority_name, pair.board_name),
                now=timezone.now(),
            ),
            "findings": self._findings(slugs),
            "lineage": lineage_block(found=lineage_of(pair=self.pair, today=today)),
            "locator": drawings.of_pair(pair=self.pair, on=day, at=timezone.now()),
            "commitments": commitments_block(
                self.request.user,
                pair=self.pair,
                on=today,
                page=page_number(request=self.request, name="promised"),
            ),
            "support": support_block(
                self.request.user,
                pair=self.pair,
                group=self.published[-1].group if self.published else None,
                on=today,
            ),
            "examples": self._examples(),
            "three_steps_url": reverse("three-steps:pair", args=slugs)
            if may_read_three_steps(self.request.user, pair=self.pair)
            else "",
            "back": BackLink(label="National picture", url=reverse("engagement:national")),
        }

    def _shown(self) -> presenter.AnyPlacement | None:
        """Return the placement asked for, else the newest published one.

        Raises:
            Http404: the round asked for has none that this person may see.
        """
        visible: list[presenter.AnyPlacement] = [*self.published, *self.working]
        asked = self.request.GET.get("round")
        if asked:
            for placement in visible:
                if presenter.round_of(placement=placement).slug == asked:
                    return placement
            raise Http404
        if self.published:
            return self.published[-1]
        return self.working[-1] if self.working else None

    def _examples(self) -> list[practice.ExampleCard]:
        """Return what others have shared for themes of the published placement; no judgement."""
        if not self.published:
            return []
        content = from_json(stored=self.published[-1].content)
        found = practice_queries.sharing_themes(
            themes=practice.themes_to_share(content=content),
            limit=_MOST_EXAMPLES,
            on=london_date(now=timezone.now()),
        )
        return [practice.card(facts=one) for one in found]

    def _facts_today(self) -> PairFacts | None:
        try:
            return pair_facts(
                authority_slug=self.pair.authority.slug,
                board_slug=self.pair.board.slug,
                as_at=london_date(now=timezone.now()),
            )
        except NoSuchPairError:
            return None

    def _findings(self, slugs: list[str]) -> list[tuple[str, str]]:
        """Return the rounds whose finding a member reads, each with its address."""
        if not own_sides(self.request.user, pair=self.pair, permission=Permission.FINDING_READ):
            return []
        return [
            (round_.name, reverse("findings:reply", args=[round_.slug, *slugs]))
            for round_ in shared_rounds(pair=self.pair)
        ]

    def _own(self, round: Round | None) -> own_views.SideViewFacts | None:
        """Return the view of the person's own side, and never that of the other."""
        if round is None:
            return None
        for side, body in (
            (Side.AUTHORITY, self.pair.authority),
            (Side.BOARD, self.pair.board),
        ):
            if may(self.request.user, Permission.OWN_VIEW_READ, body):
                return own_views.own_view(
                    pair=self.pair,
                    round=round,
                    side=side,
                    names=pair_queries.names_of(pair=self.pair, on=round.geography_date),
                    now=timezone.now(),
                )
        return None


class PairPlacements(PairMixin):
    """The pair's published placements as CSV, the earliest round first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file; without a published placement it has its headings only."""
        lines = []
        for placement in self.published:
            publication = placement.publication
            version = placement.content["group_map_version"]
            lines.append(
                (
                    placement_files.RoundLine(
                        slug=publication.round.slug,
                        name=publication.round.name,
                        working=False,
                        revision=publication.number,
                        published_at=publication.published_at,
                        geography_date=publication.round.geography_date.isoformat(),
                        rubric_version=str(placement.content["rubric_version"]),
                        group_map_version=version,
                        computed_at=None,
                    ),
                    placement_queries.row_of(placement=placement),
                    placement_queries.reasons_of(placement=placement),
                )
            )
        text = placement_files.write_csv(
            lines=lines,
            words_by_version=words_by_version(
                versions=[one.content["group_map_version"] for one in self.published]
            ),
            demonstration=settings.DEMONSTRATION,
        )
        name = f"placements-{self.pair.authority.slug}-{self.pair.board.slug}.csv"
        return csv_response(text=text, name=name)
