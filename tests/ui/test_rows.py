"""Answers that are tables: typed cells, rows left empty, rows added."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from duty.controls.fields import NumberField
from duty.controls.rows import AddRowMixin, RowColumn, RowsField
from duty.ui.forms import error_links


class PostsForm(AddRowMixin, forms.Form):
    title = forms.CharField(label="Title")
    posts = RowsField(
        label="Posts",
        columns=(
            RowColumn("post", forms.CharField(label="Post")),
            RowColumn("fte", NumberField(label="FTE")),
        ),
        max_rows=3,
        required=False,
    )


def typed(*rows: tuple[str, str], **more: str) -> dict[str, str]:
    data = {"title": "Team", "posts-rows": str(len(rows)), **more}
    for index, (post, fte) in enumerate(rows):
        data |= {f"posts-{index}-post": post, f"posts-{index}-fte": fte}
    return data


def test_filled_rows_become_typed_values_and_empty_ones_are_left_out() -> None:
    form = PostsForm(typed(("Lead", "1"), ("", " "), ("Analyst", "0.5")))

    assert form.is_valid()

    assert form.cleaned_data["posts"] == (
        {"post": "Lead", "fte": Decimal(1)},
        {"post": "Analyst", "fte": Decimal("0.5")},
    )


def test_a_wrong_cell_is_named_by_row_and_column_and_linked() -> None:
    form = PostsForm(typed(("Lead", "some"), ("", "2")))

    assert not form.is_valid()

    assert [(link.message, link.target) for link in error_links(form=form)] == [
        ("Row 1, FTE: enter a number, like 1,250 or 1250.50", "id_posts_0_fte"),
        ("Row 2, Post: enter post", "id_posts_1_post"),
    ]


def test_a_wrong_cell_is_shown_again_as_it_was_typed_and_marked() -> None:
    form = PostsForm(typed(("Lead", "<some>")))

    html = str(form)

    assert 'value="&lt;some&gt;"' in html
    assert 'id="id_posts_0_fte"' in html
    assert html.count('aria-invalid="true"') == 1


def test_another_row_is_shown_with_nothing_checked_and_nothing_lost() -> None:
    form = PostsForm(typed(("Lead", "some"), ("", ""), **{"title": "", "posts-add": "1"}))

    valid = form.is_valid()

    assert not valid
    assert not form.errors
    assert 'name="posts-2-post"' in str(form)
    assert 'value="some"' in str(form)


def test_no_more_rows_than_the_limit_whatever_is_sent() -> None:
    form = PostsForm({"title": "Team", "posts-rows": "999999999999", "posts-add": "1"})

    html = str(form)

    assert 'name="posts-2-post"' in html
    assert 'name="posts-3-post"' not in html
    assert "posts-add" not in html


@pytest.mark.parametrize("count", ["", "-1", "two", "1e3"])
def test_a_forged_row_count_is_no_answer(count: str) -> None:
    form = PostsForm({"title": "Team", "posts-rows": count})

    assert form.is_valid()

    assert form.cleaned_data["posts"] == ()


def test_a_table_that_is_needed_says_so() -> None:
    field = RowsField(
        columns=(RowColumn("post", forms.CharField()),),
        error_messages={"required": "Enter at least one post"},
    )

    with pytest.raises(ValidationError) as caught:
        field.clean(({"post": ""},))

    assert caught.value.messages == ["Enter at least one post"]


def test_a_stored_table_is_shown_and_has_not_changed() -> None:
    stored = ({"post": "Lead", "fte": Decimal("0.5")},)
    form = PostsForm(typed(("Lead", "0.5"), ("", "")), initial={"title": "Team", "posts": stored})

    assert not form.has_changed()
    assert 'value="0.5"' in str(PostsForm(initial={"posts": stored}))
