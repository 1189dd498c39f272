"""Who may read what of levers: canaries are looked for in every answer to everybody."""

import pytest
from django.urls import reverse

from authorities.models import Role
from engagement.actions import commitments, levers
from engagement.lever_lifecycle import Event
from engagement.models import Lever, Side
from tests.engagement import sight
from tests.factories import engagement as people
from tests.factories import levers as make
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

JUDGED, DRAFT, KEPT, SHARED = "canary-judged", "canary-draft", "canary-kept", "canary-shared"
ARCHIVED, CHANGED = "canary-archived", "canary-changed"
ALL = {JUDGED, DRAFT, KEPT, SHARED, ARCHIVED, CHANGED}
OWN = {"authority editor", "authority signatory"}
CATALOGUE = {"analyst", "moderator", "lead analyst", "administrator"}
SIGNATORY_OF_ANOTHER, BOARD_OF_ANOTHER = "signatory of another authority", "another board"


@pytest.fixture
def written(pair) -> dict[str, Lever]:
    """A lever in each state; one shared and changed since; one turned into a commitment."""
    reasons = dict.fromkeys(("fit_reason", "impact_reason", "window_reason"), JUDGED)
    said = {"authority": pair.authority, **reasons}
    shared = make.shared(**said, title="Known", description=SHARED).lever
    levers.edit(
        lever=shared,
        content=make.content(title="Known", description=CHANGED, **reasons),
        seen=shared.version,
        by=UserFactory(),
        at=make.AT,
    )
    old = make.KeptLeverFactory(**said, title="Old")
    levers.take_step(
        lever=old,
        event=Event.ARCHIVE,
        seen=old.version,
        reason=ARCHIVED,
        by=UserFactory(),
        at=make.AT,
    )
    kept = make.KeptLeverFactory(**said, title="Kept", description=KEPT)
    commitments.propose(
        pair=pair,
        side=Side.AUTHORITY,
        title="Promised",
        description="",
        own_owner="Head",
        target_date=None,
        no_date_reason="Later.",
        lead=None,
        form_key=kept.form_key,
        lever=kept,
        by=people.member(pair.authority),
        at=make.AT,
    )
    return {
        "draft": make.LeverFactory(authority=pair.authority, title="Draft", description=DRAFT),
        "shared": shared,
        "old": old,
        "kept": kept,
    }


def addresses(pair, written) -> dict[str, str]:
    """Every page, file and answer of the API that could tell of a lever."""
    slugs = [pair.authority.slug, pair.board.slug]
    made = written["kept"].commitments.get().commitment_id
    found = {
        "home": reverse("home"),
        "own": reverse("levers:own", args=slugs[:1]),
        "archived": reverse("levers:own", args=slugs[:1]) + "?state=archived",
        "own file": reverse("levers:own-csv", args=slugs[:1]),
        "new": reverse("levers:new", args=slugs[:1]),
        "catalogue": reverse("levers:catalogue"),
        "catalogue file": reverse("levers:catalogue-csv"),
        "api": reverse("lever-list"),
        "api catalogue": reverse("lever-catalogue-list"),
        "support": reverse("support:own", args=[pair.authority_id]),
        "support desk": reverse("support:desk"),
        "pair": reverse("engagement:pair", args=slugs),
        "commitment": reverse("commitments:detail", args=[made]),
        "commitments": reverse("commitments:pair", args=slugs),
        "records": reverse("records:overview", args=slugs[:1]),
        "authority": reverse("outcomes:authority", args=slugs[:1]),
    }
    for name, lever in written.items():
        for page in ("lever", "change", "keep", "archive", "bring-back", "share", "stop-sharing"):
            found[f"{name} {page}"] = reverse(f"levers:{page}", args=[lever.pk])
        found[f"{name} api"] = reverse("lever-detail", args=[lever.pk])
        found[f"{name} proposal"] = (
            reverse("commitments:propose", args=slugs) + f"?lever={lever.pk}"
        )
    return found


def seen_by(client, pair, written) -> dict[str, set[str]]:
    found = {}
    for name, url in addresses(pair, written).items():
        text = client.get(url).content.decode()
        found[name] = {word for word in ALL if word in text}
    return {name: words for name, words in found.items() if words}


def test_only_an_authoritys_own_people_read_its_levers_and_others_what_was_shared(
    pair, other_pair, written
):
    everybody = sight.people_of(pair)
    everybody[SIGNATORY_OF_ANOTHER] = people.member(other_pair.authority, Role.SIGNATORY)
    everybody[BOARD_OF_ANOTHER] = people.member(other_pair.board, Role.SIGNATORY)

    seen = {who: seen_by(sight.sign_in(one), pair, written) for who, one in everybody.items()}

    readers = {who for who, found in seen.items() if found}
    assert readers == OWN | CATALOGUE | {SIGNATORY_OF_ANOTHER}
    for who in OWN:
        assert set().union(*seen[who].values()) == ALL
    for who in readers - OWN:
        assert set(seen[who]) == {"catalogue", "catalogue file", "api catalogue"}
        assert set().union(*seen[who].values()) == {SHARED}


def test_the_board_reads_the_commitment_and_not_the_lever_behind_it(pair, written):
    made = written["kept"].commitments.get().commitment
    url = reverse("commitments:detail", args=[made.pk])

    own = sight.sign_in(people.member(pair.authority)).get(url).content.decode()
    board = sight.sign_in(people.member(pair.board)).get(url).content.decode()
    centre = sight.sign_in(people.central()).get(url).content.decode()

    link = reverse("levers:lever", args=[written["kept"].pk])
    assert link in own
    for text in (board, centre):
        assert "Promised" in text
        assert link not in text
        assert "Made of your lever" not in text


def test_nothing_of_the_catalogue_is_put_in_order_by_a_judgement_or_counted(pair, written):
    client = sight.sign_in(people.central())

    row = client.get(reverse("lever-catalogue-list")).json()["results"][0]

    assert set(row) == {
        *("id", "authority", "kind", "title", "function", "determinants", "description"),
        "shared_at",
    }
