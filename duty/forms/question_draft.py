"""The form on which a question of a draft is written: every rule of it on screen.

Which fields it has depends on the kind of answer. When another kind is chosen the same form comes
back with that kind's fields, nothing checked and nothing lost; so it works without scripts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from authorities.models import AuthorityTier, AuthorityType
from duty.controls.rows import AddRowMixin, RowColumn, RowsField
from duty.controls.widgets import Checkboxes, Radios
from duty.forms.question_rows import (
    code_cell,
    field_columns,
    field_of,
    option_columns,
)
from duty.questions import (
    AnswerType,
    AppliesTo,
    Condition,
    EvidenceNeed,
    EvidenceRule,
    FirstYear,
    Option,
    QuestionSpec,
    RecordSource,
    TheoryOfChange,
)
from duty.record_sources import SOURCES
from duty.specification_checks import (
    CHOICES,
    MOST_WORDS,
    WITH_COLUMNS,
    WITH_LIMIT,
    WITH_SUBJECT,
    condition_problems,
    question_problems,
)
from duty.specification_words import (
    ANSWER_TYPE_WORDS,
    EVIDENCE_WORDS,
    FIRST_YEAR_WORDS,
    RECORD_SOURCE_WORDS,
    STAGE_WORDS,
)

# What is asked whatever else is answered.
ALWAYS = "always"


class QuestionDraftForm(AddRowMixin, forms.Form):
    """Writes one question of a draft."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    shown_type = forms.CharField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        label="Code",
        help_text="Capital letters and numbers, for example CO9. Answers of one round are "
        "compared with those of another by it",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter a code, such as CO9"},
    )
    text = forms.CharField(
        label="What is asked?",
        help_text="For a question to each ICB, write “this ICB” where its name belongs",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what is asked"},
    )
    help = forms.CharField(
        label="Help for officers (optional)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answer_type = forms.ChoiceField(label="How is it answered?", choices=())
    theory_of_change = forms.ChoiceField(
        label="Which stage of the theory of change is it about?",
        choices=[(stage.value, words) for stage, words in STAGE_WORDS.items()],
        widget=Radios(inline=True),
        error_messages={"required": "Select a stage of the theory of change"},
    )
    floor = forms.BooleanField(
        label="It is part of the minimum floor",
        help_text="A section cannot be completed without an answer to it",
        required=False,
    )
    concurrent = forms.BooleanField(
        label="It rests with councils or is held concurrently",
        help_text="The authority is never measured by it, and its page says so",
        required=False,
    )
    record_source = forms.ChoiceField(
        label="May an answer be brought over from standing records? (optional)",
        help_text="What is brought over fits questions such as those of version 1: columns and "
        "options are found by their codes, and what does not fit is left out",
        choices=(),
        required=False,
    )

    def __init__(
        self, *, section: str, earlier: Sequence[QuestionSpec], may_derive: bool, **more: Any
    ) -> None:
        """Build the fields that the kind of answer needs.

        Args:
            section: where the question stands.
            earlier: the questions that stand before it in the return.
            may_derive: whether its answer may be read from this site; only one that is already.
            more: as for any form.
        """
        super().__init__(**more)
        self.section = section
        self.earlier = tuple(earlier)
        derived = {AnswerType.DERIVED, AnswerType.DERIVED_PER_PAIR}
        self.kinds = [kind for kind in ANSWER_TYPE_WORDS if may_derive or kind not in derived]
        self._choices("answer_type").choices = [
            (kind.value, ANSWER_TYPE_WORDS[kind]) for kind in self.kinds
        ]
        self.kind = self._kind()
        self.retyped = self.is_bound and self.data.get("shown_type") != self.kind.value
        if self.retyped:
            sent: Any = self.data
            sent = sent.copy()
            sent["shown_type"] = self.kind.value
            self.data = sent
        self.initial["shown_type"] = self.kind.value
        self._add_answer()
        self._add_record_source()
        self._add_evidence()
        self._add_when()
        self._add_whom()

    def full_clean(self) -> None:
        """Check the form, unless only another kind of answer was chosen."""
        if self.retyped:
            self._errors = forms.utils.ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Say no while the kind of answer is still being chosen."""
        return super().is_valid() and not self.retyped

    @property
    def question(self) -> QuestionSpec:
        """The question as it was written; its order is not known here."""
        said = self.cleaned_data
        return QuestionSpec(
            specification=self.section,
            code=said["code"],
            order=0,
            theory_of_change=TheoryOfChange(said["theory_of_change"]),
            floor=said["floor"],
            text=said["text"],
            help=said["help"],
            answer_type=self.kind,
            options=self._options(said),
            columns=tuple(field_of(row=row) for row in said.get("columns") or ()),
            word_limit=said.get("word_limit", self._kept_limit()),
            evidence=EvidenceRule(
                EvidenceNeed(said["evidence"]), said.get("evidence_subject") or None
            ),
            condition=self._condition(said),
            applies_to=AppliesTo(
                types=tuple(said["types"]),
                tiers=tuple(said["tiers"]),
                first_year=FirstYear(said["first_year"]),
            ),
            concurrent=said["concurrent"],
            record_source=(
                RecordSource(said["record_source"]) if said.get("record_source") else None
            ),
        )

    def clean_code(self) -> str:
        """Write the code in capital letters."""
        return str(self.cleaned_data["code"]).upper()

    def clean(self) -> dict[str, Any]:
        """Say each thing that is wrong with the question at its field."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        known = {row["code"] for row in said.get("options") or ()}
        unknown = [
            row["option"] for row in said.get("follow_ups") or () if row["option"] not in known
        ]
        if unknown:
            self.add_error("follow_ups", f"There is no option {', '.join(unknown)}")
        # What is said to be wrong is taken out of what was cleaned.
        question = self.question
        for field, message in question_problems(question=question):
            self.add_error(field if field in self.fields else None, message)
        for message in condition_problems(question=question, earlier=self.earlier):
            self.add_error("asked_when", message)
        return said

    def _kind(self) -> AnswerType:
        sent = self.data.get("answer_type") if self.is_bound else None
        asked = sent or self.initial.get("answer_type")
        return next((kind for kind in self.kinds if kind.value == asked), AnswerType.TEXT)

    def _kept_limit(self) -> int | None:
        """Return the limit that a kind of answer has without asking for one."""
        same = self.kind.value == self.initial.get("answer_type")
        limit: int | None = self.initial.get("word_limit") if same else None
        return limit

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        return field

    def _add_answer(self) -> None:
        if self.kind in WITH_LIMIT:
            self.fields["word_limit"] = forms.IntegerField(
                label="How many words may an answer have?",
                help_text="For example, 300",
                min_value=1,
                max_value=MOST_WORDS,
                widget=forms.TextInput(
                    attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}
                ),
                error_messages={
                    "required": "Enter how many words an answer may have, such as 300",
                    "invalid": "Enter a whole number of words, such as 300",
                    "min_value": "The word limit must be 1 or more",
                    "max_value": f"The word limit must be {MOST_WORDS:,} or fewer",
                },
            )
        if self.kind in CHOICES:
            self.fields["options"] = RowsField(
                label="Options",
                help_text="In the order in which they are shown. Codes are small letters, such as "
                "not_yet. Empty a row to take its option away",
                columns=option_columns(kind=self.kind),
                first_rows=3,
                max_rows=30,
                error_messages={"required": "Enter at least two options"},
            )
            self.fields["follow_ups"] = RowsField(
                label="What is asked after an option (optional)",
                help_text="For example, the date after “Signed”",
                columns=[
                    RowColumn("option", code_cell(label="Code of the option")),
                    *field_columns(),
                ],
                first_rows=1,
                max_rows=30,
                required=False,
            )
        if self.kind in WITH_COLUMNS:
            self.fields["columns"] = RowsField(
                label="Columns" if self.kind == AnswerType.TABLE else "Fields",
                help_text="In the order in which they are shown. Codes are small letters",
                columns=field_columns(),
                first_rows=2,
                max_rows=20,
                error_messages={"required": "Enter at least one column"},
            )

    def _add_record_source(self) -> None:
        fitting = [one for one, (_, kind) in SOURCES.items() if kind == self.kind]
        if not fitting:
            del self.fields["record_source"]
            return
        self._choices("record_source").choices = [
            ("", "No"),
            *((one.value, RECORD_SOURCE_WORDS[one]) for one in fitting),
        ]

    def _add_evidence(self) -> None:
        needs = [
            (need.value, words)
            for need, words in EVIDENCE_WORDS.items()
            if need not in WITH_SUBJECT or self._has_subject(need)
        ]
        self.fields["evidence"] = forms.ChoiceField(
            label="Is evidence needed?", choices=needs, initial=EvidenceNeed.OPTIONAL.value
        )
        if len(needs) > len(EVIDENCE_WORDS) - len(WITH_SUBJECT):
            self.fields["evidence_subject"] = forms.CharField(
                label="Code of the option or the number that needs it (optional)",
                help_text="Only if evidence is needed for one option, or for a number over 0",
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
            )

    def _has_subject(self, need: EvidenceNeed) -> bool:
        if need == EvidenceNeed.REQUIRED_IF:
            return self.kind in CHOICES
        return self.kind in WITH_COLUMNS

    def _add_when(self) -> None:
        openers = [one for one in self.earlier if one.options]
        for one in openers:
            self.fields[f"opens_{one.code}"] = forms.MultipleChoiceField(
                label="Which answers open it?",
                choices=[(option.code, option.label) for option in one.options],
                widget=Checkboxes(small=True),
                required=False,
            )
        self.fields["asked_when"] = forms.ChoiceField(
            label="When is it asked?",
            choices=[
                (ALWAYS, "Always"),
                *((one.code, f"After some answers to {one.code}: {one.text}") for one in openers),
                *self._lost_opener(openers),
            ],
            initial=ALWAYS,
            widget=Radios(reveals={one.code: [f"opens_{one.code}"] for one in openers}),
        )

    def _lost_opener(self, openers: Sequence[QuestionSpec]) -> list[tuple[str, str]]:
        """Show a rule about a question that is gone or comes later, so that it can be mended."""
        stored = self.initial.get("asked_when", ALWAYS)
        if stored == ALWAYS or stored in {one.code for one in openers}:
            return []
        return [(stored, f"After answers to {stored}, which does not stand before it")]

    def _add_whom(self) -> None:
        self.fields["types"] = forms.MultipleChoiceField(
            label="Which types of authority is it asked of?",
            help_text="Leave all empty to ask every type",
            choices=AuthorityType.choices,
            widget=Checkboxes(small=True),
            required=False,
        )
        self.fields["tiers"] = forms.MultipleChoiceField(
            label="Which tiers is it asked of?",
            help_text="Leave all empty to ask every tier",
            choices=AuthorityTier.choices,
            widget=Checkboxes(small=True),
            required=False,
        )
        self.fields["first_year"] = forms.ChoiceField(
            label="What of an authority in its first year?",
            help_text="By the day of bodies and areas of the round",
            choices=[(rule.value, words) for rule, words in FIRST_YEAR_WORDS.items()],
            initial=FirstYear.ASKED.value,
            widget=Radios(small=True),
        )

    def _options(self, said: Mapping[str, Any]) -> tuple[Option, ...]:
        follow_ups = said.get("follow_ups") or ()
        return tuple(
            Option(
                code=row["code"],
                label=row["label"],
                exclusive=row.get("exclusive") == "yes",
                reason_required=row.get("reason_required") == "yes",
                meets_floor=row["meets_floor"] == "yes",
                follow_ups=tuple(
                    field_of(row=one) for one in follow_ups if one["option"] == row["code"]
                ),
            )
            for row in said.get("options") or ()
        )

    def _condition(self, said: Mapping[str, Any]) -> Condition | None:
        opener = said["asked_when"]
        if opener == ALWAYS:
            return None
        return Condition(opener, tuple(said.get(f"opens_{opener}") or ()))
