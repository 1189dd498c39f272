"""The forms of the right of reply: a body's reply, and a moderator's answer to a challenge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from duty.controls.fields import LinkField, SeenVersionField
from duty.controls.widgets import Checkboxes, Radios
from duty.ui.looks import MatrixWords
from engagement.actions.finding_replies import ReplyEvidence, StoredReply
from engagement.assessment_lifecycle import REFUSALS, Guard
from engagement.models import Level, ReplyChoice, ResolutionOutcome, Theme
from engagement.queries.own_offers import OwnOffer

# How many links may be typed; what the site holds is ticked, and not counted here.
LINKS = 3
UNDECIDED = "undecided"
_NO_CHOICE = "Select whether you agree or disagree. To give no reply, leave this page"


@dataclass(frozen=True)
class TypedLink:
    """The fields of one typed link."""

    number: int
    title: BoundField
    url: BoundField


class ReplyForm(forms.Form):
    """Whether the body agrees with the finding on its side, and what shows that it is not so."""

    version = SeenVersionField()
    choice = forms.ChoiceField(
        label="Does your body agree with the level found on your side?",
        help_text="To give no reply, do nothing: no reply is neither agreement nor disagreement.",
        widget=Radios(),
        error_messages={"required": _NO_CHOICE},
    )
    note = forms.CharField(
        label="Note",
        help_text="Needed if you disagree: say what the finding has wrong. The centre reads it; "
        "the other body never does.",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        themes: Sequence[Theme],
        offers: Sequence[OwnOffer],
        stored: StoredReply,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self._offers, self._stored = tuple(offers), stored
        choices = [
            (ReplyChoice.AGREE.value, "Yes, we agree"),
            (ReplyChoice.DISAGREE.value, "No, we disagree"),
        ]
        if stored.choice != ReplyChoice.NO_REPLY:
            choices.append((ReplyChoice.NO_REPLY.value, "Take our reply back: no reply"))
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["themes"] = forms.MultipleChoiceField(
            label="Which themes is your disagreement about?",
            help_text="Leave all empty if it is about the level as a whole.",
            required=False,
            widget=Checkboxes(small=True),
            choices=[(theme.code, theme.name) for theme in themes],
        )
        self.fields["held"] = forms.MultipleChoiceField(
            label="Evidence that the site holds already",
            help_text="Tick what shows it. Nothing has to be typed again.",
            required=False,
            widget=Checkboxes(small=True),
            choices=self._held_choices(),
        )
        for number in range(1, LINKS + 1):
            self.fields[f"title-{number}"] = forms.CharField(
                label=f"New evidence {number}: title", required=False, max_length=200
            )
            self.fields[f"url-{number}"] = LinkField(
                label=f"New evidence {number}: link", required=False, max_length=500
            )

    def _held_choices(self) -> list[tuple[str, str]]:
        choices = {one.address: f"{one.title} ({one.of})" for one in self._offers}
        typed = self._typed_links(offers=self._offers, stored=self._stored)
        # What was given and is offered no more stays until it is unticked.
        for one in self._stored.evidence:
            if one not in typed:
                choices.setdefault(one.url, one.title)
        return list(choices.items())

    @staticmethod
    def _typed_links(
        *, offers: Sequence[OwnOffer], stored: StoredReply
    ) -> tuple[ReplyEvidence, ...]:
        offered = {one.address for one in offers}
        links = [
            one for one in stored.evidence if one.url not in offered and not one.url.startswith("/")
        ]
        return tuple(links[:LINKS])

    @classmethod
    def initial_of(
        cls, *, stored: StoredReply, offers: Sequence[OwnOffer], version: int
    ) -> dict[str, Any]:
        """Return the form's values for a stored reply."""
        typed = cls._typed_links(offers=offers, stored=stored)
        values: dict[str, Any] = {
            "version": version,
            "note": stored.note,
            "themes": list(stored.themes),
            "held": [one.url for one in stored.evidence if one not in typed],
        }
        if stored.choice != ReplyChoice.NO_REPLY:
            values["choice"] = stored.choice.value
        for number, one in enumerate(typed, start=1):
            values |= {f"title-{number}": one.title, f"url-{number}": one.url}
        return values

    @property
    def links(self) -> tuple[TypedLink, ...]:
        """The fields of the typed links."""
        return tuple(
            TypedLink(number, self[f"title-{number}"], self[f"url-{number}"])
            for number in range(1, LINKS + 1)
        )

    @property
    def has_offers(self) -> bool:
        """Whether the site holds anything to tick."""
        return bool(self.fields["held"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse evidence that is half there, and a disagreement without note and evidence."""
        values = super().clean() or {}
        some = bool(values.get("held"))
        for number in range(1, LINKS + 1):
            title, url = values.get(f"title-{number}"), values.get(f"url-{number}")
            some = some or bool(title or url) or self.has_error(f"url-{number}")
            if title and not url and not self.has_error(f"url-{number}"):
                self.add_error(f"url-{number}", f"Enter the link of new evidence {number}")
            if url and not title:
                self.add_error(f"title-{number}", f"Enter the title of new evidence {number}")
        if values.get("choice") == ReplyChoice.DISAGREE:
            if not (values.get("note") or "").strip() and not self.has_error("note"):
                self.add_error("note", REFUSALS[Guard.DISAGREEMENT_EXPLAINED].rstrip("."))
            if not some:
                self.add_error("title-1", REFUSALS[Guard.DISAGREEMENT_SHOWN].rstrip("."))
        return values

    @property
    def reply(self) -> StoredReply:
        """Return what was said; only of a valid form. Taking a reply back says nothing else."""
        values = self.cleaned_data
        choice = ReplyChoice(values["choice"])
        if choice == ReplyChoice.NO_REPLY:
            return StoredReply(choice=choice, note="", evidence=())
        known = {one.url: one for one in self._stored.evidence}
        known |= {one.address: ReplyEvidence(one.title, one.address) for one in self._offers}
        typed = [
            ReplyEvidence(values[f"title-{number}"].strip(), values[f"url-{number}"])
            for number in range(1, LINKS + 1)
            if values[f"url-{number}"]
        ]
        about = values["themes"] if choice == ReplyChoice.DISAGREE else ()
        return StoredReply(
            choice=choice,
            note=values["note"].strip(),
            evidence=(*(known[key] for key in values["held"]), *typed),
            themes=tuple(about),
        )


class ResolveForm(forms.Form):
    """Whether a challenged level stands, or which it is, and why."""

    version = SeenVersionField()
    outcome = forms.ChoiceField(
        label="What becomes of the level?",
        widget=Radios(reveals={ResolutionOutcome.CHANGE.value: ("level",)}),
        choices=[
            (ResolutionOutcome.UPHOLD.value, "It is upheld: it stays as it was found"),
            (ResolutionOutcome.CHANGE.value, "It is changed"),
        ],
        error_messages={"required": "Select whether the level is upheld or changed"},
    )
    level = forms.ChoiceField(
        label="Level after the change",
        required=False,
        widget=forms.RadioSelect,
        choices=[*Level.choices, (UNDECIDED, "It cannot be decided")],
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Both bodies read it, so quote nothing that one of them said in confidence.",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Say why, for both bodies to read"},
    )

    def __init__(self, data: Any = None, *, said: MatrixWords, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            *((level.value, said.level(level.value)[0]) for level in Level),
            (UNDECIDED, "It cannot be decided"),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a level where it is changed."""
        values = super().clean() or {}
        if values.get("outcome") == ResolutionOutcome.CHANGE and not values.get("level"):
            self.add_error("level", "Select the level after the change")
        return values

    @property
    def decided(self) -> ResolutionOutcome:
        """What was decided; only of a valid form."""
        return ResolutionOutcome(self.cleaned_data["outcome"])

    @property
    def level_after(self) -> Level | None:
        """The level after a change; None where it stays, or cannot be decided."""
        chosen = self.cleaned_data["level"]
        if self.decided == ResolutionOutcome.UPHOLD or chosen == UNDECIDED:
            return None
        return Level(chosen)
