"""The forms of a side's own view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from duty.controls.fields import LinkField
from duty.ui.looks import FIRST_WORDS, MatrixWords
from engagement.actions.own_views import Choice
from engagement.models import Level, Theme
from engagement.queries.own_offers import OwnOffer

_STATEMENTS = ((Level.HIGH, "high"), (Level.PARTIAL, "partial"), (Level.LOW, "low"))


@dataclass(frozen=True)
class ThemeFields:
    """One theme with its fields; held is None where the site holds nothing to offer."""

    name: str
    core: bool
    statement: BoundField
    held: BoundField | None
    title: BoundField
    url: BoundField


class OwnViewForm(forms.Form):
    """A statement and its evidence for each theme; all may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        themes: Sequence[Theme],
        offers: Sequence[OwnOffer] = (),
        stored: Mapping[str, Choice] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self._themes = tuple(themes)
        self._held = {one.address: one.title for one in offers}
        labels = {one.address: f"{one.title} ({one.of})" for one in offers}
        # What was chosen and is offered no more stays until another is.
        for choice in (stored or {}).values():
            if choice.evidence_url.startswith("/"):
                self._held.setdefault(choice.evidence_url, choice.evidence_title)
                labels.setdefault(choice.evidence_url, choice.evidence_title)
        for theme in self._themes:
            self.fields[f"{theme.code}-level"] = forms.ChoiceField(
                label=f"{theme.name}{' (core theme)' if theme.core else ''}",
                help_text="Select the statement that fits best",
                required=False,
                widget=forms.RadioSelect,
                choices=[(level.value, getattr(theme, name)) for level, name in _STATEMENTS],
            )
            if labels:
                self.fields[f"{theme.code}-held"] = forms.ChoiceField(
                    label=f"Evidence for {theme.name} that the site holds already",
                    help_text="Choose one, or give a new link below.",
                    required=False,
                    choices=[("", "Nothing of these"), *labels.items()],
                )
            self.fields[f"{theme.code}-title"] = forms.CharField(
                label=f"Evidence for {theme.name}: title of the document or page",
                required=False,
                max_length=200,
            )
            self.fields[f"{theme.code}-url"] = LinkField(
                label=f"Evidence for {theme.name}: link", required=False, max_length=500
            )

    @staticmethod
    def initial_of(
        *, choices: Mapping[str, Choice], version: int, offers: Sequence[OwnOffer] = ()
    ) -> dict[str, Any]:
        """Return the form's values for stored choices."""
        values: dict[str, Any] = {"version": version}
        held = {one.address: one.title for one in offers}
        for code, choice in choices.items():
            values[f"{code}-level"] = choice.level.value
            chosen = held.get(choice.evidence_url) == choice.evidence_title
            if choice.evidence_url.startswith("/") or (choice.evidence_url and chosen):
                values[f"{code}-held"] = choice.evidence_url
                continue
            values[f"{code}-title"] = choice.evidence_title
            values[f"{code}-url"] = choice.evidence_url
        return values

    @property
    def first_statement(self) -> str:
        """Return the field at which it stands that nothing was selected."""
        return f"{self._themes[0].code}-level"

    @property
    def by_theme(self) -> tuple[ThemeFields, ...]:
        """Return the fields, theme by theme."""
        return tuple(
            ThemeFields(
                name=theme.name,
                core=theme.core,
                statement=self[f"{theme.code}-level"],
                held=self[f"{theme.code}-held"] if f"{theme.code}-held" in self.fields else None,
                title=self[f"{theme.code}-title"],
                url=self[f"{theme.code}-url"],
            )
            for theme in self._themes
        )

    def clean(self) -> dict[str, Any]:
        """Refuse evidence that is half there, or that belongs to no statement."""
        values = super().clean() or {}
        for theme in self._themes:
            title, url = values.get(f"{theme.code}-title"), values.get(f"{theme.code}-url")
            if title and not url and not self.has_error(f"{theme.code}-url"):
                self.add_error(
                    f"{theme.code}-url", f"Enter the link of the evidence for {theme.name}"
                )
            if url and not title:
                self.add_error(
                    f"{theme.code}-title", f"Enter the title of the evidence for {theme.name}"
                )
            held = values.get(f"{theme.code}-held")
            if held and (title or url):
                self.add_error(
                    f"{theme.code}-held",
                    f"Choose evidence for {theme.name} from the list or give a link, not both",
                )
            if (title or url or held) and not values.get(f"{theme.code}-level"):
                self.add_error(
                    f"{theme.code}-level",
                    f"Select a statement for {theme.name}, or remove its evidence",
                )
        return values

    @property
    def choices(self) -> dict[str, Choice]:
        """Return what was chosen, by theme code; only of a valid form."""
        return {
            theme.code: self._choice(code=theme.code, level=Level(level))
            for theme in self._themes
            if (level := self.cleaned_data[f"{theme.code}-level"])
        }

    def _choice(self, *, code: str, level: Level) -> Choice:
        if held := self.cleaned_data.get(f"{code}-held"):
            return Choice(level=level, evidence_title=self._held[held], evidence_url=held)
        return Choice(
            level=level,
            evidence_title=self.cleaned_data[f"{code}-title"],
            evidence_url=self.cleaned_data[f"{code}-url"],
        )


class ConfirmForm(forms.Form):
    """The level that a signatory confirms, or changes with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Which level do you confirm?",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the level that you confirm"},
    )
    changed_reason = forms.CharField(
        label="Why another level than the statements give",
        help_text="Only if you change the level. The reason is shown with it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, said: MatrixWords = FIRST_WORDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(level.value, said.level(level.value)[0]) for level in Level]


class ReopenForm(forms.Form):
    """Why a confirmed view is opened again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why do you open this view again?",
        help_text="The reason is kept with the history. Until the view is confirmed again, "
        "your side counts as not assessed.",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter why you open this view again"},
    )


class ConfirmPartnerForm(ConfirmForm):
    """The same of a view of the other side, with a note for the centre."""

    private_note = forms.CharField(
        label="A note for the centre (optional)",
        help_text="Only your own people and the national team ever read it, also after a release.",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changed_reason"].help_text = (
            "Only if you change the level. The other side reads the reason once the view is "
            "released."
        )


class ReleaseForm(forms.Form):
    """That the other side may read a view from now on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label="I have read what the other side will see, and that it cannot be taken back",
        error_messages={"required": "Tick that you have read what the other side will see"},
    )
