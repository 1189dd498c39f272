"""Forms of the catalogue: what to show of it, and what analysts say of indicators."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from outcomes.actions.domains import DomainFacts
from outcomes.actions.indicator_sets import SetFacts
from outcomes.definitions import FIELDS, LARGEST, LARGEST_SMALL, LONGEST, Definition, facts_of
from outcomes.models import BenchmarkMethod, BreakKind, Polarity, Scale, YearType

Choices = Sequence[tuple[str, str]]
_SHORT_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class _ChoosingForm(forms.Form):
    """A form that asks for nothing with a value that is no choice."""

    def asked(self, name: str) -> str:
        """Return what is asked for; a value that is no choice asks for nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def _offer(self, name: str, every: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", every), *choices]


class CatalogueFilterForm(_ChoosingForm):
    """Which indicators to show; every field may be left alone."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    domain = forms.ChoiceField(label="Domain", required=False)
    set = forms.ChoiceField(label="Set", required=False)
    polarity = forms.ChoiceField(label="Which direction is good", required=False)

    def __init__(self, data: Any, *, domains: Choices, sets: Choices) -> None:
        super().__init__(data)
        self._offer("domain", "All domains", domains)
        self._offer("set", "All sets", sets)
        self._offer("polarity", "Any", Polarity.choices)


class MissingFilterForm(_ChoosingForm):
    """Of which indicators, and for whom, to show what is missing."""

    set = forms.ChoiceField(label="Indicators", required=False)
    authority = forms.ChoiceField(label="Strategic authority", required=False)

    def __init__(self, data: Any, *, sets: Choices, authorities: Choices) -> None:
        super().__init__(data)
        self._offer("set", "All that are described", sets)
        self._offer("authority", "All", authorities)


def _whole_number(label: str, name: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0 if name == "publication_lag_months" else 1,
        max_value=LARGEST.get(name, LARGEST_SMALL),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Enter a whole number"},
    )


def _long(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class IndicatorForm(forms.Form):
    """What an indicator is; the rules of a definition are checked when it is stored."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    code = forms.CharField(
        label="Code",
        help_text="It stands in addresses and files, for example obesity-year-6",
        max_length=LONGEST["code"],
    )
    fingertips_id = _whole_number("Fingertips identifier (optional)", "fingertips_id")
    name = forms.CharField(label="Name", max_length=LONGEST["name"])
    definition = _long("Definition", "In a sentence or two, in plain words", rows=5)
    unit = forms.CharField(
        label="Unit", help_text="For example years or per 1,000", max_length=LONGEST["unit"]
    )
    scale = forms.ChoiceField(label="Scale", choices=Scale.choices)
    polarity = forms.ChoiceField(label="Which direction is good", choices=Polarity.choices)
    domain = forms.ChoiceField(label="Domain (optional)", required=False)
    multiplier = _whole_number(
        "Multiplier (optional)",
        "multiplier",
        "A value is count divided by denominator times this: 100 for a percentage",
    )
    year_type = forms.ChoiceField(label="Type of year", choices=YearType.choices)
    period_months = _whole_number("Length of a period in months (optional)", "period_months")
    step_months = _whole_number(
        "Months from one period's start to the next (optional)",
        "step_months",
        "Shorter than the length where periods are rolling",
    )
    publication_lag_months = _whole_number(
        "Months from a period's end to its publication (optional)", "publication_lag_months"
    )
    breakdowns = forms.CharField(
        label="Broken down by (optional)",
        help_text="By what values are given apart, for example sex, deprivation",
        required=False,
        max_length=LONGEST["breakdowns"],
    )
    benchmark_method = forms.ChoiceField(
        label="Rule of comparison", choices=BenchmarkMethod.choices
    )
    trend_eligible = forms.BooleanField(label="A recent trend may be computed", required=False)
    trend_text = forms.CharField(
        label="Why none is computed, where it may not",
        required=False,
        max_length=LONGEST["trend_text"],
    )
    suppress_counts_to = _whole_number(
        "Suppress counts from 1 to (optional)",
        "suppress_counts_to",
        "Of values that bodies send in",
    )
    suppress_denominators_to = _whole_number(
        "Suppress populations up to (optional)", "suppress_denominators_to"
    )
    round_counts_to = _whole_number("Round counts to the nearest (optional)", "round_counts_to")
    disclosure_text = _long("The publisher's own rule of disclosure (optional)")
    source = _long("Source", "Who publishes it")
    licence = forms.CharField(label="Licence", max_length=LONGEST["licence"])
    reason = _long(
        "Why does it change?", "Everybody can read the reason beside the version that it made"
    )

    def __init__(self, *args: Any, domains: Choices, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "None"), *domains]
        if not needs_reason:
            self.fields["reason"].label = "Why does it change? (optional)"

    @property
    def seen(self) -> int:
        """The version that was read; without one it is overtaken by any."""
        return self.cleaned_data.get("version") or 0

    def to_definition(self) -> Definition:
        """Return the facts of a valid form."""
        return Definition(**{name: self.cleaned_data[name] for name in FIELDS})


def initial_of(*, definition: Definition, version: int) -> dict[str, object]:
    """Return what a form of the indicator shows at first."""
    return {**facts_of(definition=definition), "version": version}


class BreakForm(forms.Form):
    """A break in comparability."""

    starts_on = forms.DateField(
        label="From which day on are periods not comparable with those before?",
        help_text="The first day of the first period after the break, for example 2011-01-01",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Enter a day",
            "invalid": "Enter a date as year, month and day, for example 2026-04-01",
        },
    )
    kind = forms.ChoiceField(label="What changed?", choices=BreakKind.choices)
    text = forms.CharField(
        label="What happened, in a sentence or two",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what changed"},
    )
    source = _long("Source (optional)", rows=2)
    common_period = forms.ChoiceField(
        label="Which period was published by the old ways and again by the new ones? (optional)",
        help_text=(
            "Where there is one, the ratio of its two values bridges the break: a baseline from "
            "before it is carried over, and marked as bridged"
        ),
        required=False,
    )
    old_release = forms.ChoiceField(
        label="Which was the last release by the old ways? (only with such a period)",
        required=False,
    )

    def with_bridges(self, *, periods: Choices, releases: Choices) -> "BreakForm":
        """Return the form with what may bridge the break; without the questions where nothing may.

        Args:
            periods: key and label of those that were published more than once.
            releases: key and title, the newest first.
        """
        for name, choices in (("common_period", periods), ("old_release", releases)):
            if periods:
                self.fields[name].choices = [("", "None"), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        return self


class WithdrawForm(forms.Form):
    """Why a recorded break was none."""

    reason = forms.CharField(
        label="Why was it no break?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it was no break"},
    )


class _NamedForm(forms.Form):
    """A thing with a short name, a name, a text and a source."""

    revision = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    slug = forms.RegexField(
        label="Short name",
        help_text="It stands in addresses and files, for example wider-determinants",
        regex=_SHORT_NAME,
        max_length=60,
        error_messages={
            "required": "Enter a short name",
            "invalid": "Use small letters, figures and single hyphens",
        },
    )
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Enter a name"}
    )
    text = _long("What is it for? (optional)")
    source = _long("Where does it come from? (optional)", rows=2)
    in_use = forms.BooleanField(label="It is in use", required=False, initial=True)

    def __init__(self, *args: Any, slug: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._slug = slug
        if slug:
            del self.fields["slug"]

    @property
    def own_slug(self) -> str:
        """The short name: that of the address, else the one that was entered."""
        return self._slug or str(self.cleaned_data["slug"])


class DomainForm(_NamedForm):
    """A domain of determinants or outcomes."""

    order = forms.IntegerField(label="Place in the list", min_value=0, max_value=LARGEST_SMALL)

    def to_facts(self) -> DomainFacts:
        """Return the facts of a valid form."""
        data: Mapping[str, Any] = self.cleaned_data
        return DomainFacts(
            slug=self.own_slug,
            name=data["name"],
            text=data["text"],
            source=data["source"],
            order=data["order"],
            in_use=data["in_use"],
        )


class SetForm(_NamedForm):
    """A set of indicators."""

    indicators = forms.CharField(
        label="Its indicators, by code, one a line in their order",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_indicators(self) -> tuple[str, ...]:
        """Return the codes in their order, each once."""
        codes = [line.strip() for line in self.cleaned_data["indicators"].split("\n")]
        found = [code for code in codes if code]
        if twice := sorted({code for code in found if found.count(code) > 1}):
            raise forms.ValidationError(f"{twice[0]} is there twice. Remove one")
        return tuple(found)

    def to_facts(self) -> SetFacts:
        """Return the facts of a valid form."""
        data: Mapping[str, Any] = self.cleaned_data
        return SetFacts(
            slug=self.own_slug,
            name=data["name"],
            text=data["text"],
            source=data["source"],
            in_use=data["in_use"],
            indicators=data["indicators"],
        )


class SetImportForm(forms.Form):
    """A file of sets."""

    file = forms.FileField(
        label="Your file",
        help_text=(
            "A CSV file like the one that each set gives: one row an indicator, up to 1 MB. A set "
            "that is there already is replaced"
        ),
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
