"""The demonstration's accounts: each role, at three authorities and the boards of two."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from authorities.actions import memberships
from authorities.models import Body, BodyKind, Role, User

# Printed at the start and in the README. A site that is no demonstration has none of these.
PASSWORD = "demonstration-only-2026"  # noqa: S105

LEAD = "people@south-yorkshire.example"
_SA = BodyKind.STRATEGIC_AUTHORITY
_ICB = BodyKind.INTEGRATED_CARE_BOARD
_NATIONAL = BodyKind.NATIONAL
_DHSC = "department-of-health-and-social-care"
_MHCLG = "ministry-of-housing-communities-and-local-government"


@dataclass(frozen=True)
class Account:
    """A person of the demonstration, and the one role that they hold."""

    email: str
    full_name: str
    role: Role
    kind: BodyKind
    slug: str
    # How long the role has been held before the demonstration was loaded.
    days: int = 0


def _local(kind: BodyKind, slug: str, domain: str, *, days: int = 0) -> tuple[Account, ...]:
    return (
        Account(f"editor@{domain}.example", "Alex Reed", Role.EDITOR, kind, slug, days),
        Account(f"signatory@{domain}.example", "Sam Okoro", Role.SIGNATORY, kind, slug),
    )


ACCOUNTS: tuple[Account, ...] = (
    # Its editor's role is about to be confirmed for another year.
    *_local(_SA, "south-yorkshire", "south-yorkshire", days=345),
    *_local(_ICB, "south-yorkshire", "south-yorkshire-icb"),
    *_local(_SA, "york-and-north-yorkshire", "york-and-north-yorkshire"),
    *_local(_ICB, "humber-and-north-yorkshire", "humber-and-north-yorkshire-icb"),
    *_local(_ICB, "west-yorkshire", "west-yorkshire-icb"),
    # Formed anew in the demonstration: their roles follow it to the board that takes over.
    *_local(_ICB, "central-east", "central-east-icb"),
    *_local(_SA, "north-east", "north-east"),
    # Leads the people of two bodies.
    Account(LEAD, "Kim Bailey", Role.PEOPLE_LEAD, _SA, "south-yorkshire"),
    Account(LEAD, "Kim Bailey", Role.PEOPLE_LEAD, _ICB, "south-yorkshire"),
    Account("analyst@dhsc.example", "Priya Nair", Role.ANALYST, _NATIONAL, _DHSC),
    Account("moderator@dhsc.example", "Joan Field", Role.MODERATOR, _NATIONAL, _DHSC),
    Account("lead@mhclg.example", "Daniel Ashe", Role.LEAD_ANALYST, _NATIONAL, _MHCLG),
    Account("reader@nhs-england.example", "Mina Shah", Role.READER, _NATIONAL, "nhs-england"),
    Account("administrator@dhsc.example", "Chris Lowe", Role.ADMINISTRATOR, _NATIONAL, _DHSC),
    Account("auditor@dhsc.example", "Ruth Lane", Role.AUDITOR, _NATIONAL, _DHSC),
)

# Authorities that had nobody with an account yet in the published round.
CAME_LATER = ("north-east",)


def make_accounts(*, at: datetime) -> dict[str, User]:
    """Make the people and their roles; those that are there already stay. Keyed by e-mail."""
    people = {}
    for account in ACCOUNTS:
        person = memberships.add_person(
            email=account.email,
            full_name=account.full_name,
            password=PASSWORD,
            by=None,
            at=at,
        )
        body = Body.objects.get(kind=account.kind, slug=account.slug)
        # A role that has ended went to another body, and does not come back.
        if not person.memberships.filter(body=body, role=account.role).exists():
            since = at - timedelta(days=account.days)
            memberships.grant(person=person, body=body, role=account.role, by=None, at=since)
        people[account.email] = person
    return people
