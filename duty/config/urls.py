"""The addresses of the site, app by app. What an app serves stands in the app's own `urls.py`."""

from allauth.account import views as accounts
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, URLResolver, include, path, re_path

from authorities.views.organisations import (
    OrganisationBack,
    OrganisationProof,
    OrganisationSignIn,
    SignIn,
)
from authorities.views.own_sign_ins import OwnSignIns
from authorities.views.session import SessionEnd
from authorities.views.two_steps import AppSetUp, KeyRemoval, Steps
from duty.views import health, metrics

# Of allauth's pages only those that this site uses: accounts are made by administrators.
_accounts: list[URLPattern | URLResolver] = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path(
        "organisations/<slug:organisation>/",
        OrganisationSignIn.as_view(),
        name="account_organisation",
    ),
    path(
        "organisations/<slug:organisation>/back/",
        OrganisationBack.as_view(),
        name="account_organisation_back",
    ),
    path(
        "organisations/<slug:organisation>/confirm/",
        OrganisationProof.as_view(),
        name="account_organisation_proof",
    ),
    path("sign-out/", accounts.logout, name="account_logout"),
    path("sign-up/", accounts.signup, name="account_signup"),
    path("session/", SessionEnd.as_view(), name="account_session"),
    path("sign-ins/", OwnSignIns.as_view(), name="account_sign_ins"),
    path("closed/", accounts.account_inactive, name="account_inactive"),
    path("confirm/", accounts.reauthenticate, name="account_reauthenticate"),
    path("password/change/", accounts.password_change, name="account_change_password"),
    path("password/reset/", accounts.password_reset, name="account_reset_password"),
    path("password/reset/sent/", accounts.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

# The names are allauth's, which leads from one to the other.
_two_steps: list[URLPattern | URLResolver] = [
    path("", Steps.as_view(), name="mfa_index"),
    path("code/", steps.authenticate, name="mfa_authenticate"),
    path("confirm/", steps.reauthenticate, name="mfa_reauthenticate"),
    path("app/", AppSetUp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", apps.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("keys/confirm/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/name/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", KeyRemoval.as_view(), name="mfa_remove_webauthn"),
]

# For whoever runs the site.
_health: list[URLPattern | URLResolver] = [
    path("live/", health.Live.as_view(), name="health-live"),
    path("ready/", health.Ready.as_view(), name="health-ready"),
    path("queue/", health.Queue.as_view(), name="health-queue"),
    path("metrics/", metrics.Metrics.as_view(), name="health-metrics"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include(_health)),
    path("account/", include(_accounts)),
    path("account/two-steps/", include(_two_steps)),
    path("api/v1/", include("duty.config.api_urls")),
    path("", include("engagement.site_urls")),
    path("", include("engagement.commitment_urls")),
    path("", include("engagement.publication_urls")),
    path("", include("engagement.assessment_urls")),
    path("", include("engagement.finding_urls")),
    path("", include("engagement.reading_urls")),
    path("", include("engagement.lever_urls")),
    path("", include("engagement.three_step_urls")),
    path("support/", include("engagement.support_urls")),
    path("practice/", include("engagement.practice_urls")),
    path("", include("engagement.urls")),
    path("", include("duty.urls")),
    path("", include("duty.round_urls")),
    path("", include("duty.specification_urls")),
    path("", include("duty.record_urls")),
    path("", include("duty.agreement_urls")),
    path("", include("outcomes.urls")),
    path("indicators/", include("outcomes.catalogue_urls")),
    path("mission/", include("outcomes.mission_urls")),
    path("progress/", include("outcomes.progress_urls")),
    path("", include("authorities.change_urls")),
    path("", include("authorities.urls")),
]

handler404 = "authorities.views.refusals.not_found"
handler500 = "authorities.views.failures.server_error"
