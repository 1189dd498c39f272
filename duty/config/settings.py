"""The one settings file. Every value that differs between sites comes from the environment."""

import shlex
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from duty.config import environment, error_reports
from duty.config.interface import *  # noqa: F403 - settings are what stands in this module
from duty.config.log import LOGGING as LOGGING
from duty.config.schedule import SCHEDULE
from duty.config.sign_in import *  # noqa: F403 - and in this one

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY", example="(50 random characters)")
# What was made with an earlier key still opens, where one is changed: docs/keys.md.
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_BEFORE", default="")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
# Links in mails are built from this, never from the request's Host header.
SITE_URL = environment.text("SITE_URL", default="http://localhost:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}: start it with http:// or https://.")
# A demonstration holds invented engagement levels, answers and commitments, and says so everywhere.
DEMONSTRATION = environment.flag("DEMONSTRATION")
# The crown and GDS Transport may be shown on gov.uk domains only.
GOVUK_BRAND = environment.flag("GOVUK_BRAND")
# Which version of the code runs, as whoever deploys it calls that: a tag or a commit.
RELEASE = environment.text("RELEASE", default="not named")
# While the site is worked on it may be read only: by this, or by `manage.py maintenance`.
READ_ONLY = environment.flag("READ_ONLY")
READ_ONLY_UNTIL = environment.instant("READ_ONLY_UNTIL")
# Who shows this token is given the metrics; without it there are none. Processes count in files of
# a folder, which the library itself reads from the environment as it is loaded.
METRICS_TOKEN = environment.text("METRICS_TOKEN", default="")
METRICS_OF_ALL_PROCESSES = environment.folder_or_none("PROMETHEUS_MULTIPROC_DIR") is not None
if METRICS_TOKEN and (len(METRICS_TOKEN) < 32 or not METRICS_TOKEN.isascii()):
    raise ImproperlyConfigured(
        "METRICS_TOKEN is too short: set it to 32 random characters or more."
    )
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / "var")

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "pgtrigger",
    "pghistory",
    "authorities",
    "outcomes",
    "duty",
    "engagement",
]

MIDDLEWARE = [
    # First, so that they see how long all of it takes and what every other one answers.
    "authorities.request_log.RequestLog",
    "authorities.request_metrics.RequestMetrics",
    "authorities.plain_http.PlainHttpRefused",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "authorities.answer_headers.AnswerHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "authorities.access_log.AccessLog",
    "authorities.sessions.SlidingSession",
    "authorities.two_steps.TwoStepsNeeded",
    "authorities.read_only.ReadOnly",
    "authorities.views.page_limits.PageLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "duty.config.urls"
WSGI_APPLICATION = "duty.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duty.ui.navigation.site",
                "engagement.navigation.frame",
            ],
            # The site's components, and addresses of static files, without a load in each template.
            "builtins": ["duty.ui.templatetags.ui", "django.templatetags.static"],
        },
    }
]

# Database: PostgreSQL 15 or later.
DATABASE_URL = environment.text("DATABASE_URL", example="postgres://user:password@host:5432/name")
try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
except (ValueError, KeyError, dj_database_url.ParseError) as error:
    raise ImproperlyConfigured(
        "DATABASE_URL cannot be read: write it as postgres://user:password@host:5432/name."
    ) from error
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: postgres://...")
# A page that cannot reach the database says so within seconds, rather than waiting for a minute.
_DATABASE_PATIENCE = 3
_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
_OPTIONS.setdefault("connect_timeout", _DATABASE_PATIENCE)
if environment.flag("DATABASE_POOL", default=True):
    _OPTIONS["pool"] = {"min_size": 1, "max_size": 8, "timeout": _DATABASE_PATIENCE}
# The folder of pg_dump and pg_restore; the system's path is searched where nothing is said.
POSTGRES_PROGRAMS = environment.folder_or_none("POSTGRES_PROGRAMS")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The limits on sign-in count in a cache that all processes share, so it is kept in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
    }
}

# So many forms a minute may one person send, and so many files take away; where nobody is signed
# in, one address. 0 for no limit.
CHANGES_A_MINUTE = environment.number("CHANGES_A_MINUTE", default=120)
FILES_A_MINUTE = environment.number("FILES_A_MINUTE", default=120)

CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "duty.views.unsent.sent_without_token"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Secure by the address that the site is reached at: a demonstration on http stays usable.
_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _HTTPS else []
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Language and time: dates are London's, instants are stored in UTC.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Static files. govuk-frontend's style sheet refers to /assets/, so that is where they are.
STATIC_URL = "/assets/"
STATIC_ROOT = environment.folder("STATIC_ROOT", default=BASE_DIR / "static-collected")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "duty.ui.finders.PackageFilesFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if environment.flag("PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FORM_RENDERER = "duty.ui.forms.GovukRenderer"
# An upload is read as a stream; what is not a file must be small.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# E-mail: shown on the console until a server is named.
EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend"
)
# Where the file backend of a demonstration keeps mails.
EMAIL_FILE_PATH = DATA_DIR / "mails"
DEFAULT_FROM_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL", default="Health Duty Tracker <no-reply@localhost>"
)

# How messages leave: Django's e-mail as above, or GOV.UK Notify.
MESSAGE_CHANNEL = environment.one_of("MESSAGE_CHANNEL", ("email", "notify"))
if MESSAGE_CHANNEL == "notify":
    NOTIFY_API_KEY = environment.text(
        "NOTIFY_API_KEY", example="(of the service's API integration page)"
    )
    NOTIFY_TEMPLATE_ID = environment.text(
        "NOTIFY_TEMPLATE_ID", example="(of a template with ((subject)) and ((text)))"
    )
    NOTIFY_URL = environment.text("NOTIFY_URL", default="https://api.notifications.service.gov.uk")
if DEMONSTRATION and (
    MESSAGE_CHANNEL != "email"
    or EMAIL_BACKEND.rsplit(".", 2)[-2] not in {"console", "filebased", "locmem", "dummy"}
):
    raise ImproperlyConfigured(
        "DEMONSTRATION is set, so no mail may leave: leave MESSAGE_CHANNEL and EMAIL_BACKEND out, "
        "or set EMAIL_BACKEND to django.core.mail.backends.filebased.EmailBackend."
    )
# A reminder goes out so many working days before the due day, where a round does not say otherwise.
REMINDER_WORKING_DAYS = environment.number("REMINDER_WORKING_DAYS", default=5, least=1)

# Queue. Delivery is at least once; the ledger is the truth and a message only a nudge.
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", example="redis://localhost:6379/0")
if urlsplit(CELERY_BROKER_URL).scheme not in {
    "redis",
    "rediss",
    # A Unix socket, as `./run` has it.
    "redis+socket",
    "amqp",
    "amqps",
}:
    # Without its value, which may hold a password.
    raise ImproperlyConfigured(
        "CELERY_BROKER_URL must start with redis://, rediss://, amqp:// or amqps://."
    )
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A submit must answer when the broker is down: the sweep finds the ledger's row later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = environment.text("CELERY_QUEUE", default="health-duty")
CELERY_TASK_ROUTES: dict[str, dict[str, str]] = {}
if CELERY_BROKER_URL.startswith("redis"):
    # A message of a killed worker comes back after this, longer than the longest task.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 45 * 60,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }
CELERY_BEAT_SCHEDULE = SCHEDULE
# The steps of one recompute, read top to bottom; each names a registered task.
RECOMPUTE_TASKS = [
    "outcomes.refresh_authority_indicators",
    "outcomes.refresh_mission",
    "outcomes.refresh_progress",
    "outcomes.refresh_nation_progress",
    "duty.refresh_derived_answers",
    "engagement.recompute_placement",
    "engagement.refresh_national_picture",
]

# History by database trigger, read as `row.history`; nobody edits it.
PGHISTORY_APPEND_ONLY = True
_EVERY_CHANGE = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_DEFAULT_TRACKERS = _EVERY_CHANGE
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")

# Who answers in higher apps for what a reorganisation concerns, read top to bottom.
REORGANISATION_EFFECTS = [
    "outcomes.actions.reorganisation",
    "duty.actions.reorganisation",
    "engagement.actions.reorganisation",
]

# A person who holds no role any more keeps their name here for so long.
LEAVERS_KEPT_DAYS = environment.number("LEAVERS_KEPT_DAYS", default=730, least=1)
# Who keeps in higher apps what a person has for themselves alone, and deletes it with their name.
OWN_DRAFTS = ["duty.actions.unsent", "engagement.actions.commitment_drafts"]

# Who knows what people are told of, and whom it concerns, in this app and in higher ones.
NOTICE_KINDS = [
    "authorities.actions.reorganisation_messages",
    "authorities.actions.membership_messages",
    "authorities.actions.invitation_messages",
    "authorities.actions.confirmation_messages",
    "outcomes.actions.upload_messages",
    "outcomes.actions.approval_messages",
    "outcomes.actions.framework_messages",
    "outcomes.actions.baseline_confirmations",
    "outcomes.actions.expert_review_messages",
    "duty.actions.agreement_messages",
    "duty.actions.return_messages",
    "duty.actions.round_messages",
    "duty.actions.deadline_messages",
    "duty.actions.people_messages",
    "engagement.actions.commitment_digest",
    "engagement.actions.commitment_messages",
    "engagement.actions.correction_messages",
    "engagement.actions.own_view_messages",
    "engagement.actions.own_view_round_messages",
    "engagement.actions.finding_messages",
    "engagement.actions.publication_messages",
    "engagement.actions.reading_messages",
    "engagement.actions.support_messages",
]
# Who knows what a day asks for, each morning.
DAILY_NOTICES = [
    "outcomes.actions.expert_review_messages",
    "duty.actions.deadline_messages",
    "duty.actions.people_messages",
    "duty.actions.signatory_messages",
    "engagement.actions.own_view_messages",
    "engagement.actions.commitment_digest",
    "engagement.actions.support_messages",
    "engagement.actions.finding_messages",
]
# Who knows what steps with a known day will tell: listed ahead, written by the steps themselves.
FORESEEN_NOTICES = [
    "authorities.actions.reorganisation_messages",
    "duty.actions.round_messages",
    "engagement.actions.own_view_round_messages",
    "engagement.actions.finding_messages",
    "engagement.actions.publication_messages",
]

# Who knows in higher apps which rounds take the figures of a body now.
OPEN_ROUNDS = ["duty.queries.upload_rounds"]

# Who fixes the versions that a round is read by, in higher apps.
ROUND_VERSIONS = ["engagement.actions.round_versions"]

# A virus check of the site's own: a command that is given a file's path and ends with 0 for a clean
# file and 1 for an infected one. Without it, only what the site itself knows is refused.
EVIDENCE_SCAN_COMMAND = shlex.split(environment.text("EVIDENCE_SCAN_COMMAND", default=""))

# Whether links behind answers are asked each week: that needs a way out to the public web. This
# machine itself is asked in tests only.
LINK_CHECK = environment.flag("LINK_CHECK", default=True)
LINK_CHECK_LOOPBACK = False

# Who answers in higher apps for the later life of a round, and publishes there.
ROUND_PUBLICATION = ["engagement.actions.round_publication"]
# Who tells people in higher apps that a round was reopened or closed, beside the authorities.
ROUND_TELLERS = ["engagement.actions.own_view_round_messages"]
# Who drafted a finding on an authority, by higher apps: that person accepts no return.
FINDING_DRAFTERS = ["engagement.queries.assessments"]
# Who holds links in higher apps that the weekly job asks, and shows what became of them.
LINK_HOLDERS = ["engagement.queries.evidence_links"]

# Who knows in higher apps what ICBs have confirmed, shown beside a return; and joint money for it.
BOARD_SIGNATURES = ["engagement.presenters.board_signatures"]
JOINT_MONEY = ["engagement.queries.joint_money"]
# From this share an area counts as whole in how two areas fit; its source is in docs/methods/.
COTERMINOSITY_WHOLE_SHARE = 0.999

# Errors are told to whoever listens there in Sentry's format; to nobody without it.
SENTRY_DSN = environment.text("SENTRY_DSN", default="")
if SENTRY_DSN:
    error_reports.start(dsn=SENTRY_DSN)
