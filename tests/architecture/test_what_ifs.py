"""Nothing of a what-if is on any page, in any file or answer of real data."""

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Body, Drawing, Reorganisation, Role, User
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.things import address_of
from tests.authorities.views.changes import Centre
from tests.factories.stored_changes import merger

pytestmark = pytest.mark.slow

_NAME = "Wharfedale"
_MERGER = merger("south-yorkshire", "west-yorkshire", into="wharfedale", name=_NAME)
_PEOPLE = {Role.ANALYST: Visitor.ANALYST, Role.LEAD_ANALYST: Visitor.LEAD_ANALYST}
# Everything that an analyst reads, who sees most, save one's own account and the changes.
_REAL = [
    name
    for name, rule in ADDRESSES.items()
    if rule.get[Visitor.ANALYST] == 200 and not name.startswith(("changes:", "account", "mfa_"))
]


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def read_all(client: Client, things: dict[str, str]) -> dict[str, str]:
    addresses = {name: address_of(name, things=things) for name in _REAL}
    answers = {
        name: client.get(address)
        for name, address in addresses.items()
        # Their bytes differ with the second in which they are made.
        if not address.endswith((".pdf", ".xlsx"))
    }
    # A file comes as a stream.
    return {name: b"".join(answer).decode() for name, answer in answers.items()}


def test_nothing_of_a_what_if_is_on_any_page_of_real_data(things: dict[str, str]) -> None:
    centre = Centre(
        people={role: User.objects.get(email=email) for role, email in _PEOPLE.items()},
        clients={role: signed_in(email) for role, email in _PEOPLE.items()},
    )
    analyst = centre.clients[Role.ANALYST]
    # Maps are drawn at the first look and kept.
    read_all(analyst, things)
    before = read_all(analyst, things)

    change = centre.preview(centre.draft(*_MERGER, what_if=True, title=f"What if {_NAME}"))

    own = analyst.get(reverse("changes:detail", args=[change.pk])).content.decode()
    after = read_all(analyst, things)
    assert _NAME in own
    assert [name for name, text in after.items() if _NAME in text] == []
    assert {name: len(text) for name, text in after.items()} == {
        name: len(text) for name, text in before.items()
    }
    assert Reorganisation.objects.get(pk=change.pk).picture is not None
    assert not Body.objects.filter(slug="wharfedale").exists()
    assert not Drawing.objects.filter(content__icontains=_NAME).exists()
