"""What the pages of a person's own tokens show."""

from dataclasses import dataclass

from django.urls import reverse

from authorities.models import ApiToken, TokenScope
from authorities.presenters.links import BackLink
from authorities.presenters.people import counted, day_of, last_day_of
from authorities.presenters.tables import Cell, Column, SummaryRow
from authorities.queries.tokens import OwnToken, OwnTokens

_COLUMNS = (
    *(Column("Name"), Column("Token"), Column("May"), Column("Made")),
    *(Column("Last day"), Column("Last used")),
)


@dataclass(frozen=True)
class TokensPage:
    """A person's tokens: those that work, and those that ended."""

    back: BackLink
    columns: tuple[Column, ...]
    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    ended_columns: tuple[Column, ...]
    ended_caption: str
    ended: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class TokenPage:
    """One token in force."""

    title: str
    back: BackLink
    rows: tuple[SummaryRow, ...]


def back_to_tokens() -> BackLink:
    """Return the way back to the list."""
    return BackLink("Tokens for programs", reverse("authorities:tokens"))


def tokens_page(*, tokens: OwnTokens) -> TokensPage:
    """Return the list."""
    shown = len(tokens.ended)
    more = f", the newest {shown}" if tokens.ended_count > shown else ""
    return TokensPage(
        back=BackLink("Your account", reverse("account")),
        columns=(*_COLUMNS, Column("Revoke")),
        caption=counted(len(tokens.in_force), "token works", "tokens work"),
        rows=tuple(
            (
                *_cells(one),
                Cell("Revoke", url=reverse("authorities:token-revoke", args=[one.key])),
            )
            for one in tokens.in_force
        ),
        ended_columns=(*_COLUMNS, Column("State")),
        ended_caption=counted(tokens.ended_count, "token has ended", "tokens have ended") + more,
        ended=tuple((*_cells(one), Cell(_state(one))) for one in tokens.ended),
    )


def token_page(*, token: ApiToken) -> TokenPage:
    """Return the page on which one token is revoked."""
    return TokenPage(
        title=f"Revoke “{token.name}”",
        back=back_to_tokens(),
        rows=(
            SummaryRow("Token", f"{token.first_characters}…"),
            SummaryRow("May", str(TokenScope(token.scope).label)),
            SummaryRow("Made", day_of(token.made_at)),
            SummaryRow("Last day", last_day_of(token.ends_at)),
            SummaryRow("Last used", day_of(token.last_used_at) if token.last_used_at else "Never"),
        ),
    )


def _cells(one: OwnToken) -> tuple[Cell, ...]:
    return (
        Cell(one.name),
        Cell(f"{one.first_characters}…"),
        Cell(str(one.scope.label)),
        Cell(day_of(one.made_at)),
        Cell(last_day_of(one.ends_at)),
        Cell(day_of(one.last_used_at) if one.last_used_at else "Never"),
    )


def _state(one: OwnToken) -> str:
    if one.revoked_at is None:
        return "Ended"
    return f"Revoked on {day_of(one.revoked_at)} by {one.revoked_by}"
