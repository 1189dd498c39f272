"""All views of the other side of a round as a file for the centre; who took it is kept."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from authorities.views.csv_files import csv_answer
from duty.actions import downloads
from engagement.presenters import partner_views as presenter
from engagement.presenters.matrix_words import level_words_of
from engagement.presenters.placement_files import file_note
from engagement.queries import partner_views
from engagement.queries import rubric as rubric_queries
from engagement.queries.bodies import names_of
from engagement.views.desk import DeskRoundPage


class PartnerViewsFile(DeskRoundPage):
    """What bodies confirmed of each other; drafts are theirs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file.

        Raises:
            Http404: no round has opened yet.
        """
        _, round_ = self.rounds()
        if round_ is None:
            raise Http404
        views = partner_views.confirmed_of_round(round=round_)
        pairs = [view.pair for view in views]
        text = presenter.csv_text(
            round_=round_,
            views=views,
            names=names_of(
                body_ids={key for pair in pairs for key in (pair.authority_id, pair.board_id)},
                on=round_.geography_date,
            ),
            said=level_words_of(group_map=rubric_queries.reading_of(round=round_).group_map),
            note=file_note(demonstration=settings.DEMONSTRATION),
        )
        downloads.note(
            action="partner_views.downloaded",
            target=round_,
            body=None,
            permission=self.permission,
            by=self.person,
            at=self.now,
            format="csv",
            rows=len(views),
        )
        return csv_answer(text=text, name=f"partner-views-{round_.slug}.csv")
