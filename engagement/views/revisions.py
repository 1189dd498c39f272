"""The revisions of a published round, each at its own address, and what changed between two."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from authorities.access import may, rights_of
from authorities.permissions import Permission
from duty.models import Round
from engagement.models import Publication
from engagement.presenters import placement_files, revisions
from engagement.presenters.matrix_words import words_by_version, words_of_placements
from engagement.presenters.placement_files import file_note
from engagement.queries import placements, publications
from engagement.views.national import csv_response
from engagement.views.paging import page_of


class RevisionView(View):
    """Anybody reads what is published; before its instant a revision does not exist here."""

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round with its revisions.

        Raises:
            Http404: nothing of it is published.
        """
        super().setup(request, *args, **kwargs)
        found = Round.objects.filter(slug=kwargs["round_slug"]).first()
        if found is None:
            raise Http404
        self.round = found
        self.revisions = publications.visible_revisions(round_=found)
        if not self.revisions:
            raise Http404

    def numbered(self, number: int) -> Publication:
        """Return a revision by its number.

        Raises:
            Http404: there is none that may be seen.
        """
        for one in self.revisions:
            if one.number == number:
                return one
        raise Http404

    @property
    def may_read_returns(self) -> bool:
        """Whether the person may know of returns of a published round."""
        return Permission.PUBLISHED_RETURN_READ in rights_of(
            self.request.user
        ).once_published or may(self.request.user, Permission.SUBMITTED_RETURN_READ)

    def show(self, template: str, **context: Any) -> HttpResponse:
        """Render a page of the round."""
        return render(
            self.request,
            template,
            {
                "round": self.round,
                "revisions": revisions.revision_lines(
                    revisions=self.revisions, slug=self.round.slug
                ),
                **context,
            },
        )


class RevisionList(RevisionView):
    """All revisions, the newest first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        lines = revisions.revision_lines(revisions=self.revisions, slug=self.round.slug)
        shown = page_of(request=request, rows=lines, part="page")
        return self.show("engagement/revisions.html", shown=shown)


class RevisionPage(RevisionView):
    """One revision as it was published."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it, and whether a newer one stands."""
        revision = self.numbered(kwargs["number"])
        found = placements.published_placements(publication=revision)
        return self.show(
            "engagement/revision.html",
            revision=revision,
            newest=self.revisions[0],
            pairs=revisions.pair_lines(placements=found, slug=self.round.slug),
            matrix_words=words_of_placements(placements=found),
            returns=revisions.return_lines(returns=publications.returns_of(publication=revision))
            if self.may_read_returns
            else (),
        )


class RevisionFile(RevisionView):
    """The placements of one revision as CSV."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        revision = self.numbered(kwargs["number"])
        lines = []
        found = placements.published_placements(publication=revision)
        for one in found:
            version = one.content["group_map_version"]
            line = placement_files.RoundLine(
                slug=self.round.slug,
                name=self.round.name,
                working=False,
                revision=revision.number,
                published_at=revision.published_at,
                geography_date=self.round.geography_date.isoformat(),
                rubric_version=str(one.content["rubric_version"]),
                group_map_version=version,
                computed_at=None,
            )
            lines.append(
                (line, placements.row_of(placement=one), placements.reasons_of(placement=one))
            )
        text = placement_files.write_csv(
            lines=lines,
            words_by_version=words_by_version(
                versions=[one.content["group_map_version"] for one in found]
            ),
            demonstration=settings.DEMONSTRATION,
        )
        return csv_response(
            text=text, name=f"placements-{self.round.slug}-revision-{revision.number}.csv"
        )


class RevisionDifference(RevisionView):
    """What changed from one revision to another."""

    def found(self) -> revisions.Difference:
        """Compare the two."""
        self.before = self.numbered(self.kwargs["before"])
        self.after = self.numbered(self.kwargs["after"])
        before, after = (
            placements.published_placements(publication=one) for one in (self.before, self.after)
        )
        were, are = (
            publications.returns_of(publication=one) if self.may_read_returns else ()
            for one in (self.before, self.after)
        )
        return revisions.difference(placements=(before, after), returns=(were, are))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the changes in words."""
        found = self.found()
        return self.show(
            "engagement/revision_difference.html",
            difference=found,
            before=self.before,
            after=self.after,
            tells_returns=self.may_read_returns,
        )


class RevisionDifferenceFile(RevisionDifference):
    """The same as CSV."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        text = revisions.difference_csv(
            found=self.found(), note=file_note(demonstration=settings.DEMONSTRATION)
        )
        name = f"changes-{self.round.slug}-{self.before.number}-{self.after.number}.csv"
        return csv_response(text=text, name=name)
