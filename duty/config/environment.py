"""Settings from the environment: a missing or wrong one stops the start and says what to set."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})


def text(name: str, *, default: str | None = None, example: str = "") -> str:
    """Return the variable, or the default when there is one.

    Raises:
        ImproperlyConfigured: it is missing and has no default.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is not None:
        return default
    raise ImproperlyConfigured(
        f"Set {name} in the environment{f', for example {name}={example}' if example else ''}. "
        "`./run demo` and `./run test` set it by themselves."
    )


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no variable.

    Raises:
        ImproperlyConfigured: it is neither yes nor no.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _YES:
        return True
    if value.strip().lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return one of the choices; the first where nothing is said.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    value = os.environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to {' or '.join(choices)}.")
    return value


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: it is not one, or too small.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number from {least}.")
    return int(value)


def words(name: str, *, default: str) -> list[str]:
    """Return a list written with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, *, default: Path) -> Path:
    """Return a folder, which need not exist yet.

    Raises:
        ImproperlyConfigured: it exists and is not a folder.
    """
    path = Path(os.environ.get(name, "").strip() or default)
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} is {path}, which is not a folder.")
    return path


def folder_or_none(name: str) -> Path | None:
    """Return a folder that exists, or None where nothing is said.

    Raises:
        ImproperlyConfigured: there is no such folder.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if not Path(value).is_dir():
        raise ImproperlyConfigured(f"{name} is {value}, which is not a folder.")
    return Path(value)


def file_or_none(name: str) -> Path | None:
    """Return a file that can be read, or None where nothing is said.

    Raises:
        ImproperlyConfigured: there is no such file.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if not Path(value).is_file() or not os.access(value, os.R_OK):
        raise ImproperlyConfigured(f"{name} is {value}, which is not a file that can be read.")
    return Path(value)


def instant(name: str) -> datetime | None:
    """Return an instant, or None where nothing is said; without an offset it is read as UTC.

    Raises:
        ImproperlyConfigured: it is none.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        said = datetime.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: set it to a time such as 2026-12-01T18:00+00:00."
        ) from error
    return said if said.tzinfo is not None else said.replace(tzinfo=UTC)
