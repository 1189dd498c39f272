"""What lists of the API may be narrowed by; nothing else of an address reaches a query."""

import django_filters

from authorities.models import BodyKind
from outcomes.models import Indicator, Observation, Polarity


class IndicatorFilter(django_filters.FilterSet):
    """Narrows the list of indicators."""

    code = django_filters.CharFilter(field_name="code")
    fingertips_id = django_filters.NumberFilter(field_name="fingertips_id", max_value=2_147_483_647)
    draft = django_filters.BooleanFilter(field_name="draft")
    domain = django_filters.CharFilter(field_name="domain__slug")
    set = django_filters.CharFilter(field_name="set_places__indicator_set__slug")
    polarity = django_filters.ChoiceFilter(field_name="polarity", choices=Polarity.choices)

    class Meta:
        model = Indicator
        fields = ("code", "fingertips_id", "draft", "domain", "set", "polarity")


class ObservationFilter(django_filters.FilterSet):
    """Narrows the list of values."""

    indicator = django_filters.CharFilter(field_name="indicator__code")
    area_code = django_filters.CharFilter(field_name="area_code")
    area_kind = django_filters.ChoiceFilter(field_name="area__kind", choices=BodyKind.choices)
    period = django_filters.CharFilter(field_name="period__label")
    sex = django_filters.CharFilter(field_name="breakdown__sex")

    class Meta:
        model = Observation
        fields = ("indicator", "area_code", "area_kind", "period", "sex")
