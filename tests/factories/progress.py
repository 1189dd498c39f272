"""Methods of progress and what owners say beside it, for tests."""

import uuid

import factory
from factory.django import DjangoModelFactory

from outcomes.models import OwnerNote, ProgressMethod
from tests.factories.authorities import UserFactory
from tests.factories.frameworks import FrameworkIndicatorFactory
from tests.factories.outcomes import NOW


class ProgressMethodFactory(DjangoModelFactory):
    """A method that is not public yet; with `made_public_at` and `made_public_by`, one that is."""

    class Meta:
        model = ProgressMethod
        django_get_or_create = ("number",)

    number = 1
    text = "The first method."


class OwnerNoteFactory(DjangoModelFactory):
    """What the authority says beside a status; `framework_indicator=` to say of which."""

    class Meta:
        model = OwnerNote

    class Params:
        framework_indicator = factory.SubFactory(FrameworkIndicatorFactory)

    framework = factory.LazyAttribute(
        lambda made: made.framework_indicator.framework_version.framework
    )
    lineage = factory.LazyAttribute(lambda made: made.framework_indicator.lineage)
    body = factory.SelfAttribute("framework.authority")
    role = "Director of population health"
    text = "Two districts moved together; we do not claim a cause."
    contested = False
    about = "On track"
    at = NOW
    by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
