"""The audit for who reads it: who did what, who signed in and saw what, and both as files."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from authorities.forms.audit import AccessSearch, AuditSearch
from authorities.permissions import Permission
from authorities.presenters.audit import Tab, audit_page, file_lines
from authorities.queries import audit as queries
from authorities.queries.seals import chain_state
from authorities.views.centre import CentrePage

_LISTS = (
    ("What was done", "authorities:audit"),
    ("Who signed in and saw what", "authorities:audit-access"),
)


class AuditList(CentrePage):
    """What was done, searched and paged by key."""

    permission: ClassVar[Permission] = Permission.AUDIT_READ
    form_class: ClassVar[type[AuditSearch]] = AuditSearch
    seen: ClassVar[bool] = False
    name: ClassVar[str] = "authorities:audit"
    title: ClassVar[str] = "What was done"
    lead: ClassVar[str] = "Every change that people and the site's own jobs have made."

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Show a page of it; a search that cannot be understood says why, over an empty list."""
        form = self.form_class(request.GET or {}, day=timezone.localdate(self.now))
        before = _key(request.GET.get("before", ""))
        if form.is_valid():
            page = queries.seen_page if self.seen else queries.done_page
            found = page(wanted=form.wanted(), before=before, day=timezone.localdate(self.now))
        else:
            found = queries.EntryPage(entries=(), older=None)
        asked = {name: value for name, value in request.GET.items() if name in form.fields}
        here = reverse(self.name)
        return self.show(
            "authorities/audit.html",
            status=200 if form.is_valid() else 422,
            form=form,
            page=audit_page(
                title=self.title,
                lead=self.lead,
                tabs=tuple(Tab(label, reverse(name), name == self.name) for label, name in _LISTS),
                chain=chain_state(),
                found=found,
                seen=self.seen,
                newest_url=_url(here, asked) if before else "",
                older_url=_url(here, asked | {"before": _text(found.older)}) if found.older else "",
                csv_url=_url(reverse(f"{self.name}-csv"), asked),
            ),
        )


class AccessList(AuditList):
    """Who signed in and saw what."""

    form_class: ClassVar[type[AuditSearch]] = AccessSearch
    seen: ClassVar[bool] = True
    name: ClassVar[str] = "authorities:audit-access"
    title: ClassVar[str] = "Who signed in and saw what"
    lead: ClassVar[str] = (
        "Sign-ins, second steps, refusals, downloads, and looks at what is not public."
    )


class AuditCsv(AuditList):
    """The same as a file, made while it is sent."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send it; a search that cannot be understood is refused, since a file cannot say so."""
        form = self.form_class(request.GET or {}, day=timezone.localdate(self.now))
        if not form.is_valid():
            said = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return HttpResponse(f"{said}\n", status=400, content_type="text/plain; charset=utf-8")
        read = queries.seen_file if self.seen else queries.done_file
        entries = read(wanted=form.wanted(), day=timezone.localdate(self.now))
        name = "access" if self.seen else "audit"
        return StreamingHttpResponse(
            file_lines(entries=entries, seen=self.seen),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": "attachment; "
                f'filename="{name}-{timezone.localdate(self.now).isoformat()}.csv"'
            },
        )


class AccessCsv(AuditCsv, AccessList):
    """Who signed in and saw what, as a file."""


def _url(address: str, asked: dict[str, Any]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def _text(key: queries.Key) -> str:
    return f"{key[0].isoformat()}~{key[1]}"


def _key(text: str) -> queries.Key | None:
    """Return the key in an address; what is none begins with the newest."""
    at, _, number = text.partition("~")
    try:
        instant: datetime | None = parse_datetime(at)
    except ValueError:
        return None
    if instant is None or instant.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return instant, int(number)
