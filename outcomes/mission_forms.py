"""Forms of the definition of the mission."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms

from outcomes.actions.mission_definitions import DefinitionFacts
from outcomes.actions.mission_notes import LONGEST_TEXT
from outcomes.mission import REGIONS, Years
from outcomes.models import MissionAreas, MissionGapRule, MissionSexes, MissionShare
from outcomes.queries.mission import Version

_REGION_CHOICES = [("", "None"), *sorted(REGIONS.items(), key=lambda item: item[1])]
_LAST_YEAR = 2100


def _long(label: str, help_text: str, error: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": error},
    )


class DefinitionForm(forms.Form):
    """A reading of the mission; what does not fit together is refused when it is stored."""

    words = _long(
        "What the page says of the definition",
        "For example who published it, or that it is our reading",
        "Enter what the page says of the definition",
    )
    gap_rule = forms.ChoiceField(
        label="Between which two regions is the gap?",
        choices=MissionGapRule.choices,
        widget=forms.RadioSelect,
    )
    highest_code = forms.ChoiceField(
        label="Region to take from, of a fixed pair",
        choices=_REGION_CHOICES,
        required=False,
    )
    lowest_code = forms.ChoiceField(
        label="Region to take away, of a fixed pair", choices=_REGION_CHOICES, required=False
    )
    sexes = forms.ChoiceField(
        label="Of whom?", choices=MissionSexes.choices, widget=forms.RadioSelect
    )
    baseline = forms.ChoiceField(
        label="Baseline", help_text="Periods that figures of regions are on record for"
    )
    baseline_reason = forms.CharField(
        label="Why this baseline?",
        help_text="It stands beside the period, for example: the latest when the aim was stated",
        max_length=255,
        error_messages={"required": "Enter why this is the baseline"},
    )
    target_last_year = forms.IntegerField(
        label="Last year of the period in which the gap shall be halved (optional)",
        help_text="Leave it empty as long as no end date is published",
        required=False,
        min_value=2000,
        max_value=_LAST_YEAR,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Enter a year, for example 2036"},
    )
    source = _long(
        "Source",
        "Where the definition comes from: document, page and date",
        "Enter where the definition comes from",
    )
    reason = _long(
        "Why is there a new version?",
        "Everybody can read the reason beside the version",
        "Enter why there is a new version",
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, periods: Sequence[Years], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["baseline"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(period.label, period.label) for period in periods]
        self._periods = {period.label: period for period in periods}

    @property
    def seen(self) -> int:
        """The revision that was read; without one it is overtaken by any."""
        return self.cleaned_data.get("revision") or 0

    def facts(self) -> DefinitionFacts:
        """Return what a valid form says."""
        said = self.cleaned_data
        baseline = self._periods[said["baseline"]]
        last = said["target_last_year"]
        # The target is a period as long as the baseline's, since that is how figures come.
        first = None if last is None else last - (baseline.last - baseline.first)
        return DefinitionFacts(
            words=said["words"],
            areas=MissionAreas.REGIONS,
            gap_rule=said["gap_rule"],
            highest_code=said["highest_code"],
            lowest_code=said["lowest_code"],
            sexes=said["sexes"],
            baseline_first_year=baseline.first,
            baseline_last_year=baseline.last,
            baseline_reason=said["baseline_reason"],
            share=MissionShare.HALF,
            target_first_year=first,
            target_last_year=last,
            source=said["source"],
            reason=said["reason"],
        )


def initial_of(*, version: Version, keeps_reason: bool) -> dict[str, object]:
    """Return what a form shows at first: a version's own words, for a draft its reason too."""
    said = version.definition
    return {
        "words": version.words,
        "gap_rule": said.rule,
        "highest_code": said.highest,
        "lowest_code": said.lowest,
        "sexes": said.sexes,
        "baseline": said.baseline.label,
        "baseline_reason": version.baseline_reason,
        "target_last_year": said.target.last if said.target else None,
        "source": version.source,
        "reason": version.reason if keeps_reason else "",
        "revision": version.revision,
    }


class ApproveDefinitionForm(forms.Form):
    """Puts a draft in use, with a declaration."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    declare = forms.BooleanField(
        label="I have read what would change, and I approve this definition",
        error_messages={"required": "Confirm that you have read it and approve it"},
    )


class DiscardDefinitionForm(forms.Form):
    """Gives a draft up."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    reason = _long(
        "Why is the draft discarded?",
        "People of the centre can read it",
        "Enter why the draft is discarded",
    )


class MissionNoteForm(forms.Form):
    """What the centre says beside the figures."""

    text = forms.CharField(
        label="What do you want to say beside the figures?",
        help_text="Anybody can read it, with its day. It changes no figure",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Enter what you want to say",
            "max_length": f"Use at most {LONGEST_TEXT:,} characters",
        },
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_form_key(self) -> UUID:
        """Return the form's key; one without a key is a form of its own."""
        key: UUID | None = self.cleaned_data.get("form_key")
        return key or uuid4()


class WithdrawMissionNoteForm(forms.Form):
    """Why a note is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Everybody can read the reason where the note stood",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is withdrawn"},
    )
