"""Bodies that come together: mergers, and clusters of boards."""

from typing import Any

from django import forms
from django.utils.text import slugify

from authorities.forms.choices import RevealingRadios
from authorities.forms.reorganisations.new_bodies import (
    NEW,
    NEW_PLACES,
    PLURALS,
    missing_answers,
    new_body_fields,
    opening,
    options,
    slug_field,
    slug_typed,
)
from authorities.forms.reorganisations.operations import OperationForm
from authorities.forms.reorganisations.problems import TOP
from authorities.reorganisation.facts import CLUSTER, BodyKey
from authorities.reorganisation.guards import About, Field
from authorities.reorganisation.operations import ClusterEnd, ClusterStart, Merge, Operation

_THERE = "there"


class MergeForm(OperationForm):
    """Bodies end, and one takes over all of their area."""

    places = {
        **{field: f"new_{name}" for field, name in NEW_PLACES.items()},
        Field.SOURCES: "sources",
        Field.TARGET: "target",
    }
    names_bodies = ("sources", "target")
    has_area = "sources"

    def place_of(self, about: About) -> str:
        """Return the question; who takes over and is new is named by its address."""
        is_new = self.typed("target_is") == [NEW]
        return "new_slug" if is_new and about.field is Field.TARGET else super().place_of(about)

    def naming(self, body: BodyKey | None) -> str:
        """Return the question whose answer is the body."""
        place = super().naming(body)
        if place or body is None or self.typed("target_is") != [NEW]:
            return place
        return "new_slug" if body.slug == slug_typed(form=self) else TOP

    def ask(self) -> None:
        """Ask who ends, and who takes over."""
        plural = PLURALS[self.choices.body_kind]
        self.fields["sources"] = forms.MultipleChoiceField(
            label=f"Which {plural} end?",
            choices=options(self.choices.there),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": f"Choose at least one {self.noun} that ends"},
        )
        fields = new_body_fields(choices=self.choices)
        self.fields["target_is"] = forms.ChoiceField(
            label=f"Which {self.noun} takes over?",
            choices=[(NEW, "A new one"), (_THERE, "One that is there, or opens in this change")],
            widget=RevealingRadios(reveals={NEW: tuple(fields), _THERE: ("target",)}),
            error_messages={"required": f"Choose which {self.noun} takes over"},
        )
        self.fields |= fields
        self.fields["target"] = forms.ChoiceField(
            label=f"The {self.noun}",
            choices=options(self.choices.takers, empty="Choose one"),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("target_is") == NEW:
            for name, text in missing_answers(said=said, body_kind=self.choices.body_kind).items():
                self.add_error(name, text)
        elif said.get("target_is") == _THERE and not said.get("target", "refused"):
            self.add_error("target", f"Choose the {self.noun} that takes over")
        return said

    def operations(self) -> tuple[Operation, ...]:
        """Return the merger, and before it the opening of a new body."""
        kind = self.choices.body_kind
        sources = tuple(BodyKey(kind, slug) for slug in self.cleaned_data["sources"])
        if self.cleaned_data["target_is"] == _THERE:
            return (Merge(sources, self.key("target")),)
        opened = opening(said=self.cleaned_data, body_kind=kind)
        return (opened, Merge(sources, opened.body))


class ClusterStartForm(OperationForm):
    """Boards begin to share their leaders."""

    places = {Field.BODY: "slug", Field.NAME: "name", Field.MEMBERS: "members"}

    def place_of(self, about: About) -> str:
        """Return the question; a cluster that is there is chosen, not described."""
        joins = self.typed("cluster_is") == [_THERE]
        return "cluster" if joins and about.field is Field.BODY else super().place_of(about)

    def ask(self) -> None:
        """Ask which boards, and which cluster."""
        self.fields["members"] = forms.MultipleChoiceField(
            label="Which ICBs share their leaders from then on?",
            choices=options(self.choices.there),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose the ICBs"},
        )
        self.fields["cluster_is"] = forms.ChoiceField(
            label="Which cluster?",
            choices=[(NEW, "A new one"), (_THERE, "They join one that is there")],
            widget=RevealingRadios(reveals={NEW: ("name", "slug"), _THERE: ("cluster",)}),
            error_messages={"required": "Choose whether the cluster is new"},
        )
        self.fields["name"] = forms.CharField(
            label="Name of the cluster", max_length=120, required=False
        )
        self.fields["slug"] = slug_field()
        self.fields["cluster"] = forms.ChoiceField(
            label="The cluster",
            choices=options([one.body for one in self.choices.clusters], empty="Choose one"),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("cluster_is") == NEW and not said.get("name", "refused"):
            self.add_error("name", "Enter the name of the cluster")
        if said.get("cluster_is") == _THERE and not said.get("cluster", "refused"):
            self.add_error("cluster", "Choose the cluster")
        return said

    def operations(self) -> tuple[Operation, ...]:
        """Return the start."""
        said = self.cleaned_data
        members = tuple(BodyKey(self.choices.body_kind, slug) for slug in said["members"])
        if said["cluster_is"] == _THERE:
            return (ClusterStart(BodyKey(CLUSTER, said["cluster"]), members),)
        slug = said["slug"] or slugify(said["name"])[:100]
        return (ClusterStart(BodyKey(CLUSTER, slug), members, said["name"]),)


class ClusterEndForm(OperationForm):
    """A cluster ends, for all of its boards or for some."""

    places = {Field.BODY: "cluster", Field.MEMBERS: "members"}

    def ask(self) -> None:
        """Ask which cluster, and for whom."""
        clusters = self.choices.clusters
        self.fields["cluster"] = forms.ChoiceField(
            label="Which cluster?",
            choices=options([one.body for one in clusters], empty="Choose one"),
            error_messages={"required": "Choose the cluster"},
        )
        self.fields["members"] = forms.MultipleChoiceField(
            label="For which ICBs does it end? (optional)",
            help_text="Choose none where it ends for all of them",
            choices=[
                (member.key.slug, f"{member.label}, in {cluster.body.name}")
                for cluster in clusters
                for member in cluster.members
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def operations(self) -> tuple[Operation, ...]:
        """Return the end."""
        said = self.cleaned_data
        members = tuple(BodyKey(self.choices.body_kind, slug) for slug in said["members"])
        return (ClusterEnd(BodyKey(CLUSTER, said["cluster"]), members),)
