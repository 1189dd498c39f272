"""What the API asks of a caller."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from authorities import access
from authorities.permissions import Permission


class HasPermission(BasePermission):
    """Lets through who holds the right that the view names, everywhere or as anybody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Ask for the right; a view without one lets nobody in."""
        permission: Permission | None = getattr(view, "permission", None)
        return permission is not None and access.may(request.user, permission)
