"""Whoever finds a framework finds all of its parts: no page of it is an end, or out of reach."""

import re
from collections import deque
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone

from authorities.models import Role
from outcomes.actions import (
    framework_drafts,
    frameworks,
    indicator_pages,
    progress,
    progress_methods,
)
from outcomes.models import FrameworkVersion
from outcomes.presenters.framework_parts import Part
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.factories.authorities import MembershipFactory, PairFactory
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks_in_force import measure_of
from tests.factories.outcomes import NOW
from tests.factories.progress import OwnerNoteFactory
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import now, place_in, proposed, whole_draft

pytestmark = pytest.mark.django_db
# Addresses that lead on, take forms alone, or depend on a state that the framework is not in.
ELSEWHERE = {
    "outcomes:pair-framework",
    "outcomes:framework-item-move",
    "outcomes:framework-adopt",
    "outcomes:framework-assign",
    "outcomes:framework-change",
    "progress:baseline-confirm",
    # Of the centre.
    "progress:method-publish",
}


class World(NamedTuple):
    """A framework in force with a change of it on its way, and people of its two sides."""

    parties: Parties
    agreed: FrameworkVersion
    draft: FrameworkVersion


@pytest.fixture
def world() -> World:
    progress_methods.load(at=NOW)
    parties = Parties()
    draft = whole_draft(parties)
    measure_of(draft)
    output = draft.items.get(kind="output")
    framework_drafts.link_item(
        edit=parties.edit(draft), cause=output.lineage, effects=[place_in(draft).item.lineage]
    )
    acting = {"acting": parties.authority, "by": parties.person, "at": NOW}
    version = frameworks.propose(version=now(draft), expected_version=now(draft).version, **acting)
    for side in (parties.authority, parties.board):
        frameworks.sign(
            version=version,
            content_read=version.content_hash,
            acting=side,
            by=parties.person,
            at=NOW,
        )
    agreed = now(draft)
    indicator_pages.refresh(authority=parties.pair.authority, at=timezone.now())
    progress.refresh(authority=parties.pair.authority, at=timezone.now())
    progress.refresh_nation(at=timezone.now())
    signed_review(agreed, body=parties.pair.authority, by=parties.person)
    drafted_review(agreed, body=parties.pair.authority, by=parties.person)
    OwnerNoteFactory(framework_indicator=place_in(agreed))
    following = frameworks.propose_change(version=agreed, reason="Revised.", **acting)
    # Another framework of the authority waits for signatures, and a third can be begun.
    proposed(Parties(pair=PairFactory(authority=parties.pair.authority)))
    PairFactory(authority=parties.pair.authority)
    return World(parties, agreed, following)


def named(url: str) -> str:
    try:
        match: ResolverMatch = resolve(re.split(r"[?#]", url)[0])
    except Resolver404:
        return ""
    return ":".join([*match.namespaces, match.url_name or ""])


def walk(client: Client, *starts: str) -> dict[str, set[str]]:
    """Follow links between pages of frameworks; give the name of each, with what it links to."""
    found: dict[str, set[str]] = {}
    waiting, seen = deque(starts), set(starts)
    while waiting:
        url = waiting.popleft()
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        if not answer["Content-Type"].startswith("text/html"):
            found.setdefault(named(url), set())
            continue
        # What leads on shows the page where it ends.
        shown = named(answer.redirect_chain[-1][0] if answer.redirect_chain else url)
        links = {
            link.replace("&amp;", "&").split("#")[0]
            for link in re.findall(r'href="(/[^"]*)"', answer.content.decode())
        }
        links = {link for link in links if _of_frameworks(named(link))}
        found.setdefault(named(url), set())
        found.setdefault(shown, set()).update(map(named, links))
        waiting.extend(sorted(links - seen))
        seen |= links
    return found


def _of_frameworks(name: str) -> bool:
    kind, _, rest = name.partition(":")
    parts = ("framework", "count", "review", "authority-frameworks", "board-frameworks")
    return kind == "progress" or (kind == "outcomes" and rest.startswith(parts))


def of_frameworks(visitor: Visitor) -> set[str]:
    return {
        name
        for name, rule in ADDRESSES.items()
        if _of_frameworks(name) and rule.get[visitor] in (200, 302) and name not in ELSEWHERE
    }


@pytest.mark.slow
def test_the_public_reaches_every_public_page_of_a_framework_by_links(world, client):
    pair = world.parties.pair
    found = walk(
        client,
        reverse("outcomes:framework-list"),
        # Linked from the pages of the bodies.
        reverse("outcomes:authority-frameworks", args=[pair.authority.slug]),
        reverse("outcomes:board-frameworks", args=[pair.board.slug]),
    )

    public = {
        name
        for name in of_frameworks(Visitor.ANYBODY)
        if ADDRESSES[name].get[Visitor.ANYBODY] == 200
    }
    assert public - found.keys() == set()


@pytest.mark.slow
def test_an_owner_reaches_every_page_of_a_framework_by_links(world, client):
    pair = world.parties.pair
    signatory = MembershipFactory(body=pair.authority, role=Role.SIGNATORY).user
    client.force_login(signatory)

    found = walk(client, reverse("outcomes:authority-frameworks", args=[pair.authority.slug]))

    board_only = {"outcomes:board-frameworks"}
    assert of_frameworks(Visitor.OWN_SIGNATORY) - found.keys() - board_only == set()


@pytest.mark.parametrize(
    "page",
    [
        "outcomes:framework-version",
        "outcomes:count-list",
        "outcomes:count",
        "outcomes:review-list",
        "outcomes:review",
        "progress:framework",
        "progress:pair",
        "progress:authority",
        "progress:indicator",
    ],
)
def test_each_kind_of_page_leads_to_all_parts(world, client, page):
    found = walk(client, reverse("progress:authority", args=[world.parties.pair.authority.slug]))

    parts = {str(part) for part in Part if part != Part.FILES} - {page}
    assert parts <= found[page]
    assert (
        "#files"
        in client.get(reverse(Part.REVIEWS, args=[world.agreed.framework_id])).content.decode()
    )


def test_before_a_framework_is_in_force_its_owners_are_led_to_no_progress(client):
    parties = Parties()
    draft = whole_draft(parties)
    client.force_login(MembershipFactory(body=parties.pair.board, role=Role.SIGNATORY).user)

    page = client.get(
        reverse("outcomes:framework-version", args=[draft.framework_id, draft.number])
    ).content.decode()

    assert reverse("outcomes:count-list", args=[draft.framework_id]) in page
    assert reverse("progress:framework", args=[draft.framework_id]) not in page


def test_bodies_and_pairs_lead_to_their_progress(client, world):
    pair = world.parties.pair
    own = reverse("progress:authority", args=[pair.authority.slug])
    both = reverse("progress:pair", args=[pair.authority.slug, pair.board.slug])

    authority = client.get(reverse("outcomes:authority", args=[pair.authority.slug]))
    together = client.get(f"/pairs/{pair.authority.slug}/{pair.board.slug}/")

    assert f'href="{own}"' in authority.content.decode()
    assert f'href="{both}"' in together.content.decode()


def test_frameworks_stand_in_the_navigation_and_are_marked(client, world):
    pair = world.parties.pair
    url = reverse("outcomes:framework-version", args=[world.agreed.framework_id, 1])
    everybody = current_in(client.get(url).content.decode())
    client.force_login(MembershipFactory(body=pair.board).user)

    owner = current_in(client.get(url).content.decode())

    assert everybody == [(reverse("outcomes:framework-list"), "Frameworks")]
    assert owner == [(reverse("outcomes:board-frameworks", args=[pair.board.slug]), "Frameworks")]


def current_in(page: str) -> list[tuple[str, str]]:
    """Return address and label of what the navigation marks as current."""
    navigation = page.split('aria-label="Main"')[1].split("</nav>")[0]
    return re.findall(r'<a href="([^"]+)" aria-current="page">([^<]+)</a>', navigation)
