"""What the actions on returns refuse, as the API says it: the pages' words, a code, what to do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from authorities.api.problems import Problem, ProblemsError
from duty.actions import answers, returns, review, sign_off
from duty.api.return_serializers import AnswerSerializer, LockSerializer
from duty.lifecycle import Guard, TransitionRefusedError
from duty.presenters.progress import LockNotice
from duty.questions import Problem as AnswerProblem
from duty.slots import SectionJudgement

_READ_AGAIN = "Read the return again, and see its next_steps."
_CODES = {
    Guard.ROUND_OPEN: "window-closed",
    Guard.ROUND_OPEN_OR_EXTENDED: "window-closed",
    Guard.REASON_GIVEN: "reason-missing",
    Guard.DECLARATION_TICKED: "declaration-missing",
    Guard.HAS_SIGNATORY: "no-signatory",
}


def refused(
    code: str,
    message: str,
    fix: str,
    *,
    status: int = 409,
    field: str = "",
    more: Mapping[str, Any] | None = None,
) -> ProblemsError:
    """Return one refusal; `more` stands beside it in the answer."""
    return ProblemsError(Problem(code, field, message, fix), status_code=status, more=more)


def of_transition(
    *, error: TransitionRefusedError, lock: LockNotice | None = None, closed: bool = False
) -> ProblemsError:
    """Return why a step may not be taken, with what locks the return if something does."""
    more = {} if lock is None else {"lock": LockSerializer(lock).data}
    if error.guards:
        code = _CODES.get(error.guards[0], error.guards[0].value.replace("_", "-"))
    elif closed:
        code = "window-closed"
    else:
        code = "locked" if lock else "not-now"
    return refused(code, str(error), lock.ask if lock else _READ_AGAIN, more=more)


def of_answer(*, problems: tuple[AnswerProblem, ...], is_value: bool) -> ProblemsError:
    """Return everything that is wrong with an answer."""
    return ProblemsError(
        *(
            Problem("wrong-answer", _place(one.field, is_value=is_value), one.message, one.fix)
            for one in problems
        )
    )


def of_stale(
    *, error: answers.StaleAnswerError, stored: Any, sent: Any, by_header: bool
) -> ProblemsError:
    """Return both texts: what is stored by now, and what was sent."""
    return refused(
        "stale",
        str(error),
        "Compare both, and send yours again with the stored version if it should replace it.",
        status=412 if by_header else 409,
        field="If-Match" if by_header else "expected_version",
        more={"stored": AnswerSerializer(stored).data, "sent": sent},
    )


def of_section(*, error: returns.SectionNotCompleteError) -> ProblemsError:
    """Return what a section lacks, answer by answer."""
    return ProblemsError(
        Problem("section-not-complete", "", str(error), "Answer, correct or show evidence."),
        *_lacks(error.judgement),
        status_code=400,
    )


@contextmanager
def steps_refused() -> Iterator[None]:
    """Turn what a step of a return refuses, its state aside, into problems."""
    try:
        yield
    except sign_off.NoDeclarationError as error:
        raise refused("no-declaration", str(error), "Ask the team that runs the round.") from error
    except sign_off.UnreadError as error:
        code = "stale" if error.field == "expected_version" else "declaration-changed"
        raise refused(
            code,
            str(error),
            "Read the return again: it gives its version and the declaration.",
            field=error.field,
        ) from error
    except sign_off.FormKeyTakenError as error:
        raise refused(
            "key-reused", str(error), "Make a new key.", status=422, field="Idempotency-Key"
        ) from error
    except returns.GapsNotExplainedError as error:
        raise refused(
            "gaps-not-explained",
            str(error),
            "Send gaps_reason.",
            status=400,
            field="gaps_reason",
        ) from error
    except returns.WarningsNotConfirmedError as error:
        raise ProblemsError(
            *(
                Problem(
                    "warning-not-confirmed",
                    f"warning_reasons.{one.key}",
                    one.warning.message,
                    "Send a reason with this key in warning_reasons, or change the answer.",
                )
                for one in error.warnings
            )
        ) from error
    except review.StaleReturnError as error:
        raise refused("stale", str(error), _READ_AGAIN, field="expected_version") from error
    except review.OwnReturnError as error:
        raise refused("own-return", str(error), "Ask another analyst.", status=403) from error


def _place(path: str, *, is_value: bool) -> str:
    if path == "evidence":
        return path
    if not is_value:
        return {"expected_date": "expected_on"}.get(path, path)
    return "value" if path == "answer" else f"value.{path}"


def _lacks(judgement: SectionJudgement) -> Iterator[Problem]:
    for one in judgement.slots:
        key = one.slot.key
        place = f"{key.code}.{key.board}" if key.board else key.code
        if one.unreviewed:
            yield Problem(
                "not-reviewed",
                place,
                "The answer was brought over, and nobody has reviewed it.",
                "Send it, changed or as it is, or remove it.",
            )
        elif one.required and not one.answered:
            yield Problem("answer-missing", place, "The answer is missing.", "Answer the question.")
        for problem in one.problems:
            yield Problem("wrong-answer", place, problem.message, problem.fix)
