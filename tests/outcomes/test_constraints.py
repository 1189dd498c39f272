"""Facts that the database holds, each tried by breaking it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from outcomes.models import Note, Observation, Upload, UploadConfirmation, UploadState
from tests.factories import outcomes as make
from tests.factories.authorities import StrategicAuthorityFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("owned", [True, False])
def test_a_value_is_current_once(owned):
    owner = StrategicAuthorityFactory() if owned else None
    first = make.ObservationFactory(owner=owner)

    with refused("observation_current_once"):
        make.ObservationFactory(owner=owner, indicator=first.indicator, area=first.area)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"value": None}, "value_is_there_or_says_why_not"),
        ({"value": 1.0, "note": Note.MISSING}, "value_is_there_or_says_why_not"),
        ({"value": 1.0, "note": Note.WITHHELD}, "value_is_there_or_says_why_not"),
        ({"value": 1.0, "note": "made up"}, "note_is_known"),
        (
            {"value": None, "note": Note.SUPPRESSED, "count": 3.0},
            "suppressed_shows_nothing_beside_it",
        ),
        (
            {"value": None, "note": Note.SUPPRESSED, "lower_95": 3.0},
            "suppressed_shows_nothing_beside_it",
        ),
        ({"lower_95": 61.0, "upper_95": 60.0}, "limits_95_in_order"),
        ({"lower_998": 61.0, "upper_998": 60.0}, "limits_998_in_order"),
        ({"count": -1.0}, "count_not_negative"),
        ({"denominator": 0.0}, "denominator_above_zero"),
    ],
)
def test_a_value_keeps_to_the_rules(facts, name):
    with refused(name):
        make.ObservationFactory(**facts)


def test_a_value_is_never_deleted():
    kept = make.ObservationFactory()

    with pytest.raises(ProgrammingError, match="Cannot delete"):
        Observation.objects.filter(pk=kept.pk).delete()


def test_a_value_is_never_edited():
    kept = make.ObservationFactory()

    with (
        pytest.raises(ProgrammingError, match="Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE outcomes_observation SET value = 99 WHERE id = %s", [kept.pk])

    kept.refresh_from_db()
    assert kept.value == 60.1


def test_a_value_is_superseded_once():
    kept = make.ObservationFactory(superseded_at=make.NOW)

    with pytest.raises(ProgrammingError, match="Cannot update"):
        Observation.objects.filter(pk=kept.pk).update(superseded_at=None)


def test_a_period_is_there_once_whatever_its_label():
    first = make.PeriodFactory()

    with refused("period_once"):
        type(first).objects.create(
            label="other", kind="other", start_date=first.start_date, end_date=first.end_date
        )


def test_a_period_ends_after_it_starts():
    with refused("period_ends_after_it_starts"):
        make.PeriodFactory(end_date=make.PeriodFactory().start_date)


def test_a_breakdown_is_there_once():
    first = make.BreakdownFactory()

    with refused("breakdown_once"):
        type(first).objects.create(sex=first.sex, age=first.age)


@pytest.mark.parametrize(
    ("facts", "name"),
    [({"scale": "x"}, "scale_is_known"), ({"polarity": "up"}, "polarity_is_known")],
)
def test_an_indicator_keeps_to_the_lists(facts, name):
    with refused(name):
        make.IndicatorFactory(**facts)


@pytest.mark.parametrize("field", ["code", "fingertips_id"])
def test_an_indicator_is_there_once(field):
    first = make.IndicatorFactory()

    with refused(field):
        make.IndicatorFactory(**{field: getattr(first, field)})


def test_a_stored_upload_has_its_release():
    with refused("stored_upload_has_its_release"):
        make.UploadFactory(state=UploadState.COMMITTED)


def test_an_upload_keeps_to_the_states():
    with refused("upload_state_is_known"):
        make.UploadFactory(state="lost")


@pytest.mark.parametrize("by", [None, "somebody"])
def test_what_is_being_stored_was_confirmed_by_somebody(by):
    upload = make.UploadFactory(state=UploadState.READY)
    confirmed = {"confirmed_at": make.NOW if by is None else None}
    if by is not None:
        confirmed["confirmed_by"] = upload.uploaded_by

    with refused("stored_upload_was_confirmed"):
        Upload.objects.filter(pk=upload.pk).update(state=UploadState.STORING, **confirmed)


def test_an_upload_is_of_a_known_layout():
    with refused("upload_layout_is_known"):
        make.UploadFactory(layout="sideways")


def test_an_upload_takes_no_step_that_the_table_lacks():
    upload = make.UploadFactory()

    with refused("an upload does not go from uploaded to ready"):
        Upload.objects.filter(pk=upload.pk).update(state=UploadState.READY)


def test_a_problem_is_of_a_known_severity():
    with refused("severity_is_known"):
        make.UploadProblemFactory(severity="mild")


def test_a_kind_of_warning_has_one_reason():
    first = make.UploadConfirmationFactory()

    with refused("warning_confirmed_once"):
        make.UploadConfirmationFactory(upload=first.upload, code=first.code)


def test_a_confirmation_says_why():
    with refused("confirmation_has_a_reason"):
        make.UploadConfirmationFactory(reason="")


@pytest.mark.parametrize("is_changed", [True, False])
def test_a_confirmation_stays_as_it_was_given(is_changed):
    kept = UploadConfirmation.objects.filter(pk=make.UploadConfirmationFactory().pk)

    with pytest.raises(ProgrammingError, match="Cannot"):
        kept.update(reason="Another.") if is_changed else kept.delete()


def test_a_form_stores_one_upload():
    first = make.UploadFactory()

    with refused("form_key"):
        make.UploadFactory(form_key=first.form_key)


def test_the_problems_of_an_upload_are_numbered_once():
    first = make.UploadProblemFactory()

    with refused("problem_order_once"):
        make.UploadProblemFactory(upload=first.upload, order=first.order)


def test_a_subject_waits_once():
    first = make.RecomputeRequestFactory()

    with refused("recompute_waits_once"):
        make.RecomputeRequestFactory(subject_id=first.subject_id)


def test_a_subject_is_of_a_known_kind():
    with refused("recompute_subject_is_known"):
        make.RecomputeRequestFactory(subject="planet")


def test_a_step_is_there_once_a_request():
    request = make.RecomputeRequestFactory()
    step = {"task": "x", "started_at": make.NOW, "finished_at": make.NOW, "rows_changed": 0}
    request.steps.create(**step)

    with refused("step_once_a_request"):
        request.steps.create(**step)


def test_an_authority_has_one_page_an_indicator():
    authority, indicator = StrategicAuthorityFactory(), make.IndicatorFactory()
    page = {
        "indicator": indicator,
        "content": {},
        "input_hash": "x",
        "method_version": 1,
        "computed_at": make.NOW,
    }
    authority.indicator_pages.create(**page)

    with refused("authority_indicator_once"):
        authority.indicator_pages.create(**page)
