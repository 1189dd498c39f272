"""Files of packages, served under our own address and never copied into the repository."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import allauth
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

_GOVUK = "govuk-frontend/dist/govuk"

# Served name -> place under node_modules. The maps are named by the last line of the style sheet
# and the script: without them every open developer tool would show a 404.
PACKAGE_FILES = {
    "govuk-frontend.min.css": f"{_GOVUK}/govuk-frontend.min.css",
    "govuk-frontend.min.css.map": f"{_GOVUK}/govuk-frontend.min.css.map",
    "govuk-frontend.min.js": f"{_GOVUK}/govuk-frontend.min.js",
    "govuk-frontend.min.js.map": f"{_GOVUK}/govuk-frontend.min.js.map",
    "plotly-cartesian.min.js": "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
}

# The only script that we take of django-allauth: bytes of security keys as text, and back.
_ALLAUTH_FILES = {"webauthn-json.js": "mfa/static/mfa/js/webauthn-json.js"}

# The typeface's licence and the crown are for gov.uk domains only, so they are served only when
# the setting GOVUK_BRAND says that this is one.
GOVUK_BRAND_FILES = {
    "fonts/bold-affa96571d-v2.woff": f"{_GOVUK}/assets/fonts/bold-affa96571d-v2.woff",
    "fonts/bold-b542beb274-v2.woff2": f"{_GOVUK}/assets/fonts/bold-b542beb274-v2.woff2",
    "fonts/light-94a07e06a1-v2.woff2": f"{_GOVUK}/assets/fonts/light-94a07e06a1-v2.woff2",
    "fonts/light-f591b13f7d-v2.woff": f"{_GOVUK}/assets/fonts/light-f591b13f7d-v2.woff",
    "images/govuk-crest.svg": f"{_GOVUK}/assets/images/govuk-crest.svg",
}


_STYLE_SHEET = "govuk-frontend.min.css"
_FONT_FACES = re.compile(r"@font-face\{[^}]*\}")
_CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")


def without_govuk_brand(*, style_sheet: str) -> str:
    """Return the package's style sheet without the typeface and the crest.

    Overruling them in a later style sheet is not enough: a page that is measured while that one
    still loads asks for the typeface.
    """
    plain = _FONT_FACES.sub("", style_sheet)
    plain = plain.replace("GDS Transport,arial,sans-serif", "Arial,Helvetica,sans-serif")
    return _CREST.sub("none", plain)


def _unbranded(package_file: Path) -> Path:
    """Return a copy without the brand, kept with the site's other files."""
    copy = Path(settings.DATA_DIR) / "assets" / _STYLE_SHEET
    plain = without_govuk_brand(style_sheet=package_file.read_text(encoding="utf-8"))
    if not copy.is_file() or copy.read_text(encoding="utf-8") != plain:
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Replaced in one step: two processes may start at once.
        fresh = copy.with_suffix(f".{os.getpid()}")
        fresh.write_text(plain, encoding="utf-8")
        fresh.replace(copy)
    return copy


def served_files() -> dict[str, Path]:
    """Return where each served name is on disk, for the packages that are installed."""
    root = Path(settings.BASE_DIR) / "node_modules"
    names = dict(PACKAGE_FILES)
    if settings.GOVUK_BRAND:
        names |= GOVUK_BRAND_FILES
    places = {name: root / place for name, place in names.items()}
    allauth_folder = Path(allauth.__file__).parent
    places |= {name: allauth_folder / place for name, place in _ALLAUTH_FILES.items()}
    places = {name: place for name, place in places.items() if place.is_file()}
    if _STYLE_SHEET in places and not settings.GOVUK_BRAND:
        places[_STYLE_SHEET] = _unbranded(places[_STYLE_SHEET])
    return places


class PackageFilesFinder(BaseFinder):
    """Finds the few files of packages that pages ask for, and nothing else in them."""

    def check(self, **kwargs: object) -> list[object]:  # type: ignore[override]
        """Return no complaint: missing packages are said by the launcher, with what to do."""
        return []

    def find(  # type: ignore[override]
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        """Return where the file is, or an empty list when it is not one of ours."""
        place = served_files().get(path)
        if place is None:
            return []
        return [str(place)] if find_all or kwargs.get("all") else str(place)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each served name with a storage that opens it."""
        for name, place in served_files().items():
            yield name, _PackageFile(place=place)


class _PackageFile(FileSystemStorage):
    """One file under another name than it has on disk."""

    prefix = None  # read by collectstatic

    def __init__(self, *, place: Path) -> None:
        super().__init__(location=place.parent)
        self._place = place

    def path(self, name: str) -> str:
        """Return the one file, whatever it is called on the site."""
        return str(self._place)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(self._place.open(mode))
