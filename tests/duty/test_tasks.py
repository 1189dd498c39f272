"""The app's steps of a recompute."""

from uuid import uuid4

from duty.tasks import refresh_derived_answers


def test_derived_answers_are_read_so_none_is_stored():
    changed = refresh_derived_answers(subject="authority", subject_id=uuid4(), from_later=True)

    assert changed == 0
