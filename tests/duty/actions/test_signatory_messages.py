"""An authority for which nobody can sign is told of it at each loss, whatever step left it so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from authorities.actions import memberships, messages
from authorities.actions.membership_messages import NO_SIGNATORY
from authorities.models import Membership, Message, Notice, Role, StrategicAuthority, User
from duty.actions import round_stages, signatory_messages
from duty.models import Round, RoundState
from tests.factories.authorities import (
    MembershipFactory,
    NationalMembershipFactory,
    StrategicAuthorityFactory,
)
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> StrategicAuthority:
    """An authority with an editor and nobody who can sign."""
    made: StrategicAuthority = StrategicAuthorityFactory()
    MembershipFactory(body=made, role=Role.EDITOR)
    return made


@pytest.fixture
def administrator() -> User:
    person: User = NationalMembershipFactory(role=Role.ADMINISTRATOR).user
    return person


def opened(authority: StrategicAuthority, **said: object) -> Round:
    """A round that expects the authority and opens now."""
    made: Round = RoundFactory(state=RoundState.SCHEDULED, opens_on=today(), **said)
    ExpectedReturnFactory(round=made, authority=authority)
    round_stages.open_round(round_=made, by=None, at=timezone.now())
    return made


def day(number: int) -> date:
    """So many days from now."""
    return today() + timedelta(days=number)


def morning(number: int) -> None:
    """The morning of a day, with its mail, as often as the job runs."""
    on = day(number)
    at = datetime(on.year, on.month, on.day, 7, 0, tzinfo=UTC)
    for minutes in (0, 60):
        messages.announce_day(at=at + timedelta(minutes=minutes))
        messages.address_due(at=at + timedelta(minutes=minutes + 30))


def come(authority: StrategicAuthority, *, number: int) -> Membership:
    """Somebody who may sign comes on a day."""
    on = day(number)
    started = datetime(on.year, on.month, on.day, 12, 0, tzinfo=UTC)
    made: Membership = MembershipFactory(body=authority, role=Role.SIGNATORY, started_at=started)
    return made


def make_inactive(member: Membership) -> None:
    """A person is gone without a step of the site's."""
    member.user.is_active = False
    member.user.save()


def mails_to(person: User) -> list[str]:
    """The subjects of what somebody was told of it."""
    found = Message.objects.filter(notice__kind=NO_SIGNATORY, recipient=person)
    return list(found.order_by("notice__due_at").values_list("subject", flat=True))


def test_at_the_opening_its_editors_and_the_administrators_are_told_that_nobody_can_sign(
    authority, administrator
):
    editor = authority.memberships.get().user
    analyst = NationalMembershipFactory(role=Role.ANALYST).user
    able = StrategicAuthorityFactory()
    MembershipFactory(body=able, role=Role.SIGNATORY)
    made = RoundFactory(state=RoundState.SCHEDULED, opens_on=today())
    for one in (authority, able):
        ExpectedReturnFactory(round=made, authority=one)
    round_stages.open_round(round_=made, by=None, at=timezone.now())
    by_the_opening = list(Notice.objects.filter(kind=NO_SIGNATORY).values_list("about", flat=True))

    morning(1)

    assert by_the_opening == [authority.pk]
    found = Message.objects.filter(notice__kind=NO_SIGNATORY)
    assert {one.recipient for one in found} == {editor, administrator}
    assert {one.notice.about for one in found} == {authority.pk}
    assert mails_to(analyst) == []
    assert "Ask an administrator" in found.get(recipient=editor).text
    assert all("nothing can be signed" in one.text for one in found)


def test_a_second_loss_in_a_round_is_told_again(authority, administrator):
    opened(authority)
    morning(1)
    first = mails_to(administrator)
    member = come(authority, number=2)
    morning(3)
    between = mails_to(administrator)
    make_inactive(member)

    for number in (4, 5, 6):
        morning(number)

    assert (len(first), len(between)) == (1, 1)
    assert len(mails_to(administrator)) == 2


def test_and_so_is_a_third(authority, administrator):
    opened(authority)
    morning(1)
    for number in (2, 5):
        make_inactive(come(authority, number=number))
        morning(number + 2)
        morning(number + 3)

    assert len(mails_to(administrator)) == 3


def test_a_role_that_is_ended_by_a_step_is_not_told_twice(authority, administrator):
    opened(authority)
    now = timezone.now()
    member = MembershipFactory(body=authority, role=Role.SIGNATORY, started_at=now)
    memberships.end(membership=member, by=administrator, at=now)
    by_steps = Notice.objects.filter(kind=NO_SIGNATORY).count()

    for number in (1, 2, 3):
        morning(number)

    assert by_steps == 2
    assert Notice.objects.filter(kind=NO_SIGNATORY).count() == by_steps


def test_the_loss_in_a_test_is_marked_as_test(authority, administrator):
    opened(authority, is_test=True)

    morning(1)

    [subject] = mails_to(administrator)
    assert subject.startswith("[TEST] ")
    assert subject.endswith(": nobody can sign")


def test_a_loss_in_a_test_and_in_a_round_that_counts_is_told_as_of_the_latter(
    authority, administrator
):
    member = come(authority, number=-3)
    for name, is_test in (("autumn", False), ("a-test", True)):
        made = RoundFactory(slug=name, is_test=is_test, opens_on=day(-5))
        ExpectedReturnFactory(round=made, authority=authority)
    make_inactive(member)

    morning(1)

    [subject] = mails_to(administrator)
    assert "[TEST]" not in subject


def test_it_is_asked_in_one_query(authority, django_assert_num_queries):
    for _ in range(3):
        opened(authority)
    Notice.objects.all().delete()

    with django_assert_num_queries(1):
        found = signatory_messages.drafts(first=day(1), last=day(1))

    assert len(found) == 3
