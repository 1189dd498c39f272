"""Domains: the list of determinants and outcomes by which indicators are found."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.models import Domain
from outcomes.queries.revisions import domain_revision


class DomainChangedError(ValueError):
    """Somebody else changed the domain since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this domain since you opened the page. Nothing of yours is lost: "
            "compare with what is stored now, and save again if yours should stay."
        )


class DomainTakenError(ValueError):
    """Another domain has the short name."""


@dataclass(frozen=True)
class DomainFacts:
    """What a domain is."""

    slug: str
    name: str
    text: str = ""
    source: str = ""
    order: int = 0
    in_use: bool = True


@transaction.atomic
def make(*, facts: DomainFacts, by: User | None, at: datetime) -> Domain:
    """Store a new domain.

    Raises:
        DomainTakenError: there is one with this short name.
    """
    if Domain.objects.filter(slug=facts.slug).exists():
        raise DomainTakenError(f"There is a domain {facts.slug} already. Use another short name")
    made = Domain(slug=facts.slug)
    _write(made, facts)
    audit.record(action="domain.made", target=made, by=by, at=at, slug=made.slug)
    return made


@transaction.atomic
def change(
    *, domain: Domain, facts: DomainFacts, expected_revision: str, by: User | None, at: datetime
) -> Domain:
    """Change a domain, but for its short name; the same facts store nothing.

    Raises:
        DomainChangedError: it is not as it was read.
    """
    held = Domain.objects.select_for_update().get(pk=domain.pk)
    wanted = (facts.name, facts.text, facts.source, facts.order, facts.in_use)
    if (held.name, held.text, held.source, held.order, held.in_use) == wanted:
        return held
    if domain_revision(domain=held) != expected_revision:
        raise DomainChangedError
    _write(held, facts)
    audit.record(action="domain.changed", target=held, by=by, at=at, slug=held.slug)
    return held


def _write(domain: Domain, facts: DomainFacts) -> None:
    domain.name, domain.text, domain.source = facts.name, facts.text, facts.source
    domain.order, domain.in_use = facts.order, facts.in_use
    domain.save()
