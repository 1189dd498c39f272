"""The packages of the site are known, free to use, and held against newer patches."""

from pathlib import Path

import pytest

from duty.config.supply import RUN_TIME, Package, is_strong, locked, missing_patches, packages

_PROJECT = Path(__file__).parents[2]
_LOCK = """\
amqp==5.4.2 \\
    --hash=sha256:9362660c
    # via kombu
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:4f1d9991
uvloop==0.22.1 ; sys_platform != 'win32' \\
    --hash=sha256:17d4e97b
"""


def test_a_lock_is_read_without_what_other_systems_need() -> None:
    assert list(locked(lock=_LOCK)) == [("amqp", "5.4.2"), ("uvloop", "0.22.1")]


def test_each_package_of_the_site_says_a_licence_that_does_not_bind_it() -> None:
    found = packages(lock=(_PROJECT / RUN_TIME).read_text())

    assert {"django", "celery", "psycopg", "pandas", "plotly"} <= {one.name for one in found}
    assert [one for one in found if not one.licence] == []
    assert [one for one in found if is_strong(one.licence)] == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "AGPL-3.0-or-later",
    ],
)
def test_a_licence_that_would_bind_the_site_is_known(licence: str) -> None:
    assert is_strong(licence)


@pytest.mark.parametrize(
    "licence",
    ["LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "MIT", "BSD-3-Clause"],
)
def test_other_licences_do_not(licence: str) -> None:
    assert not is_strong(licence)


@pytest.mark.parametrize(
    ("installed", "there", "newest"),
    [
        ("5.2.19", ["6.0.1", "5.2.21", "5.2.20", "5.2.19", "5.1.3"], ["5.2.21"]),
        ("5.2.19", ["6.0.1", "5.2.19"], []),
        ("5.2.19", ["5.2.20rc1", "5.2.19"], []),
        ("5.2.19", [], []),
        ("1.0", ["1.0.1", "1.0"], ["1.0.1"]),
        # As numbers: as texts, 9 would come after 10.
        ("1.2.9", ["1.2.10", "1.2.9"], ["1.2.10"]),
    ],
)
def test_a_newer_patch_of_the_own_series_is_missing(
    installed: str, there: list[str], newest: list[str]
) -> None:
    package = Package(name="django", version=installed, licence="BSD-3-Clause")

    found = list(missing_patches(found=[package], versions_of=lambda _name: there))

    assert found == [(package, version) for version in newest]
