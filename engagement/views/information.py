"""What the site says about itself. Anybody may read it."""

from typing import Any

from django.views.generic import TemplateView

from authorities.permissions import Permission
from engagement.queries.versions import versions


class Information(TemplateView):
    """A page of plain text."""

    permission = Permission.REGISTER_READ


class Method(Information):
    """What is measured and how, with the versions that the database holds."""

    template_name = "engagement/method.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the versions."""
        return {**super().get_context_data(**kwargs), "versions": versions()}
