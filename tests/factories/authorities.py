"""Bodies, places, pairs and people for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from authorities.models import (
    LOCAL_ROLES,
    ApiToken,
    AreaPart,
    AuthorityTier,
    AuthorityType,
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    BodyName,
    BoundaryImport,
    CodeScheme,
    Coterminosity,
    Council,
    CouncilMembership,
    CouncilRole,
    Designation,
    DevolvedFunction,
    GovernanceSeat,
    HeldFunction,
    IntegratedCareBoard,
    Invitation,
    Membership,
    Pair,
    PairOverlap,
    PartBoard,
    PartCouncil,
    RecordedAgreement,
    Role,
    SeatKind,
    StrategicAuthority,
    Succession,
    TokenScope,
    User,
)

# The boards began on this day, so facts that a test does not date hold from here on.
OPENING = date(2022, 7, 1)
JOINED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def since(first: date = OPENING) -> DateRange:
    """Every day from this one on."""
    return DateRange(first, None)


def between(first: date, end: date) -> DateRange:
    """The days from the first up to, not including, the end."""
    return DateRange(first, end)


class BodyNameFactory(DjangoModelFactory):
    class Meta:
        model = BodyName

    body = factory.SubFactory("tests.factories.authorities.CouncilFactory", name=False)
    name = "North Test"
    short_name = factory.SelfAttribute("name")
    valid = factory.LazyFunction(since)


class BodyCodeFactory(DjangoModelFactory):
    class Meta:
        model = BodyCode

    body = factory.SubFactory("tests.factories.authorities.CouncilFactory", ons_code=False)
    scheme = CodeScheme.ONS
    value = factory.Sequence(lambda n: f"E06{n:06d}")
    valid = factory.LazyFunction(since)


class DesignationFactory(DjangoModelFactory):
    class Meta:
        model = Designation

    authority = factory.SubFactory(
        "tests.factories.authorities.StrategicAuthorityFactory", designation=False
    )
    type = AuthorityType.COMBINED_AUTHORITY
    tier = AuthorityTier.MAYORAL
    valid = factory.LazyFunction(since)


class _BodyFactory(DjangoModelFactory):
    """A body with its name and codes; pass False for none, or a text for another."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    opened_on = OPENING
    source = "tests"

    @factory.post_generation
    def name(self: Any, create: bool, given: str | bool | None, **fields: Any) -> None:
        if given is not False:
            name = given or f"{self.slug.replace('-', ' ').title()}"
            BodyNameFactory(body=self, name=name, **fields)


def _coded(scheme: str, prefix: str, digits: int) -> Any:
    def code(self: Any, create: bool, given: str | bool | None, **fields: Any) -> None:
        if given is not False:
            used = BodyCode.objects.filter(scheme=scheme).count()
            BodyCodeFactory(
                body=self, scheme=scheme, value=given or f"{prefix}{used:0{digits}d}", **fields
            )

    return factory.post_generation(code)


class StrategicAuthorityFactory(_BodyFactory):
    class Meta:
        model = StrategicAuthority

    kind = BodyKind.STRATEGIC_AUTHORITY
    slug = factory.Sequence(lambda n: f"authority-{n}")
    ons_code = _coded(CodeScheme.ONS, "E47", 6)

    @factory.post_generation
    def designation(self: Any, create: bool, given: bool | None, **fields: Any) -> None:
        if given is not False:
            DesignationFactory(authority=self, **fields)


class BoardFactory(_BodyFactory):
    class Meta:
        model = IntegratedCareBoard

    kind = BodyKind.INTEGRATED_CARE_BOARD
    slug = factory.Sequence(lambda n: f"board-{n}")
    ons_code = _coded(CodeScheme.ONS, "E54", 6)
    ods_code = _coded(CodeScheme.ODS, "Q", 4)


class CouncilFactory(_BodyFactory):
    class Meta:
        model = Council

    kind = BodyKind.COUNCIL
    slug = factory.Sequence(lambda n: f"council-{n}")
    ons_code = _coded(CodeScheme.ONS, "E06", 6)


class NationalBodyFactory(_BodyFactory):
    """A body of the centre: a department, NHS England, the Local Government Association."""

    class Meta:
        model = Body
        django_get_or_create = ("kind", "slug")

    kind = BodyKind.NATIONAL
    slug = "department-of-health-and-social-care"
    name = factory.post_generation(
        lambda body, create, given, **fields: (
            body.names.exists()
            or BodyNameFactory(
                body=body, name=given or "Department of Health and Social Care", **fields
            )
        )
    )


class CountryFactory(_BodyFactory):
    """England, which figures are compared with."""

    class Meta:
        model = Body
        django_get_or_create = ("kind", "slug")

    kind = BodyKind.COUNTRY
    slug = "england"
    name = factory.post_generation(
        lambda body, create, given, **fields: (
            body.names.exists() or BodyNameFactory(body=body, name=given or "England", **fields)
        )
    )
    ons_code = factory.post_generation(
        lambda body, create, given, **fields: (
            body.codes.exists()
            or BodyCodeFactory(body=body, value=given or "E92000001", valid=DateRange(None, None))
        )
    )


class CouncilMembershipFactory(DjangoModelFactory):
    class Meta:
        model = CouncilMembership

    authority = factory.SubFactory(StrategicAuthorityFactory)
    council = factory.SubFactory(CouncilFactory)
    role = CouncilRole.CONSTITUENT
    valid = factory.LazyFunction(since)


class PartCouncilFactory(DjangoModelFactory):
    class Meta:
        model = PartCouncil

    part = factory.SubFactory("tests.factories.authorities.AreaPartFactory", council=False)
    council = factory.SubFactory(CouncilFactory)
    valid = factory.LazyFunction(since)


class AreaPartFactory(DjangoModelFactory):
    """A part in a council of its own; `council=...` to say which, `council=False` for none."""

    class Meta:
        model = AreaPart
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"E06{n:06d}:1")
    population = 100_000
    population_year = 2022
    small_areas = 60

    @factory.post_generation
    def council(self: Any, create: bool, given: Council | bool | None, **fields: Any) -> None:
        if given is not False:
            PartCouncilFactory(part=self, **({"council": given} if given else {}), **fields)


class PartBoardFactory(DjangoModelFactory):
    class Meta:
        model = PartBoard

    part = factory.SubFactory(AreaPartFactory)
    board = factory.SubFactory(BoardFactory)
    valid = factory.LazyFunction(since)


class BodyGroupingFactory(DjangoModelFactory):
    class Meta:
        model = BodyGrouping

    member = factory.SubFactory(BoardFactory)
    group = factory.SubFactory(BoardFactory)
    valid = factory.LazyFunction(since)


class SuccessionFactory(DjangoModelFactory):
    class Meta:
        model = Succession

    predecessor = factory.SubFactory(BoardFactory)
    successor = factory.SubFactory(BoardFactory)
    on_date = date(2026, 4, 1)
    kind = "merger"
    population = 100_000
    share = 1.0


class ClusterFactory(_BodyFactory):
    class Meta:
        model = Body

    kind = BodyKind.CLUSTER
    slug = factory.Sequence(lambda n: f"cluster-{n}")


class NhsRegionFactory(_BodyFactory):
    class Meta:
        model = Body

    kind = BodyKind.NHS_REGION
    slug = factory.Sequence(lambda n: f"nhs-region-{n}")
    ons_code = _coded(CodeScheme.ONS, "E40", 6)


class RegionFactory(_BodyFactory):
    """One of England's statistical regions."""

    class Meta:
        model = Body

    kind = BodyKind.REGION
    slug = factory.Sequence(lambda n: f"region-{n}")
    ons_code = _coded(CodeScheme.ONS, "E12", 6)


class HeldFunctionFactory(DjangoModelFactory):
    class Meta:
        model = HeldFunction

    authority = factory.SubFactory(StrategicAuthorityFactory)
    function = DevolvedFunction.TRANSPORT
    valid = factory.LazyFunction(since)
    source = "tests"


class GovernanceSeatFactory(DjangoModelFactory):
    class Meta:
        model = GovernanceSeat

    authority = factory.SubFactory(StrategicAuthorityFactory)
    board = factory.SubFactory(BoardFactory)
    kind = SeatKind.PARTNERSHIP_CHAIR
    holder = "Mayor"
    valid = factory.LazyFunction(since)
    source = "tests"


class RecordedAgreementFactory(DjangoModelFactory):
    class Meta:
        model = RecordedAgreement

    authority = factory.SubFactory(StrategicAuthorityFactory)
    board = factory.SubFactory(BoardFactory)
    title = "Partnership agreement"
    valid = factory.LazyFunction(since)
    source = "tests"


class PairOverlapFactory(DjangoModelFactory):
    class Meta:
        model = PairOverlap

    pair = factory.SubFactory("tests.factories.authorities.PairFactory", overlap=False)
    valid = factory.LazyFunction(since)
    population = 100_000
    share_of_authority = 1.0
    share_of_board = 1.0
    sliver = False
    planned = False
    coterminosity = factory.LazyAttribute(
        lambda made: None if made.sliver else Coterminosity.COTERMINOUS
    )
    population_year = 2022


class PairFactory(DjangoModelFactory):
    """A pair with its overlap; `overlap=False` for none, `overlap__share_of_board=0.4` to say."""

    class Meta:
        model = Pair
        skip_postgeneration_save = True

    authority = factory.SubFactory(StrategicAuthorityFactory)
    board = factory.SubFactory(BoardFactory)

    @factory.post_generation
    def overlap(self: Any, create: bool, given: bool | None, **fields: Any) -> None:
        if given is not False:
            PairOverlapFactory(pair=self, **fields)


class UserFactory(DjangoModelFactory):
    """A person. Without `password` nobody can sign in as them but by `client.force_login`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    joined_at = JOINED

    @factory.post_generation
    def password(self: Any, create: bool, given: str | None, **fields: Any) -> None:
        if given is None:
            self.set_unusable_password()
        else:
            self.set_password(given)
        if create:
            self.save(update_fields=["password"])


class BoundaryImportFactory(DjangoModelFactory):
    """A file of boundaries that waits for a decision; there is no file behind it."""

    class Meta:
        model = BoundaryImport

    name = factory.Sequence(lambda n: f"Boundaries {n}")
    valid_from = date(2026, 4, 1)
    source = "tests"
    licence = "tests"
    file = "boundaries/none.json"
    file_name = "some.json"
    size = 1
    sha256 = "0" * 64
    form_key = factory.LazyFunction(uuid.uuid4)
    state = "pending"
    preview = factory.LazyFunction(dict)
    checked_at = JOINED
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = JOINED


class MembershipFactory(DjangoModelFactory):
    """A role: at a new authority, or for a national role at the department."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
    started_at = JOINED
    body = factory.Maybe(
        factory.LazyAttribute(lambda made: made.role in LOCAL_ROLES),
        yes_declaration=factory.SubFactory(StrategicAuthorityFactory),
        no_declaration=factory.SubFactory(NationalBodyFactory),
    )


class InvitationFactory(DjangoModelFactory):
    """An invitation of today to an editor's role at a new authority."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited-{n}@example.org")
    body = factory.SubFactory(StrategicAuthorityFactory)
    role = Role.EDITOR
    invited_by = factory.SubFactory(UserFactory)
    invited_at = factory.LazyFunction(timezone.now)
    sent_at = factory.SelfAttribute("invited_at")
    expires_at = factory.LazyAttribute(lambda made: made.sent_at + timedelta(days=14))

    @factory.lazy_attribute
    def token_hash(self: Any) -> str:
        """Return the hash of a link that nobody has."""
        return sha256(self.email.encode()).hexdigest()


class NationalMembershipFactory(MembershipFactory):
    """A role at the Department of Health and Social Care."""

    role = Role.ANALYST
    body = factory.SubFactory(NationalBodyFactory)


class ApiTokenFactory(DjangoModelFactory):
    """A token of now that reads, for a day; nobody has its text."""

    class Meta:
        model = ApiToken

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Program {n}")
    scope = TokenScope.READ
    first_characters = "hdt_AbC-_9"
    made_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda made: made.made_at + timedelta(days=1))

    @factory.lazy_attribute
    def digest(self: Any) -> str:
        """Return the digest of no token."""
        return sha256(self.name.encode()).hexdigest()
