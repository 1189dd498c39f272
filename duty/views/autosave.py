"""What the page of a question is told when it saves by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from duty import words
from duty.actions.answers import StaleAnswerError
from duty.controls.labels import lower_first
from duty.forms.question import QuestionForm
from duty.models import Answer

_STAY = "Save and stay here"


def is_autosave(*, request: HttpRequest) -> bool:
    """Whether a form was sent by the page's script, which reads JSON."""
    return request.headers.get("Accept") == "application/json"


def saved(*, request: HttpRequest, row: Answer, now: Any) -> HttpResponse:
    """Say when it was saved, the answer's version from now on, and until when one is signed in."""
    ends_at = getattr(request.session, "ends_at", None)
    return JsonResponse(
        {
            "state": "saved",
            "words": f"Saved at {words.london_time(moment=now)}",
            "version": row.version,
            "session_ends": ends_at.isoformat() if ends_at else None,
        }
    )


def invalid(*, form: QuestionForm) -> HttpResponse:
    """Say what to correct first; the page's own fields stay as they are, and so does the focus."""
    first = next(message for messages in form.errors.values() for message in messages)
    more = sum(len(messages) for messages in form.errors.values()) - 1
    also = f", and {more} more" if more else ""
    return _not_saved("invalid", f"{lower_first(text=str(first))}{also}", status=422)


def stale(*, error: StaleAnswerError) -> HttpResponse:
    """Say that both texts have to be compared, which only a person can do."""
    happened = (
        f"{error.by} saved this answer while you were writing"
        if error.stored
        else "somebody removed this answer while you were writing"
    )
    return _not_saved("stale", f"{happened}. Choose “{_STAY}” to compare both texts", status=409)


def locked(*, error: Exception) -> HttpResponse:
    """Say why nothing can be saved any more."""
    return _not_saved(
        "locked",
        f"{lower_first(text=str(error)).removesuffix('.')}. Copy your text before you leave "
        "this page",
        status=409,
    )


def hidden() -> HttpResponse:
    """Say that the question is not asked any more."""
    return _not_saved(
        "locked",
        "another answer has changed, and this question is not asked now. Copy your text before you "
        "leave this page",
        status=409,
    )


def _not_saved(state: str, why: str, *, status: int) -> HttpResponse:
    return JsonResponse({"state": state, "words": f"Not saved: {why}."}, status=status)
