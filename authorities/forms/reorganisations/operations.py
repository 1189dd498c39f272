"""What may happen to one body: it opens, closes, or takes another name, code, type or tier."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from authorities.forms.choices import RevealingRadios
from authorities.forms.reorganisations.new_bodies import (
    NEW,
    NEW_PLACES,
    NOUNS,
    PLURALS,
    CodeField,
    designation_fields,
    missing_answers,
    new_body_fields,
    opening,
    options,
)
from authorities.forms.reorganisations.problems import TOP, ProblemForm
from authorities.models import CodeScheme
from authorities.queries.body_choices import OperationChoices
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL, BodyKey
from authorities.reorganisation.guards import About, Field
from authorities.reorganisation.operations import (
    Close,
    Open,
    Operation,
    Recode,
    Rename,
    Retype,
)

_PLANNED = "planned"

KINDS = (
    ("merge", "Bodies merge", "One or more end, and one takes over all of their area"),
    ("split", "A body is split", "It ends, and two or more take over its area"),
    ("transfer", "Area moves", "From one body to another; both go on"),
    ("open", "A body opens", "A new one, or an authority that was planned is established"),
    ("close", "A body closes", "Without a successor; or a planned authority is given up"),
    ("rename", "A body takes another name", ""),
    ("recode", "A body takes another code", "ONS or ODS"),
    ("retype", "An authority takes another type or tier", "For example, foundation to mayoral"),
    ("cluster_start", "ICBs form a cluster", "They share their leaders and stay separate in law"),
    ("cluster_end", "A cluster ends", "For all of its ICBs or for some"),
)
# What the page of each is called.
TITLES = {
    "merge": "Merger of {plural}",
    "split": "Split of {one}",
    "transfer": "Transfer of area between {plural}",
    "open": "Opening of {one}",
    "close": "Closing of {one}",
    "rename": "New name of {one}",
    "recode": "New code of {one}",
    "retype": "New type or tier of {one}",
    "cluster_start": "Start of a cluster",
    "cluster_end": "End of a cluster",
}
# These are about one kind of body only.
ONLY_KIND = {"retype": AUTHORITY, "cluster_start": BOARD, "cluster_end": BOARD}


def title_of(*, kind: str, body_kind: str) -> str:
    """Return what the page of an operation on bodies of a kind is called."""
    noun = NOUNS[body_kind]
    one = f"{'an' if noun[0] in 'aeiouI' else 'a'} {noun}"
    return TITLES[kind].format(plural=PLURALS[body_kind], one=one)


class OperationKindForm(forms.Form):
    """What happens, and to which kind of body."""

    kind = forms.ChoiceField(
        label="What happens?",
        choices=[(kind, label) for kind, label, _ in KINDS],
        widget=RevealingRadios(hints={kind: hint for kind, _, hint in KINDS}),
        error_messages={"required": "Choose what happens"},
    )
    body_kind = forms.ChoiceField(
        label="To which bodies?",
        help_text="A type or tier is always an authority’s, a cluster always of ICBs",
        choices=[
            (BOARD, "Integrated care boards (ICBs)"),
            (AUTHORITY, "Strategic authorities"),
            (COUNCIL, "Councils"),
        ],
        initial=BOARD,
        widget=RevealingRadios(),
        error_messages={"required": "Choose which bodies"},
    )

    def clean(self) -> dict[str, Any]:
        """Settle the kind of body where what happens leaves no choice."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        only = ONLY_KIND.get(said.get("kind", ""))
        return {**said, "body_kind": only} if only else said


class OperationForm(ProblemForm):
    """A form that stands for one or more operations."""

    # The questions whose answers are bodies, and the one whose answer has area that moves.
    names_bodies: ClassVar[Sequence[str]] = ()
    has_area: ClassVar[str] = TOP

    def __init__(self, *args: Any, choices: OperationChoices, **kwargs: Any) -> None:
        """Take what may be named, and ask."""
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.ask()

    @property
    def noun(self) -> str:
        """What a body of the kind is called."""
        return NOUNS[self.choices.body_kind]

    def key(self, name: str) -> BodyKey:
        """Return the body that was chosen at a question."""
        return BodyKey(self.choices.body_kind, str(self.cleaned_data[name]))

    def ask_which(self, name: str, label: str, *, which: Any = None, help_text: str = "") -> None:
        """Ask for one of the bodies that exist on the day."""
        self.fields[name] = forms.ChoiceField(
            label=label,
            help_text=help_text,
            choices=options(self.choices.there if which is None else which, empty="Choose one"),
            error_messages={"required": f"Choose the {self.noun}"},
        )

    def place_of(self, about: About) -> str:
        """Return the question of a field, or the one that names what no field is known of."""
        if about.field is not Field.WHOLE:
            return super().place_of(about)
        return self.has_area if about.area else self.naming(about.body)

    def naming(self, body: BodyKey | None) -> str:
        """Return the question whose answer is the body."""
        return self.first_with(self.names_bodies, body.slug) if body else TOP

    @abstractmethod
    def ask(self) -> None:
        """Make the questions."""

    @abstractmethod
    def operations(self) -> tuple[Operation, ...]:
        """Return what was entered, once it is valid."""


class OpenForm(OperationForm):
    """A body opens, or a planned authority is established."""

    places = {field: f"new_{name}" for field, name in NEW_PLACES.items()}

    def place_of(self, about: About) -> str:
        """Return the question about a new body; of a planned one, which it is."""
        is_planned = self.typed("which") == [_PLANNED]
        return "planned" if is_planned and about.field is Field.BODY else super().place_of(about)

    def naming(self, body: BodyKey | None) -> str:
        """Return the question whose answer is the body: all that is told is of one."""
        return self.place_of(About(Field.BODY)) if body else TOP

    def ask(self) -> None:
        """Ask which planned one, or for all about a new one."""
        fields = new_body_fields(choices=self.choices)
        if self.choices.planned:
            self.fields["which"] = forms.ChoiceField(
                label="Which authority begins?",
                choices=[(_PLANNED, "One that is planned"), (NEW, "Another one")],
                widget=RevealingRadios(reveals={_PLANNED: ("planned",), NEW: tuple(fields)}),
                error_messages={"required": "Choose whether it is planned already"},
            )
            self.fields["planned"] = forms.ChoiceField(
                label="Planned authority",
                choices=options(self.choices.planned, empty="Choose one"),
                required=False,
            )
        self.fields |= fields

    @property
    def is_planned(self) -> bool:
        """Whether a planned one is established."""
        return bool(self.cleaned_data.get("which") == _PLANNED)

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_planned:
            if not said.get("planned", "refused"):
                self.add_error("planned", "Choose the planned authority")
        elif "which" not in self.fields or said.get("which") == NEW:
            for name, text in missing_answers(said=said, body_kind=self.choices.body_kind).items():
                self.add_error(name, text)
        return said

    def operations(self) -> tuple[Operation, ...]:
        """Return the opening."""
        if self.is_planned:
            return (Open(self.key("planned")),)
        return (opening(said=self.cleaned_data, body_kind=self.choices.body_kind),)


class CloseForm(OperationForm):
    """A body ends without a successor, or a planned one is given up."""

    places = {Field.BODY: "body"}
    names_bodies = ("body",)

    def ask(self) -> None:
        """Ask which."""
        self.ask_which(
            "body",
            f"Which {self.noun} closes?",
            which=(*self.choices.there, *self.choices.planned),
            help_text="One that is only planned is given up: it never begins"
            if self.choices.body_kind == AUTHORITY
            else "Its area must go to others in the same change",
        )

    def operations(self) -> tuple[Operation, ...]:
        """Return the end."""
        return (Close(self.key("body")),)


class RenameForm(OperationForm):
    """A body takes another name."""

    places = {Field.BODY: "body", Field.NAME: "name", Field.SHORT_NAME: "short_name"}

    def ask(self) -> None:
        """Ask which, and for both names."""
        self.ask_which("body", f"Which {self.noun}?")
        self.fields["name"] = forms.CharField(
            label="New name", max_length=200, error_messages={"required": "Enter the new name"}
        )
        self.fields["short_name"] = forms.CharField(
            label="New short name",
            help_text="As on maps and in tables",
            max_length=120,
            error_messages={"required": "Enter the new short name"},
        )

    def operations(self) -> tuple[Operation, ...]:
        """Return the new name."""
        said = self.cleaned_data
        return (Rename(self.key("body"), said["name"], said["short_name"]),)


class RecodeForm(OperationForm):
    """A body takes another code."""

    places = {Field.BODY: "body", Field.SCHEME: "scheme", Field.VALUE: "value"}

    def ask(self) -> None:
        """Ask which, and for the code."""
        self.ask_which("body", f"Which {self.noun}?")
        self.fields["scheme"] = forms.ChoiceField(
            label="Whose code is it?",
            choices=CodeScheme.choices,
            initial=CodeScheme.ONS.value,
            widget=RevealingRadios(),
            error_messages={"required": "Choose whose code it is"},
        )
        self.fields["value"] = CodeField(
            label="New code",
            help_text="3 to 12 capital letters and figures, for example E54000061",
            max_length=12,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
            error_messages={"required": "Enter the new code"},
        )

    def operations(self) -> tuple[Operation, ...]:
        """Return the new code."""
        said = self.cleaned_data
        return (Recode(self.key("body"), said["scheme"], said["value"]),)


class RetypeForm(OperationForm):
    """An authority takes another legal type or tier."""

    places = {Field.BODY: "body", Field.TYPE: "type", Field.TIER: "tier"}

    def ask(self) -> None:
        """Ask which, and for both."""
        self.ask_which("body", f"Which {self.noun}?")
        self.fields |= designation_fields()

    def operations(self) -> tuple[Operation, ...]:
        """Return the new designation."""
        said = self.cleaned_data
        return (Retype(self.key("body"), said["type"], said["tier"]),)
