"""What is served beside the pages, and what is not."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import override_settings

from duty.ui.finders import GOVUK_BRAND_FILES, PACKAGE_FILES

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_the_files_of_packages_are_found_by_their_served_names(name: str) -> None:
    found = finders.find(name)

    assert isinstance(found, str)
    assert Path(found).stat().st_size > 1000


@pytest.mark.parametrize("name", GOVUK_BRAND_FILES)
def test_the_typeface_and_the_crest_are_served_on_govuk_domains_only(name: str) -> None:
    elsewhere = finders.find(name)

    with override_settings(GOVUK_BRAND=True):
        on_govuk = finders.find(name)

    assert not elsewhere
    assert on_govuk


def test_the_served_style_sheet_names_no_typeface_or_crest_that_we_may_not_show() -> None:
    ours = Path(str(finders.find("govuk-frontend.min.css"))).read_text(encoding="utf-8")
    with override_settings(GOVUK_BRAND=True):
        theirs = Path(str(finders.find("govuk-frontend.min.css"))).read_text(encoding="utf-8")

    brand = re.compile(r"GDS Transport|@font-face|govuk-crest|/assets/")
    assert brand.search(theirs)
    assert not brand.search(ours)
    assert ours.count(".govuk-button{") == theirs.count(".govuk-button{")


@pytest.mark.parametrize("name", ["package.json", "govuk-frontend/package.json"])
def test_nothing_else_of_a_package_is_found(name: str) -> None:
    assert not finders.find(name)


@pytest.mark.slow
def test_every_file_is_collected_under_a_name_with_a_hash(tmp_path: Path) -> None:
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": hashed}

    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = render_to_string("500.html")

    served = re.findall(r'(?:href|src)="/assets/([^"]+)"', page)
    assert len(served) == 3
    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in served)
    assert all((tmp_path / name).is_file() for name in served)
    assert not list(tmp_path.rglob("*.woff*"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_or_style_in_it(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
