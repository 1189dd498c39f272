"""Answers over HTTP: the same locks, the same refusals, nothing that was not asked for."""

import pytest
from django.db import connection

from duty.models import Answer, DutyReturn
from tests.duty.api.callers import client_of, codes, new_key, send
from tests.factories.duty import answer
from tests.factories.duty import send as send_for_sign_off

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


REFUSED = [
    ({"value": {"text": "word " * 900}}, {"value.text": "wrong-answer"}),
    ({"value": {"text": ""}}, {"value": "blank"}),
    ({"value": {"text": "A", "more": 1}}, {"value.more": "wrong-answer"}),
    ({"value": {"text": 10**19}}, {"value.text": "wrong-answer"}),
    ({"state": "perhaps"}, {"state": "invalid_choice"}),
    ({"state": "no_evidence"}, {"reason": "wrong-answer"}),
    ({"state": "not_yet_known"}, {"expected_on": "wrong-answer"}),
    ({"state": "not_yet_known", "expected_on": "2026-02-30"}, {"expected_on": "not-a-day"}),
    ({"state": "not_yet_known", "expected_on": 20260228}, {"expected_on": "not-a-day"}),
    ({"public_note": 0}, {"public_note": "not-text"}),
    ({"public_note": "word " * 201}, {"public_note": "max_words"}),
    ({"private_note": "a\x07b"}, {"private_note": "hidden-character"}),
    ({"evidence": [{"url": "ftp://example.org/"}]}, {"evidence.0.url": "link"}),
    (
        {"evidence": [{"url": "https://example.org/", "size": 1}]},
        {"evidence.0.size": "unknown-field"},
    ),
    ({"evidence": "https://example.org/"}, {"evidence": "not_a_list"}),
    ({"evidence": [{"url": "https://example.org/"}] * 21}, {"evidence": "max_length"}),
    ({"expected_version": "0"}, {"expected_version": "not-a-number"}),
    ({"expected_version": True}, {"expected_version": "not-a-number"}),
    ({"expected_version": 10**19}, {"expected_version": "max_value"}),
    ({"expected_version": -1}, {"expected_version": "min_value"}),
    ([], {"": "not-an-object"}),
    (b"[" * 100_000, {"": "too-deep"}),
    (b'{"value": 1, "value": 2}', {"": "named-twice"}),
    (b'{"value": {"text": NaN}}', {"": "not-a-number"}),
    (b'{"value": {"text": "\\u0000"}}', {"": "hidden-character"}),
    (b'{"value": {"text": "\\ud800"}}', {"": "hidden-character"}),
    (b'{"value": ' + b"9" * 5000 + b"}", {"": "number-too-large"}),
]


@pytest.fixture
def address(base: str) -> str:
    return f"{base}answers/AB1/"


@pytest.fixture
def editor(story):
    return client_of(story.editor)


def test_an_answer_is_saved_read_and_removed(editor, address, story):
    blank = editor.get(address).json()
    saved = send(
        editor,
        "PUT",
        address,
        {"value": {"text": "Some words"}, "private_note": "Ours", "expected_version": 0},
    )
    read = editor.get(address)
    removed = send(editor, "DELETE", address, **{"If-Match": read["ETag"]})

    assert (blank["state"], blank["value"], blank["version"]) == ("", None, 0)
    assert saved.status_code == 200
    assert read.json() == saved.json()
    assert read.json()["value"] == {"text": "Some words"}
    assert read["ETag"] == f'"{saved.json()["version"]}"'
    assert (read.json()["private_note"], read.json()["updated_by"]) == (
        "Ours",
        story.editor.full_name,
    )
    assert removed.status_code == 204
    assert not Answer.objects.exists()


def test_an_answer_for_a_board_is_its_own(editor, base, story):
    board = story.boards[0].slug

    saved = send(
        editor,
        "PUT",
        f"{base}answers/CO1/boards/{board}/",
        {"value": {"text": "We meet each month"}, "expected_version": 0},
    )

    assert saved.status_code in (200, 400), saved.content
    assert editor.get(f"{base}answers/CO1/boards/elsewhere/").status_code == 404
    assert editor.get(f"{base}answers/CO1/").status_code == 404


STALE = [
    ({"expected_version": 0}, {}, 409),
    ({}, {"If-Match": '"0"'}, 412),
    ({}, {}, 400),
    ({}, {"If-Match": "*"}, 400),
    ({"expected_version": 1}, {"If-Match": '"2"'}, 400),
]


def test_a_stale_save_gives_both_texts_and_stores_nothing(editor, address, story):
    answer(story, "AB1")
    before = Answer.objects.get()

    for versions, headers, status in STALE:
        response = send(editor, "PUT", address, {"value": {"text": "Mine"}, **versions}, **headers)

        assert response.status_code == status
        body = response.json()
        if status != 400:
            assert body["errors"][0]["code"] == "stale"
            assert body["stored"]["value"] == before.value
            assert body["stored"]["version"] == before.version
            assert body["sent"]["value"] == {"text": "Mine"}
    assert Answer.objects.get().value == before.value


def test_a_field_that_nobody_asked_for_is_refused_and_changes_nothing(editor, address, story):
    answer(story, "AB1")
    before = Answer.objects.values().get()
    extra = {"version": 9, "updated_by": 1, "duty_return": "x", "question": "AB2", "id": 1}
    extra |= {"problems": [], "lines": [], "board": "x", "updated_at": "2026-01-01"}

    response = send(
        editor,
        "PUT",
        address,
        {"value": {"text": "New"}, "expected_version": before["version"], **extra},
    )

    assert response.status_code == 400
    assert codes(response) == dict.fromkeys(extra, "unknown-field")
    assert Answer.objects.values().get() == before


def test_what_cannot_be_taken_is_refused_at_its_place(editor, address):
    for body, found in REFUSED:
        sent = {"expected_version": 0, **body} if isinstance(body, dict) else body

        response = send(editor, "PUT", address, sent)

        assert (response.status_code, codes(response)) == (400, found), body
        assert all(one["message"] and one["fix"] for one in response.json()["errors"])
    assert not Answer.objects.exists()


def test_every_fault_is_said_at_once(editor, address):
    response = send(
        editor,
        "PUT",
        address,
        {"state": "x", "public_note": 1, "more": 2, "evidence": [{"url": "x", "pages": "0"}]},
    )

    assert set(codes(response)) == {
        "state",
        "public_note",
        "more",
        "evidence.0.url",
        "evidence.0.pages",
    }
    assert response.json()["total"] == 5


def test_a_body_over_the_limit_and_another_type_are_refused(editor, address):
    large = send(editor, "PUT", address, b'"' + b"a" * 1_000_001 + b'"')
    form = editor.put(address, "value=1", content_type="application/x-www-form-urlencoded")

    assert (large.status_code, codes(large)) == (413, {"": "too-large"})
    assert (form.status_code, codes(form)) == (415, {"": "unsupported_media_type"})


def test_a_locked_answer_stays_and_the_answer_says_why(editor, address, story):
    send_for_sign_off(story)
    stored = Answer.objects.get(question__code="AB1")

    response = send(
        editor, "PUT", address, {"value": {"text": "New"}, "expected_version": stored.version}
    )

    assert (response.status_code, codes(response)) == (409, {"": "locked"})
    lock = response.json()["lock"]
    assert lock["why"]
    assert lock["since"]
    assert story.signatory.full_name in lock["ask"]
    assert Answer.objects.get(question__code="AB1").value == stored.value


def test_a_derived_answer_is_read_and_never_sent(editor, base):
    section = editor.get(f"{base}sections/outcomes-framework/").json()
    derived = next(one for one in section["questions"] if one["derived"])
    address = f"{base}answers/{derived['code']}/"

    assert editor.get(address).status_code == 200
    assert codes(send(editor, "PUT", address, {"expected_version": 0})) == {"": "derived"}


def test_the_same_key_saves_once_and_answers_alike(editor, address, story):
    key = new_key()
    body = {"value": {"text": "Some words"}, "expected_version": 0}
    first = send(editor, "PUT", address, body, key=key)
    version = DutyReturn.objects.get().version

    again = send(editor, "PUT", address, body, key=key)
    other = send(editor, "PUT", address, {**body, "public_note": "More"}, key=key)
    elsewhere = send(editor, "PUT", address.replace("AB1", "AB2"), body, key=key)
    colleague = send(client_of(story.signatory), "PUT", address, body, key=key)

    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert (other.status_code, codes(other)) == (422, {"Idempotency-Key": "key-reused"})
    assert elsewhere.status_code == 422
    # The key is another one to another person, whose same words change nothing either.
    assert "Idempotency-Replayed" not in colleague
    assert DutyReturn.objects.get().version == version


def test_a_key_that_is_none_is_refused(editor, address):
    for key in ("", "a b", "k" * 101):
        response = send(editor, "PUT", address, {"expected_version": 0}, key=key)

        assert (response.status_code, codes(response)) == (400, {"Idempotency-Key": "bad-key"})


def test_a_key_in_use_is_asked_for_again_in_a_moment(editor, address, story):
    key, elsewhere = new_key(), connection.copy()
    body = {"value": {"text": "Some words"}, "expected_version": 0}
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_lock(hashtextextended(%s, 0))",
            [f"keyed request user:{story.editor.pk} {key}"],
        )
        meanwhile = send(editor, "PUT", address, body, key=key)
        cursor.execute("SELECT pg_advisory_unlock_all()")
    elsewhere.close()

    later = send(editor, "PUT", address, body, key=key)

    assert (meanwhile.status_code, codes(meanwhile)) == (409, {"Idempotency-Key": "key-in-use"})
    assert meanwhile["Retry-After"] == "1"
    assert "retry_after" not in meanwhile.json()
    assert (later.status_code, later["Cache-Control"]) == (200, "private, no-store")
