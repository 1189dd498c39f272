"""The API's addresses, under `/api/v1/`: each app lists its own routes."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from authorities.api.urls import ROUTES as AUTHORITY_ROUTES
from duty.api.documentation import ApiDocumentation, ApiRoot
from duty.api.urls import PATHS as RETURN_PATHS
from engagement.api.urls import PATHS as ENGAGEMENT_PATHS
from engagement.api.urls import ROUTES as ENGAGEMENT_ROUTES
from outcomes.api.urls import PATHS as UPLOAD_PATHS
from outcomes.api.urls import ROUTES as OUTCOMES_ROUTES

router = SimpleRouter()
for prefix, viewset, basename in (*AUTHORITY_ROUTES, *OUTCOMES_ROUTES, *ENGAGEMENT_ROUTES):
    router.register(prefix, viewset, basename)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", ApiRoot.as_view(), name="api-root"),
    path("schema/", SpectacularAPIView.as_view(permission_classes=[]), name="api-schema"),
    path("docs/", ApiDocumentation.as_view(), name="api-docs"),
    *RETURN_PATHS,
    *UPLOAD_PATHS,
    *ENGAGEMENT_PATHS,
    path("", include(router.urls)),
]
