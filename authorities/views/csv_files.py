"""How every app answers with a CSV file."""

from django.http import HttpResponse


def csv_answer(*, text: str, name: str) -> HttpResponse:
    """Return a CSV to be saved; with the mark that makes spreadsheets read UTF-8."""
    return HttpResponse(
        "\ufeff" + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
