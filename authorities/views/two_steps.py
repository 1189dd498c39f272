"""Setting up the second step of signing in, where allauth's own page does not do."""

from typing import Any

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


class Steps(IndexView):
    """The second steps that a person has, and where one is set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the site asks for one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_needed": settings.TWO_STEPS}


class AppSetUp(ActivateTOTPView):
    """Shows the key for an app, as a picture to scan and as letters to type."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture's path, one square a dark cell, and the letters in groups of four."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        code = qrcode.QRCode(border=4)
        code.add_data(context["totp_url"])
        cells = code.get_matrix()
        secret = context["form"].secret
        return context | {
            "picture_size": len(cells),
            "picture_path": "".join(
                f"M{x} {y}h1v1h-1z"
                for y, row in enumerate(cells)
                for x, dark in enumerate(row)
                if dark
            ),
            "key_letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        }


class KeyRemoval(RemoveWebAuthnView):
    """Removes a security key, but not the only second step of an account that needs one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse where nothing would be left, and say what to do first."""
        if request.user.is_authenticated:
            adapter = get_adapter()
            key = self.get_queryset().filter(pk=kwargs["pk"]).first()
            if key is not None and not adapter.can_delete_authenticator(key):
                messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
                return redirect("mfa_index")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
