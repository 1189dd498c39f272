"""Components: words always beside colour, and markup that keeps its meaning."""

import json
import re

import pytest
from django.template import Context, Template

from duty.ui import components, looks
from outcomes.progress_labels import STATUS_WORDS
from tests.ui.gallery import sample


def draw(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("code", "word", "pattern"),
    [
        ("green", "Ambassadors", "p-green"),
        ("amber", "Emerging leaders", "p-amber"),
        ("pink", "In-depth support", "p-pink"),
        ("red", "Core learning", "p-red"),
        (None, "Not assessed", "p-na"),
        ("not_assessed", "Not assessed", "p-na"),
    ],
)
def test_a_group_is_a_pattern_of_the_page_and_a_word(
    code: str | None, word: str, pattern: str
) -> None:
    html = draw("{% pattern_defs %}{% group_label code %}", code=code)

    assert word in html
    assert f'<pattern id="{pattern}"' in html
    assert f'fill="url(#{pattern})"' in html


def test_a_group_that_does_not_exist_is_never_shown_as_not_assessed() -> None:
    with pytest.raises(looks.UnknownGroupError):
        looks.FIRST_WORDS.group("blue")


@pytest.mark.parametrize(
    ("level", "word"), [("high", "High"), ("low", "Low"), ("", "Not assessed")]
)
def test_a_level_is_a_word(level: str, word: str) -> None:
    assert f">{word}</span>" in draw("{% level_tag level %}", level=level)


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(looks.UnknownLevelError):
        looks.FIRST_WORDS.level("medium")


def test_a_page_of_a_round_says_the_words_and_looks_of_its_matrix() -> None:
    words = looks.MatrixWords(
        groups={"green": looks.Group("green", "Pioneers", "p-teal")},
        levels={**looks.FIRST_WORDS.levels, "high": "Strong"},
    )

    label = draw("{% group_label 'green' %}", matrix_words=words)

    assert "Pioneers" in label
    assert 'fill="url(#p-teal)"' in label
    assert ">Strong</span>" in draw("{% level_tag 'high' %}", matrix_words=words)
    assert "Ambassadors" in draw("{% group_label 'green' %}")


def test_every_progress_status_has_a_sign_of_its_own_beside_its_word() -> None:
    drawn = [
        draw("{% status_tag code word %}", code=code, word=word)
        for code, word in STATUS_WORDS.items()
    ]

    assert len({path for one in drawn for path in re.findall(r' d="([^"]+)"', one)}) == len(
        STATUS_WORDS
    )
    for word, one in zip(STATUS_WORDS.values(), drawn, strict=True):
        assert f"{word}</span>" in one


def test_a_progress_status_that_does_not_exist_is_refused() -> None:
    with pytest.raises(components.UnknownStatusError):
        components.sign_of(status="good")


def test_a_table_keeps_its_meaning_when_it_stacks() -> None:
    html = draw('{% data_table caption="Due" columns=columns rows=rows %}', **sample())

    assert html.count('role="columnheader"') == 3
    assert html.count('role="rowheader"') == 2
    assert re.findall(r'data-l="([^"]+)"', html) == ["When", "People"] * 2
    assert html.count('class="n"') == 3


def test_a_table_without_rows_says_so() -> None:
    html = draw(
        '{% data_table caption="Due" columns=columns rows=none empty="No dates" %}',
        columns=sample()["columns"],
        none=(),
    )

    assert "No dates" in html


def test_a_row_of_another_length_than_the_head_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="argument"):
        draw(
            '{% data_table caption="Due" columns=columns rows=rows %}',
            columns=sample()["columns"],
            rows=(("one",),),
        )


def test_a_task_that_cannot_start_yet_is_no_link() -> None:
    html = draw("{% task_list tasks %}", **sample())

    assert html.count("<a ") == 2
    assert "govuk-task-list__status--cannot-start-yet" in html


def test_two_sides_stand_side_by_side_and_a_silent_one_is_said() -> None:
    side = components.Side("NHS South Yorkshire ICB")

    html = draw('{% two_sided authority=side icb=side differ="Meet soon." %}', side=side)

    assert html.count("No status") == 2
    assert "The two views differ." in html


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_a_long_list_links_to_its_ends_and_to_pages_nearby(
    page: int, pages: int, shown: list[int | None]
) -> None:
    links = components.page_links(page=page, pages=pages, url="?page=")

    assert [link.number for link in links] == shown
    assert [link.number for link in links if link.current] == [page]


def test_a_list_of_one_page_has_no_links() -> None:
    assert draw('{% pagination page=1 pages=1 url="?page=" %}').strip() == ""


def test_a_download_says_its_kind_and_size() -> None:
    html = draw("{% downloads files %}", **sample())

    assert "This pair over all rounds (CSV, 9 kB)" in html
    assert "The same facts from the API (JSON)" in html


def test_a_chart_carries_its_figure_as_data_that_cannot_end_the_script() -> None:
    figure = {"data": [{"name": "</script><b>"}]}

    html = draw('{% chart name="hle" label="Years" figure=figure %}', figure=figure)

    stored = re.search(r'<script id="hle" type="application/json">(.*?)</script>', html)
    assert stored is not None
    assert json.loads(stored[1]) == figure


def test_no_text_of_a_component_is_markup() -> None:
    rows = (components.SummaryRow("<b>", "<i>\n<u>"),)

    html = draw("{% summary_list rows %}{% warning text %}", rows=rows, text="<img>")

    assert not re.search(r"<(b|i|u|img)>", html)
