"""What a commitment may be linked with, and its money, for tests."""

import uuid
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from authorities.models import Pair
from duty.models import PartnershipAgreement
from duty.standing_records import Prevention, RecordKind
from engagement.models import CommitmentMoney, MoneySource, Side
from outcomes.models import FrameworkVersion, TheoryItem
from tests.factories.authorities import UserFactory
from tests.factories.engagement_commitments import DECIDED, AgreedCommitmentFactory
from tests.factories.frameworks import (
    FrameworkFactory,
    FrameworkPartnerFactory,
    FrameworkVersionFactory,
    TheoryItemFactory,
    agree,
)
from tests.factories.standing_records import on_record


def agreement_of(pair: Pair, **said: object) -> PartnershipAgreement:
    """Put a signed agreement of the pair's authority with its ICB on record."""
    made = on_record(
        pair.authority,
        RecordKind.AGREEMENT,
        by=UserFactory(),
        **{"boards": (pair.board.slug,), **said},
    )
    assert isinstance(made, PartnershipAgreement)
    return made


def agreed_outcome(pair: Pair, **said: object) -> TheoryItem:
    """Agree a framework of the pair with an outcome."""
    framework = FrameworkFactory(authority=pair.authority)
    FrameworkPartnerFactory(framework=framework, pair=pair)
    version: FrameworkVersion = FrameworkVersionFactory(framework=framework)
    made: TheoryItem = TheoryItemFactory(framework_version=version, **said)
    agree(version)
    return made


class MoneyFactory(DjangoModelFactory):
    """What the authority states of its settlement for 2026/27."""

    class Meta:
        model = CommitmentMoney

    commitment = factory.SubFactory(AgreedCommitmentFactory)
    side = Side.AUTHORITY
    source = MoneySource.SETTLEMENT
    year = 2026
    amount = Decimal("1200000.00")
    prevention = Prevention.YES
    purpose = "Two posts"
    stated_at = DECIDED
    stated_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
