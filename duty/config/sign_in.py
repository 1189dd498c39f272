"""How people sign in and how long that lasts: a part of the settings."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from authorities.sign_in_providers import ProviderConfigError, read_providers
from duty.config import environment

AUTH_USER_MODEL = "authorities.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "authorities.password_words.OwnWordsValidator"},
]
# Passwords that leaked elsewhere, one a line: the site asks nobody outside about a password.
if _LEAKED := environment.file_or_none("LEAKED_PASSWORDS"):
    AUTH_PASSWORD_VALIDATORS.append(
        {
            "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
            "OPTIONS": {"password_list_path": _LEAKED},
        }
    )
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "authorities.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "authorities.accounts.SignInForm",
    "reset_password": "authorities.accounts.ResetForm",
    "change_password": "authorities.accounts.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# NCSC: stop after five to ten wrong passwords.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/15m/ip,10/15m/key",
    # Of a million codes, three are right at a time.
    "second_step": "5/15m/key",
    "reset_password": "5/m/ip,5/m/key",
    # Each asks another organisation, and waits for it.
    "organisation": "60/m/ip",
}
# So many proxies stand before the site and add who asked to X-Forwarded-For; what stands further to
# the left anybody may have written. Wrong by one, and everybody shares the limits of one address.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", default=0, least=0)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "authorities.sessions"
# How long somebody stays signed in without opening a page. They are warned 5 minutes before, so
# shorter than a quarter of an hour makes no sense.
SESSION_COOKIE_AGE = environment.number("SESSION_MINUTES", default=30, least=15) * 60
# Who looks after people and the site is signed out sooner than others.
SESSION_AGE_OF_ADMINISTRATORS = min(SESSION_COOKIE_AGE, 15 * 60)
# However much it is used, a session ends after one working day.
SESSION_LONGEST = 12 * 60 * 60

# A password alone opens no account: a code of an app, or a security key, is the second step. A
# demonstration has no secrets, and its accounts are everybody's.
TWO_STEPS = environment.flag("TWO_STEPS", default=not environment.flag("DEMONSTRATION"))
MFA_ADAPTER = "authorities.two_steps.TwoStepsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "authorities.two_steps.CodeForm",
    "reauthenticate": "authorities.two_steps.CodeAgainForm",
    "activate_totp": "authorities.two_steps.AppForm",
    "add_webauthn": "authorities.two_steps.KeyForm",
    "edit_webauthn": "authorities.two_steps.KeyNameForm",
}
# Codes are shown when they are made, and never again.
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Clocks of phones are a little off: the code before and the code after count too.
MFA_TOTP_TOLERANCE = 1
# A browser has security keys on https and on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.text("SITE_URL", default="").startswith(
    "http://localhost"
)
# Who signs, publishes or administers has proven within this time who they are.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Whoever changes how an account is entered, its owner is told by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True

# Organisations whose own sign-in opens the site, by OpenID Connect: docs/deployment says how to
# write them. Without one nothing of it is seen, and its addresses are none.
try:
    SIGN_IN_PROVIDERS = read_providers(environment.text("OPENID_CONNECT", default=""))
except ProviderConfigError as error:
    # Its own message holds no secret, and what is behind it may.
    raise ImproperlyConfigured(f"OPENID_CONNECT is wrong: {error}") from None
SOCIALACCOUNT_ADAPTER = "authorities.openid.ProviderAdapter"
# Nobody gets an account by signing in elsewhere, and nothing that opens another site is kept.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
