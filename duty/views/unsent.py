"""Forms that arrive when nobody is signed in any more: what was typed is kept.

The page carries a signed word on who it was made for, so that what comes in without a session is
kept for that person and shown to nobody else, whoever signs in next at that browser.
"""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.views import View
from django.views.csrf import csrf_failure

from authorities.access import SignInNeededError
from authorities.models import User
from authorities.read_only import refuse, standing_now
from duty.actions import unsent
from duty.queries.unsent import KEPT_FOR, Unsent, unsent_text
from duty.ui.made_for import TYPED_BY, made_for, read_made_for

_Form = TypeVar("_Form", bound=forms.BaseForm)
# A page may have been open for as long as a session lasts, and a night.
_TOKEN_AGE = 2 * KEPT_FOR
# Buttons and what belongs to one page only. A removal is not typed: it is asked for again.
_NOT_TYPED = frozenset({TYPED_BY, "csrfmiddlewaretoken", "stay", "discard"})


def typed_by(*, user: User) -> str:
    """Return the signed word on who a page is made for."""
    return made_for(user=user)


def keep_typed(*, request: HttpRequest, path: str = "") -> bool:
    """Keep what a form brought for the person whom its page was made for.

    Args:
        request: what was sent; files are not kept.
        path: of the page that shows it again; the form's own unless said.

    Returns:
        Whether anything was kept: not where the signed word is missing, forged or old, nor for a
        removal.
    """
    if request.method != "POST" or "remove" in request.POST or "discard" in request.POST:
        return False
    user_id = read_made_for(word=request.POST.get(TYPED_BY, ""), max_age=_TOKEN_AGE)
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user is None:
        return False
    unsent.keep_unsent(
        path=path or request.path,
        fields={name: values for name, values in request.POST.lists() if name not in _NOT_TYPED},
        by=user,
        at=timezone.now(),
    )
    return True


class KeepsTyped(View):
    """A page whose form is kept when it comes after the session's end, and shown once more.

    It stands before the page's other bases, so that it sees them refuse who is not signed in.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in; whom the session let go finds their words again."""
        try:
            super().setup(request, *args, **kwargs)
        except SignInNeededError:
            # The session ended while somebody was writing.
            keep_typed(request=request, path=self.kept_at)
            raise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Forget what was kept once the form is done with, or no longer wanted."""
        discards = request.method == "POST" and "discard" in request.POST
        if discards:
            self._forget()
            return redirect(self.kept_at)
        answer = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == 302:
            self._forget()
        return answer

    @property
    def kept_at(self) -> str:
        """The address of the page that shows the form."""
        return self.request.path

    @cached_property
    def kept(self) -> Unsent | None:
        """What this person typed into the form and could not send; the page says so."""
        user = self.request.user
        found = None
        if self.request.method == "GET" and isinstance(user, User):
            found = unsent_text(user=user, path=self.kept_at, now=timezone.now())
        # Read by the frame of every page.
        self.request.unsent = found  # type: ignore[attr-defined]
        return found

    @property
    def kept_data(self) -> MultiValueDict[str, str] | None:
        """The same as a form takes it; None where there is nothing."""
        if self.kept is None:
            return None
        return MultiValueDict({name: list(values) for name, values in self.kept.fields.items()})

    def _forget(self) -> None:
        if isinstance(self.request.user, User):
            unsent.forget_unsent(path=self.kept_at, by=self.request.user, at=timezone.now())


def refilled(form: _Form) -> _Form:
    """Return a form that was made with what was kept, without errors: nobody has sent it yet."""
    form.errors.clear()
    return form


def sent_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token against forgery does not fit (the setting CSRF_FAILURE_VIEW).

    Signing in again in another window changes the token. Nothing is saved; what was typed is kept
    where the page keeps it, and shown to the person who typed it.
    """
    if (span := standing_now().read_only) is not None:
        return refuse(request=request, span=span, repeats=False)
    match = request.resolver_match
    view_class = getattr(match.func, "view_class", None) if match else None
    if match is not None and view_class is not None and issubclass(view_class, KeepsTyped):
        view = view_class()
        View.setup(view, request, *match.args, **match.kwargs)
        if keep_typed(request=request, path=view.kept_at):
            return redirect(view.kept_at)
    return csrf_failure(request, reason=reason)
