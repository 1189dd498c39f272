"""The list of changes."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from authorities.permissions import Permission
from authorities.presenters.reorganisations.lists import list_page
from authorities.queries.reorganisations import Shelf, changes_on, counts_of_shelves
from authorities.views.centre import page_number
from authorities.views.reorganisations.pages import ReorganisationPage


class ChangeList(ReorganisationPage, TemplateView):
    """Changes that are open, applied or cancelled, and apart from them the what-ifs."""

    template_name = "authorities/change_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of the list that is asked for, the open ones first."""
        asked = self.request.GET.get("show", Shelf.OPEN.value)
        if asked not in list(Shelf):
            raise Http404
        shelf = Shelf(asked)
        return {
            **super().get_context_data(**kwargs),
            "page": list_page(
                shelf=shelf,
                found=changes_on(shelf=shelf, page=page_number(request=self.request)),
                counts=counts_of_shelves(),
                may_propose=self.may(Permission.REORGANISATION_PROPOSE),
            ),
        }
