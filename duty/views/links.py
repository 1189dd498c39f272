"""The centre's list of links behind submitted answers that did not answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from authorities.views.centre import page_number
from duty.presenters.link_list import link_list_page
from duty.queries.links import submitted_dead_links
from duty.queries.review import rounds_to_review
from duty.views.review import CentreReturnPage


class ReviewLinks(CentreReturnPage):
    """The dead links of one round's submitted returns."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        rounds = rounds_to_review()
        slug = request.GET.get("round", "")
        chosen = next((one for one in rounds if one.slug == slug), None)
        if slug and chosen is None:
            raise Http404
        round_ = chosen or (rounds[0] if rounds else None)
        page = link_list_page(
            rounds=rounds,
            round_=round_,
            links=submitted_dead_links(round_=round_) if round_ else (),
            page=page_number(request=request),
        )
        return render(request, "duty/review_links.html", {"page": page})
