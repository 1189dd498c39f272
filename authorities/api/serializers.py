"""What version 1 of the API says of bodies and pairs, field by field."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from authorities.models import AuthorityTier, AuthorityType, Certainty, Coterminosity, CouncilRole
from authorities.presenters.words import warning_text
from authorities.timetable import TimetableWarning, WarningKind


class _FactsSerializer(serializers.Serializer[Any]):
    """Facts of a day, with the day."""

    as_at = serializers.SerializerMethodField(help_text="The day on which this holds.")
    # A field may have the name of an attribute of fields; the types do not know it.
    source = serializers.CharField()  # type: ignore[assignment]

    @extend_schema_field(serializers.DateField())
    def get_as_at(self, facts: object) -> date:
        """The day that was asked about."""
        day: date = self.context["as_at"]
        return day


class WarningSerializer(serializers.Serializer[Any]):
    """Where timetables do not fit each other."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in WarningKind])
    on = serializers.DateField(allow_null=True)
    cluster = serializers.CharField(allow_null=True)
    text = serializers.SerializerMethodField()

    def get_text(self, warning: TimetableWarning) -> str:
        """The warning as a sentence."""
        return warning_text(warning=warning)


class ClusterSerializer(serializers.Serializer[Any]):
    """Boards that share their leaders and are still separate bodies."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    starts = serializers.DateField(help_text="The first day on which it is known to hold.")
    certainty = serializers.ChoiceField(choices=Certainty.choices)


class SuccessionSerializer(serializers.Serializer[Any]):
    """A board that came before or after."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    on_date = serializers.DateField()
    kind = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)
    share = serializers.FloatField(
        allow_null=True, help_text="Of the predecessor's people, 0 to 1."
    )


class CouncilSerializer(serializers.Serializer[Any]):
    """A council of an authority."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    ons_code = serializers.CharField(allow_null=True)
    role = serializers.ChoiceField(choices=CouncilRole.choices)


class OverlapSerializer(serializers.Serializer[Any]):
    """A pair, as one of its bodies sees it."""

    id = serializers.UUIDField()
    authority = serializers.SlugField(source="authority_slug")
    icb = serializers.SlugField(source="board_slug")
    share_of_authority = serializers.FloatField(help_text="0 to 1.")
    share_of_icb = serializers.FloatField(source="share_of_board", help_text="0 to 1.")
    sliver = serializers.BooleanField()
    planned = serializers.BooleanField()


class AuthoritySerializer(_FactsSerializer):
    """A strategic authority."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    ons_code = serializers.CharField(allow_null=True)
    type = serializers.ChoiceField(choices=AuthorityType.choices, allow_null=True)
    tier = serializers.ChoiceField(choices=AuthorityTier.choices, allow_null=True)
    opened_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    planned = serializers.BooleanField()
    first_mayoral_election = serializers.DateField(allow_null=True)
    next_mayoral_election = serializers.DateField(allow_null=True)
    legal_instrument = serializers.CharField()
    population = serializers.IntegerField(help_text="People of its constituent councils.")
    coterminosity = serializers.ChoiceField(choices=Coterminosity.choices, allow_null=True)
    councils = CouncilSerializer(many=True)
    pairs = OverlapSerializer(many=True)
    warnings = WarningSerializer(many=True)
    certainty = serializers.ChoiceField(choices=Certainty.choices)
    note = serializers.CharField()


class BoardSerializer(_FactsSerializer):
    """An integrated care board."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    ons_code = serializers.CharField(allow_null=True)
    ods_code = serializers.CharField(allow_null=True)
    nhs_region = serializers.CharField(allow_null=True)
    cluster = ClusterSerializer(allow_null=True)
    opened_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    population = serializers.IntegerField()
    coterminosity = serializers.ChoiceField(choices=Coterminosity.choices, allow_null=True)
    predecessors = SuccessionSerializer(many=True)
    successors = SuccessionSerializer(many=True)
    pairs = OverlapSerializer(many=True)
    warnings = WarningSerializer(many=True)
    certainty = serializers.ChoiceField(choices=Certainty.choices)
    note = serializers.CharField()


class PairSerializer(_FactsSerializer):
    """A strategic authority and an integrated care board that serve some of the same people."""

    id = serializers.UUIDField()
    authority = serializers.SlugField(source="authority_slug")
    authority_name = serializers.CharField()
    authority_tier = serializers.ChoiceField(choices=AuthorityTier.choices, allow_null=True)
    authority_type = serializers.ChoiceField(choices=AuthorityType.choices, allow_null=True)
    icb = serializers.SlugField(source="board_slug")
    icb_name = serializers.CharField(source="board_name")
    nhs_region = serializers.CharField(allow_null=True)
    cluster = ClusterSerializer(allow_null=True)
    starts = serializers.DateField(help_text="First day with these shares.")
    ends = serializers.DateField(
        allow_null=True, help_text="First day on which the pair no longer exists."
    )
    population = serializers.IntegerField(help_text="People in both areas.")
    population_year = serializers.IntegerField()
    share_of_authority = serializers.FloatField(help_text="0 to 1.")
    share_of_icb = serializers.FloatField(source="share_of_board", help_text="0 to 1.")
    sliver = serializers.BooleanField(help_text="Below the threshold: listed, not assessed.")
    planned = serializers.BooleanField(help_text="The authority is not yet established.")
    coterminosity = serializers.ChoiceField(
        choices=Coterminosity.choices, allow_null=True, help_text="Empty for a sliver."
    )
    warnings = WarningSerializer(many=True)
