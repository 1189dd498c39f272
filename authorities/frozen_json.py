"""Frozen dataclasses to JSON and back."""

import types
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

_Kind = TypeVar("_Kind")


class NotThisKindError(ValueError):
    """The content is not that of the dataclass asked for."""


def to_plain(*, value: object) -> dict[str, Any]:
    """Return a frozen dataclass as plain values that JSON can hold.

    Args:
        value: a dataclass made of dataclasses, tuples, texts, numbers, booleans and None.

    Raises:
        NotThisKindError: it is not an instance of a dataclass.
    """
    if not is_dataclass(value) or isinstance(value, type):
        raise NotThisKindError(f"{type(value).__name__} is not a dataclass.")
    return asdict(value)


def from_plain(*, kind: type[_Kind], plain: object) -> _Kind:
    """Return the frozen dataclass that `to_plain` took apart, JSON's lists as tuples again.

    Keys and days that JSON holds as texts are such again.

    Args:
        kind: the dataclass.
        plain: what JSON gave back.

    Raises:
        NotThisKindError: a field without a default is missing, or there is one too many.
    """
    made: _Kind = _revived(kind, plain)
    return made


def _revived(kind: Any, plain: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        names = {field.name for field in fields(kind)}
        # What was frozen before a field was there is read with the field's default.
        needed = {field.name for field in fields(kind) if field.default is MISSING}
        if not isinstance(plain, dict) or not needed <= plain.keys() <= names:
            raise NotThisKindError(f"The content is not a {kind.__name__}.")
        hints = get_type_hints(kind)
        return kind(**{name: _revived(hints[name], plain[name]) for name in plain})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_revived(inner[0], item) for item in plain)
        return tuple(_revived(one, item) for one, item in zip(inner, plain, strict=True))
    if isinstance(kind, types.UnionType):
        [present] = [one for one in get_args(kind) if one is not types.NoneType]
        return None if plain is None else _revived(present, plain)
    if kind is UUID and isinstance(plain, str):
        return UUID(plain)
    if kind is date and isinstance(plain, str):
        return date.fromisoformat(plain)
    return plain
