"""The pages on which parties read an agreement, sign it or decline it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Body, Role, User
from duty.agreements import Answer, content_hash
from duty.models import AgreementSignature, PartnershipAgreement
from duty.queries.agreements import signing_of
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(story: AgreementStory, name: str = "page") -> str:
    return reverse(f"agreements:{name}", args=[story.agreement.pk])


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def signing(story: AgreementStory, **changes: Any) -> dict[str, Any]:
    return {"content_read": content_hash(content=story.content()), "declared": "on"} | changes


def answer_of(story: AgreementStory, body: Body) -> Answer:
    said = signing_of(agreements=[story.agreement])[story.agreement.pk].standing.of(body.pk)
    assert said is not None
    return said.answer


def test_a_draft_is_its_authoritys_own(story: AgreementStory) -> None:
    own = page(client_of(story.editor), address(story))
    analyst = client_of(NationalMembershipFactory(role=Role.ANALYST).user)
    board = client_of(story.signatory(story.north))

    assert "In development, not signed here" in own
    assert "Sign it" not in own
    assert board.get(address(story)).status_code == 404
    assert analyst.get(address(story)).status_code == 404
    assert Client().get(address(story)).status_code in (302, 404)


def test_once_the_authority_signed_its_icbs_and_the_centre_read_it(story: AgreementStory) -> None:
    story.sign(story.authority)
    analyst = client_of(NationalMembershipFactory(role=Role.ANALYST).user)
    reader = client_of(MembershipFactory(body=story.north, role=Role.EDITOR).user)
    stranger = client_of(MembershipFactory(body=BoardFactory(), role=Role.SIGNATORY).user)

    assert "Sign it" in page(client_of(story.signatory(story.north)), address(story))
    assert "Sign it" not in page(reader, address(story))
    assert "Sign it" not in page(analyst, address(story))
    for name in ("sign", "decline"):
        assert reader.get(address(story, name)).status_code == 403
        assert analyst.get(address(story, name)).status_code == 403
        assert stranger.get(address(story, name)).status_code == 404
    assert stranger.get(address(story)).status_code == 404


def test_a_signatory_signs_what_was_read_and_a_second_click_does_no_more(
    story: AgreementStory,
) -> None:
    client = client_of(story.signatory(story.authority))
    assert "Memorandum on work and health" in page(client, address(story, "sign"))

    unsaid = client.post(address(story, "sign"), signing(story, declared=""))
    first = client.post(address(story, "sign"), signing(story))
    again = client.post(address(story, "sign"), signing(story))

    assert (unsaid.status_code, first.status_code, again.status_code) == (422, 302, 302)
    assert AgreementSignature.objects.count() == 1
    assert client.get(address(story, "sign")).url == address(story)
    assert "Signed by the authority; waits for" in page(client, address(story))


def test_what_changed_since_it_was_read_is_shown_and_not_signed(story: AgreementStory) -> None:
    client = client_of(story.signatory(story.authority))
    read = signing(story)
    PartnershipAgreement.objects.update(title="Another title")

    late = client.post(address(story, "sign"), read)

    text = late.content.decode()
    assert late.status_code == 409
    assert "The agreement changed since you opened the page" in text
    assert "Another title" in text
    assert "Tick to say that you sign it" not in text
    assert content_hash(content=story.content()) in text
    assert not AgreementSignature.objects.exists()


def test_an_icb_declines_with_a_reason_that_all_parties_read(story: AgreementStory) -> None:
    story.sign(story.authority)
    client = client_of(story.signatory(story.north))
    sent = {"content_read": content_hash(content=story.content())}

    silent = client.post(address(story, "decline"), sent | {"reason": ""})
    done = client.post(address(story, "decline"), sent | {"reason": "No money for it"})

    assert (silent.status_code, done.status_code) == (422, 302)
    assert answer_of(story, story.north) == Answer.DECLINED
    for user in (story.editor, story.signatory(story.south), story.signatory(story.north)):
        assert "No money for it" in page(client_of(user), address(story))
    own = page(client, address(story))
    assert "Sign it" in own
    assert "Decline it" not in own


def test_the_authority_has_no_page_to_decline(story: AgreementStory) -> None:
    story.sign(story.authority)

    assert (
        client_of(story.signatory(story.authority)).get(address(story, "decline")).status_code
        == 403
    )


def test_what_is_refused_is_said_and_the_reason_is_kept(story: AgreementStory) -> None:
    story.sign(story.authority)
    story.sign(story.north)
    client = client_of(story.signatory(story.north))
    sent = {"content_read": content_hash(content=story.content()), "reason": "Kept as typed"}

    refused = client.post(address(story, "decline"), sent)

    assert refused.status_code == 422
    assert "Your side has signed this agreement already" in refused.content.decode()
    assert "Kept as typed" in refused.content.decode()


def test_while_the_authority_changes_it_others_read_what_it_signed(story: AgreementStory) -> None:
    story.sign(story.authority)
    story.sign(story.north)
    AgreementSignature.objects.update(voided_at="2040-01-01T00:00Z")
    PartnershipAgreement.objects.update(title="A draft of another")

    board = page(client_of(story.signatory(story.north)), address(story))
    own = page(client_of(story.editor), address(story))

    assert "is changing this agreement" in board
    assert "A draft of another" not in board
    assert "A draft of another" in own
    assert "Void since" in own


def test_the_list_of_an_icb_shows_no_draft_either(story: AgreementStory) -> None:
    story.sign(story.authority)
    AgreementSignature.objects.update(voided_at="2040-01-01T00:00Z")
    PartnershipAgreement.objects.update(title="A draft of another")

    text = page(
        client_of(story.signatory(story.north)), reverse("agreements:board", args=["north"])
    )

    assert "A draft of another" not in text
    assert "Memorandum on work and health" in text
    assert "The authority is changing it, and signatures are void" in text


def test_an_icb_lists_its_agreements_and_no_other_icb_sees_them(story: AgreementStory) -> None:
    url = reverse("agreements:board", args=["north"])
    client = client_of(story.signatory(story.north))
    assert "No authority has signed an agreement" in page(client, url)
    story.sign(story.authority)

    assert "Memorandum on work and health" in page(client, url)
    assert client_of(story.signatory(story.south)).get(url).status_code == 404
