"""What must always hold is held by the database: each rule is broken once, past the models."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from authorities.models import (
    Body,
    BodyCode,
    BodyKind,
    BodyName,
    Boundary,
    BoundarySet,
    CodeScheme,
    Coterminosity,
    Council,
    CouncilMembership,
    CouncilRole,
    Drawing,
    IntegratedCareBoard,
    Membership,
    Pair,
    PairOverlap,
    PartBoard,
    Role,
    StrategicAuthority,
    User,
)
from tests.factories.authorities import (
    JOINED,
    OPENING,
    AreaPartFactory,
    BoardFactory,
    BodyCodeFactory,
    BodyGroupingFactory,
    BoundaryImportFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    MembershipFactory,
    NationalBodyFactory,
    PairFactory,
    PartBoardFactory,
    StrategicAuthorityFactory,
    SuccessionFactory,
    UserFactory,
    between,
    since,
)

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(days=365)


def code_twice() -> None:
    code = BodyCodeFactory()
    BodyCode.objects.bulk_create(
        [
            BodyCode(
                body=CouncilFactory(ons_code=False),
                scheme="ons",
                value=code.value,
                valid=since(LATER),
            )
        ]
    )


def two_codes() -> None:
    code = BodyCodeFactory()
    BodyCode.objects.bulk_create(
        [BodyCode(body=code.body, scheme="ons", value="E06999999", valid=since(LATER))]
    )


def council_in_two() -> None:
    row = CouncilMembershipFactory()
    CouncilMembership.objects.bulk_create(
        [
            CouncilMembership(
                authority=StrategicAuthorityFactory(),
                council=row.council,
                role=CouncilRole.CONSTITUENT,
                valid=since(LATER),
            )
        ]
    )


def part_in_two() -> None:
    row = PartBoardFactory()
    PartBoard.objects.bulk_create(
        [PartBoard(part=row.part, board=BoardFactory(), valid=since(LATER))]
    )


def some_boundaries() -> BoundarySet:
    return BoundarySet.objects.create(
        name="Some", valid=since(), approximate=False, source="s", licence="l"
    )


def overlap(**fields: Any) -> Callable[[], None]:
    def store() -> None:
        values: dict[str, Any] = {
            "pair": PairFactory(overlap=False),
            "valid": since(),
            "population": 1,
            "share_of_authority": 0.5,
            "share_of_board": 0.5,
            "sliver": False,
            "planned": False,
            "coterminosity": Coterminosity.MIXED,
            "population_year": 2022,
        }
        PairOverlap.objects.bulk_create([PairOverlap(**{**values, **fields})])

    return store


def overlap_twice() -> None:
    pair = PairFactory()
    overlap(pair=pair, valid=since(LATER))()


def body(**fields: Any) -> Callable[[], None]:
    def store() -> None:
        values: dict[str, Any] = {"kind": BodyKind.COUNTRY, "slug": "x", "opened_on": OPENING}
        Body.objects.bulk_create([Body(**{**values, **fields})])

    return store


def slug_twice() -> None:
    body(slug="england")()
    body(slug="england")()


def pair_twice() -> None:
    pair = PairFactory()
    Pair.objects.bulk_create([Pair(authority=pair.authority, board=pair.board)])


def name_twice() -> None:
    council = CouncilFactory()
    BodyName.objects.bulk_create(
        [BodyName(body=council, name="Other", short_name="Other", valid=since(LATER))]
    )


def name_of_no_day() -> None:
    council = CouncilFactory(name=False)
    BodyName.objects.bulk_create(
        [BodyName(body=council, name="A", short_name="A", valid=between(OPENING, OPENING))]
    )


def code_of_no_day() -> None:
    council = CouncilFactory(ons_code=False)
    BodyCode.objects.bulk_create(
        [BodyCode(body=council, scheme="ons", value="E06999998", valid=between(OPENING, OPENING))]
    )


def two_tiers() -> None:
    authority = StrategicAuthorityFactory()
    made = authority.designations.get()
    made.pk = None
    made.valid = since(LATER)
    made.save(force_insert=True)


def twice_in_a_group() -> None:
    row = BodyGroupingFactory()
    BodyGroupingFactory(member=row.member, group=row.group, valid=since(LATER))


def in_itself() -> None:
    board = BoardFactory()
    BodyGroupingFactory(member=board, group=board)


def own_heir() -> None:
    board = BoardFactory()
    SuccessionFactory(predecessor=board, successor=board)


def succession_twice() -> None:
    row = SuccessionFactory()
    SuccessionFactory(predecessor=row.predecessor, successor=row.successor)


def membership_twice() -> None:
    row = MembershipFactory()
    Membership.objects.bulk_create(
        [Membership(user=row.user, body=row.body, role=row.role, started_at=JOINED)]
    )


def role_at(role: str, make_body: Callable[[], Any]) -> Callable[[], None]:
    def store() -> None:
        Membership.objects.bulk_create(
            [Membership(user=UserFactory(), body=make_body(), role=role, started_at=JOINED)]
        )

    return store


def email_in_capitals() -> None:
    UserFactory(email="somebody@example.org")
    User.objects.bulk_create(
        [User(email="Somebody@example.org", full_name="Other", joined_at=JOINED)]
    )


def child_of_another_kind(table: str, columns: str, values: str) -> Callable[[], None]:
    def store() -> None:
        other = NationalBodyFactory()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (body_ptr_id{columns}) VALUES (%s{values})",
                [other.pk],
            )

    return store


def boundary_twice() -> None:
    part = AreaPartFactory()
    drawn = BoundarySet.objects.create(
        name="Test", valid=since(), approximate=True, source="s", licence="l"
    )
    Boundary.objects.bulk_create(
        [Boundary(boundary_set=drawn, part=part, geometry={}) for _ in range(2)]
    )


def drawn_twice() -> None:
    Drawing.objects.bulk_create(
        [
            Drawing(subject="x", valid=since(day), content={}, made_at=JOINED)
            for day in (OPENING, LATER)
        ]
    )


@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("body_slug_once_per_kind", slug_twice),
        ("body_closes_after_it_opens", body(closed_on=OPENING)),
        ("body_is_open_or_planned", body(opened_on=None)),
        ("body_kind_is_known", body(kind="parish")),
        ("body_has_one_name_a_day", name_twice),
        ("name_lasts_a_day", name_of_no_day),
        ("code_means_one_body_a_day", code_twice),
        ("body_has_one_code_a_day", two_codes),
        ("code_lasts_a_day", code_of_no_day),
        ("authority_has_one_tier_a_day", two_tiers),
        ("council_in_one_authority_a_day", council_in_two),
        ("part_in_one_board_a_day", part_in_two),
        ("member_once_in_a_group_a_day", twice_in_a_group),
        ("body_is_not_in_itself", in_itself),
        ("body_does_not_succeed_itself", own_heir),
        ("succession_once", succession_twice),
        ("succession_share_is_a_share", lambda: SuccessionFactory(share=1.5)),
        ("pair_once", pair_twice),
        ("pair_has_one_overlap_a_day", overlap_twice),
        ("overlap_shares_are_shares", overlap(share_of_authority=1.2)),
        ("overlap_shares_are_shares", overlap(share_of_board=0)),
        ("overlap_has_a_class_unless_a_sliver", overlap(coterminosity=None)),
        ("overlap_has_a_class_unless_a_sliver", overlap(sliver=True)),
        ("boundary_once_per_set", boundary_twice),
        ("subject_has_one_drawing_a_day", drawn_twice),
        (
            "boundary_import_state_is_known",
            lambda: BoundaryImportFactory(state="lost", decided_at=JOINED),
        ),
        (
            "stored_boundary_import_has_its_set",
            lambda: BoundaryImportFactory(state="stored", decided_at=JOINED),
        ),
        (
            "stored_boundary_import_has_its_set",
            lambda: BoundaryImportFactory(boundary_set=some_boundaries()),
        ),
        ("decided_boundary_import_says_when", lambda: BoundaryImportFactory(state="discarded")),
        ("decided_boundary_import_says_when", lambda: BoundaryImportFactory(decided_at=JOINED)),
        ("worked_boundary_import_says_since", lambda: BoundaryImportFactory(state="reading")),
        ("pending_boundary_import_was_read", lambda: BoundaryImportFactory(checked_at=None)),
        ("stopped_boundary_import_says_why", lambda: BoundaryImportFactory(state="refused")),
        ("stopped_boundary_import_says_why", lambda: BoundaryImportFactory(state="failed")),
        ("membership_once", membership_twice),
        ("role_is_known", role_at("owner", NationalBodyFactory)),
        ("does not fit the body", role_at(Role.EDITOR, NationalBodyFactory)),
        ("does not fit the body", role_at(Role.ANALYST, StrategicAuthorityFactory)),
        ("does not fit the body", role_at(Role.EDITOR, CouncilFactory)),
        ("does not fit the body", role_at(Role.PEOPLE_LEAD, NationalBodyFactory)),
        ("does not fit the body", role_at(Role.AUDITOR, StrategicAuthorityFactory)),
        ("user_email_once", email_in_capitals),
        (
            "the body is not a strategic_authority",
            child_of_another_kind("authorities_strategicauthority", ", legal_instrument", ", ''"),
        ),
        (
            "the body is not a integrated_care_board",
            child_of_another_kind("authorities_integratedcareboard", "", ""),
        ),
        ("the body is not a council", child_of_another_kind("authorities_council", "", "")),
    ],
)
def test_a_rule_that_is_broken_is_refused_by_name(
    rule: str, break_it: Callable[[], object]
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        break_it()


def test_two_bodies_may_have_a_code_one_after_the_other() -> None:
    BodyCodeFactory(value="E06000001", valid=between(OPENING, LATER))

    BodyCodeFactory(value="E06000001", valid=since(LATER))

    assert BodyCode.objects.filter(scheme=CodeScheme.ONS, value="E06000001").count() == 2


def test_an_authority_and_a_board_may_have_one_slug() -> None:
    StrategicAuthorityFactory(slug="south-yorkshire")

    BoardFactory(slug="south-yorkshire")

    assert Body.objects.filter(slug="south-yorkshire").count() == 2


@pytest.mark.parametrize("model", [StrategicAuthority, IntegratedCareBoard, Council])
def test_a_body_with_facts_cannot_be_deleted(model: type[Body]) -> None:
    pair = PairFactory()
    CouncilMembershipFactory(authority=pair.authority)

    with pytest.raises(ProtectedError):
        model.objects.all().delete()


@pytest.mark.parametrize(
    ("day", "existing", "known"),
    [
        (date(2022, 6, 30), [], ["planned"]),
        (date(2022, 7, 1), ["open", "closing"], ["closing", "open", "planned"]),
        (date(2026, 4, 1), ["open"], ["open", "planned"]),
    ],
)
def test_bodies_are_those_of_the_day(day: date, existing: list[str], known: list[str]) -> None:
    BoardFactory(slug="open")
    BoardFactory(slug="closing", closed_on=date(2026, 4, 1))
    BoardFactory(slug="planned", opened_on=None, planned=True)

    boards = IntegratedCareBoard.objects

    assert sorted(boards.as_at(day).values_list("slug", flat=True)) == sorted(existing)
    assert sorted(boards.known_as_at(day).values_list("slug", flat=True)) == known


def test_every_change_of_a_body_a_pair_and_a_membership_is_kept() -> None:
    membership = MembershipFactory()
    pair = PairFactory()

    Membership.objects.filter(pk=membership.pk).update(ended_at=JOINED)
    Body.objects.filter(pk=pair.board_id).update(note="by SQL")

    assert Membership.objects.get(pk=membership.pk).history.count() == 2
    assert Body.objects.get(pk=pair.board_id).history.count() == 2
    assert Pair.objects.get(pk=pair.pk).history.count() == 1
