"""What version 1 of the API says of the register's rows, field by field."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from authorities.models import BodyKind, Certainty, CodeScheme, Coterminosity


class _RowSerializer(serializers.Serializer[Any]):
    """A row, with the day that was asked for and where it comes from."""

    as_at = serializers.SerializerMethodField(
        help_text="The day that was asked for; null where everything was."
    )
    # A field may have the name of an attribute of fields; the types do not know it.
    source = serializers.CharField()  # type: ignore[assignment]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_as_at(self, row: object) -> date | None:
        """The day that was asked about."""
        day: date | None = self.context["as_at"]
        return day


class _SpanSerializer(_RowSerializer):
    """A row that holds for a time."""

    valid_from = serializers.DateField(
        allow_null=True, help_text="First day on which it holds; null where it is not recorded."
    )
    valid_to = serializers.DateField(
        allow_null=True, help_text="First day on which it no longer holds; null while it does."
    )


class BodyRowSerializer(_RowSerializer):
    """A body of any kind."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=BodyKind.choices)
    slug = serializers.SlugField(help_text="Once in each kind.")
    name = serializers.CharField()
    short_name = serializers.CharField()
    ons_code = serializers.CharField(allow_null=True)
    ods_code = serializers.CharField(allow_null=True)
    opened_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(
        allow_null=True, help_text="First day on which it no longer exists."
    )
    planned = serializers.BooleanField(help_text="Planned or proposed.")
    certainty = serializers.ChoiceField(choices=Certainty.choices)
    note = serializers.CharField()


class BodyReferenceSerializer(serializers.Serializer[Any]):
    """Which body a row is about; the name is that of the day, or of today."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=BodyKind.choices)
    slug = serializers.SlugField()
    name = serializers.CharField()
    ons_code = serializers.CharField(allow_null=True)
    ods_code = serializers.CharField(allow_null=True)


class CodeRowSerializer(_SpanSerializer):
    """A code of a body."""

    body = BodyReferenceSerializer()
    scheme = serializers.ChoiceField(choices=CodeScheme.choices)
    code = serializers.CharField()
    certainty = serializers.ChoiceField(choices=Certainty.choices)


class NameRowSerializer(_SpanSerializer):
    """A name of a body."""

    body = BodyReferenceSerializer()
    name = serializers.CharField()
    short_name = serializers.CharField()


class OverlapRowSerializer(_SpanSerializer):
    """People whom an authority and a board share."""

    pair = serializers.UUIDField(source="pair_id")
    authority = BodyReferenceSerializer()
    icb = BodyReferenceSerializer(source="board")
    population = serializers.IntegerField(help_text="People in both areas.")
    population_year = serializers.IntegerField()
    share_of_authority = serializers.FloatField(help_text="0 to 1.")
    share_of_icb = serializers.FloatField(source="share_of_board", help_text="0 to 1.")
    sliver = serializers.BooleanField(help_text="Below the threshold: listed, not assessed.")
    planned = serializers.BooleanField(help_text="The authority is not yet established.")
    coterminosity = serializers.ChoiceField(
        choices=Coterminosity.choices, allow_null=True, help_text="Empty for a sliver."
    )


class ChangeRowSerializer(_RowSerializer):
    """A body that took over from another."""

    predecessor = BodyReferenceSerializer()
    successor = BodyReferenceSerializer()
    on_date = serializers.DateField(help_text="First day of the successor's responsibility.")
    kind = serializers.CharField(help_text="As merger, split or acquisition.")
    population = serializers.IntegerField(allow_null=True, help_text="People who went over.")
    share = serializers.FloatField(
        allow_null=True, help_text="Of the predecessor's people, 0 to 1."
    )
    certainty = serializers.ChoiceField(choices=Certainty.choices)
