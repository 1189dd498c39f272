"""Approved versions are for everybody, drafts for nobody outside the centre."""

import uuid

import pytest
from django.urls import reverse

from authorities.models import Role
from engagement import rubric_file
from engagement.actions import reading_drafts as actions
from engagement.management.commands.load_engagement_configuration import FOLDER
from tests.factories import engagement as make
from tests.factories import practice as library

pytestmark = pytest.mark.django_db

SHIPPED = {
    ("rubric", "statements"): "rubric_v1_statements.csv",
    ("rubric", "rule"): "rubric_v1_rule.csv",
    ("matrix", "groups"): "support_groups_v1.csv",
    ("matrix", "cells"): "group_map_v1.csv",
}


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("kind", "name"), SHIPPED)
def test_version_1_as_a_file_is_the_file_that_came_with_the_site(client, configuration, kind, name):
    sent = client.get(reverse("readings:version-csv", args=[kind, 1, name]))

    text = sent.content.decode("utf-8-sig")
    shipped = (FOLDER / SHIPPED[kind, name]).read_text(encoding="utf-8")
    assert text.splitlines() == shipped.splitlines()
    if name == "statements":
        assert len(rubric_file.read_rubric(text=text)) == 15


def test_anybody_reads_version_1_and_its_rule(client, configuration):
    listed = words(client.get(reverse("readings:list")))
    rubric = words(client.get(reverse("readings:version", args=["rubric", 1])))
    matrix = words(client.get(reverse("readings:version", args=["matrix", 1])))

    assert "Rubric, version 1" in listed
    assert "Engagement on health is limited to membership of the ICB" in rubric
    assert "2/3" in rubric
    assert "Ambassadors" in matrix
    assert "Amber, slanted stripes" in matrix
    assert "Draft" not in listed.split("</h1>")[1].split("One person drafts")[1]


def test_each_theme_of_a_rubric_leads_to_what_others_have_shared_on_it(client, configuration):
    library.published(title="On purpose", themes=["S1"])
    library.published(title="On prevention", themes=["I6"])
    address = f"{reverse('practice:list')}?theme=S1"

    rubric = words(client.get(reverse("readings:version", args=["rubric", 1])))
    matrix = words(client.get(reverse("readings:version", args=["matrix", 1])))
    found = words(client.get(address))

    assert f'href="{address}"' in rubric
    assert rubric.count("Examples that others have shared") == 15
    assert "Examples that others have shared" not in matrix
    assert "On purpose" in found
    assert "On prevention" not in found


def test_a_draft_is_for_the_centre_alone(client, configuration):
    analyst = make.central(Role.ANALYST)
    draft = actions.begin(
        kind="rubric", reason="A secret.", form_key=uuid.uuid4(), by=analyst, at=make.NOW
    )

    assert "A secret." not in words(client.get(reverse("readings:list")))
    assert client.get(reverse("readings:draft", args=[draft.pk])).status_code == 302
    client.force_login(make.central(Role.READER))
    assert "A secret." not in words(client.get(reverse("readings:list")))
    assert client.get(reverse("readings:draft", args=[draft.pk])).status_code == 404
    client.force_login(make.central(Role.MODERATOR))
    assert "A secret." in words(client.get(reverse("readings:list")))
    assert "Discard it" not in words(client.get(reverse("readings:draft", args=[draft.pk])))


def approved():
    analyst, lead = make.central(Role.ANALYST), make.central(Role.LEAD_ANALYST)
    draft = actions.begin(
        kind="rubric", reason="Plain words.", form_key=uuid.uuid4(), by=analyst, at=make.NOW
    )

    def change(content):
        return type(content)(**{**vars(content), "low_more_than": "1/3"})

    draft = actions.edit(
        draft_id=draft.pk, expected_revision=1, change=change, by=analyst, at=make.NOW
    )
    actions.propose(draft_id=draft.pk, expected_revision=2, by=analyst, at=make.NOW)
    actions.approve(
        draft_id=draft.pk,
        expected_revision=3,
        meaning=actions.Meaning(kept=True, reason="Low begins a little earlier."),
        by=lead,
        at=make.NOW,
    )
    return analyst, lead


def test_the_public_reads_what_changed_and_no_names(client, configuration, round):
    analyst, lead = approved()

    page = words(client.get(reverse("readings:version", args=["rubric", 2])))
    changes = words(client.get(reverse("readings:difference", args=["rubric", 1, 2])))

    assert "Plain words." in page
    assert "Levels mean the same as those of version 1. Low begins a little earlier." in page
    assert analyst.full_name not in page
    assert lead.full_name not in page
    assert "1/2" in changes
    assert "1/3" in changes


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("version", ["rubric", 2]),
        ("version", ["rubric", 99999]),
        ("version", ["colours", 1]),
        ("version-csv", ["rubric", 1, "cells"]),
        ("version-csv", ["colours", 1, "cells"]),
        ("difference", ["matrix", 1, 2]),
    ],
)
def test_what_does_not_exist_is_not_found(client, configuration, name, args):
    assert client.get(reverse(f"readings:{name}", args=args)).status_code == 404
