"""The fields of the mission's answer."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from outcomes.mission import Gap, MissionStatus, OwnFigure, Reason, SexPicture
from outcomes.mission.words import movement_text
from outcomes.models import MissionAreas, MissionGapRule, MissionSexes, MissionShare
from outcomes.queries.mission import ShownMission, Version
from outcomes.queries.mission_notes import SaidOfMission


class MissionDefinitionSerializer(serializers.Serializer[Any]):
    """What the mission is taken to mean."""

    version = serializers.IntegerField()
    state = serializers.CharField(help_text="in_use or replaced.")
    words = serializers.CharField()
    areas = serializers.ChoiceField(choices=MissionAreas.choices)
    gap_rule = serializers.ChoiceField(choices=MissionGapRule.choices)
    highest_code = serializers.CharField(help_text="Of a fixed pair; empty for a range.")
    lowest_code = serializers.CharField(help_text="Of a fixed pair; empty for a range.")
    sexes = serializers.ChoiceField(choices=MissionSexes.choices)
    baseline = serializers.CharField()
    baseline_reason = serializers.CharField()
    share = serializers.ChoiceField(choices=MissionShare.choices)
    target_period = serializers.CharField(
        allow_null=True, help_text="Null where no end date is published."
    )
    definition_source = serializers.CharField(help_text="Where the definition comes from.")
    reason = serializers.CharField(help_text="Why there is this version.")


class MissionGapSerializer(serializers.Serializer[Any]):
    """The gap of one period, in years."""

    period = serializers.CharField()
    comparable = serializers.BooleanField(help_text="Whether the method is the baseline’s.")
    highest_regions = serializers.ListField(child=serializers.CharField())
    highest_value = serializers.FloatField()
    lowest_regions = serializers.ListField(child=serializers.CharField())
    lowest_value = serializers.FloatField()
    gap = serializers.FloatField()
    lower_95 = serializers.FloatField(allow_null=True, help_text="Null where none is published.")
    upper_95 = serializers.FloatField(allow_null=True, help_text="Null where none is published.")
    england = serializers.FloatField(allow_null=True)
    release = serializers.CharField(help_text="Year and month of publication.")
    release_title = serializers.CharField()
    release_method = serializers.CharField()
    release_source = serializers.CharField()
    release_note = serializers.CharField()


class MissionRegionSerializer(serializers.Serializer[Any]):
    """A region in the newest period."""

    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.FloatField(allow_null=True, help_text="Null where not in our sources.")
    to_floor = serializers.FloatField(allow_null=True, help_text="Negative is below the floor.")


class MissionSexSerializer(serializers.Serializer[Any]):
    """The mission for one sex; numbers in years."""

    sex = serializers.CharField(help_text="As published: Male, Female.")
    gaps = MissionGapSerializer(many=True)
    baseline_gap = serializers.FloatField(allow_null=True)
    half_of_baseline_gap = serializers.FloatField(allow_null=True)
    newest_gap = serializers.FloatField(allow_null=True)
    progress_to_half = serializers.FloatField(
        allow_null=True, help_text="1 when halved, negative when wider. Arithmetic alone."
    )
    change_at_top = serializers.FloatField(allow_null=True)
    change_at_bottom = serializers.FloatField(allow_null=True)
    narrowed_by_decline_at_top = serializers.BooleanField()
    movement = serializers.CharField(help_text="What moved, in words.")
    status = serializers.ChoiceField(choices=[one.value for one in MissionStatus])
    status_reason = serializers.ChoiceField(
        choices=[one.value for one in Reason],
        allow_null=True,
        help_text="Why it is not assessed; null where it is.",
    )
    first_comparable_period = serializers.CharField()
    comparable_from = serializers.CharField(
        help_text="Year and month in which that should be published; empty where not known."
    )
    floor = serializers.FloatField(
        allow_null=True, help_text="What halving asks of every region, with the highest as it is."
    )
    regions = MissionRegionSerializer(many=True)
    range_by_chance = serializers.FloatField(
        help_text="The range that nine regions without a true difference would show."
    )
    range_by_chance_error = serializers.FloatField(
        help_text="The standard error that it rests on; assumed where no limits are published."
    )


class MissionAlternativeCellSerializer(serializers.Serializer[Any]):
    """What another definition gives for one sex."""

    sex = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    words = serializers.CharField()


class MissionAlternativeSerializer(serializers.Serializer[Any]):
    """Another definition beside the one in use."""

    key = serializers.CharField()
    title = serializers.CharField()
    in_use = serializers.BooleanField()
    cells = MissionAlternativeCellSerializer(many=True)
    note = serializers.CharField()


class MissionOwnFigureSerializer(serializers.Serializer[Any]):
    """An authority's own figure, beside the regions’ of the same period; in years."""

    sex = serializers.CharField()
    period = serializers.CharField()
    published_as = serializers.CharField()
    value = serializers.FloatField()
    lower_95 = serializers.FloatField(allow_null=True)
    upper_95 = serializers.FloatField(allow_null=True)
    release = serializers.CharField()
    england = serializers.FloatField(allow_null=True)
    less_england = serializers.FloatField(allow_null=True)
    less_england_lower_95 = serializers.FloatField(allow_null=True)
    less_england_upper_95 = serializers.FloatField(allow_null=True)
    highest_region = serializers.FloatField(allow_null=True)
    less_highest_region = serializers.FloatField(allow_null=True)
    floor = serializers.FloatField(allow_null=True)
    less_floor = serializers.FloatField(allow_null=True)


class MissionAuthoritySerializer(serializers.Serializer[Any]):
    """Own figures of one strategic authority. They are no part of halving."""

    authority = serializers.CharField(help_text="The authority’s slug, as in its addresses.")
    figures = MissionOwnFigureSerializer(many=True)


class MissionNoteSerializer(serializers.Serializer[Any]):
    """What analysts of the centre say beside the figures; it changes none."""

    text = serializers.CharField(help_text="Empty once withdrawn.")
    signed_as = serializers.CharField()
    at = serializers.DateTimeField()
    definition = serializers.IntegerField(help_text="Version that was in use when it was said.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField(help_text="Empty unless withdrawn.")


class MissionSerializer(serializers.Serializer[Any]):
    """All that the page of the mission says."""

    definition = MissionDefinitionSerializer()
    computed_at = serializers.DateTimeField()
    sexes = MissionSexSerializer(many=True)
    alternatives = MissionAlternativeSerializer(many=True)
    authorities = MissionAuthoritySerializer(many=True)
    notes = MissionNoteSerializer(many=True, help_text="The newest first.")


def said(shown: ShownMission, notes: Sequence[SaidOfMission]) -> dict[str, Any]:
    """Return the answer's values."""
    picture = shown.picture
    return {
        "definition": _definition(shown.version),
        "computed_at": shown.computed_at,
        "sexes": [_sex(one) for one in picture.sexes],
        "alternatives": picture.sensitivity,
        "authorities": [
            {"authority": one.authority, "figures": [_own(figure) for figure in one.figures]}
            for one in picture.authorities
        ],
        "notes": notes,
    }


def _definition(version: Version) -> dict[str, Any]:
    own = version.definition
    return {
        "version": version.number,
        "state": version.state,
        "words": version.words,
        "areas": own.areas,
        "gap_rule": own.rule,
        "highest_code": own.highest,
        "lowest_code": own.lowest,
        "sexes": own.sexes,
        "baseline": own.baseline.label,
        "baseline_reason": version.baseline_reason,
        "share": own.share,
        "target_period": own.target.label if own.target else None,
        "definition_source": version.source,
        "reason": version.reason,
    }


def _sex(one: SexPicture) -> dict[str, Any]:
    return {
        "sex": one.sex,
        "gaps": [_gap(gap) for gap in one.gaps],
        "baseline_gap": one.baseline.value if one.baseline else None,
        "half_of_baseline_gap": one.target,
        "newest_gap": one.current.value if one.current else None,
        "progress_to_half": one.progress,
        "change_at_top": one.best_change,
        "change_at_bottom": one.worst_change,
        "narrowed_by_decline_at_top": one.by_decline_at_top,
        "movement": movement_text(one),
        "status": one.status,
        "status_reason": one.reason,
        "first_comparable_period": one.first_comparable.label,
        "comparable_from": one.comparable_from,
        "floor": one.floor,
        "regions": one.regions,
        "range_by_chance": one.chance,
        "range_by_chance_error": one.chance_error,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "period": gap.period.label,
        "comparable": gap.comparable,
        "highest_regions": gap.best.names,
        "highest_value": gap.best.value,
        "lowest_regions": gap.worst.names,
        "lowest_value": gap.worst.value,
        "gap": gap.value,
        "lower_95": gap.interval.lower if gap.interval else None,
        "upper_95": gap.interval.upper if gap.interval else None,
        "england": gap.england,
        "release": gap.release.key,
        "release_title": gap.release.title,
        "release_method": gap.release.method,
        "release_source": gap.release.source,
        "release_note": gap.release.note,
    }


def _own(one: OwnFigure) -> dict[str, Any]:
    interval = one.england_interval
    return {
        "sex": one.sex,
        "period": one.period.label,
        "published_as": one.area,
        "value": one.value,
        "lower_95": one.lower,
        "upper_95": one.upper,
        "release": one.release,
        "england": one.england,
        "less_england": one.england_gap,
        "less_england_lower_95": interval.lower if interval else None,
        "less_england_upper_95": interval.upper if interval else None,
        "highest_region": one.best.value if one.best else None,
        "less_highest_region": one.best_gap,
        "floor": one.floor,
        "less_floor": one.floor_gap,
    }
