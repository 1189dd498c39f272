"""How the API reads, answers and describes itself: a part of the settings."""

from duty.config.enum_names import ENUM_NAMES

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # A token first: whoever shows one acts by it alone, whatever session the browser adds.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "authorities.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["authorities.api.callers.CallerThrottle"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["authorities.api.filters.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "authorities.api.pagination.NumberedPages",
    "DEFAULT_SCHEMA_CLASS": "authorities.api.description.SiteSchema",
    "EXCEPTION_HANDLER": "authorities.api.problems.answer_with_problems",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Health Duty Tracker",
    "DESCRIPTION": (
        "Who holds the health duty in England, with which integrated care boards, how engaged "
        "both sides of each pair are, and what the indicators say."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}
