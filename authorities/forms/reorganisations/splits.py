"""A body is split: first who takes over, then which area goes to whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from authorities.forms.choices import RevealingRadios
from authorities.forms.reorganisations.areas import percent_field, share_of
from authorities.forms.reorganisations.new_bodies import (
    NEW,
    NEW_PLACES,
    missing_answers,
    new_body_fields,
    opening,
    options,
    slug_typed,
)
from authorities.forms.reorganisations.operations import OperationForm
from authorities.forms.reorganisations.problems import TOP, ProblemForm
from authorities.queries.body_choices import AreaChoice
from authorities.reorganisation.facts import AUTHORITY, BodyKey
from authorities.reorganisation.guards import About, Field
from authorities.reorganisation.operations import (
    AreaShare,
    Open,
    Operation,
    Split,
    SplitTarget,
)

MOST_TARGETS = 4
_DIVIDED = "divided"
_ALL = 100


@dataclass(frozen=True)
class Taker:
    """A body that takes over: where it is new, with the operation that opens it."""

    body: BodyKey
    name: str
    opens: Open | None


@dataclass(frozen=True)
class TakerQuestions:
    """The questions about one of the bodies that take over."""

    number: int
    which: BoundField
    about_new: tuple[BoundField, ...]

    @property
    def is_open(self) -> bool:
        """Whether the questions about a new body are in use."""
        return self.which.value() == NEW or any(field.errors for field in self.about_new)


class SplitForm(OperationForm):
    """Who ends, and who takes over."""

    # The areas are asked for on the next page.
    places = {
        Field.SOURCE: "source",
        Field.TARGETS: "target_2",
        Field.PRIMARY: "primary",
        Field.AREAS: TOP,
        Field.SHARE: TOP,
    }
    names_bodies = ("source",)
    has_area = "source"

    def place_of(self, about: About) -> str:
        """Return the question; what is of one of those that take over stands at that one."""
        number = self._number_of(about.body) if about.body else 0
        if number and about.field in NEW_PLACES:
            place = f"target_{number}_{NEW_PLACES[about.field]}"
            return place if place in self.fields else TOP
        if number and about.field is Field.TARGETS:
            return f"target_{number}"
        return super().place_of(about)

    def naming(self, body: BodyKey | None) -> str:
        """Return the question whose answer is the body."""
        number = self._number_of(body) if body else 0
        return super().naming(body) or (f"target_{number}" if number else TOP)

    def _number_of(self, body: BodyKey) -> int:
        """Which of those that take over is the body, the last one where several are; 0 for none."""
        for n in range(MOST_TARGETS, 0, -1):
            [chosen] = self.typed(f"target_{n}") or [""]
            slug = slug_typed(form=self, prefix=f"target_{n}_") if chosen == NEW else chosen
            if slug == body.slug:
                return n
        return 0

    def ask(self) -> None:
        """Ask who ends, and for up to four that take over."""
        self.ask_which("source", f"Which {self.noun} is split?")
        takers = options(self.choices.takers, empty="Choose one")
        for n in range(1, MOST_TARGETS + 1):
            self.fields[f"target_{n}"] = forms.ChoiceField(
                label=f"Who takes over, {n} of {MOST_TARGETS}{'' if n <= 2 else ' (optional)'}",
                choices=[takers[0], (NEW, f"A new {self.noun}"), *takers[1:]],
                required=n <= 2,
                error_messages={"required": "Choose at least two bodies that take over."},
            )
            self.fields |= new_body_fields(choices=self.choices, prefix=f"target_{n}_")
        self.fields["primary"] = forms.ChoiceField(
            label="Whom do its people follow, unless you decide otherwise for a person?",
            choices=[(str(n), f"Number {n}") for n in range(1, MOST_TARGETS + 1)],
            initial="1",
            widget=RevealingRadios(),
            error_messages={"required": "Choose whom its people follow"},
        )

    @property
    def takers(self) -> tuple[TakerQuestions, ...]:
        """The questions, one set for each body that takes over."""
        names = [name.removeprefix("target_1_") for name in self.fields if "target_1_" in name]
        return tuple(
            TakerQuestions(
                number=n,
                which=self[f"target_{n}"],
                about_new=tuple(self[f"target_{n}_{name}"] for name in names),
            )
            for n in range(1, MOST_TARGETS + 1)
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choices need."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, MOST_TARGETS + 1):
            if said.get(f"target_{n}") == NEW:
                for name, text in missing_answers(
                    said=said, body_kind=self.choices.body_kind, prefix=f"target_{n}_"
                ).items():
                    self.add_error(name, text)
        if not said.get(f"target_{said.get('primary', '1')}", "refused"):
            self.add_error(
                "primary",
                "Choose which of the bodies that take over its people follow by default.",
            )
        return said

    def chosen(self) -> tuple[Taker, ...]:
        """Return who takes over, in the order entered."""
        kind = self.choices.body_kind
        names = {one.key.slug: one.name for one in self.choices.takers}
        found = []
        for n in range(1, MOST_TARGETS + 1):
            slug = self.cleaned_data.get(f"target_{n}")
            if slug == NEW:
                made = opening(said=self.cleaned_data, body_kind=kind, prefix=f"target_{n}_")
                found.append(Taker(body=made.body, name=made.short_name, opens=made))
            elif slug:
                found.append(Taker(body=BodyKey(kind, slug), name=names[slug], opens=None))
        return tuple(found)

    @property
    def primary(self) -> BodyKey:
        """Whom the people follow."""
        asked = [
            n for n in range(1, MOST_TARGETS + 1) if self.cleaned_data.get(f"target_{n}")
        ].index(int(self.cleaned_data["primary"]))
        return self.chosen()[asked].body

    def operations(self) -> tuple[Operation, ...]:
        """Return the split before it is known which area goes to whom."""
        takers = self.chosen()
        return (
            *(one.opens for one in takers if one.opens),
            Split(
                source=self.key("source"),
                targets=tuple(SplitTarget(one.body, ()) for one in takers),
                primary=self.primary,
            ),
        )


@dataclass(frozen=True)
class AreaQuestions:
    """The questions about one area of the body that is split."""

    area: AreaChoice
    goes_to: BoundField
    percents: tuple[BoundField, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything in the row is to be corrected."""
        return any(field.errors for field in (self.goes_to, *self.percents))


class SplitAreasForm(ProblemForm):
    """Which area goes to whom; one that is divided, in which shares."""

    # The bodies were asked for on the page before.
    places = {
        **dict.fromkeys(NEW_PLACES, TOP),
        Field.SOURCE: TOP,
        Field.TARGETS: TOP,
        Field.PRIMARY: TOP,
    }

    def __init__(
        self,
        *args: Any,
        source: BodyKey,
        primary: BodyKey,
        takers: Sequence[Taker],
        areas: Sequence[AreaChoice],
        **kwargs: Any,
    ) -> None:
        """Ask about each area."""
        super().__init__(*args, **kwargs)
        self.source, self.primary = source, primary
        self.takers, self.areas = tuple(takers), tuple(areas)
        # A council of an authority goes whole or not at all.
        self.divisible = source.kind != AUTHORITY
        for n, area in enumerate(self.areas):
            divided = [(_DIVIDED, "Divided, as in this row")] if self.divisible else []
            self.fields[f"to_{n}"] = forms.ChoiceField(
                label=f"Who takes over {area.name}",
                choices=[
                    ("", "Choose one"),
                    *((one.body.slug, one.name) for one in self.takers),
                    *divided,
                ],
                error_messages={"required": f"Choose who takes over {area.name}"},
            )
            for m, taker in enumerate(self.takers if self.divisible else ()):
                self.fields[f"percent_{n}_{m}"] = percent_field(
                    f"Percentage of {area.name} that goes to {taker.name}"
                )

    @property
    def rows(self) -> tuple[AreaQuestions, ...]:
        """The questions, a row for each area."""
        return tuple(
            AreaQuestions(
                area=area,
                goes_to=self[f"to_{n}"],
                percents=tuple(
                    self[f"percent_{n}_{m}"]
                    for m in range(len(self.takers) if self.divisible else 0)
                ),
            )
            for n, area in enumerate(self.areas)
        )

    def clean(self) -> dict[str, Any]:
        """Ask for shares where an area is divided, and for none where it is not."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for n, area in enumerate(self.areas):
            typed = [said.get(f"percent_{n}_{m}") for m in range(len(self.takers))]
            total = float(sum(percent for percent in typed if percent))
            goes_to = said.get(f"to_{n}")
            if goes_to == _DIVIDED and not any(typed):
                self.add_error(
                    f"percent_{n}_0", f"Enter the percentages into which {area.name} is divided"
                )
            elif goes_to == _DIVIDED and total != _ALL:
                self.add_error(
                    f"percent_{n}_0",
                    f"The percentages of {area.name} add up to {total:g}. Enter percentages "
                    "that add up to 100",
                )
            elif goes_to and goes_to != _DIVIDED and any(typed):
                self.add_error(
                    f"to_{n}",
                    f"Choose “Divided, as in this row” for {area.name}, or leave its percentages "
                    "empty",
                )
        return said

    def place_of(self, about: About) -> str:
        """Return the row of the area; the first where areas are missing."""
        for n, area in enumerate(self.areas):
            if area.key == about.area:
                divided = self.typed(f"to_{n}") == [_DIVIDED] and about.field is Field.SHARE
                return f"percent_{n}_{self._place_of(about.body)}" if divided else f"to_{n}"
        first = about.field in (Field.AREAS, Field.SHARE) and self.areas
        return "to_0" if first else super().place_of(about)

    def _place_of(self, body: BodyKey | None) -> int:
        """Which of those that take over is the body, from 0; the first where none is."""
        keys = [one.body for one in self.takers]
        return keys.index(body) if body in keys else 0

    def operations(self) -> tuple[Operation, ...]:
        """Return the openings and the split."""
        areas: defaultdict[BodyKey, list[AreaShare]] = defaultdict(list)
        for n, area in enumerate(self.areas):
            goes_to = self.cleaned_data[f"to_{n}"]
            for m, taker in enumerate(self.takers):
                if goes_to == _DIVIDED:
                    percent = self.cleaned_data.get(f"percent_{n}_{m}")
                    if percent:
                        areas[taker.body].append(AreaShare(area.key, share_of(percent)))
                elif goes_to == taker.body.slug:
                    areas[taker.body].append(AreaShare(area.key))
        return (
            *(one.opens for one in self.takers if one.opens),
            Split(
                source=self.source,
                targets=tuple(SplitTarget(t.body, tuple(areas[t.body])) for t in self.takers),
                primary=self.primary,
            ),
        )
