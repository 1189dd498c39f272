"""The public pages of one indicator: in one area, and in all areas of a kind."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.generic import View

from authorities.access import may
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from outcomes.indicator_forms import AreaForm, AreaListForm
from outcomes.people import sex_words
from outcomes.presenters import indicator_area, indicator_area_files, indicator_areas
from outcomes.presenters.area_statistics import ENGLAND, REGION, AreaFigures, figures
from outcomes.presenters.indicator_area_rows import BY_NAME, SORTS, listed, ordered
from outcomes.presenters.series_words import KIND_WORDS
from outcomes.queries.area_lists import AreaListFacts, area_list
from outcomes.queries.area_pages import AreaPageFacts, AskedFor, Choices, area_page
from outcomes.queries.indicator_areas import NoSuchAreaError
from outcomes.queries.indicator_facts import NoSuchIndicatorError


class _AreaView(View):
    """One indicator in one area, as the address asks for it. Only published values are shown."""

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read what is asked for."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.form = AreaForm(request.GET, today=self.today)

    def facts(self, code: str, area_code: str) -> AreaPageFacts:
        """Return what is published, or answer that there is no such thing."""
        try:
            return area_page(
                code=code,
                area_code=area_code,
                asked=AskedFor(
                    sex=self.form.asked("sex"),
                    age=self.form.asked("age"),
                    category_type=self.form.asked("breakdown"),
                    day=self.form.day,
                ),
                today=self.today,
                with_drafts=may(self.request.user, Permission.INDICATOR_UNPUBLISHED_READ),
            )
        except (NoSuchIndicatorError, NoSuchAreaError) as none:
            raise Http404 from none

    def figures(self, facts: AreaPageFacts) -> AreaFigures:
        """Return the statistics, against England or the region."""
        return figures(facts=facts, comparator=self.form.asked("comparator"))

    @property
    def period_of_groups(self) -> str:
        """The period whose groups are asked for."""
        return self.form.asked("breakdown_period")


class IndicatorArea(_AreaView):
    """The page."""

    def get(self, request: HttpRequest, code: str, area_code: str) -> HttpResponse:
        """Show the series with its labels."""
        facts = self.facts(code, area_code)
        found = self.figures(facts)
        shown = {
            "sex": facts.choices.sex,
            "age": facts.choices.age,
            "comparator": found.comparator,
            "breakdown": facts.choices.category_type,
            "breakdown_period": self.period_of_groups,
        }
        comparators = [(ENGLAND, "England")]
        if facts.around.region is not None:
            comparators.append((REGION, facts.around.region.name))
        self.form.showing(
            shown=shown,
            options={
                **_people(facts.choices),
                "comparator": comparators,
                "breakdown": [(one, one) for one in facts.choices.category_types],
            },
        )
        page = indicator_area.present(
            found=found,
            asked={**shown, "as_published": facts.day.isoformat() if facts.day else ""},
            breakdown_period=self.period_of_groups,
            today=self.today,
        )
        return TemplateResponse(
            request, "outcomes/indicator_area.html", {"page": page, "form": self.form}
        )


class IndicatorAreaCsv(_AreaView):
    """The numbers of the page's series."""

    def get(self, request: HttpRequest, code: str, area_code: str) -> HttpResponse:
        """Send them."""
        facts = self.facts(code, area_code)
        return csv_answer(
            text=indicator_area_files.series_csv(found=self.figures(facts)),
            name=f"{facts.indicator.code}-{facts.area.code}.csv",
        )


class IndicatorAreaGroupsCsv(_AreaView):
    """The numbers of the page's groups."""

    def get(self, request: HttpRequest, code: str, area_code: str) -> HttpResponse:
        """Send them; without groups, the headings alone."""
        facts = self.facts(code, area_code)
        return csv_answer(
            text=indicator_area_files.groups_csv(facts=facts, period=self.period_of_groups),
            name=f"{facts.indicator.code}-{facts.area.code}-groups.csv",
        )


class _AreaListView(View):
    """One indicator in all areas of a kind, as the address asks for it."""

    permission = Permission.REGISTER_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read what is asked for."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.form = AreaListForm(request.GET, today=self.today)

    def facts(self, code: str) -> AreaListFacts:
        """Return what is published, or answer that there is no such indicator."""
        try:
            return area_list(
                code=code,
                kind=self.form.asked("kind"),
                period=self.form.asked("period"),
                asked=AskedFor(
                    sex=self.form.asked("sex"), age=self.form.asked("age"), day=self.form.day
                ),
                today=self.today,
                with_drafts=may(self.request.user, Permission.INDICATOR_UNPUBLISHED_READ),
            )
        except NoSuchIndicatorError as none:
            raise Http404 from none

    @property
    def sort(self) -> str:
        """The order that is asked for; by name where none is."""
        asked = self.form.asked("sort")
        return asked if asked in dict(SORTS) else BY_NAME


class IndicatorAreas(_AreaListView):
    """The page."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show one page of the list."""
        facts = self.facts(code)
        label = next((label for key, label in facts.periods if key == facts.period), "")
        shown = {
            "kind": facts.kind,
            "period": label,
            "sex": facts.choices.sex,
            "age": facts.choices.age,
            "sort": self.sort,
        }
        page = indicator_areas.present(
            facts=facts,
            asked={**shown, "as_published": facts.day.isoformat() if facts.day else ""},
            sort=self.sort,
            page=self.form.page_number,
        )
        self.form.showing(
            shown=shown,
            options={
                "kind": [(one, KIND_WORDS[one][1].capitalize()) for one in facts.kinds],
                "period": [(one, one) for _, one in facts.periods],
                **_people(facts.choices),
                "sort": SORTS,
            },
        )
        return TemplateResponse(
            request, "outcomes/indicator_areas.html", {"page": page, "form": self.form}
        )


class IndicatorAreasCsv(_AreaListView):
    """The numbers of the list, all pages."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Send them in the order of the list."""
        facts = self.facts(code)
        rows = listed(facts=facts, rows=ordered(facts=facts, sort=self.sort))
        return csv_answer(
            text=indicator_area_files.areas_csv(facts=facts, rows=rows),
            name=f"{facts.indicator.code}-{facts.kind.replace('_', '-')}.csv",
        )


def _people(choices: Choices) -> dict[str, list[tuple[str, str]]]:
    return {
        "sex": [(one, sex_words(sex=one).capitalize()) for one in choices.sexes],
        "age": [(one, one) for one in choices.ages],
    }
