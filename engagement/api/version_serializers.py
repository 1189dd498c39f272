"""What version 1 of the API says of the versions by which engagement is read."""

from typing import Any

from rest_framework import serializers

from engagement.models import GroupCell, GroupMap, Level, Rubric, SupportGroup, Theme
from engagement.rubric_file import SupportAim

_SHARE = "A fraction such as 2/3, of all themes of a side."


class ThemeSerializer(serializers.ModelSerializer[Theme]):
    """A theme of one side, with the statement of each level."""

    class Meta:
        model = Theme
        fields = ("side", "code", "core", "name", "high", "partial", "low", "source")


class RuleSerializer(serializers.Serializer[Any]):
    """The thresholds of the level rule."""

    high_at_least = serializers.CharField(help_text=_SHARE)
    low_more_than = serializers.CharField(help_text=_SHARE)
    unanswered_more_than = serializers.CharField(help_text=_SHARE)


class RubricSerializer(serializers.ModelSerializer[Rubric]):
    """An approved version of the rubric. A level of a later round compares only over a bridge."""

    rule = RuleSerializer()
    levels_keep_meaning = serializers.BooleanField(
        source="keeps_meaning",
        allow_null=True,
        help_text="Whether levels compare with those of the version before; null for the first.",
    )
    themes = ThemeSerializer(many=True)

    class Meta:
        model = Rubric
        fields = (
            "version",
            "source",
            "reason",
            "approved_at",
            "levels_keep_meaning",
            "meaning_reason",
            "rule",
            "themes",
        )


class SupportGroupSerializer(serializers.ModelSerializer[SupportGroup]):
    """A support group; look is a colour with its pattern, by its code in the site's palette."""

    aimed_at = serializers.ChoiceField(choices=[aim.value for aim in SupportAim])

    class Meta:
        model = SupportGroup
        fields = ("code", "name", "note", "offer", "aimed_at", "look")


class CellSerializer(serializers.ModelSerializer[GroupCell]):
    """One of the nine cells, with the code of its group."""

    icb_level = serializers.ChoiceField(choices=Level.choices, source="board_level")
    group = serializers.CharField(source="group.code")

    class Meta:
        model = GroupCell
        fields = ("authority_level", "icb_level", "group", "likely_outcome")


class LevelWordsSerializer(serializers.Serializer[Any]):
    """The words of the three levels, and of their absence."""

    high = serializers.CharField(source="high_label")
    # The field takes the name of an attribute of serializers that no reading uses.
    partial = serializers.CharField(source="partial_label")  # type: ignore[assignment]
    low = serializers.CharField(source="low_label")
    not_assessed = serializers.CharField(source="not_assessed_label")


class MatrixSerializer(serializers.ModelSerializer[GroupMap]):
    """An approved version of the matrix; placements name it as their group map."""

    labels = LevelWordsSerializer(source="*")
    groups = SupportGroupSerializer(many=True)
    cells = CellSerializer(many=True)

    class Meta:
        model = GroupMap
        fields = ("version", "source", "reason", "approved_at", "labels", "groups", "cells")
