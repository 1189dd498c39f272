"""Forms of questions that arrive when nobody is signed in any more: what was typed is kept.

The page carries a signed word on who it was made for, so that what comes in without a session is
kept for that person and shown to nobody else, whoever signs in next at that browser.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.csrf import csrf_failure

from authorities.models import User
from duty.actions import unsent
from duty.queries.unsent import KEPT_FOR

TYPED_BY = "typed_by"
_SALT = "duty.unsent"
# A page may have been open for as long as a session lasts, and a night.
_TOKEN_AGE = 2 * KEPT_FOR
_PAGES = frozenset({"duty:return-question", "duty:return-board-question"})
# Buttons and what belongs to one page only. A removal is not typed: it is asked for again.
_NOT_TYPED = frozenset({TYPED_BY, "csrfmiddlewaretoken", "stay", "discard"})


def typed_by(*, user: User) -> str:
    """Return the signed word on who a page is made for."""
    return signing.dumps(str(user.pk), salt=_SALT)


def keep_typed(*, request: HttpRequest) -> bool:
    """Keep what a question's form brought for the person whom its page was made for.

    Returns:
        Whether anything was kept: not where the signed word is missing, forged or old, nor for a
        removal.
    """
    if request.method != "POST" or "remove" in request.POST or "discard" in request.POST:
        return False
    try:
        user_id = signing.loads(request.POST.get(TYPED_BY, ""), salt=_SALT, max_age=_TOKEN_AGE)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    unsent.keep_unsent(
        path=request.path,
        fields={name: values for name, values in request.POST.lists() if name not in _NOT_TYPED},
        by=user,
        at=timezone.now(),
    )
    return True


def sent_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token against forgery does not fit (the setting CSRF_FAILURE_VIEW).

    Signing in again in another window changes the token. Nothing is saved; a question's text is
    kept, and its page shows it to the person who typed it.
    """
    match = request.resolver_match
    if match is not None and match.view_name in _PAGES and keep_typed(request=request):
        return redirect(request.path)
    return csrf_failure(request, reason=reason)
