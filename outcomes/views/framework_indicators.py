"""Indicators of a draft, one thing a page: which, of whom, owners, baseline, target."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from authorities.presenters.tables import Link
from outcomes.actions import framework_indicators as indicators
from outcomes.actions import framework_targets as targets
from outcomes.actions.framework_drafts import Edit, GoneError
from outcomes.framework_content import Content, Milestone, Place
from outcomes.framework_differences import baseline_words
from outcomes.framework_forms.fields import Choices, VersionedForm
from outcomes.framework_forms.indicators import (
    BaselineForm,
    IndicatorChoiceForm,
    OwnersForm,
    PeopleForm,
    SetChoiceForm,
    StandingForm,
    TargetForm,
)
from outcomes.framework_forms.theory import ReasonForm
from outcomes.framework_lifecycle import Event, may
from outcomes.framework_rules import amount_of
from outcomes.models import Indicator, ItemKind, TargetKind
from outcomes.queries import framework_choices as choices
from outcomes.views.framework_edit import DraftPage, MovePage

# As many rows as a way through agreed values starts with, beside those that are stored.
_MORE_ROWS = 4
_EVERYBODY = "everybody"
_DIRECTIONS = {"high": "A high value is good.", "low": "A low value is good."}


def measurable_items(content: Content) -> Choices:
    """Return the outcomes, then the outputs, of a draft as choices."""
    return [
        (str(item.lineage), f"{item.kind.capitalize()}: {item.title}")
        for kind in (ItemKind.OUTCOME, ItemKind.OUTPUT)
        for item in sorted(content.items, key=lambda one: one.order)
        if item.kind == kind
    ]


class IndicatorAdd(DraftPage):
    """Which indicator of which area comes in, and on the next page for whom.

    The first page asks by GET, so that the next one knows what to offer.
    """

    title = "Add an indicator"
    button = "Add it"
    part = "indicators"
    done = "The indicator is added. Say next who owns it, and choose its baseline."

    def find(self) -> None:
        """Read what the first page asked for."""
        self.areas = choices.areas_for(
            authority=self.version.framework.authority, day=timezone.localdate(self.now)
        )
        asked = self.request.GET if "indicator" in self.request.GET else None
        self.first = IndicatorChoiceForm(
            asked,
            items=measurable_items(self.content),
            indicators=choices.described_indicators(),
            areas=[(str(one.id), one.name) for one in self.areas],
        )
        self.indicator = None
        if asked is not None and self.first.is_valid():
            self.indicator = Indicator.objects.get(code=self.first.cleaned_data["indicator"])

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Ask which, then for whom."""
        if not may(state=self.version.state, event=Event.EDIT):
            return self.to_version()
        if self.indicator is None:
            return self._ask_which(status=422 if self.first.errors else 200)
        return self.show(self.form())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Add it; without the first page's answers that one is asked."""
        if self.indicator is None:
            return self._ask_which(status=422)
        return super().post(request, **address)

    def _ask_which(self, *, status: int) -> HttpResponse:
        return render(
            self.request,
            "outcomes/framework_choose.html",
            {
                "form": self.first,
                "back": Link("The draft", self.edit_url),
                "caption": self.version.framework.name,
                "title": self.title,
            },
            status=status,
        )

    def form(self, data: Any = None) -> PeopleForm:
        """Return the form that asks for whom."""
        assert self.indicator is not None  # noqa: S101 - the callers have asked
        area = UUID(self.first.cleaned_data["area"])
        found = choices.people_for(indicator=self.indicator, area_id=area)
        words = [
            (
                str(one.id or _EVERYBODY),
                one.words if one.published else f"{one.words} (no values yet)",
            )
            for one in found
        ]
        name = next(one.name for one in self.areas if one.id == area)
        self.title = f"Add {self.indicator.name}, {name}"
        return PeopleForm(data, initial=self.initial(), people=words)

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Add it."""
        asked = self.first.cleaned_data
        indicators.add_indicator(
            edit=edit,
            item=UUID(asked["item"]),
            code=asked["indicator"],
            area_id=UUID(asked["area"]),
            breakdown_id=None
            if form.cleaned_data["people"] == _EVERYBODY
            else int(form.cleaned_data["people"]),
        )


class SetAdopt(DraftPage):
    """A set of indicators comes in wholesale."""

    title = "Adopt a set of indicators"
    lead = (
        "Every indicator of the set that is not in the framework yet comes in, for the authority, "
        "with the wider determinant that it stands for. You then choose baselines and targets."
    )
    button = "Adopt it"
    part = "indicators"

    def form(self, data: Any = None) -> SetChoiceForm:
        """Return the form, each set with how many of its indicators are new."""
        inside = set(self.version.indicators.order_by("pk").values_list("indicator_id", flat=True))
        counts = choices.sets_with_counts(inside=inside)
        words = [
            (one.slug, f"{one.name} ({counts[one.pk][1]} of {counts[one.pk][0]} are new)")
            for one in choices.sets_in_use()
            if one.pk in counts
        ]
        return SetChoiceForm(
            data, initial=self.initial(), sets=words, items=measurable_items(self.content)
        )

    def store(self, form: VersionedForm, edit: Edit) -> str:
        """Adopt it."""
        done = indicators.adopt_set(
            edit=edit, item=UUID(form.cleaned_data["item"]), slug=form.cleaned_data["set"]
        )
        there = f" {done.there} were there already." if done.there else ""
        return f"{done.added} indicators came in.{there}"


class _PlacePage(DraftPage):
    """A page of one indicator of the draft."""

    part = "indicators"
    place: Place

    def find(self) -> None:
        """Find the indicator.

        Raises:
            GoneError: it is not there.
        """
        found = [one for one in self.content.places if one.lineage == self.kwargs["lineage"]]
        if not found:
            raise GoneError
        self.place = found[0]
        self.about = f"{self.place.name}: {self.place.area}, {self.place.people}"

    def show(self, form: VersionedForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page under the indicator's name."""
        return super().show(form, status=status, caption=self.about, **more)


class IndicatorStanding(_PlacePage):
    """Where it stands, for which determinant, and the authority's own role."""

    title = "What it stands for"

    def form(self, data: Any = None) -> StandingForm:
        """Return the form."""
        own = self.place
        return StandingForm(
            data,
            initial=self.initial(
                item=str(own.item),
                determinant=own.determinant,
                authority_role=own.authority_role,
            ),
            items=measurable_items(self.content),
            determinants=choices.determinants(),
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        assert isinstance(form, StandingForm)  # noqa: S101 - its own form
        indicators.place_indicator(
            edit=edit, lineage=self.place.lineage, standing=form.to_standing()
        )


class IndicatorOwners(_PlacePage):
    """Who owns it on either side."""

    title = "Who owns it"
    lead = "One side may leave the other’s open. Before it is proposed, both must be named."

    def form(self, data: Any = None) -> OwnersForm:
        """Return the form."""
        own = self.place
        return OwnersForm(
            data,
            initial=self.initial(authority_owner=own.authority_owner, board_owner=own.board_owner),
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        data = form.cleaned_data
        indicators.name_owners(
            edit=edit,
            lineage=self.place.lineage,
            authority_owner=data["authority_owner"],
            board_owner=data["board_owner"],
        )


class IndicatorBaseline(_PlacePage):
    """Where the way begins."""

    title = "Baseline"
    lead = (
        "The value, its limits and its release are kept as they are now. What is missing, "
        "suppressed or not reliable cannot be one."
    )

    def form(self, data: Any = None) -> BaselineForm:
        """Return the form with the published values."""
        own = self.place
        indicator = Indicator.objects.get(code=own.indicator)
        offered = choices.baselines_for(
            indicator_id=indicator.pk, area_id=own.area_id, breakdown_id=own.breakdown_id
        )
        values, chosen = [], "none" if own.no_baseline_reason else ""
        for one in offered:
            key = f"{one.period_id}:{one.baseline.release_id}"
            words = f"{baseline_words(own, one.baseline)}, “{one.release}”"
            values.append((key, f"{words}, provisional" if one.provisional else words))
            if own.baseline is not None and (
                one.baseline.period.start_date,
                one.baseline.period.end_date,
            ) == (own.baseline.period.start_date, own.baseline.period.end_date):
                chosen = key
        if data is not None and data.get("baseline"):
            # What the page offered may be of an earlier release by now: the action says so.
            values = _with(values, data["baseline"])
        form = BaselineForm(
            data,
            initial=self.initial(baseline=chosen, why_none=own.no_baseline_reason),
            values=values,
        )
        if own.target is None:
            del form.fields["reason"]
        return form

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        assert isinstance(form, BaselineForm)  # noqa: S101 - its own form
        targets.set_baseline(
            edit=edit,
            lineage=self.place.lineage,
            chosen=form.to_chosen(),
            why_none=form.cleaned_data["why_none"],
            reason=form.cleaned_data.get("reason", ""),
        )


def _with(values: list[tuple[str, str]], sent: str) -> list[tuple[str, str]]:
    """Return the choices with one that was sent, if it has their shape."""
    period, _, release = sent.partition(":")
    if sent in dict(values) or not (period.isdecimal() and len(period) < 19):
        return values
    try:
        UUID(release)
    except ValueError:
        return values
    return [*values, (sent, "The value that you chose")]


class IndicatorTarget(_PlacePage):
    """What is wanted of it."""

    title = "Target"

    def find(self) -> None:
        """Find the indicator, and say from where the way begins."""
        super().find()
        own = self.place
        start = baseline_words(own, own.baseline)
        begins = f"The baseline is {start}." if start else "There is no baseline yet."
        self.lead = " ".join(filter(None, (begins, _DIRECTIONS.get(own.polarity, ""))))

    def form(self, data: Any = None) -> TargetForm:
        """Return the form."""
        target, baseline = self.place.target, self.place.baseline
        none = TargetKind.NONE.value if self.place.no_target_reason else ""
        first: dict[str, Any] = {"kind": none, "why_none": self.place.no_target_reason}
        stored: tuple[Milestone, ...] = ()
        if target is not None and baseline is not None:
            stored = target.milestones
            first = {
                "kind": target.kind,
                "mode": target.mode,
                "amount": amount_of(
                    mode=target.mode, value=target.value, baseline_value=baseline.value
                )
                if target.kind == TargetKind.REACH
                else None,
                "period": target.period.label,
                "trajectory": target.trajectory,
                "tolerance": target.tolerance,
            }
            for row, one in enumerate(target.milestones):
                first |= {f"period_{row}": one.period.label, f"value_{row}": one.value}
        form = TargetForm(data, initial=self.initial(**first), rows=len(stored) + _MORE_ROWS)
        if target is None:
            # What was not there does not change.
            del form.fields["reason"]
        return form

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        assert isinstance(form, TargetForm)  # noqa: S101 - its own form
        targets.set_target(
            edit=edit,
            lineage=self.place.lineage,
            wanted=form.to_wanted(),
            why_none=form.cleaned_data["why_none"],
            reason=form.cleaned_data.get("reason", ""),
        )


class IndicatorMove(MovePage, _PlacePage):
    """An indicator changes its place."""

    def store(self, form: VersionedForm, edit: Edit) -> str:
        """Move it."""
        indicators.move_indicator(edit=edit, lineage=self.place.lineage, earlier=self.earlier)
        return f"“{self.about}” is moved."


class IndicatorRemove(_PlacePage):
    """An indicator goes with its target."""

    title = "Take the indicator out"
    lead = "Its baseline and target go with it."
    button = "Take it out"
    done = "Taken out."
    warns = True

    def form(self, data: Any = None) -> ReasonForm:
        """Return the form."""
        return ReasonForm(data, initial=self.initial())

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Take it out."""
        indicators.remove_indicator(
            edit=edit, lineage=self.place.lineage, reason=form.cleaned_data["reason"]
        )
