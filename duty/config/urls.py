"""The addresses of the site, app by app. What an app serves stands in the app's own `urls.py`."""

from allauth.account import views as accounts
from django.urls import URLPattern, URLResolver, include, path, re_path

from authorities.views.session import SessionEnd

# Of allauth's pages only those that this site uses: accounts are made by administrators.
_accounts: list[URLPattern | URLResolver] = [
    path("sign-in/", accounts.login, name="account_login"),
    path("sign-out/", accounts.logout, name="account_logout"),
    path("sign-up/", accounts.signup, name="account_signup"),
    path("session/", SessionEnd.as_view(), name="account_session"),
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

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(_accounts)),
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
    path("", include("outcomes.urls")),
    path("indicators/", include("outcomes.catalogue_urls")),
    path("mission/", include("outcomes.mission_urls")),
    path("progress/", include("outcomes.progress_urls")),
    path("", include("authorities.change_urls")),
    path("", include("authorities.urls")),
]

handler404 = "authorities.views.refusals.not_found"
