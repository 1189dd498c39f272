"""Sets of indicators, for everybody to read; sets and domains are kept by analysts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from authorities.presenters.tables import Link, SummaryRow
from authorities.views.csv_files import csv_answer
from outcomes.actions import domains, indicator_sets
from outcomes.catalogue_file import CatalogueFileError, SetRow, write_sets
from outcomes.catalogue_file.reading import MOST_BYTES
from outcomes.catalogue_forms import DomainForm, SetForm, SetImportForm
from outcomes.models import Domain, IndicatorSet
from outcomes.presenters import catalogue_lists as presenter
from outcomes.queries import catalogue as queries
from outcomes.queries.revisions import domain_revision
from outcomes.views.catalogue import CatalogueView
from outcomes.views.catalogue_changes import DescribingPage


class SetList(CatalogueView):
    """All sets; those out of use for who keeps them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        found = queries.sets(with_unused=self.may_describe, with_drafts=self.with_drafts)
        return render(
            request,
            "outcomes/indicator_sets.html",
            {"table": presenter.sets_table(found=found), "may_describe": self.may_describe},
        )


class _OneSet(CatalogueView):
    def found(self, slug: str) -> queries.SetFacts:
        """Return the set.

        Raises:
            Http404: there is none, or it is out of use.
        """
        try:
            return queries.set_facts(
                slug=slug, with_unused=self.may_describe, with_drafts=self.with_drafts
            )
        except queries.NoSuchSetError as error:
            raise Http404 from error


class SetDetail(_OneSet):
    """One set in its order."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show it."""
        page = presenter.set_page(own=self.found(slug), may_describe=self.may_describe)
        return render(request, "outcomes/indicator_set.html", {"page": page})


class SetCsv(_OneSet):
    """One set as the file that it can be imported from."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send it."""
        own = self.found(slug)
        row = SetRow(own.slug, own.name, own.text, own.source, own.codes)
        return csv_answer(text=write_sets(sets=[row]), name=f"set-{own.slug}.csv")


class SetNew(DescribingPage):
    """A new set."""

    def back(self) -> Link:
        """Return where the form leads back to."""
        return Link(label="Sets of indicators", url=reverse("catalogue:set-list"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._show(SetForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it and show it."""
        form = SetForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            made = indicator_sets.make(facts=form.to_facts(), by=self.person, at=self.now)
        except indicator_sets.SetTakenError as error:
            form.add_error("slug", str(error))
        except indicator_sets.UnknownIndicatorsError as error:
            form.add_error("indicators", str(error))
        else:
            messages.success(request, f"{made.name} is stored.")
            return redirect("catalogue:set", made.slug)
        return self._show(form, status=422)

    def _show(self, form: SetForm, *, status: int = 200) -> HttpResponse:
        return self.again(form, status=status, title="Add a set", button="Add the set")


class SetEdit(DescribingPage):
    """A set is changed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the set."""
        super().setup(request, *args, **kwargs)
        self.held = get_object_or_404(IndicatorSet, slug=kwargs["slug"])

    def back(self) -> Link:
        """Return where the form leads back to."""
        return Link(label=self.held.name, url=reverse("catalogue:set", args=[self.held.slug]))

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask, with what is stored."""
        own = self._facts()
        return self._show(
            SetForm(
                slug=slug,
                initial={
                    "revision": own.revision,
                    "name": own.name,
                    "text": own.text,
                    "source": own.source,
                    "in_use": own.in_use,
                    "indicators": "\n".join(own.codes),
                },
            )
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Store it; who read an older state compares first."""
        form = SetForm(request.POST, slug=slug)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            indicator_sets.change(
                indicator_set=self.held,
                facts=form.to_facts(),
                expected_revision=form.cleaned_data["revision"],
                by=self.person,
                at=self.now,
            )
        except indicator_sets.SetChangedError as error:
            return self._overtaken(error)
        except indicator_sets.UnknownIndicatorsError as error:
            form.add_error("indicators", str(error))
            return self._show(form, status=422)
        messages.success(request, "The set is stored.")
        return redirect("catalogue:set", slug)

    def _facts(self) -> queries.SetFacts:
        return queries.set_facts(slug=self.held.slug, with_unused=True, with_drafts=True)

    def _overtaken(self, error: indicator_sets.SetChangedError) -> HttpResponse:
        own = self._facts()
        kept = self.request.POST.copy()
        kept["revision"] = own.revision
        form = SetForm(kept, slug=own.slug)
        form.is_valid()
        form.add_error(None, str(error))
        stored = (
            SummaryRow("Name", own.name),
            SummaryRow("What it is for", own.text),
            SummaryRow("Source", own.source),
            SummaryRow("In use", "Yes" if own.in_use else "No"),
            SummaryRow("Indicators", "\n".join(own.codes) or "None"),
        )
        return self._show(form, status=409, stored=stored)

    def _show(self, form: SetForm, *, status: int = 200, stored: Any = ()) -> HttpResponse:
        return self.again(
            form,
            status=status,
            stored=stored,
            caption=self.held.name,
            title="Change the set",
            button="Save the set",
        )


class SetImport(DescribingPage):
    """Sets are read from a file."""

    def back(self) -> Link:
        """Return where the form leads back to."""
        return Link(label="Sets of indicators", url=reverse("catalogue:set-list"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._show(SetImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store all of the file, or say what is wrong and store nothing."""
        form = SetImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=422)
        # One byte more than may be: the reader says that it is too large.
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            done = indicator_sets.import_file(content=content, by=self.person, at=self.now)
        except (CatalogueFileError, indicator_sets.UnknownIndicatorsError) as error:
            form.add_error("file", f"{str(error).rstrip('.')}. Nothing was stored")
            return self._show(form, status=422)
        messages.success(
            request,
            f"{len(done.made)} sets are new, {len(done.changed)} changed and "
            f"{len(done.unchanged)} are as they were.",
        )
        return redirect("catalogue:set-list")

    def _show(self, form: SetImportForm, *, status: int = 200) -> HttpResponse:
        return self.again(
            form,
            status=status,
            title="Import sets",
            lead=(
                "The columns are set, set_name, set_text, set_source, place and indicator, in any "
                "order. If one row is wrong, nothing is stored."
            ),
            button="Import the sets",
            multipart=True,
        )


class DomainList(DescribingPage):
    """The list of domains, for who keeps it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        table = presenter.domains_table(found=queries.domain_counts())
        return self.show("outcomes/indicator_domains.html", table=table)


class DomainNew(DescribingPage):
    """A new domain."""

    def back(self) -> Link:
        """Return where the form leads back to."""
        return Link(label="Domains of indicators", url=reverse("catalogue:domain-list"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._show(DomainForm(initial={"order": len(queries.domain_counts()) + 1}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it and show the list."""
        form = DomainForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            made = domains.make(facts=form.to_facts(), by=self.person, at=self.now)
        except domains.DomainTakenError as error:
            form.add_error("slug", str(error))
            return self._show(form, status=422)
        messages.success(request, f"{made.name} is stored.")
        return redirect("catalogue:domain-list")

    def _show(self, form: DomainForm, *, status: int = 200) -> HttpResponse:
        return self.again(form, status=status, title="Add a domain", button="Add the domain")


class DomainEdit(DescribingPage):
    """A domain is changed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the domain."""
        super().setup(request, *args, **kwargs)
        self.held = get_object_or_404(Domain, slug=kwargs["slug"])

    def back(self) -> Link:
        """Return where the form leads back to."""
        return Link(label="Domains of indicators", url=reverse("catalogue:domain-list"))

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask, with what is stored."""
        own = self.held
        initial = {
            "revision": domain_revision(domain=own),
            "name": own.name,
            "text": own.text,
            "source": own.source,
            "order": own.order,
            "in_use": own.in_use,
        }
        return self._show(DomainForm(slug=slug, initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Store it; who read an older state compares first."""
        form = DomainForm(request.POST, slug=slug)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            domains.change(
                domain=self.held,
                facts=form.to_facts(),
                expected_revision=form.cleaned_data["revision"],
                by=self.person,
                at=self.now,
            )
        except domains.DomainChangedError as error:
            return self._overtaken(error)
        messages.success(request, "The domain is stored.")
        return redirect("catalogue:domain-list")

    def _overtaken(self, error: domains.DomainChangedError) -> HttpResponse:
        self.held.refresh_from_db()
        own = self.held
        kept = self.request.POST.copy()
        kept["revision"] = domain_revision(domain=own)
        form = DomainForm(kept, slug=own.slug)
        form.is_valid()
        form.add_error(None, str(error))
        stored = (
            SummaryRow("Name", own.name),
            SummaryRow("What it holds", own.text),
            SummaryRow("Source", own.source),
            SummaryRow("Place in the list", str(own.order)),
            SummaryRow("In use", "Yes" if own.in_use else "No"),
        )
        return self._show(form, status=409, stored=stored)

    def _show(self, form: DomainForm, *, status: int = 200, stored: Any = ()) -> HttpResponse:
        return self.again(
            form,
            status=status,
            stored=stored,
            caption=self.held.name,
            title="Change the domain",
            button="Save the domain",
        )
