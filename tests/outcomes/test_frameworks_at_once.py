"""Two owners at the same moment: two signatures, and an edit beside a signature."""

import threading

import pytest
from django.db import connections

from outcomes.actions import framework_drafts, frameworks
from outcomes.framework_lifecycle import FrameworkRefusedError
from outcomes.models import FrameworkHappening, FrameworkSignature, VersionState
from tests.factories.outcomes import NOW
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import now, proposed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*acts):
    """Let each act begin at the same moment, in a thread and connection of its own."""
    ready, refused = threading.Barrier(len(acts)), []

    def run(act):
        try:
            ready.wait()
            act()
        except FrameworkRefusedError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def signing(parties, version, acting):
    return lambda: frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=acting,
        by=parties.person,
        at=NOW,
    )


def test_two_that_sign_at_once_agree_it_once():
    parties = Parties()
    version = proposed(parties)

    refused = at_once(
        signing(parties, version, parties.authority), signing(parties, version, parties.board)
    )

    steps = FrameworkHappening.objects.filter(type__startswith="sign").order_by("pk")
    assert refused == []
    assert now(version).state == VersionState.AGREED
    assert [one.type for one in steps] == ["sign", "sign_last"]


def test_one_that_signs_twice_at_once_signs_once():
    parties = Parties()
    version = proposed(parties)

    at_once(*[signing(parties, version, parties.board)] * 2)

    assert now(version).state == VersionState.PARTLY_SIGNED
    assert FrameworkSignature.objects.count() == 1


def test_an_edit_beside_a_signature_never_leaves_the_signature_standing():
    parties = Parties()
    version = proposed(parties)
    edit = parties.edit(version, acting=parties.authority)

    at_once(
        signing(parties, version, parties.board),
        lambda: framework_drafts.write_text(edit=edit, name="summary", text="Another"),
    )

    row = now(version)
    holding = FrameworkSignature.objects.filter(voided_at__isnull=True).count()
    # Whoever was first: an edit takes the signature with it, or came too late and was refused.
    assert (row.state, row.summary, holding) in {
        (VersionState.DRAFT, "Another", 0),
        (VersionState.PARTLY_SIGNED, "", 1),
    }
