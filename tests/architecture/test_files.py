"""The project's files name no machine, no registry and nothing outside the project."""

import re

import pytest

from tests.architecture.project import APPS, PROJECT, sources, text_of, tracked_files

OWN_NAME = "tests/architecture/test_files.py"
# The list of npm packages is compared with the registry's only by its hashes.
_FORBIDDEN = {
    "a registry": re.compile(
        r"\b(npmjs|pypi|pythonhosted|yarnpkg|golang)\.(org|com)\b|"
        r"--(extra-)?index-url|--find-links|--trusted-host"
    ),
    "a path of one machine": re.compile(r"(?<![\w.$}-])/(work|root|home/\w+|Users/\w+)/\w"),
    "something outside the project": re.compile(r"\.\./shared"),
    "work that is left": re.compile(r"\b(TODO|FIXME|XXX)\b"),
    "a conflict": re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE),
}
TEXTS = {
    str(path.relative_to(PROJECT)): text_of(path)
    for path in tracked_files()
    if str(path.relative_to(PROJECT)) != OWN_NAME
}


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{name}: {match.group(0)}"
        for name, text in TEXTS.items()
        for match in _FORBIDDEN[what].finditer(text)
    ]

    assert found == []


def test_the_top_holds_only_the_houses_folders() -> None:
    folders = {name.split("/")[0] for name in TEXTS if "/" in name}

    assert folders <= {*APPS, "templates", "static", "tests", "docs", "requirements", ".ci"}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "manager", "process"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    found = [path for path in TEXTS if re.search(rf"(^|/){name}(\.py|/)", path)]

    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_no_module_is_longer_than_four_hundred_lines(app: str) -> None:
    too_long = [
        str(path.relative_to(PROJECT))
        for path in sources(suffix=".py", under=app)
        if "migrations" not in path.parts and len(text_of(path).splitlines()) > 400
    ]

    assert too_long == []


def test_only_the_wiring_reads_the_environment() -> None:
    # A command of developers starts a browser, as the tests do: both ask for CHROMIUM_PATH.
    excused = {"duty/management/commands/dump_plotly_css.py"}
    reading = re.compile(r"\bos\.(environ|getenv)\b")

    found = [
        str(path.relative_to(PROJECT))
        for app in APPS
        for path in sources(suffix=".py", under=app)
        if not str(path.relative_to(PROJECT)).startswith("duty/config/")
        and reading.search(text_of(path))
    ]

    assert set(found) == excused


def test_below_the_interface_nobody_reads_the_clock() -> None:
    # The ledger measures how long its steps took, and when to try again.
    excused = {"outcomes/recompute.py"}
    clock = re.compile(r"\b(timezone\.now\(|timezone\.localdate\(\)|date\.today\(|datetime\.now\()")
    below = re.compile(r"^\w+/(models|queries|charts|recompute|access|audit|stats|return_file)\b")

    found = [
        str(path.relative_to(PROJECT))
        for app in APPS
        for path in sources(suffix=".py", under=app)
        if below.match(str(path.relative_to(PROJECT))) and clock.search(text_of(path))
    ]

    assert set(found) == excused
