"""Templates hold no script, no style and no data that was not escaped, and each is used."""

import re

import pytest
from django.template import Template
from django.template.loader import get_template

from tests.architecture.project import APPS, PROJECT, sources, text_of

TEMPLATES = [
    *sources(suffix=".html", under="templates"),
    *sources(suffix=".svg", under="templates"),
]
PYTHON = [path for app in APPS for path in sources(suffix=".py", under=app)]
NAMES = [str(path.relative_to(PROJECT / "templates")) for path in TEMPLATES]

# One that runs over a line's end is none to Django, which shows it.
_COMMENT = re.compile(r"\{#[^\n]*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
_FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler in the page": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off"),
    "a comment that pages show": re.compile(r"\{#|#\}"),
    "a file of another host": re.compile(r"(src|srcset)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}
# Templates that Django, allauth or the form renderer ask for by a name that stands in no file.
_ASKED_FOR_BY_NAME = re.compile(
    r"^(400|403|403_csrf|404|429|500)\.html$|^(account|mfa)/|^govuk/widgets/"
)


def without_comments(text: str) -> str:
    return _COMMENT.sub("", text)


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{name}: {match.group(0)[:60]}"
        for name, path in zip(NAMES, TEMPLATES, strict=True)
        for match in _FORBIDDEN[what].finditer(without_comments(text_of(path)))
    ]

    assert found == []


def test_no_python_of_ours_trusts_text_to_be_markup() -> None:
    trusting = re.compile(r"\b(mark_safe|SafeString|SafeText)\(|\bis_safe\s*=\s*True")

    found = [
        f"{path.relative_to(PROJECT)}: {match.group(0)}"
        for path in PYTHON
        for match in trusting.finditer(text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_each_template_can_be_read(name: str) -> None:
    template = get_template(name)

    assert isinstance(getattr(template, "template", None), Template)


def test_each_template_is_used() -> None:
    # The gallery shows every component to the tests of components.
    gallery = PROJECT / "tests" / "ui" / "gallery.py"
    texts = {path: text_of(path) for path in (*TEMPLATES, *PYTHON, gallery)}

    unused = [
        name
        for name, own in zip(NAMES, TEMPLATES, strict=True)
        if not _ASKED_FOR_BY_NAME.match(name)
        and not any(name in text for path, text in texts.items() if path != own)
    ]

    assert unused == []


def test_each_script_and_style_of_ours_is_used() -> None:
    names = [path.name for path in sources(suffix=".js", under="static")]
    names += [path.name for path in sources(suffix=".css", under="static")]
    text = "".join(text_of(path) for path in (*TEMPLATES, *PYTHON))

    assert [name for name in names if name not in text] == []
