"""What a reading found is kept: words, counts and places, and nothing of the file itself."""

from collections import Counter
from datetime import datetime

from authorities import audit
from outcomes.actions.checking import Checked
from outcomes.actions.observations import Comparison
from outcomes.actions.upload_messages import tell_of_result
from outcomes.actions.upload_steps import refused_action, take_step
from outcomes.models import Upload, UploadProblem
from outcomes.problem_codes import ProblemKind
from outcomes.upload_lifecycle import REFUSED, Event

CHANGED = "changed"
RESENT = "resent"
_LONGEST = {"heading": 120, "given": 120}


def record_findings(
    *,
    upload: Upload,
    checked: Checked,
    compared: Comparison | None,
    changed: bool = False,
    at: datetime,
) -> None:
    """Give an upload the state that follows from what was found. The caller holds the transaction.

    Args:
        upload: one that a worker has read.
        checked: what the worker found.
        compared: what storing would do; None where something is wrong.
        changed: whether somebody confirmed it, and it would do something else by now.
        at: when.
    """
    take_step(upload=upload, event=_event(upload, checked))
    upload.problems.all().delete()
    UploadProblem.objects.bulk_create(
        [
            UploadProblem(
                upload=upload,
                order=order,
                severity=problem.kind.value,
                row=problem.error.row,
                line=problem.error.line,
                column=problem.error.column_letter,
                heading=problem.error.heading[: _LONGEST["heading"]],
                code=problem.error.code,
                given=problem.error.given[: _LONGEST["given"]],
                message=problem.error.message,
                fix=problem.error.fix,
            )
            for order, problem in enumerate(checked.problems)
        ],
        batch_size=1_000,
    )
    upload.problem_count = checked.total
    upload.ignored = checked.ignored
    upload.notices = list(checked.notices)
    upload.summary = _summary(checked, compared, changed)
    upload.confirmed_at = upload.confirmed_by = None
    if compared is not None:
        upload.added = compared.added
        upload.unchanged = compared.unchanged
        upload.superseded = compared.superseded
    upload.finished_at = at
    upload.save(
        update_fields=[
            "state",
            "problem_count",
            "added",
            "unchanged",
            "superseded",
            "ignored",
            "notices",
            "summary",
            "confirmed_at",
            "confirmed_by",
            "finished_at",
        ]
    )
    _audit(upload, checked, at)
    tell_of_result(upload=upload, at=at)


def _event(upload: Upload, checked: Checked) -> Event:
    if checked.refusal is not None:
        return Event.REJECT_FILE
    if checked.has(ProblemKind.SETUP):
        return Event.FIND_SETUP_ERRORS
    if checked.has_errors:
        return Event.FIND_ERRORS
    confirmed = set(upload.confirmations.values_list("code", flat=True))
    return Event.FIND_WARNINGS if checked.warnings - confirmed else Event.FIND_NOTHING


def _summary(checked: Checked, compared: Comparison | None, changed: bool) -> dict[str, object]:
    if checked.refusal is not None:
        return {"refusal": checked.refusal.message, "code": checked.refusal.code}
    kinds = Counter(problem.kind.value for problem in checked.problems)
    return {
        **checked.summary,
        "kinds": dict(kinds),
        "fingerprint": compared.fingerprint if compared else "",
        RESENT: compared.resent if compared else 0,
        CHANGED: changed,
    }


def _audit(upload: Upload, checked: Checked, at: datetime) -> None:
    """Keep codes only: what the cells hold is nobody's business but the sender's."""
    codes = {problem.error.code for problem in checked.problems}
    if checked.refusal is not None:
        codes.add(checked.refusal.code)
    refused = upload.state in REFUSED
    audit.record(
        action=refused_action(codes=codes) if refused else "upload.checked",
        target=upload,
        body=upload.body,
        by=upload.uploaded_by,
        at=at,
        codes=sorted(codes),
        total=checked.total,
    )
