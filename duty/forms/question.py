"""The form of one question, built from what the specification says of it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from duty.actions.answers import EvidenceLink, Notes
from duty.controls.fields import GovukDateField, LinkField, PagesField, WordLimitedTextField
from duty.controls.rows import AddRowMixin, RowsField
from duty.controls.widgets import Checkboxes, Radios
from duty.forms.answer_controls import (
    column_for,
    control_for,
    control_name,
    stored_text,
)
from duty.forms.initial import OTHER_LINKS
from duty.forms.question_words import error_of, hint_of
from duty.questions import (
    Answer,
    AnswerField,
    AnswerState,
    AnswerType,
    EvidenceNeed,
    Problem,
)
from duty.slots import Given, Slot, check_slot, slot_answered

_REASON_WORDS = {"option": 100, "state": 200}
NOTE_WORDS = 200
_STATES = {
    AnswerState.NOT_YET_KNOWN: ("Not known yet", "Give the date you expect to know"),
    AnswerState.NOT_APPLICABLE: ("Does not apply", "Say why"),
    AnswerState.NO_EVIDENCE: ("No evidence", "Say why there is none"),
}
# What is wrong with these keeps nothing else from being said.
_BESIDE_THE_ANSWER = frozenset(
    {"evidence_link", "evidence_title", "evidence_pages", "public_note", "private_note"}
)
_ANSWERED = AnswerState.VALUE.value


class QuestionForm(AddRowMixin, forms.Form):
    """Asks one slot: the answer or why there is none, its evidence and its notes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *, slot: Slot, heading: str, **more: Any) -> None:
        """Build the fields.

        Args:
            slot: what is asked.
            heading: the question as the page asks it.
            more: as for any form.
        """
        super().__init__(**more)
        self.slot = slot
        self.heading = heading
        self._add_answer()
        self._add_ways_out()
        self._add_evidence()
        self._add_notes()

    @property
    def main(self) -> forms.BoundField:
        """The field whose label is the page's title; the first one where there are several."""
        return self[self.main_names[0]]

    @property
    def main_names(self) -> tuple[str, ...]:
        """The names of the fields that hold the answer."""
        question = self.slot.question
        if question.options:
            return ("options",) if self._several else ("option",)
        if question.answer_type == AnswerType.TABLE:
            return ("rows",)
        return tuple(control_name(code=field.code) for field in question.fields)

    @property
    def one_control(self) -> bool:
        """Whether the question's title is the label of a single field."""
        return len(self.main_names) == 1

    @property
    def main_fields(self) -> tuple[forms.BoundField, ...]:
        """The fields that hold the answer."""
        return tuple(self[name] for name in self.main_names)

    @property
    def cannot_answer(self) -> bool:
        """Whether a reason for not answering is given, so that it must be in sight."""
        if "instead" not in self.fields:
            return False
        chosen = self["instead"].value()
        wrong = {"instead", "expected_date", *(f"reason_{state}" for state in _STATES)}
        return chosen not in (None, "", _ANSWERED) or bool(wrong & set(self.errors))

    @property
    def answer(self) -> Answer:
        """The cleaned answer as the rules know it."""
        return self._answer

    @property
    def evidence(self) -> tuple[EvidenceLink, ...]:
        """The cleaned link, and the answer's other links as they are stored."""
        others: tuple[EvidenceLink, ...] = self.initial.get(OTHER_LINKS, ())
        url = self.cleaned_data.get("evidence_link")
        if not url:
            return others
        typed = EvidenceLink(
            url=url,
            title=self.cleaned_data.get("evidence_title") or "",
            pages=self.cleaned_data.get("evidence_pages") or "",
        )
        return (typed, *others)

    @property
    def notes(self) -> Notes:
        """The cleaned notes."""
        return Notes(
            public=(self.cleaned_data.get("public_note") or "").strip(),
            private=(self.cleaned_data.get("private_note") or "").strip(),
        )

    def clean(self) -> dict[str, Any]:
        """Build the answer, and put each thing that is wrong with it beside its control."""
        cleaned = super().clean() or self.cleaned_data
        if (
            not cleaned.get("evidence_link")
            and "evidence_link" not in self.errors
            and (cleaned.get("evidence_title") or cleaned.get("evidence_pages"))
        ):
            self.add_error("evidence_link", "Enter the link, or empty its title and pages")
        self._forget_what_is_hidden()
        if set(self.errors) - _BESIDE_THE_ANSWER:
            return cleaned
        self._answer = self._read(cleaned)
        if not slot_answered(slot=self.slot, answer=self._answer):
            self.add_error(self.main_names[0], self._nothing_answered())
            return cleaned
        given = Given(answer=self._answer, evidence_count=len(self.evidence))
        for problem in check_slot(slot=self.slot, given=given):
            if problem.field != "evidence":
                self.add_error(self._place(problem), error_of(problem=problem))
        return cleaned

    def _forget_what_is_hidden(self) -> None:
        """Leave out errors of what belongs to a choice that was not made: nobody can see them."""
        for name in ("option", "options", "instead"):
            if name not in self.fields:
                continue
            widget = self.fields[name].widget
            sent = widget.value_from_datadict(self.data, self.files, name)
            chosen = sent if isinstance(sent, list) else [sent]
            for choice, hidden in getattr(widget, "reveals", {}).items():
                if choice not in chosen:
                    for one in hidden:
                        self.errors.pop(one, None)
        if self.data.get("instead") not in (None, "", _ANSWERED):
            for name in self.main_names:
                self.errors.pop(name, None)

    @property
    def _several(self) -> bool:
        return self.slot.question.answer_type == AnswerType.MULTI_CHOICE

    def _add_answer(self) -> None:
        question = self.slot.question
        if question.options:
            self._add_choices()
        elif question.answer_type == AnswerType.TABLE:
            self.fields["rows"] = RowsField(
                label=self.heading,
                help_text=question.help,
                columns=[column_for(field=field) for field in question.columns],
                first_rows=2,
                max_rows=50,
                required=False,
            )
        elif len(question.fields) == 1:
            field = question.fields[0]
            self.fields[control_name(code=field.code)] = control_for(
                field=field, label=self.heading, help_text=question.help
            )
        else:
            for field in question.fields:
                optional = question.answer_type == AnswerType.PERSON and not field.required
                label = f"{field.label} (optional)" if optional else field.label
                self.fields[control_name(code=field.code)] = control_for(field=field, label=label)

    def _add_choices(self) -> None:
        question = self.slot.question
        choices = [(option.code, option.label) for option in question.options]
        reveals: dict[str, list[str]] = {}
        for option in question.options:
            reveals[option.code] = [self._add_follow_up(field) for field in option.follow_ups]
            if option.reason_required:
                name = f"reason_{option.code}"
                self.fields[name] = WordLimitedTextField(
                    label="Why?", max_words=_REASON_WORDS["option"], rows=3, required=False
                )
                reveals[option.code].append(name)
        hints = {option.code: hint_of(option=option) for option in question.options}
        hints |= {state.value: words[1] for state, words in _STATES.items()}
        about: dict[str, Any] = {
            "label": self.heading,
            "help_text": question.help,
            "required": False,
        }
        if self._several:
            alone = next((option.code for option in question.options if option.exclusive), None)
            self.fields["options"] = forms.MultipleChoiceField(
                choices=choices,
                widget=Checkboxes(divider_before=alone, reveals=reveals),
                **about,
            )
            return
        for state in _STATES:
            reveals[state.value] = [self._way_out_field(state)]
        self.fields["option"] = forms.ChoiceField(
            choices=[*choices, *((state.value, words[0]) for state, words in _STATES.items())],
            widget=Radios(hints=hints, divider_before=next(iter(_STATES)).value, reveals=reveals),
            **about,
        )

    def _add_follow_up(self, field: AnswerField) -> str:
        self.fields[control_name(code=field.code)] = control_for(field=field)
        return control_name(code=field.code)

    def _add_ways_out(self) -> None:
        if "option" not in self.fields:
            self.fields["instead"] = forms.ChoiceField(
                label="If you cannot answer",
                choices=[
                    (_ANSWERED, "I have answered above"),
                    *((state.value, words[0]) for state, words in _STATES.items()),
                ],
                initial=_ANSWERED,
                widget=Radios(
                    small=True, reveals={s.value: [self._way_out_field(s)] for s in _STATES}
                ),
                required=False,
            )

    def _way_out_field(self, state: AnswerState) -> str:
        """Make what a way out asks for, and return its name."""
        if state == AnswerState.NOT_YET_KNOWN:
            self.fields["expected_date"] = GovukDateField(
                label="When do you expect to know?",
                name="date you expect to know",
                help_text="For example, 31 1 2027",
                required=False,
            )
            return "expected_date"
        name = f"reason_{state.value}"
        label = "Why is there no evidence?"
        if state == AnswerState.NOT_APPLICABLE:
            label = "Why does it not apply?"
        self.fields[name] = WordLimitedTextField(
            label=label, max_words=_REASON_WORDS["state"], rows=3, required=False
        )
        return name

    def _add_evidence(self) -> None:
        if self.slot.question.evidence.need == EvidenceNeed.NONE:
            return
        self.fields["evidence_link"] = LinkField(
            label="Link to the evidence",
            help_text="Starts with https",
            max_length=500,
            required=False,
        )
        self.fields["evidence_title"] = forms.CharField(
            label="What it is (optional)", max_length=200, required=False
        )
        self.fields["evidence_pages"] = PagesField(
            label="Pages, if only part matters (optional)",
            help_text="Numbers with commas, for example 4, 9",
            max_length=100,
            required=False,
        )

    def _add_notes(self) -> None:
        self.fields["public_note"] = WordLimitedTextField(
            label="Anything to add? (optional)",
            help_text="Read by everybody who can read your answer",
            max_words=NOTE_WORDS,
            rows=4,
            required=False,
        )
        self.fields["private_note"] = WordLimitedTextField(
            label="Note for your colleagues (optional)",
            help_text="Never leaves your authority and is not part of the return",
            max_words=NOTE_WORDS,
            rows=3,
            required=False,
        )

    def _read(self, cleaned: Mapping[str, Any]) -> Answer:
        chosen = str(cleaned.get("option") or cleaned.get("instead") or _ANSWERED)
        if chosen in {state.value for state in _STATES}:
            day = cleaned.get("expected_date")
            waits = chosen == AnswerState.NOT_YET_KNOWN
            return Answer(
                state=chosen,
                reason=stored_text(value=cleaned.get(f"reason_{chosen}")) or None,
                expected_date=stored_text(value=day) if waits and day else None,
            )
        return Answer(value=self._value(cleaned))

    def _value(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        question = self.slot.question
        if question.options:
            codes = list(cleaned.get("options") or ()) if self._several else []
            code = str(cleaned.get("option") or "")
            value: dict[str, Any] = {"options": codes} if self._several else {"option": code}
            chosen = [o for o in question.options if o.code in (codes or [code])]
            for option in chosen:
                for field in option.follow_ups:
                    value[field.code] = stored_text(
                        value=cleaned.get(control_name(code=field.code))
                    )
                if option.reason_required:
                    value["reason"] = stored_text(value=cleaned.get(f"reason_{option.code}"))
            return value
        if question.answer_type == AnswerType.TABLE:
            return {
                "rows": [
                    {code: stored_text(value=cell) for code, cell in row.items()}
                    for row in cleaned.get("rows") or ()
                ]
            }
        return {
            field.code: stored_text(value=cleaned.get(control_name(code=field.code)))
            for field in question.fields
        }

    def _place(self, problem: Problem) -> str:
        """Return the name of the control that a problem is about."""
        path = problem.field
        if path == "reason":
            chosen = self._answer.state
            if chosen == AnswerState.VALUE and isinstance(self._answer.value, Mapping):
                chosen = str(self._answer.value.get("option", ""))
            path = f"reason_{chosen}"
        for name in (path, f"answer_{path}"):
            if name in self.fields:
                return name
        return self.main_names[0]

    def _nothing_answered(self) -> str:
        if self.slot.question.options:
            return "Select an answer"
        if self.slot.question.answer_type == AnswerType.TABLE:
            return "Enter at least one row, or say why you cannot answer"
        return "Enter an answer, or say why you cannot answer"
