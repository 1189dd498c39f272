"""What the actions of engagement refuse, as the API says it: the pages' words, and a code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from authorities.api.problems import Problem, ProblemsError, ProblemsSerializer
from engagement import commitment_lifecycle as commitment_life
from engagement.actions import commitments, levers, partner_views, side_views
from engagement.lever_lifecycle import Guard, LeverRefusedError

REFUSALS: dict[int, Any] = dict.fromkeys(
    (400, 401, 403, 404, 409, 413, 415, 422), ProblemsSerializer
)
READ_AGAIN = "Read it again, compare, and send it with the version that is stored."
# Error, code, status, field, what to do.
_VIEW_REFUSALS: tuple[tuple[type[Exception], str, int, str, str], ...] = (
    (side_views.RoundClosedError, "window-closed", 409, "", "Wait for the next round."),
    (side_views.PairNotExpectedError, "not-expected", 409, "", "See the pairs of the round."),
    (side_views.ViewLockedError, "locked", 409, "", "Read it: it says where it is."),
    (
        side_views.ForeignThemeError,
        "unknown-theme",
        400,
        "statements",
        "Use the themes of the other side in the round’s rubric.",
    ),
    (
        side_views.UnansweredThemesError,
        "themes-missing",
        409,
        "statements",
        "Send a statement for each theme.",
    ),
    (side_views.EvidenceMissingError, "evidence-missing", 400, "level", "Send evidence first."),
    (
        side_views.ReasonMissingError,
        "reason-missing",
        400,
        "changed_reason",
        "Say why, or confirm the computed level.",
    ),
    (partner_views.NotConfirmedError, "not-confirmed", 409, "", "Confirm it first."),
)


def refused(
    code: str, message: str, fix: str, *, status: int = 409, field: str = ""
) -> ProblemsError:
    """Return one refusal."""
    return ProblemsError(Problem(code, field, message, fix), status_code=status)


@contextmanager
def view_refused() -> Iterator[None]:
    """Turn what a view of a side refuses into problems."""
    try:
        yield
    except side_views.StaleViewError as error:
        raise ProblemsError(
            Problem("stale", "expected_version", str(error), READ_AGAIN),
            status_code=409,
            more={"version": error.version},
        ) from error
    except tuple(one[0] for one in _VIEW_REFUSALS) as error:
        _, code, status, field, fix = next(
            one for one in _VIEW_REFUSALS if isinstance(error, one[0])
        )
        raise refused(code, str(error), fix, status=status, field=field) from error


# The API calls two fields otherwise than the columns.
_LEVER_FIELDS = {"fit": "strategic_fit", "fit_reason": "strategic_fit_reason"}


@contextmanager
def lever_refused() -> Iterator[None]:
    """Turn what a lever refuses into problems."""
    try:
        yield
    except levers.LeverContentError as error:
        field = _LEVER_FIELDS.get(error.field, error.field)
        raise refused(
            "wrong-lever", str(error), "Correct it and send it again.", status=400, field=field
        ) from error
    except LeverRefusedError as error:
        if error.guard == Guard.VERSION_MATCHES:
            raise refused("stale", str(error), READ_AGAIN, field="expected_version") from error
        code = error.guard.value.replace("_", "-") if error.guard else "not-now"
        raise refused(code, str(error), "Read the lever again, and see its state.") from error


# What is said is not enough, so that the same request can never be taken.
_COMMITMENT_FIELDS = {
    commitment_life.Guard.OWNER_NAMED: "owner",
    commitment_life.Guard.OWNER_OF_THE_BODY: "email",
    commitment_life.Guard.REASON_GIVEN: "reason",
    commitment_life.Guard.NARRATIVE_GIVEN: "narrative",
    commitment_life.Guard.COMMENT_GIVEN: "comment",
    commitment_life.Guard.FINAL_STATUS: "final_status",
    commitment_life.Guard.DATE_OR_REASON: "target_date",
    commitment_life.Guard.SOURCE_SAID: "source",
    commitment_life.Guard.YEAR_AND_AMOUNT: "amount",
}


@contextmanager
def commitment_refused(*, nothing: str = "title") -> Iterator[None]:
    """Turn what a commitment refuses into problems: 422 for what is said, 409 for where it is.

    `nothing` is the field that is named where nothing would change; empty for none.
    """
    correct = "Correct it and send it again."
    try:
        yield
    except commitments.MissingTextError as error:
        raise refused("text-missing", str(error), correct, status=422, field=error.field) from error
    except commitments.UnknownChoiceError as error:
        raise refused(
            "unknown-choice", str(error), correct, status=422, field=error.field
        ) from error
    except (commitments.DateOrReasonError, commitments.PastDateError) as error:
        raise refused("wrong-date", str(error), correct, status=422, field="target_date") from error
    except commitments.PairEndedError as error:
        raise refused("pair-ended", str(error), "See the pairs of today.") from error
    except commitments.UpdateOvertakenError as error:
        raise refused("stale", str(error), READ_AGAIN, field="after") from error
    except commitment_life.CommitmentRefusedError as error:
        guard = commitment_life.Guard(error.guard) if error.guard else None
        if guard == commitment_life.Guard.AS_IT_WAS_READ:
            raise refused("stale", str(error), READ_AGAIN, field="expected_version") from error
        fields = {**_COMMITMENT_FIELDS, commitment_life.Guard.SOMETHING_CHANGES: nothing}
        field = fields.get(guard, "") if guard else ""
        raise refused(
            guard.value.replace("_", "-") if guard else "not-now",
            str(error),
            correct if field else "Read the commitment again, and see its state.",
            status=422 if field else 409,
            field=field,
        ) from error
