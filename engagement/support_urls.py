"""The addresses of support: what there is, a body's own, and the centre's desk."""

from django.urls import URLPattern, path

from engagement.views import (
    peer_links,
    support,
    support_desk,
    support_desk_enrolments,
    support_desk_offers,
    support_going_on,
)

app_name = "support"

_OFFER = "desk/offers/<uuid:offer_id>/"
_ENROLMENT = "desk/enrolments/<uuid:enrolment_id>/"
_LINK = "desk/links/<uuid:link_id>/"

_bodies: list[URLPattern] = [
    path("", support.SupportList.as_view(), name="list"),
    path("offers/<uuid:offer_id>/", support.OfferDetail.as_view(), name="offer"),
    path("offers/<uuid:offer_id>/ask/", support.Ask.as_view(), name="ask"),
    path("own/<uuid:body_id>/", support.OwnSupport.as_view(), name="own"),
    path("own/<uuid:body_id>/ambassador/", support.Volunteer.as_view(), name="volunteer"),
    path(
        "ambassadors/<uuid:ambassador_id>/withdraw/",
        support.AmbassadorWithdraw.as_view(),
        name="ambassador-withdraw",
    ),
    path(
        "enrolments/<uuid:row_id>/go-on/",
        support_going_on.GoOn.as_view(),
        {"noun": "enrolments"},
        name="enrolment-go-on",
    ),
    path(
        "links/<uuid:row_id>/go-on/",
        support_going_on.GoOn.as_view(),
        {"noun": "links"},
        name="link-go-on",
    ),
    path("enrolments/<uuid:enrolment_id>/", support.EnrolmentDetail.as_view(), name="enrolment"),
    path(
        "enrolments/<uuid:enrolment_id>/<slug:event>/",
        support.EnrolmentStep.as_view(),
        name="enrolment-step",
    ),
    path("links/<uuid:link_id>/", peer_links.LinkDetail.as_view(), name="link"),
    path("links/<uuid:link_id>/<slug:event>/", peer_links.LinkStep.as_view(), name="link-step"),
]

_desk: list[URLPattern] = [
    path("desk/", support_desk.Desk.as_view(), name="desk"),
    path("desk/suggested/", support_desk.Suggested.as_view(), name="suggested"),
    path("desk/asked-for/", support_desk.AskedFor.as_view(), name="asked-for"),
    path("desk/movement/", support_desk.Movement.as_view(), name="movement"),
    path("desk/movement.csv", support_desk.MovementFile.as_view(), name="movement-csv"),
    path("desk/offers/new/", support_desk_offers.OfferNew.as_view(), name="desk-offer-new"),
    path(_OFFER, support_desk_offers.DeskOffer.as_view(), name="desk-offer"),
    path(f"{_OFFER}change/", support_desk_offers.OfferEdit.as_view(), name="desk-offer-change"),
    path(f"{_OFFER}to/", support_desk_offers.Enrol.as_view(), name="desk-enrol"),
    path(f"{_OFFER}sessions/new/", support_desk_offers.SessionNew.as_view(), name="session-new"),
    path(f"{_OFFER}<slug:event>/", support_desk_offers.OfferStep.as_view(), name="desk-offer-step"),
    path(
        "desk/sessions/<uuid:session_id>/",
        support_desk_offers.SessionKeep.as_view(),
        name="session",
    ),
    path(_ENROLMENT, support_desk_enrolments.DeskEnrolment.as_view(), name="desk-enrolment"),
    path(
        f"{_ENROLMENT}shared-note/",
        support_desk_enrolments.SharedNoteNew.as_view(),
        name="shared-note",
    ),
    path(
        f"{_ENROLMENT}private-note/",
        support_desk_enrolments.PrivateNoteNew.as_view(),
        name="private-note",
    ),
    path(
        f"{_ENROLMENT}<slug:event>/",
        support_desk_enrolments.DeskEnrolmentStep.as_view(),
        name="desk-enrolment-step",
    ),
    path("desk/links/new/", peer_links.LinkNew.as_view(), name="desk-link-new"),
    path(_LINK, peer_links.DeskLink.as_view(), name="desk-link"),
    path(f"{_LINK}meeting/", peer_links.DeskLinkMeeting.as_view(), name="desk-link-meeting"),
    path(f"{_LINK}<slug:event>/", peer_links.DeskLinkStep.as_view(), name="desk-link-step"),
]

urlpatterns: list[URLPattern] = [*_bodies, *_desk]
