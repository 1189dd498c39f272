"""The links of every page's frame, and the line that says who is signed in.

A context processor, so it runs on each page: one query for the roles besides the rights, and both
are kept for the request.
"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from authorities.access import may, rights_of
from authorities.models import WORKING_ROLES, BodyKind, Role
from authorities.permissions import Permission
from authorities.presenters.people import people_url
from duty.deadlines import london_date
from duty.ui.navigation import NavItem
from engagement.queries.people import HeldRole, roles_of

Link = tuple[str, str]


def frame(request: HttpRequest) -> dict[str, object]:
    """Give each page `navigation` and `who` (a context processor)."""
    visitor = getattr(request, "user", None)
    if visitor is None:
        return {}
    roles = roles_of(visitor, on=london_date(now=timezone.now()))
    links = _links(roles=roles, signed_in=visitor.is_authenticated)
    if visitor.is_authenticated and may(visitor, Permission.SUBMITTED_RETURN_READ):
        links.insert(1, ("Returns", reverse("duty:review-list")))
    if visitor.is_authenticated and may(visitor, Permission.ASSESSMENT_READ):
        links.insert(2, ("Assessments", reverse("assessments:desk")))
    if Permission.PUBLISHED_RETURN_READ in rights_of(visitor).once_published:
        links.insert(1, ("Submitted returns", reverse("publications:shared-returns")))
    if visitor.is_authenticated and may(visitor, Permission.ROUND_READ):
        links.append(("Rounds", reverse("rounds:list")))
    if visitor.is_authenticated and may(visitor, Permission.SPECIFICATION_READ):
        links.append(("Questions", reverse("specifications:list")))
    if visitor.is_authenticated and may(visitor, Permission.ENGAGEMENT_DRAFT_READ):
        links.append(("Rubric and matrix", reverse("readings:list")))
    if visitor.is_authenticated and may(visitor, Permission.REORGANISATION_READ):
        links.append(("Changes", reverse("changes:list")))
    if visitor.is_authenticated and may(visitor, Permission.PEOPLE_MANAGE):
        links.append(("People", reverse("authorities:all-people")))
    leads = next((role for role in roles if role.role == Role.PEOPLE_LEAD), None)
    if leads is not None:
        links.insert(1, ("People", people_url(name="people", kind=leads.kind, slug=leads.slug)))
    if visitor.is_authenticated and may(visitor, Permission.JOBS_READ):
        links.append(("Jobs", reverse("jobs")))
    if visitor.is_authenticated and may(visitor, Permission.AUDIT_READ):
        links.append(("Audit", reverse("authorities:audit")))
    return {"navigation": marked(links=links, path=request.path), "who": who(roles=roles)}


def marked(*, links: list[Link], path: str) -> tuple[NavItem, ...]:
    """Return the links with the one that the path belongs to as current: the longest that fits.

    Every path begins with the home page's, so that one is current on its own page only.
    """
    # A body's own list of frameworks is also where each of them belongs.
    beside = {
        "Frameworks": [reverse("outcomes:framework-list")],
        "Assessments": [reverse("assessments:moderation"), reverse("assessments:challenges")],
        # An ICB comes to its partnership agreements from its commitments.
        "Commitments": [
            url.replace("/commitments/", "/agreements/")
            for label, url in links
            if label == "Commitments"
        ],
    }
    fitting = [
        (len(begin), url)
        for label, url in links
        for begin in {url, *beside.get(label, [])}
        if path == begin or (begin != "/" and path.startswith(begin))
    ]
    _, current = max(fitting, default=(0, None))
    return tuple(NavItem(label=label, url=url, current=url == current) for label, url in links)


def who(*, roles: tuple[HeldRole, ...]) -> str:
    """Return body and roles in words, as 'NHS South Yorkshire ICB, editor and signatory'."""
    if not roles:
        return ""
    first = roles[0]
    held = [str(role.role.label).lower() for role in roles if role.body_id == first.body_id]
    more = len({role.body_id for role in roles}) - 1
    line = f"{first.name}, {' and '.join(held)}"
    return f"{line}, and {more} more" if more else line


def _links(*, roles: tuple[HeldRole, ...], signed_in: bool) -> list[Link]:
    local = next(
        (role for role in roles if role.role in WORKING_ROLES),
        None,
    )
    home = [("Home", reverse("home"))] if signed_in else []
    picture = ("National picture", reverse("engagement:national"))
    progress = ("Progress", reverse("progress:nation"))
    frameworks = ("Frameworks", reverse("outcomes:framework-list"))
    indicators = ("Indicators", reverse("catalogue:list"))
    mission = ("The mission", reverse("mission:page"))
    register = [
        ("Strategic authorities", reverse("authorities:authority-list")),
        ("Integrated care boards", reverse("authorities:board-list")),
        ("Who serves whom", reverse("authorities:geography")),
    ]
    support = ("Support", reverse("support:list"))
    if local is None:
        about = [("Data and API", reverse("api-docs")), ("How it works", reverse("how-it-works"))]
        shared = [picture, progress, frameworks, indicators, mission, support]
        return [*home, *shared, *register, *about]
    own = _authority(local) if local.kind == BodyKind.STRATEGIC_AUTHORITY else _board(local)
    return [*home, *own, picture, progress, indicators, mission, support]


def _authority(role: HeldRole) -> list[Link]:
    links = []
    if role.open_round:
        url = reverse("duty:return-tasks", args=[role.open_round, role.slug])
        links.append(("Our return", url))
    return [
        *links,
        ("Standing records", reverse("records:overview", args=[role.slug])),
        ("Indicator files", reverse("outcomes:upload-list", args=[role.slug])),
        ("Commitments", reverse("commitments:authority", args=[role.slug])),
        ("Levers", reverse("levers:own", args=[role.slug])),
        ("Frameworks", reverse("outcomes:authority-frameworks", args=[role.slug])),
        ("Our area", reverse("outcomes:authority", args=[role.slug])),
    ]


def _board(role: HeldRole) -> list[Link]:
    return [
        ("Commitments", reverse("commitments:board", args=[role.slug])),
        ("Frameworks", reverse("outcomes:board-frameworks", args=[role.slug])),
        ("Submitted returns", reverse("publications:shared-returns")),
        ("Our area", reverse("authorities:board", args=[role.slug])),
    ]
