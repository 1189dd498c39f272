"""Facts of progress that the database holds, each tried by breaking it."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from outcomes.models import OwnerNote, PictureScope, ProgressMethod, ProgressPicture, ProgressStatus
from tests.factories.authorities import UserFactory
from tests.factories.frameworks import FrameworkIndicatorFactory
from tests.factories.outcomes import NOW
from tests.factories.progress import OwnerNoteFactory, ProgressMethodFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def raw(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def status(**said):
    return ProgressStatus.objects.create(
        **{"method": 1, "status": "on_track", "content": {}, "input_hash": "x", "computed_at": NOW}
        | said
    )


def picture(**said):
    return ProgressPicture.objects.create(
        **{
            "scope": PictureScope.FRAMEWORK,
            "subject_id": uuid.uuid4(),
            "method": 1,
            "content": {},
            "input_hash": "x",
            "computed_at": NOW,
        }
        | said
    )


def test_a_method_says_what_it_does():
    with refused("progress_method_says_what_it_does"):
        ProgressMethodFactory(number=30, text="")


def test_methods_are_numbered_once():
    ProgressMethodFactory(number=30)

    with refused("number"):
        ProgressMethod.objects.create(number=30, text="Another.")


@pytest.mark.parametrize("change", ["text = 'Other'", "number = 31", "made_public_at = NULL"])
def test_a_public_method_stays(change):
    method = ProgressMethodFactory(number=30, made_public_at=NOW, made_public_by=UserFactory())

    with pytest.raises(DatabaseError, match="public_method_stays"):
        raw(f"UPDATE outcomes_progressmethod SET {change} WHERE id = %s", method.pk)  # noqa: S608


def test_a_method_that_is_not_public_may_still_change():
    method = ProgressMethodFactory(number=30)

    raw("UPDATE outcomes_progressmethod SET text = 'Other' WHERE id = %s", method.pk)

    method.refresh_from_db()
    assert method.text == "Other"


def test_an_indicator_has_one_status_a_method():
    place = FrameworkIndicatorFactory()
    status(framework_indicator=place)
    status(framework_indicator=place, method=2)

    with refused("progress_once_a_method"):
        status(framework_indicator=place, status="off_track")


def test_a_subject_has_one_picture_a_method():
    kept = picture()
    picture(subject_id=kept.subject_id, method=2)
    picture(subject_id=kept.subject_id, scope=PictureScope.PAIR)

    with refused("progress_picture_once"):
        picture(subject_id=kept.subject_id)


def test_a_picture_is_of_a_known_scope():
    with refused("picture_scope_is_known"):
        picture(scope="planet")


def test_a_note_says_something():
    with refused("owner_note_says_something"):
        OwnerNoteFactory(text="")


def test_a_form_stores_one_note():
    kept = OwnerNoteFactory()

    with refused("form_key"):
        OwnerNoteFactory(form_key=kept.form_key)


@pytest.mark.parametrize(
    "change", [{"text": "Other"}, {"contested": True}, {"about": "Off track"}, {"role": "Chair"}]
)
def test_a_note_is_withdrawn_and_never_edited(change):
    kept = OwnerNoteFactory()

    with refused("a note of an owner stays as it was written"):
        OwnerNote.objects.filter(pk=kept.pk).update(**change)


@pytest.mark.parametrize("change", [{"withdrawn_at": None}, {"text": "Other"}])
def test_a_note_is_withdrawn_once(change):
    kept = OwnerNoteFactory()
    OwnerNote.objects.filter(pk=kept.pk).update(withdrawn_at=NOW)

    with refused("a note of an owner stays as it was written"):
        OwnerNote.objects.filter(pk=kept.pk).update(**change)


def test_a_note_is_never_deleted():
    kept = OwnerNoteFactory()

    with pytest.raises(DatabaseError, match="owner_note_never_deleted"):
        raw("DELETE FROM outcomes_ownernote WHERE id = %s", kept.pk)
