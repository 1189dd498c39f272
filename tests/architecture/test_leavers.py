"""After people are made anonymous, no table has their names but those that were frozen on purpose.

Every column of every table is read, whatever its type: a new place that copies a name is found.
"""

import re
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from authorities.actions import anonymisation, invitations, message_sending, tokens
from authorities.leaver_words import DOMAIN
from authorities.models import Body, BodyKind, Membership, Role, TokenScope, User
from tests.world import PASSWORD, World

DOCS = Path(__file__).parents[2] / "docs/retention.md"
# Table and column, and how docs/retention.md calls what is frozen there.
FROZEN = {
    ("duty_submission", "content"): "the content of a submission",
    ("authorities_reorganisation", "preview"): "the preview of a change of bodies",
    ("authorities_reorganisationevent", "preview"): "the preview of a change of bodies",
}


def _names() -> set[str]:
    found = {User, User._meta.get_field("history").related_model}
    return {
        word
        for model in found
        for row in model.objects.values_list("full_name", "email")
        for word in row
    }


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'm', 'p') ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def _found(words: set[str]) -> dict[tuple[str, str], set[str]]:
    """Return which words stand in which columns."""
    found: dict[tuple[str, str], set[str]] = {}
    wanted = sorted(words)
    # The address of another person may end in the same letters.
    patterns = [rf"(^|[^a-z0-9._+-]){re.escape(word)}($|[^a-z0-9_-])" for word in wanted]
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                sql.SQL(
                    "SELECT DISTINCT part.key, word FROM {} AS held,"
                    " jsonb_each_text(to_jsonb(held)) AS part,"
                    " unnest(%s::text[], %s::text[]) AS wanted (word, pattern)"
                    " WHERE part.value ILIKE '%%' || word || '%%' AND part.value ~* pattern"
                ).format(sql.Identifier(table)),
                [wanted, patterns],
            )
            for column, word in cursor.fetchall():
                found.setdefault((table, column), set()).add(word)
    return found


def test_no_table_has_the_name_of_who_left(world: World, client) -> None:
    now = timezone.now()
    # A person of before, who came by an invitation, has another name by now, and was here.
    administrator = User.objects.get(email="administrator@dhsc.example")
    body = Body.objects.get(kind=BodyKind.STRATEGIC_AUTHORITY, slug=world.authority)
    row = invitations.invite(
        email="w.canary@south.example",
        body=body,
        role=Role.EDITOR,
        role_ends_at=None,
        by=administrator,
        at=now,
    )
    message_sending.send_waiting(at=now, most=10_000)
    canary = invitations.join(
        invitation=row, full_name="Wilhelmina Canary", password=PASSWORD, at=now
    )
    tokens.make(
        name="Planning", scope=TokenScope.READ, ends_at=now + timedelta(days=1), by=canary, at=now
    )
    signed_in = client.post(reverse("account_login"), {"login": canary.email, "password": PASSWORD})
    client.post(reverse("account_login"), {"login": canary.email, "password": "wrong"})
    client.post(reverse("account_reset_password"), {"email": canary.email})
    canary.full_name, canary.email = "Wilhelmina Renamed", "w.renamed@south.example"
    canary.save()
    names = _names()
    everywhere = _found(names)
    Membership.objects.all().update(ended_at=now)

    for person in User.objects.all():
        anonymisation.anonymise(person=person, by=None, at=now)

    found = _found(names)
    assert signed_in.status_code == 302
    # What is looked for was there, and in the frozen places it still is.
    assert {"Wilhelmina Canary", "w.canary@south.example"} <= names
    assert ("authorities_userevent", "full_name") in everywhere
    assert ("authorities_invitationevent", "email") in everywhere
    assert ("authorities_messageevent", "address") in everywhere
    assert {place: found[place] for place in found if place not in FROZEN} == {}
    assert ("duty_submission", "content") in found
    assert all(DOMAIN in one for one in User.objects.values_list("email", flat=True))


def test_what_is_frozen_is_named_in_the_documents() -> None:
    text = " ".join(DOCS.read_text(encoding="utf-8").split())

    assert [what for what in FROZEN.values() if what not in text] == []
