"""A side's own view: write it, check it, confirm it, open it again. Always one's own side."""

from authorities.permissions import Permission
from engagement.actions.own_views import OWN
from engagement.views import side_views


class OwnViewPage(side_views.SideViewMixin):
    """What the pages of an own view share."""

    permission = Permission.OWN_VIEW_EDIT
    confirm_permission = Permission.OWN_VIEW_CONFIRM
    kind = OWN
    pages = "own-view"
    confirmed_words = "Your view is confirmed. The placement is being calculated."


class OwnViewEdit(side_views.SideViewEdit, OwnViewPage):
    """The statements and their evidence, all themes on one page."""


class OwnViewCheck(side_views.SideViewCheck, OwnViewPage):
    """The level that the statements give, with the reason, and its confirmation."""


class OwnViewReopen(side_views.SideViewReopen, OwnViewPage):
    """A confirmed view becomes a draft again."""

    permission = Permission.OWN_VIEW_CONFIRM
