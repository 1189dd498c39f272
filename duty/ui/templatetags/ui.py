"""The site's components and ways of writing, as template tags and filters.

In the settings' template builtins, so that no template loads it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from authorities.models import User
from duty import words
from duty.ui import components, looks
from duty.ui.forms import ErrorLink, GovukBoundField, LabelSize, error_links
from duty.ui.made_for import TYPED_BY, made_for
from duty.ui.typed import typed_rows

register = template.Library()


@register.simple_tag
def question(
    bound: GovukBoundField,
    *,
    label_size: LabelSize = "",
    page_heading: bool = False,
    caption: str = "",
) -> SafeString:
    """Draw one field of a form, its label perhaps as the page's title."""
    bound.label_size = label_size or ("l" if page_heading else "")
    bound.page_heading = page_heading
    bound.caption = caption
    return bound.as_field_group()


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    *forms_on_page: forms.BaseForm, title: str = "There is a problem"
) -> dict[str, object]:
    """List the errors of the page's forms, each linked to its first wrong control."""
    links: list[ErrorLink] = []
    for form in forms_on_page:
        links.extend(error_links(form=form))
    return {"links": links, "title": title}


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> str:
    """Say in a form for whom its page was made: what comes after the session is kept for them."""
    request = context.get("request")
    user = request.user if request is not None else None
    if not isinstance(user, User):
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', TYPED_BY, made_for(user=user))


@register.inclusion_tag("components/typed.html")
def typed(form: forms.BaseForm) -> dict[str, object]:
    """Show what was typed into a form, to copy, where it may not be filled in now."""
    return {"rows": typed_rows(form=form)}


@register.simple_tag
def tag(text: str, colour: components.TagColour = "") -> SafeString:
    """Show a state in words as well as colour."""
    return _written_tag(text, colour)


# A page shows a hundred of them, of a dozen kinds. What is marked safe is another text here.
@lru_cache(maxsize=500, typed=True)
def _written_tag(text: str, colour: components.TagColour) -> SafeString:
    return render_to_string("components/tag.html", {"text": text, "colour": colour})


@register.inclusion_tag("components/pattern_defs.html")
def pattern_defs() -> dict[str, object]:
    """Define the palette's patterns once a page, before the first swatch, tile or map."""
    return {}


def _words_of(context: Context) -> looks.MatrixWords:
    # A page that shows a round says by which matrix it is read; others use the first words.
    found = context.get("matrix_words")
    return found if isinstance(found, looks.MatrixWords) else looks.FIRST_WORDS


@register.inclusion_tag("components/group_swatch.html", takes_context=True)
def group_swatch(context: Context, code: str | None) -> dict[str, object]:
    """Show a group's colour and pattern; the word must stand beside it."""
    return {"group": _words_of(context).group(code)}


@register.inclusion_tag("components/group_label.html", takes_context=True)
def group_label(context: Context, code: str | None) -> dict[str, object]:
    """Show a support group by colour, pattern and word."""
    return {"group": _words_of(context).group(code)}


@register.inclusion_tag("components/look_swatch.html")
def look_swatch(code: str) -> dict[str, object]:
    """Show an entry of the palette; its name must stand beside it."""
    return {"look": looks.PALETTE[code]}


@register.inclusion_tag("components/level_tag.html", takes_context=True)
def level_tag(context: Context, level: str | None) -> dict[str, str]:
    """Show an engagement level: one ink in three weights, and the word."""
    text, ending = _words_of(context).level(level)
    return {"text": text, "ending": ending}


@register.simple_tag(takes_context=True)
def level_word(context: Context, level: str | None, begins: bool = False) -> str:
    """Say a level within a sentence, or as its beginning."""
    word = _words_of(context).level(level)[0]
    return word if begins else word.lower()


@register.inclusion_tag("components/status_sign.html")
def status_sign(status: str) -> dict[str, object]:
    """Show the sign of a progress status; the word must stand beside it."""
    return {"sign": components.sign_of(status=status)}


@register.inclusion_tag("components/status_tag.html")
def status_tag(status: str, text: str) -> dict[str, object]:
    """Show a progress status by its sign, in a weight of one ink, and the word."""
    return {"sign": components.sign_of(status=status), "text": text}


@register.inclusion_tag("components/flag.html")
def flag(text: str, url: str) -> dict[str, str]:
    """Show what stands beside a status, with a link to where it is said in full."""
    return {"text": text, "url": url}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[components.SummaryRow]) -> dict[str, object]:
    """Show questions with their answers and what can be done about each."""
    return {"rows": rows, "has_actions": any(row.actions for row in rows)}


@register.inclusion_tag("components/task_list.html")
def task_list(rows: Sequence[components.TaskRow]) -> dict[str, object]:
    """Show tasks with their state."""
    return {"rows": rows}


@register.inclusion_tag("components/data_table.html")
def data_table(
    *,
    caption: str,
    columns: Sequence[components.Column],
    rows: Sequence[Sequence[components.Cell | str]],
    caption_hidden: bool = False,
    empty: str = "Nothing to show",
) -> dict[str, object]:
    """Show a table that stacks on a phone; the first cell of each row is its heading."""
    drawn = [
        [(column, _as_cell(cell)) for column, cell in zip(columns, row, strict=True)]
        for row in rows
    ]
    return {
        "caption": caption,
        "caption_hidden": caption_hidden,
        "columns": columns,
        "rows": drawn,
        "empty": empty,
    }


def _as_cell(cell: components.Cell | str) -> components.Cell:
    # Presenters of other apps give cells of their own: only plain text needs a cover.
    return components.Cell(text=cell) if isinstance(cell, str) else cell


@register.inclusion_tag("components/counts.html")
def counts(label: str, items: Sequence[components.Count]) -> dict[str, object]:
    """Show counts with what they are counts of; the label names the list."""
    return {"label": label, "items": items}


@register.inclusion_tag("components/two_sided.html")
def two_sided(
    *, authority: components.Side, icb: components.Side, differ: str = ""
) -> dict[str, object]:
    """Show what both sides say next to each other, and that they differ where they do."""
    return {"authority": authority, "icb": icb, "differ": differ}


@register.inclusion_tag("components/warning.html")
def warning(text: str) -> dict[str, str]:
    """Warn of a consequence before it happens."""
    return {"text": text}


@register.inclusion_tag("components/inset.html")
def inset(text: str) -> dict[str, str]:
    """Set a text apart from the words around it."""
    return {"text": text}


@register.inclusion_tag("components/differ.html")
def differ(lead: str, text: str = "", url: str = "", link: str = "") -> dict[str, str]:
    """Say that two accounts differ, or that something must be looked at again."""
    return {"lead": lead, "text": text, "url": url, "link": link}


@register.inclusion_tag("components/saved.html")
def saved(text: str) -> dict[str, str]:
    """Say what was saved, when and by whom."""
    return {"text": text}


@register.inclusion_tag("components/pagination.html")
def pagination(
    *, page: int, pages: int, url: str, label: str = "Pages", part: str = ""
) -> dict[str, object]:
    """Link to the other pages of a long list; nothing when there is only one.

    part: the id of the list's heading, where the page has several lists.
    """
    end = f"#{part}" if part else ""
    return {
        "links": components.page_links(page=page, pages=pages, url=url, end=end)
        if pages > 1
        else (),
        "label": label,
        "previous": f"{url}{page - 1}{end}" if page > 1 else "",
        "next": f"{url}{page + 1}{end}" if page < pages else "",
    }


@register.inclusion_tag("components/downloads.html")
def downloads(files: Sequence[components.Download]) -> dict[str, object]:
    """List files to take away with kind and size ('CSV, 9 kB')."""
    return {
        "files": [
            (file, ", ".join(filter(None, (file.kind, _size_words(file.size))))) for file in files
        ]
    }


def _size_words(size: int | None) -> str:
    return "" if size is None else words.file_size(size=size)


@register.inclusion_tag("components/chart_assets.html")
def chart_assets() -> dict[str, object]:
    """Load what draws charts: in the head of each page that has one."""
    return {}


@register.inclusion_tag("components/chart.html")
def chart(
    *, name: str, label: str, figure: Mapping[str, Any], svg: SafeString | str = ""
) -> dict[str, object]:
    """Show a figure: our own drawing, replaced by Plotly's where scripts run.

    The label says in one sentence what can be read from it; the table with the same numbers
    stands beside it on the page.
    """
    return {"name": name, "label": label, "figure": figure, "svg": svg}


@register.inclusion_tag("components/refresh_without_script.html")
def refresh_without_script(seconds: int = 5) -> dict[str, int]:
    """Reload a progress page where no script does it; in the head, only while work goes on."""
    return {"seconds": seconds}


@register.filter
def london_datetime(moment: datetime | None) -> str:
    """Write an instant as '23 November 2026 at 6:02am'; nothing for None."""
    return "" if moment is None else words.london_datetime(moment=moment)


@register.filter
def london_date(moment: date | None) -> str:
    """Write a day, or an instant's day, as '23 November 2026'; nothing for None."""
    return "" if moment is None else words.london_date(moment=moment)


@register.filter
def london_weekday(moment: date | None) -> str:
    """Write a day as 'Friday 11 December 2026'; nothing for None."""
    return "" if moment is None else words.london_weekday(moment=moment)


@register.filter
def london_short_date(moment: date | None) -> str:
    """Write a day as 'Fri 11 December'; nothing for None."""
    return "" if moment is None else words.london_short_date(moment=moment)


@register.filter
def number(value: Decimal | float | int | None, places: int = 0) -> str:
    """Write a number with commas, or 'missing'."""
    return words.number(value=value, places=places)


@register.filter
def percent(share: Decimal | float | int | None, places: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage, or 'missing'."""
    return words.percent(share=share, places=places)


@register.filter
def file_size(size: int) -> str:
    """Write bytes as '9 kB'."""
    return words.file_size(size=size)


@register.filter
def page_numbers(pages: str) -> str:
    """Write page numbers as 'page 17' or 'pages 4, 9-12'; nothing for none."""
    return words.page_numbers(pages=pages)
