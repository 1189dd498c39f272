"""What the page of one change shows: what happens, what stands in the way, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.actions.reorganisation_checks import Standing
from authorities.models import Origin, Reorganisation, ReorganisationState
from authorities.presenters.links import Action
from authorities.presenters.reorganisations.previews import governance_counts
from authorities.presenters.reorganisations.roles import RolesNotDecided
from authorities.presenters.reorganisations.words import (
    Tag,
    counted,
    operation_text,
    state_tag,
    step_text,
)
from authorities.presenters.tables import SummaryRow
from authorities.presenters.words import day_text
from authorities.queries.change_names import ChangeNames
from authorities.queries.reorganisations import StepFacts
from authorities.reorganisation.operations import Change
from authorities.reorganisation.preview import Preview

_EDITABLE = (ReorganisationState.INCOMPLETE, ReorganisationState.READY)
_CANCELLABLE = (
    *_EDITABLE,
    ReorganisationState.APPROVED,
    ReorganisationState.SCHEDULED,
    ReorganisationState.FAILED,
)


@dataclass(frozen=True)
class ChangeRights:
    """What the reader may do with changes."""

    propose: bool
    approve: bool
    apply: bool
    cancel: bool


@dataclass(frozen=True)
class OperationRow:
    """One thing that happens, with what stands in its way."""

    number: int
    text: str
    details: tuple[str, ...]
    problems: tuple[str, ...]
    remove_url: str


@dataclass(frozen=True)
class StepRow:
    """One step that was taken."""

    what: str
    who: str
    at: datetime


@dataclass(frozen=True)
class NextStep:
    """What the change waits for. With a label, the reader may do it; `sends` is a button's form."""

    text: str
    label: str = ""
    url: str = ""
    sends: bool = False


@dataclass(frozen=True)
class ChangePage:
    """All that the page shows."""

    title: str
    caption: str
    tag: Tag
    lead: str
    version: int
    what_if: bool
    next: NextStep
    links: tuple[Action, ...]
    failure: str
    problems: tuple[str, ...]
    happens: str
    operations: tuple[OperationRow, ...]
    add_url: str
    summary: tuple[SummaryRow, ...]
    preview_line: str
    preview_url: str
    beside_url: str
    roles: RolesNotDecided | None
    steps: tuple[StepRow, ...]


def change_page(
    *,
    reorganisation: Reorganisation,
    change: Change,
    names: ChangeNames,
    standing: Standing | None,
    preview: Preview | None,
    roles: RolesNotDecided | None,
    steps: Sequence[StepFacts],
    positions: Sequence[int],
    rights: ChangeRights,
    had_a_hand: bool,
) -> ChangePage:
    """Return the page.

    Args:
        standing: what stands in the way; None once nothing can be edited.
        roles: those at bodies that end which were granted since the preview.
        positions: the place by which each operation is removed, in their order.
        had_a_hand: whether the reader proposed or edited it, and so cannot approve it.
    """
    state = ReorganisationState(reorganisation.state)
    editable = rights.propose and state in _EDITABLE

    def to(name: str, *more: object) -> str:
        return reverse(f"changes:{name}", args=[reorganisation.pk, *more])

    return ChangePage(
        title=reorganisation.title,
        caption="What if" if reorganisation.what_if else "Change of bodies and areas",
        tag=state_tag(state=state, what_if=reorganisation.what_if),
        lead=_lead(reorganisation, state),
        version=reorganisation.version,
        what_if=reorganisation.what_if,
        next=_next(reorganisation, state, standing, rights, had_a_hand),
        links=_links(reorganisation, state, rights, editable),
        failure=reorganisation.failure if state is ReorganisationState.FAILED else "",
        problems=tuple(problem.text for problem in standing.whole) if standing else (),
        happens="What happened" if state is ReorganisationState.APPLIED else "What happens",
        operations=tuple(
            OperationRow(
                number=place + 1,
                text=text.text,
                details=text.details,
                problems=tuple(problem.text for problem in (standing.by_operation.get(place, ())))
                if standing
                else (),
                remove_url=to("operation-remove", positions[place]) if editable else "",
            )
            for place, text in enumerate(
                operation_text(operation=operation, names=names) for operation in change.operations
            )
        ),
        add_url=to("operation-choose") if editable else "",
        summary=_summary(reorganisation),
        preview_line=_preview_line(preview) if preview else "",
        preview_url=to("preview") if preview else "",
        beside_url=to("what-if") if preview else "",
        roles=roles,
        steps=tuple(
            StepRow(what=step_text(action=one.action), who=one.by or "The site", at=one.at)
            for one in steps
        ),
    )


def _lead(reorganisation: Reorganisation, state: ReorganisationState) -> str:
    day = day_text(day=reorganisation.effective_date)
    if state is ReorganisationState.APPLIED:
        return f"Took effect on {day}."
    if state is ReorganisationState.CANCELLED:
        return f"It would have taken effect on {day}."
    return f"Would take effect on {day}." if reorganisation.what_if else f"Takes effect on {day}."


def _next(
    reorganisation: Reorganisation,
    state: ReorganisationState,
    standing: Standing | None,
    rights: ChangeRights,
    had_a_hand: bool,
) -> NextStep:
    key = [reorganisation.pk]
    match state:
        case ReorganisationState.INCOMPLETE:
            if standing and (standing.whole or standing.by_operation):
                return NextStep("Settle what stands in the way. Then it can be previewed.")
            text = "Nothing stands in the way. Preview it to see everything that it would do."
            if not rights.propose:
                return NextStep("An analyst previews it next.")
            return NextStep(
                text, "Preview the change", reverse("changes:preview-make", args=key), True
            )
        case ReorganisationState.READY if reorganisation.what_if:
            return NextStep(
                "See it beside today’s geography. To go ahead, copy it into a change.",
                "See it beside today",
                reverse("changes:what-if", args=key),
            )
        case ReorganisationState.READY:
            return _approval(reorganisation, rights, had_a_hand)
        case ReorganisationState.APPROVED:
            if rights.apply:
                return NextStep(
                    "It is approved. Schedule it, so that it happens on its day.",
                    "Schedule the change",
                    reverse("changes:schedule", args=key),
                )
            return NextStep("It is approved, and waits for an administrator to schedule it.")
        case ReorganisationState.SCHEDULED:
            return NextStep("It happens by itself at the start of its day. Nobody has to do more.")
        case ReorganisationState.APPLYING:
            return NextStep("It is being applied now. Reload the page in a minute.")
        case ReorganisationState.FAILED:
            if rights.apply:
                return NextStep(
                    "Nothing was changed. Try it again once the reason is settled.",
                    "Try again",
                    reverse("changes:schedule", args=key),
                )
            return NextStep("Nothing was changed. An administrator can try it again.")
        case _:
            return NextStep("")


def _approval(reorganisation: Reorganisation, rights: ChangeRights, had_a_hand: bool) -> NextStep:
    if not rights.approve:
        return NextStep("It waits for a lead analyst to approve exactly what the preview shows.")
    if had_a_hand:
        return NextStep(
            "You proposed or edited this change, so another lead analyst has to approve it."
        )
    return NextStep(
        "Look at the preview. What you approve is exactly what it shows.",
        "Approve the change",
        reverse("changes:approve", args=[reorganisation.pk]),
    )


def _links(
    reorganisation: Reorganisation,
    state: ReorganisationState,
    rights: ChangeRights,
    editable: bool,
) -> tuple[Action, ...]:
    found = []
    key = [reorganisation.pk]
    if editable:
        found.append(Action("Change title, day or source", reverse("changes:edit", args=key)))
    copy = reverse("changes:copy", args=key)
    if rights.propose:
        if reorganisation.what_if or state in (
            ReorganisationState.FAILED,
            ReorganisationState.CANCELLED,
        ):
            found.append(Action("Copy into a change", copy))
        found.append(Action("Copy into a what-if", f"{copy}?what_if=1"))
    if rights.cancel and state in _CANCELLABLE:
        label = "Give it up" if reorganisation.what_if else "Cancel the change"
        found.append(Action(label, reverse("changes:cancel", args=key)))
    return tuple(found)


def _summary(reorganisation: Reorganisation) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("Day", day_text(day=reorganisation.effective_date)),
        SummaryRow("Source", reorganisation.source or "Not said"),
        SummaryRow("How sure it is", str(reorganisation.get_certainty_display())),
    ]
    if reorganisation.reason:
        rows.append(SummaryRow("Reason", reorganisation.reason))
    if reorganisation.origin == Origin.REGISTER:
        rows.append(SummaryRow("Entered", "Loaded with the register"))
    if reorganisation.override_reason:
        rows.append(SummaryRow("Why it may not wait", reorganisation.override_reason))
    if reorganisation.cancel_reason:
        rows.append(SummaryRow("Why it was given up", reorganisation.cancel_reason))
    return tuple(rows)


def _preview_line(preview: Preview) -> str:
    begin = sum(line.before is None for line in preview.pairs)
    end = sum(line.after is None for line in preview.pairs)
    ending = governance_counts(preview)
    governance = f"{ending} that end with a body; " if ending else ""
    bodies = len({(line.kind, line.slug) for line in preview.bodies})
    return (
        f"{counted(bodies, 'body', 'bodies')}; {counted(len(preview.pairs), 'pair', 'pairs')}, "
        f"of which {end} {'ends' if end == 1 else 'end'} and {begin} "
        f"{'begins' if begin == 1 else 'begin'}; "
        f"{governance}"
        f"{counted(len(preview.people), 'role of a person', 'roles of people')}."
    )
