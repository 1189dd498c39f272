"""What the database holds of uploads, each tried by breaking it."""

import pytest
from django.db import DatabaseError, IntegrityError

from outcomes.models import UploadConfirmation, UploadState
from tests.factories import outcomes as make
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def confirm(upload, **said):
    facts = {"code": "jump", "reason": "A new clinic.", "by": UserFactory(), "at": make.NOW}
    return UploadConfirmation.objects.create(upload=upload, **(facts | said))


def test_the_layout_of_an_upload_is_one_that_we_know():
    with refused("upload_layout_is_known"):
        make.UploadFactory(layout="napkin")


def test_an_upload_is_stored_on_somebodys_word():
    with refused("stored_upload_was_confirmed"):
        make.UploadFactory(state=UploadState.STORING)


def test_a_problem_is_of_a_severity_that_we_know():
    with refused("severity_is_known"):
        make.UploadProblemFactory(severity="dire")


def test_a_kind_of_warning_is_confirmed_once():
    upload = make.UploadFactory()
    confirm(upload)
    with refused("warning_confirmed_once"):
        confirm(upload)


def test_a_confirmation_has_a_reason():
    with refused("confirmation_has_a_reason"):
        confirm(make.UploadFactory(), reason="")


def test_a_confirmation_stays_as_it_was_given():
    given = confirm(make.UploadFactory())
    with pytest.raises(DatabaseError, match="append_only"):
        UploadConfirmation.objects.filter(pk=given.pk).update(reason="Another.")
