"""The addresses of people: of a body, of all of them, of one's own tokens, and of invitations.

Names join those of `urls.py`, which includes them.
"""

from django.urls import URLPattern, path, register_converter

from authorities.models import BodyKind
from authorities.views import all_people, invitations, people, tokens

_KINDS = {
    "authorities": BodyKind.STRATEGIC_AUTHORITY,
    "icbs": BodyKind.INTEGRATED_CARE_BOARD,
    "national-bodies": BodyKind.NATIONAL,
}
_WORDS = {kind: word for word, kind in _KINDS.items()}


class KindOfBody:
    """A kind of body at which people hold roles, as the first part of an address."""

    regex = "|".join(_KINDS)

    def to_python(self, value: str) -> BodyKind:
        """Return the kind."""
        return _KINDS[value]

    def to_url(self, value: str) -> str:
        """Return the word of the address; a word stays."""
        return value if value in _KINDS else _WORDS[BodyKind(value)]


register_converter(KindOfBody, "kind_of_body")

_BODY = "<kind_of_body:kind>/<slug:slug>/people/"

urlpatterns: list[URLPattern] = [
    path(_BODY, people.BodyPeople.as_view(), name="people"),
    path(f"{_BODY}invite/", people.PeopleInvite.as_view(), name="people-invite"),
    path(f"{_BODY}confirm/", people.PeopleConfirm.as_view(), name="people-confirm"),
    path(f"{_BODY}<int:key>/", people.PeopleRole.as_view(), name="people-role"),
    path(
        f"{_BODY}<int:key>/revoke-tokens/",
        people.PeopleTokensRevoke.as_view(),
        name="people-revoke-tokens",
    ),
    path(
        f"{_BODY}invitations/<uuid:invitation_id>/send-again/",
        people.InvitationSendAgain.as_view(),
        name="people-send-again",
    ),
    path(
        f"{_BODY}invitations/<uuid:invitation_id>/withdraw/",
        people.InvitationWithdraw.as_view(),
        name="people-withdraw",
    ),
    path("people/", all_people.AllPeople.as_view(), name="all-people"),
    path("people/<uuid:person_id>/", all_people.PersonDetail.as_view(), name="person"),
    path(
        "people/<uuid:person_id>/<slug:step>/",
        all_people.PersonStep.as_view(),
        name="person-step",
    ),
    path("account/tokens/", tokens.TokenList.as_view(), name="tokens"),
    path("account/tokens/new/", tokens.TokenNew.as_view(), name="token-new"),
    path(
        "account/tokens/<uuid:token_id>/revoke/",
        tokens.TokenRevoke.as_view(),
        name="token-revoke",
    ),
    path("invitations/<str:token>/", invitations.InvitationPage.as_view(), name="invitation"),
]
