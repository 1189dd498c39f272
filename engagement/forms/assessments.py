"""The forms of the assessment desk: a side's draft, its level, and the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from duty.controls.fields import LinkField, SeenVersionField
from duty.controls.widgets import Checkboxes
from engagement.actions.assessments import GivenEvidence, SideDraft
from engagement.models import EvidenceKind, Level, Theme
from engagement.queries.evidence_offers import Offer

_STATEMENTS = ((Level.HIGH, "high"), (Level.PARTIAL, "partial"), (Level.LOW, "low"))
UNDECIDED = "undecided"
# How many links may be typed; what the site holds is ticked, and not counted here.
LINKS = 5


@dataclass(frozen=True)
class LinkFields:
    """The fields of one typed link."""

    number: int
    title: BoundField
    url: BoundField
    public_note: BoundField
    private_note: BoundField


class SideForm(forms.Form):
    """A statement for each theme, and the evidence; all of it may be left for later."""

    version = SeenVersionField()

    def __init__(
        self,
        data: Any = None,
        *,
        themes: Sequence[Theme],
        offers: Sequence[Offer],
        stored: SideDraft,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self._themes, self._offers, self._stored = tuple(themes), tuple(offers), stored
        for theme in self._themes:
            self.fields[f"{theme.code}-level"] = forms.ChoiceField(
                label=f"{theme.name}{' (core theme)' if theme.core else ''}",
                help_text="Select the statement that fits best",
                required=False,
                widget=forms.RadioSelect,
                choices=[(level.value, getattr(theme, name)) for level, name in _STATEMENTS],
            )
        self.fields["held"] = forms.MultipleChoiceField(
            label="What the site holds of this pair",
            help_text="Tick what bears your finding out. Nothing has to be typed again.",
            required=False,
            widget=Checkboxes(small=True),
            choices=[(key, label) for key, label in self._held_choices()],
        )
        for number in range(1, LINKS + 1):
            self.fields[f"title-{number}"] = forms.CharField(
                label="Title of the document or page", required=False, max_length=200
            )
            self.fields[f"url-{number}"] = LinkField(label="Link", required=False, max_length=500)
            self.fields[f"public-{number}"] = forms.CharField(
                label="Note for both bodies", required=False, max_length=500
            )
            self.fields[f"private-{number}"] = forms.CharField(
                label="Private note of the centre", required=False, max_length=500
            )

    def _held_choices(self) -> list[tuple[str, str]]:
        choices = {one.key: f"{one.title} ({one.of})" for one in self._offers}
        # What was ticked and is offered no more stays until it is unticked.
        for one in self._held():
            choices.setdefault(f"{one.kind.value}|{one.address}", one.title)
        return list(choices.items())

    def _held(self) -> tuple[GivenEvidence, ...]:
        return tuple(one for one in self._stored.evidence if one.kind != EvidenceKind.LINK)

    @staticmethod
    def initial_of(*, draft: SideDraft, version: int) -> dict[str, Any]:
        """Return the form's values for a stored draft."""
        values: dict[str, Any] = {
            "version": version,
            "held": [
                f"{one.kind.value}|{one.address}"
                for one in draft.evidence
                if one.kind != EvidenceKind.LINK
            ],
        }
        values |= {f"{code}-level": level.value for code, level in draft.picks.items()}
        links = [one for one in draft.evidence if one.kind == EvidenceKind.LINK]
        for number, one in enumerate(links, start=1):
            values |= {
                f"title-{number}": one.title,
                f"url-{number}": one.address,
                f"public-{number}": one.public_note,
                f"private-{number}": one.private_note,
            }
        return values

    @property
    def statements(self) -> tuple[BoundField, ...]:
        """The fields of the themes, in order."""
        return tuple(self[f"{theme.code}-level"] for theme in self._themes)

    @property
    def links(self) -> tuple[LinkFields, ...]:
        """The fields of the typed links."""
        return tuple(
            LinkFields(
                number=number,
                title=self[f"title-{number}"],
                url=self[f"url-{number}"],
                public_note=self[f"public-{number}"],
                private_note=self[f"private-{number}"],
            )
            for number in range(1, LINKS + 1)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a link that is half there."""
        values = super().clean() or {}
        for number in range(1, LINKS + 1):
            title, url = values.get(f"title-{number}"), values.get(f"url-{number}")
            notes = values.get(f"public-{number}") or values.get(f"private-{number}")
            if (title or notes) and not url and not self.has_error(f"url-{number}"):
                self.add_error(f"url-{number}", f"Enter the link of evidence {number}")
            if (url or notes) and not title:
                self.add_error(f"title-{number}", f"Enter the title of evidence {number}")
        return values

    @property
    def draft(self) -> SideDraft:
        """Return the stored draft with what was picked and given; only of a valid form."""
        values = self.cleaned_data
        picks = {
            theme.code: Level(level)
            for theme in self._themes
            if (level := values[f"{theme.code}-level"])
        }
        known = {f"{one.kind.value}|{one.address}": one for one in self._held()}
        offered = {
            one.key: GivenEvidence(title=one.title, address=one.address, kind=one.kind)
            for one in self._offers
        }
        held = [known.get(key) or offered[key] for key in values["held"]]
        typed = [
            GivenEvidence(
                title=values[f"title-{number}"],
                address=values[f"url-{number}"],
                public_note=values[f"public-{number}"],
                private_note=values[f"private-{number}"],
            )
            for number in range(1, LINKS + 1)
            if values[f"url-{number}"]
        ]
        return replace(self._stored, picks=picks, evidence=(*held, *typed))


class LevelForm(forms.Form):
    """The level of a side, confirmed or changed, and the texts beside it."""

    version = SeenVersionField()
    level = forms.ChoiceField(
        label="Which level do you find?",
        choices=[*Level.choices, (UNDECIDED, "It cannot be decided")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select a level, or say that it cannot be decided"},
    )
    changed_reason = forms.CharField(
        label="Why another level than the statements give",
        help_text="Only if you change the level. Both bodies can read it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    rationale = forms.CharField(
        label="Rationale",
        help_text="For both bodies to read: what the level rests on.",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write a rationale for both bodies to read"},
    )
    private_note = forms.CharField(
        label="Private note",
        help_text="For people of the centre. It never leaves it.",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )

    @staticmethod
    def initial_of(*, draft: SideDraft, computed: Level | None, version: int) -> dict[str, Any]:
        """Return the form's values: what is stored, or the computed level."""
        level = UNDECIDED if draft.undecided else draft.level or computed
        return {
            "version": version,
            "level": level,
            "changed_reason": draft.changed_reason,
            "rationale": draft.rationale,
            "private_note": draft.private_note,
        }

    def draft(self, *, stored: SideDraft) -> SideDraft:
        """Return the stored draft with this level and these texts; only of a valid form."""
        values = self.cleaned_data
        undecided = values["level"] == UNDECIDED
        return replace(
            stored,
            level=None if undecided else Level(values["level"]),
            undecided=undecided,
            changed_reason=values["changed_reason"].strip(),
            rationale=values["rationale"].strip(),
            private_note=values["private_note"].strip(),
        )


class StepForm(forms.Form):
    """A step that asks for nothing but what was seen."""

    version = SeenVersionField()


class ReasonStepForm(StepForm):
    """A step with a reason or a note."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, label: str, help_text: str, missing: str, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["reason"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = missing


class AllocateForm(forms.Form):
    """Who drafts which pairs."""

    pairs = forms.MultipleChoiceField(
        label="Pairs", error_messages={"required": "Select at least one pair"}
    )
    to = forms.ChoiceField(
        label="Allocate to", error_messages={"required": "Choose who drafts them"}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        pairs: Mapping[UUID, str],
        people: Sequence[tuple[UUID, str]],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.fields["pairs"].choices = [  # type: ignore[attr-defined]
            (str(pk), name) for pk, name in pairs.items()
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a person"),
            *((str(pk), name) for pk, name in people),
        ]


class ChosenForm(forms.Form):
    """Which national views are made final together."""

    pairs = forms.MultipleChoiceField(
        label="Pairs", error_messages={"required": "Select at least one pair"}
    )

    def __init__(self, data: Any = None, *, pairs: Mapping[UUID, str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["pairs"].choices = [  # type: ignore[attr-defined]
            (str(pk), name) for pk, name in pairs.items()
        ]


class InterestForm(forms.Form):
    """What a person has to do with a body."""

    body = forms.ChoiceField(
        label="Authority or ICB", error_messages={"required": "Choose the authority or ICB"}
    )
    what = forms.CharField(
        label="What do you have to do with it?",
        help_text="A few words, such as “worked there until June 2026”. People of the centre "
        "can read them.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say what you have to do with it"},
    )

    def __init__(
        self, data: Any = None, *, bodies: Sequence[tuple[UUID, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a body"),
            *((str(pk), name) for pk, name in bodies),
        ]
