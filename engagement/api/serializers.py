"""What version 1 of the API says of a placement, field by field."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from authorities.models import DevolvedFunction
from engagement import content as contents
from engagement import words
from engagement.models import (
    Aim,
    Basis,
    Level,
    Need,
    OfferState,
    Placement,
    PracticeVersion,
    PublishedPlacement,
    Side,
    SupportOffer,
)
from engagement.presenters.placement_files import SUPPORT_NOTE

AnyPlacement = Placement | PublishedPlacement


class CorrectionSerializer(serializers.Serializer[Any]):
    """A published level that was corrected. A level of null could not be decided."""

    side = serializers.ChoiceField(choices=Side.choices)
    revision = serializers.IntegerField(help_text="The revision that it was corrected in.")
    on = serializers.DateField()
    level_before = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    reason = serializers.CharField()


class StatementReasonSerializer(serializers.Serializer[Any]):
    """The statement that was picked for a theme; null for both where none was."""

    code = serializers.CharField()
    theme = serializers.CharField()
    core = serializers.BooleanField()
    level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    statement = serializers.CharField(allow_null=True)


class EvidenceReasonSerializer(serializers.Serializer[Any]):
    """What a level rests on, as far as everybody reads it."""

    title = serializers.CharField()
    address = serializers.CharField()
    note = serializers.CharField()


class SideReasonSerializer(serializers.Serializer[Any]):
    """Why a side has its level: what the statements give, and what was said beside them."""

    side = serializers.ChoiceField(choices=Side.choices)
    computed_level = serializers.ChoiceField(
        choices=Level.choices, allow_null=True, help_text="By the rule of the rubric's version."
    )
    explanation = serializers.ListField(
        child=serializers.CharField(), help_text="The counts behind the computed level, in words."
    )
    changed_reason = serializers.CharField(help_text="Why another level than the computed one.")
    rationale = serializers.CharField(
        help_text="Of the centre's finding, or why the pair is marked not assessed."
    )
    resolved_reason = serializers.CharField(help_text="Why a challenge changed the level.")
    statements = StatementReasonSerializer(many=True)
    evidence = EvidenceReasonSerializer(many=True)


class PlacementSerializer(serializers.Serializer[Any]):
    """A pair's placement in a round. A level of null is 'not assessed', which is never low."""

    round = serializers.CharField(source="round_slug")
    round_name = serializers.CharField()
    status = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="revision_number", allow_null=True)
    pair = serializers.UUIDField(source="pair_id")
    authority = serializers.SerializerMethodField()
    authority_name = serializers.SerializerMethodField()
    icb = serializers.SerializerMethodField()
    icb_name = serializers.SerializerMethodField()
    authority_level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    icb_level = serializers.ChoiceField(
        choices=Level.choices, allow_null=True, source="board_level"
    )
    group = serializers.CharField(allow_null=True)
    gap = serializers.IntegerField(
        allow_null=True, help_text="Steps between the two levels, 0 to 2."
    )
    less_engaged = serializers.ChoiceField(choices=Side.choices, allow_null=True)
    not_assessed_reasons = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField(
        help_text="What each level rests on, the authority's first."
    )
    movement = serializers.ChoiceField(choices=sorted(words.MOVEMENTS.items()))
    basis = serializers.ChoiceField(choices=Basis.choices)
    corrections = serializers.SerializerMethodField(
        help_text="Corrections of published levels, the authority's first; mostly none."
    )
    share_of_authority = serializers.SerializerMethodField(help_text="0 to 1.")
    share_of_icb = serializers.SerializerMethodField(help_text="0 to 1.")
    coterminosity = serializers.SerializerMethodField()
    rubric_version = serializers.SerializerMethodField()
    group_map_version = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField(help_text="What to know before use.")

    def get_note(self, placement: AnyPlacement) -> str:
        """That it is about support."""
        return SUPPORT_NOTE

    @extend_schema_field(serializers.ChoiceField(choices=["published", "working"]))
    def get_status(self, placement: AnyPlacement) -> str:
        """Whether the public sees it."""
        return "working" if isinstance(placement, Placement) else "published"

    def get_authority(self, placement: AnyPlacement) -> str:
        """The authority in addresses."""
        return self._content(placement).authority.slug

    def get_authority_name(self, placement: AnyPlacement) -> str:
        """The authority as it was called."""
        return self._content(placement).authority.name

    def get_icb(self, placement: AnyPlacement) -> str:
        """The ICB in addresses."""
        return self._content(placement).board.slug

    def get_icb_name(self, placement: AnyPlacement) -> str:
        """The ICB as it was called."""
        return self._content(placement).board.name

    def get_not_assessed_reasons(self, placement: AnyPlacement) -> list[str]:
        """Why there is no place; empty where there is one."""
        return list(contents.not_assessed_reasons(content=self._content(placement)))

    @extend_schema_field(SideReasonSerializer(many=True))
    def get_reasons(self, placement: AnyPlacement) -> list[dict[str, Any]]:
        """Why each side has its level, as the page of the pair says it."""
        content = self._content(placement)
        return [_reason(side=side, of=content.side(side)) for side in Side.values]

    @extend_schema_field(CorrectionSerializer(many=True))
    def get_corrections(self, placement: AnyPlacement) -> list[dict[str, Any]]:
        """Which levels were corrected, in which revision, and why."""
        content = self._content(placement)
        return [
            {"side": side, **vars(one)}
            for side in Side.values
            for one in content.side(side).corrections
        ]

    def get_share_of_authority(self, placement: AnyPlacement) -> float:
        """The share of the authority's people who live in the ICB's area."""
        return self._content(placement).overlap.share_of_authority

    def get_share_of_icb(self, placement: AnyPlacement) -> float:
        """The share of the ICB's people who live in the authority's area."""
        return self._content(placement).overlap.share_of_board

    def get_coterminosity(self, placement: AnyPlacement) -> str:
        """The class of fit."""
        return self._content(placement).overlap.coterminosity

    def get_rubric_version(self, placement: AnyPlacement) -> int:
        """The rubric by which the levels were reached."""
        return self._content(placement).rubric_version

    def get_group_map_version(self, placement: AnyPlacement) -> int:
        """The map of cells to groups."""
        return self._content(placement).group_map_version

    def _content(self, placement: AnyPlacement) -> contents.PlacementContent:
        return contents.from_json(stored=placement.content)


def _reason(*, side: str, of: contents.SideContent) -> dict[str, Any]:
    """Return what a level rests on, as `SideReasonSerializer` describes it."""
    # What an own view gave as evidence stands at its statements, all other evidence beside them.
    given = tuple(
        contents.EvidenceContent(title=row.evidence_title, address=row.evidence_url, note="")
        for row in of.statements
        if row.evidence_url
    )
    return {
        "side": side,
        "computed_level": of.computed_level,
        "explanation": list(of.explanation),
        "changed_reason": of.changed_reason,
        "rationale": of.rationale,
        "resolved_reason": of.resolved_reason,
        "statements": [
            {name: getattr(row, name) for name in ("code", "theme", "core", "level", "statement")}
            for row in of.statements
        ],
        "evidence": [dict(vars(one)) for one in of.evidence or given],
    }


class SupportOfferSerializer(serializers.Serializer[SupportOffer]):
    """An offer of support: what exists. Who takes part is never said here."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField()
    group = serializers.CharField(source="group_code", help_text="The code of a support group.")
    aimed_at = serializers.ChoiceField(choices=Aim.choices)
    need = serializers.ChoiceField(
        choices=Need.choices, allow_blank=True, help_text="Empty for none in particular."
    )
    run_by = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="Null: without an end.")
    capacity = serializers.IntegerField(
        allow_null=True, help_text="Bodies that can take part; null for as many as like."
    )
    state = serializers.ChoiceField(choices=OfferState.choices[1:])


class PracticeExampleSerializer(serializers.Serializer[PracticeVersion]):
    """A published example, as its current version says it."""

    id = serializers.UUIDField(source="example_id")
    version = serializers.IntegerField(source="number")
    title = serializers.CharField()
    summary = serializers.CharField()
    what_was_done = serializers.CharField()
    what_came = serializers.CharField()
    evidence = serializers.CharField(allow_blank=True)
    place = serializers.CharField()
    period = serializers.CharField()
    by_whom = serializers.CharField()
    shared_by = serializers.UUIDField(
        source="body_id", allow_null=True, help_text="The body; null for one of the project's own."
    )
    source_title = serializers.CharField()
    source_url = serializers.URLField()
    source_date = serializers.DateField(allow_null=True)
    themes = serializers.ListField(child=serializers.CharField())
    function = serializers.ChoiceField(choices=DevolvedFunction.choices, allow_blank=True)
    determinants = serializers.ListField(child=serializers.CharField())
    published_at = serializers.DateTimeField(source="decided_at")
