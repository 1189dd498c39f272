"""Files of people lie where no web server gives them away."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from duty.models import EvidenceFile

ROOT = Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def test_their_folder_is_neither_in_nor_around_what_is_served():
    served = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)]

    for folder in served:
        assert not ROOT.resolve().is_relative_to(folder.resolve())
        assert not folder.resolve().is_relative_to(ROOT.resolve())


def test_evidence_is_kept_in_that_folder_and_nowhere_else():
    field = EvidenceFile._meta.get_field("file")

    assert field.storage is default_storage
    assert settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage")
    assert not settings.MEDIA_ROOT


@pytest.mark.django_db
def test_no_address_leads_to_a_file_by_its_name(own_files):
    name = default_storage.save("evidence/2026/plan.pdf", ContentFile(b"%PDF-1.7 CANARY"))
    assert (own_files / name).exists()

    for before in ("/", "/files/", "/media/", "/static/", "/var/files/"):
        answered = Client().get(f"{before}{name}")
        assert answered.status_code == 404, before
