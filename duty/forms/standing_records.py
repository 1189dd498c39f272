"""The forms of standing records, one for each kind. They convert; the actions store."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from duty.answer_fields import SHORT_TEXT_CHARACTERS
from duty.controls.fields import (
    GovukDateField,
    LinkField,
    MoneyField,
    NumberField,
    WordLimitedTextField,
)
from duty.controls.rows import AddRowMixin, RowColumn, RowsField
from duty.controls.widgets import Checkboxes, Radios
from duty.record_words import (
    AGREEMENT_WORDS,
    ASSESSMENT_WORDS,
    ENDING_WORDS,
    PREVENTION_WORDS,
    ROLE_WORDS,
    STRATEGY_WORDS,
    THEME_WORDS,
)
from duty.standing_records import (
    CONTENT_OF,
    LARGEST_AMOUNT,
    LARGEST_FTE,
    CommitteeRole,
    Content,
    ContentProblem,
    Ending,
    RecordKind,
    check_content,
)

Choices = Sequence[tuple[str, str]]
_YES_NO = (("yes", "Yes"), ("no", "No"))


def _choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(code.value, label) for code, label in words.items()]


def _text(*, label: str, hint: str = "", required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        required=bool(required),
        error_messages={"required": required, "max_length": "Use 200 characters or fewer"},
    )


def _day(*, label: str, name: str, hint: str = "For example, 27 3 2026") -> GovukDateField:
    return GovukDateField(label=label, name=name, help_text=hint, required=False)


def _link(*, label: str) -> LinkField:
    return LinkField(label=label, help_text="Starts with https", max_length=500, required=False)


def _one_of(
    *,
    label: str,
    choices: Choices,
    missing: str,
    reveals: Mapping[str, Sequence[str]] | None = None,
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=Radios(reveals=reveals),
        error_messages={"required": missing},
    )


class RecordForm(AddRowMixin, forms.Form):
    """What the forms of all kinds share: the key of the form and the version that was seen."""

    kind: ClassVar[RecordKind]
    # Fields under a choice, with the choice that shows them: what is hidden is not said.
    revealed: ClassVar[Mapping[str, tuple[str, str]]] = {}

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *, boards: Choices = (), others: Choices = (), **more: Any) -> None:
        """Build the form.

        Args:
            boards: the ICBs to choose from, by slug.
            others: the agreements that this one may take the place of, by key.
            more: as forms take it.
        """
        super().__init__(**more)
        if "boards" in self.fields:
            field = self.fields["boards"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
            field.choices = boards

    @property
    def answer_status(self) -> int:
        """The status of the answer that shows the form again: more rows are no mistake."""
        return 422 if self.errors else 200

    @property
    def content(self) -> Content:
        """The cleaned entry."""
        return self._content

    def clean(self) -> dict[str, Any]:
        """Build the entry, and put each thing that is wrong with it beside its control."""
        cleaned = super().clean() or self.cleaned_data
        for name, (choice, value) in self.revealed.items():
            widget = self.fields[choice].widget
            sent = widget.value_from_datadict(self.data, self.files, choice)
            if value not in (sent if isinstance(sent, list) else [sent]):
                self.errors.pop(name, None)
                cleaned[name] = None if isinstance(self.fields[name], GovukDateField) else ""
        if not self.errors:
            self._content = self.read(cleaned)
            self.say(check_content(content=self._content))
        return cleaned

    def say(self, problems: Sequence[ContentProblem]) -> None:
        """Put problems beside their controls."""
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, problem.message)

    def read(self, cleaned: Mapping[str, Any]) -> Content:
        """Return the entry; a blank field is its kind's own blank."""
        content = CONTENT_OF[self.kind]
        held: dict[str, Any] = {}
        for field in fields(content):
            value = cleaned.get(field.name)
            held[field.name] = tuple(value) if isinstance(value, list) else value
        return content(**held)


class StrategyForm(RecordForm):
    """A strategy."""

    kind = RecordKind.STRATEGY

    title = _text(label="What is it called?", required="Enter what it is called")
    status = _one_of(
        label="How far is it?", choices=_choices(STRATEGY_WORDS), missing="Select how far it is"
    )
    adopted_on = _day(
        label="When was it adopted?",
        name="date it was adopted",
        hint="Needed if it is adopted. For example, 27 3 2026",
    )
    review_on = _day(
        label="When will it next be reviewed? (optional)", name="date of the next review"
    )
    link = _link(label="Link to the strategy (optional)")
    progress_link = _link(label="Link to where progress is reported to the public (optional)")
    covers = WordLimitedTextField(
        label="What does it cover? (optional)",
        help_text="Which inequalities, for whom and where",
        max_words=200,
        rows=4,
        required=False,
    )


class PostForm(RecordForm):
    """A post of the health team."""

    kind = RecordKind.POST

    title = _text(
        label="Title of the role",
        hint="Not the name of a person. For example, director of health and inclusion",
        required="Enter the title of the role",
    )
    fte = NumberField(
        label="Full-time equivalent",
        help_text="For example, 0.6",
        maximum=LARGEST_FTE,
        error_messages={"required": "Enter the full-time equivalent"},
    )
    employer = _text(label="Employer", required="Enter the employer")
    joint_with = _text(
        label="Joint with (optional)", hint="The ICB or council that shares the post"
    )
    filled = _one_of(
        label="Is it filled?", choices=_YES_NO, missing="Select yes if the post is filled"
    )
    since = _day(label="Since when has there been this post? (optional)", name="first day")

    def clean_filled(self) -> bool:
        """Return whether it is filled."""
        return bool(self.cleaned_data["filled"] == "yes")


class AssessmentForm(RecordForm):
    """A decision and its impact assessment."""

    kind = RecordKind.ASSESSMENT

    title = _text(
        label="What was decided?",
        hint="For example, the bus franchising scheme",
        required="Enter what was decided",
    )
    decided_on = GovukDateField(
        label="When was it decided?",
        name="date of the decision",
        help_text="For example, 27 3 2026",
    )
    assessment = _one_of(
        label="Which impact assessment was made?",
        choices=_choices(ASSESSMENT_WORDS),
        missing="Select which impact assessment was made",
    )
    link = _link(label="Link to the assessment (optional)")


class AgreementForm(RecordForm):
    """A partnership agreement."""

    kind = RecordKind.AGREEMENT
    revealed: ClassVar[Mapping[str, tuple[str, str]]] = {
        "signed_on": ("status", "signed"),
        "other_theme": ("themes", "other"),
    }

    title = _text(
        label="What is it called?",
        hint="For example, memorandum of understanding on work and health",
        required="Enter what it is called",
    )
    boards = forms.MultipleChoiceField(
        label="With which ICBs?",
        widget=Checkboxes(),
        error_messages={"required": "Select at least one ICB"},
    )
    status = _one_of(
        label="How far is it?",
        choices=_choices(AGREEMENT_WORDS),
        missing="Select how far it is",
        reveals={"signed": ["signed_on"]},
    )
    signed_on = _day(label="When was it signed?", name="date it was signed")
    review_on = _day(
        label="When will it next be reviewed? (optional)", name="date of the next review"
    )
    link = _link(label="Link to the agreement (optional)")
    renews = forms.ChoiceField(
        label="Does it take the place of an earlier agreement? (optional)", required=False
    )
    themes = forms.MultipleChoiceField(
        label="What does its work plan cover? (optional)",
        choices=_choices(THEME_WORDS),
        widget=Checkboxes(reveals={"other": ["other_theme"]}),
        required=False,
    )
    other_theme = _text(label="What else does it cover?")
    work_plan = WordLimitedTextField(
        label="Work plan (optional)",
        help_text="What each side does, and by when",
        max_words=500,
        rows=8,
        required=False,
    )
    work_plan_link = _link(label="Link to the work plan (optional)")

    def __init__(self, *, boards: Choices = (), others: Choices = (), **more: Any) -> None:
        """Offer the ICBs in each row of roles, too."""
        super().__init__(boards=boards, others=others, **more)
        self.fields["roles"] = _roles(boards)
        field = self.fields["renews"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", "No"), *others]

    def read(self, cleaned: Mapping[str, Any]) -> Content:
        """Return the agreement with its roles and the key of the one before."""
        roles = tuple(CommitteeRole(**row) for row in cleaned["roles"])
        renews = UUID(cleaned["renews"]) if cleaned["renews"] else None
        return super().read({**cleaned, "roles": roles, "renews": renews})


def _roles(boards: Choices) -> RowsField:
    return RowsField(
        label="Which roles does each side have on the other’s boards and committees? (optional)",
        help_text="The title of each role, never the name of a person",
        required=False,
        max_rows=40,
        columns=[
            RowColumn("board", _cell_of(label="ICB", choices=boards)),
            RowColumn("of", _cell_of(label="Whose colleague", choices=_choices(ROLE_WORDS))),
            RowColumn("title", forms.CharField(label="Title of the role", max_length=200)),
            RowColumn("committee", forms.CharField(label="Board or committee", max_length=200)),
        ],
    )


def _cell_of(*, label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", ""), *choices])


class FundingForm(RecordForm):
    """A source of money."""

    kind = RecordKind.FUNDING

    title = _text(
        label="Source of the money",
        hint="For example, set-up grant or own budget",
        required="Enter the source of the money",
    )
    amount = MoneyField(
        label="Amount in pounds", help_text="For the whole period", maximum=LARGEST_AMOUNT
    )
    starts_on = GovukDateField(
        label="First day", name="first day", help_text="For a financial year, 1 April"
    )
    ends_on = _day(
        label="Last day (optional)",
        name="last day",
        hint="Leave it empty if the money does not end",
    )
    prevention = _one_of(
        label="Is it for prevention?",
        choices=_choices(PREVENTION_WORDS),
        missing="Select whether it is for prevention",
    )
    plan = WordLimitedTextField(
        label="How will the cost be taken in-house? (optional)",
        max_words=50,
        # As long as a cell of the return's table takes.
        max_length=SHORT_TEXT_CHARACTERS,
        rows=2,
        required=False,
    )
    pays_for = _text(label="What does it pay for? (optional)", hint="The initiative or the posts")
    joint_with = _text(
        label="Who pays for it with you? (optional)", hint="Leave it empty if nobody does"
    )


FORM_OF: Mapping[RecordKind, type[RecordForm]] = {
    form.kind: form for form in (StrategyForm, PostForm, AssessmentForm, AgreementForm, FundingForm)
}


class RecordEndForm(forms.Form):
    """How an entry ended."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *, kind: RecordKind, **more: Any) -> None:
        """Ask what fits the kind: a decision has its day and does not end."""
        super().__init__(**more)
        if kind != RecordKind.ASSESSMENT:
            self.fields["ending"] = _one_of(
                label="What happened?",
                choices=_choices(ENDING_WORDS),
                missing="Select what happened",
                reveals={Ending.ENDED.value: ["ended_on"]},
            )
            self.fields["ended_on"] = _day(
                label="Last day on which it held", name="last day on which it held"
            )
        self.fields["reason"] = WordLimitedTextField(
            label="What was wrong with the entry?"
            if kind == RecordKind.ASSESSMENT
            else "Why? (needed for a mistake)",
            max_words=100,
            rows=2,
            required=False,
        )

    @property
    def ending(self) -> str:
        """How it ended: a decision can only be a mistake."""
        return str(self.cleaned_data.get("ending") or Ending.MISTAKE.value)
