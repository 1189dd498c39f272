"""Facts that the database holds, each tried by breaking it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from outcomes.models import (
    Note,
    Observation,
    ReleaseIndicator,
    ReleaseKind,
    ReleaseState,
    Upload,
    UploadConfirmation,
    UploadState,
)
from tests.factories import outcomes as make
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db


def table_and_key(row):
    return sql.Identifier(row._meta.db_table), sql.Literal(row.pk)


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
        ({"publishers_comparison": "best"}, "publisher_compares_a_value"),
        (
            {"value": None, "note": Note.SUPPRESSED, "publishers_comparison": "worse"},
            "publisher_compares_a_value",
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


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "rumour"}, "release_kind_is_known"),
        ({"kind": ReleaseKind.BODY, "state": ReleaseState.SUBMITTED}, "release_of_a_body_has_its"),
        ({"state": ReleaseState.SUBMITTED}, "release_of_a_body_is_decided"),
        ({"kind": ReleaseKind.APPROVED}, "approved_copy_has_its_origin"),
    ],
)
def test_a_release_is_of_one_kind_and_its_state_fits(facts, name):
    with refused(name):
        make.ReleaseFactory(**facts)


def test_a_release_is_in_one_of_the_states():
    with refused("release_state_is_known"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(),
            state="lost",
            decided_at=make.NOW,
            decided_by=UserFactory(),
        )


def test_a_national_release_has_no_body():
    with refused("release_of_a_body_has_its_body"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(),
            kind=ReleaseKind.NATIONAL,
            state=ReleaseState.PUBLISHED,
        )


def test_an_indicator_is_once_in_a_release():
    content = {
        "release": make.ReleaseFactory(),
        "indicator": make.IndicatorFactory(),
        "indicator_version": 1,
        "rows": 2,
    }
    ReleaseIndicator.objects.create(**content)

    with refused("indicator_once_in_a_release"):
        ReleaseIndicator.objects.create(**content)


@pytest.mark.parametrize("change", ["delete", "update"])
def test_what_a_release_contained_stays(change):
    content = ReleaseIndicator.objects.create(
        release=make.ReleaseFactory(),
        indicator=make.IndicatorFactory(),
        indicator_version=1,
        rows=2,
    )
    kept = ReleaseIndicator.objects.filter(pk=content.pk)

    with pytest.raises(ProgrammingError, match="Cannot"):
        kept.delete() if change == "delete" else kept.update(rows=3)


@pytest.mark.parametrize("named", ["indicator_id", "period_id", "breakdown_id", "release_id"])
def test_a_value_names_what_is_there(named):
    known = make.ObservationFactory()
    absent = uuid.uuid4() if named == "release_id" else 10**9
    facts = {
        "indicator_id": make.IndicatorFactory().pk,
        "period_id": known.period_id,
        "breakdown_id": known.breakdown_id,
        "release_id": known.release_id,
    }

    with refused("a value names a row of .* that is not there"):
        Observation.objects.bulk_create(
            [
                Observation(area=known.area, area_code="E06000001", value=1.0, **facts),
                Observation(
                    area=known.area,
                    area_code="E06000001",
                    value=1.0,
                    **{**facts, "indicator_id": make.IndicatorFactory().pk, named: absent},
                ),
            ]
        )


@pytest.mark.parametrize("superseded_at", [None, make.NOW])
@pytest.mark.parametrize("named", ["indicator", "period", "breakdown", "release"])
def test_what_a_value_names_stays(named, superseded_at):
    row = getattr(make.ObservationFactory(superseded_at=superseded_at), named)

    with refused(f"values name this {named}"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {} WHERE id = {}").format(*table_and_key(row)))
    with refused(f"values name this {named}"), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("UPDATE {} SET id = %s WHERE id = {}").format(*table_and_key(row)),
            [uuid.uuid4() if named == "release" else 10**9],
        )


@pytest.mark.parametrize("made", [make.IndicatorFactory, make.PeriodFactory, make.ReleaseFactory])
def test_what_no_value_names_may_go(made):
    row = made()

    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {} WHERE id = {}").format(*table_and_key(row)))
        assert cursor.rowcount == 1


def test_a_value_is_final_unless_it_says_otherwise():
    known = make.ObservationFactory()

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outcomes_observation (indicator_id, area_id, period_id, breakdown_id, "
            "release_id, area_code, note, value, note_text) SELECT %s, area_id, period_id, "
            "breakdown_id, release_id, area_code, note, value, note_text "
            "FROM outcomes_observation RETURNING provisional",
            [make.IndicatorFactory().pk],
        )
        assert cursor.fetchone() == (False,)
    assert known.provisional is False
