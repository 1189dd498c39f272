"""The pages of the catalogue: read by everybody, changed by analysts, drafts for the centre."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from authorities.models import Role
from outcomes import catalogue_urls, urls
from outcomes.actions import catalogue as loading
from outcomes.definitions import RESERVED_CODES, facts_of
from outcomes.models import (
    ComparabilityBreak,
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorVersion,
)
from outcomes.queries.definitions import current_definition
from outcomes.queries.revisions import codes_of
from tests.factories.authorities import CouncilFactory, MembershipFactory, NationalMembershipFactory
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    ComparabilityBreakFactory,
    IndicatorFactory,
    IndicatorSetFactory,
    IndicatorSetMemberFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
    ReleaseIndicatorFactory,
)

HLE = "healthy-life-expectancy-at-birth"
DRAFT = "fingertips-4711"
PUBLIC = ("list", "csv", "releases", "releases-csv", "missing", "missing-csv", "set-list")
DESCRIBERS = ("analyst", "lead_analyst")
WHO = {
    "nobody": 302,
    "editor": 404,
    "reader": 404,
    "moderator": 403,
    "administrator": 403,
    "analyst": 200,
    "lead_analyst": 200,
}


@pytest.fixture
def stored(db):
    loading.load(at=NOW)
    IndicatorFactory(code=DRAFT, fingertips_id=4711, name="Brought by a file", draft=True)


@pytest.fixture
def visit(client):
    def visiting(who):
        if who == "nobody":
            return client
        made = MembershipFactory() if who == "editor" else NationalMembershipFactory(role=Role(who))
        client.force_login(made.user)
        return client

    return visiting


@pytest.fixture
def analyst(visit):
    return visit("analyst")


def words(response):
    assert response.status_code == 200, response.content
    return response.content.decode()


def sent(code=HLE, **facts):
    """Return what the indicator's form holds at first, with other facts."""
    held = Indicator.objects.get(code=code)
    data = {**facts_of(definition=current_definition(indicator=held)), "version": held.version}
    data = {name: value for name, value in (data | facts).items() if value not in (None, False)}
    return {"reason": "", **data}


@pytest.mark.parametrize("page", PUBLIC)
@pytest.mark.parametrize("who", WHO)
def test_anybody_reads_the_catalogue(stored, visit, page, who):
    assert visit(who).get(reverse(f"catalogue:{page}")).status_code == 200


@pytest.mark.parametrize(
    ("page", "args"),
    [
        ("new", []),
        ("edit", [HLE]),
        ("break-new", [HLE]),
        ("set-new", []),
        ("set-edit", ["health-outcomes"]),
        ("set-import", []),
        ("domain-list", []),
        ("domain-new", []),
        ("domain-edit", ["health-outcomes"]),
    ],
)
@pytest.mark.parametrize(("who", "status"), WHO.items())
def test_only_analysts_change_it(stored, visit, page, args, who, status):
    address = reverse(f"catalogue:{page}", args=args)

    assert visit(who).get(address).status_code == status
    answered = visit(who).post(address).status_code
    assert answered == (status if status != 200 else 405 if page == "domain-list" else 422)


@pytest.mark.parametrize(
    ("who", "seen"), [("nobody", False), ("editor", False), ("moderator", True)]
)
def test_drafts_are_for_the_centre(stored, visit, who, seen):
    client = visit(who)

    assert ("Brought by a file" in words(client.get(reverse("catalogue:list")))) is seen
    assert (DRAFT in words(client.get(reverse("catalogue:csv")))) is seen
    page = client.get(reverse("catalogue:indicator", args=[DRAFT]))
    assert page.status_code == (200 if seen else 404)


@pytest.mark.parametrize(
    ("query", "names", "count"),
    [
        ({"q": "obesity"}, ["Obesity prevalence including severe obesity in Year 6"], "2 of 18"),
        ({"q": "90362"}, ["Healthy life expectancy at birth"], "1 of 18"),
        ({"q": "healthy expectancy"}, ["Healthy life expectancy at birth"], "1 of 18"),
        ({"domain": "employment-earnings-prosperity"}, ["absolute low income"], "1 of 18"),
        ({"set": "health-outcomes"}, ["Life expectancy at 65"], "8 of 18"),
        ({"polarity": "high", "set": "wider-determinants"}, ["NHS Health Check"], "2 of 18"),
        ({"q": "no such thing"}, ["No indicator fits"], "0 of 18"),
        ({"domain": "nowhere"}, ["Healthy life expectancy at birth"], "18 of 18"),
    ],
)
def test_the_list_is_narrowed_and_counts(stored, client, query, names, count):
    page = words(client.get(reverse("catalogue:list"), query))

    assert f"{count} indicators" in page
    assert all(name in page for name in names)


def test_the_list_is_paged(db, client):
    for _ in range(26):
        IndicatorFactory()

    first = words(client.get(reverse("catalogue:list")))
    last = words(client.get(reverse("catalogue:list"), {"page": "99"}))

    assert first.count("/indicators/indicator-") == 25
    assert last.count("/indicators/indicator-") == 1
    assert 'aria-label="Page 2"' in first


def test_the_file_has_every_fact_of_what_was_asked_for(stored, client):
    lines = words(client.get(reverse("catalogue:csv"), {"q": "90362"})).splitlines()

    assert lines[0].startswith("\ufeffcode,name,fingertips_id,")
    assert len(lines) == 2
    assert ",36,12,17,Sex,limits_95,no," in lines[1]


def test_a_file_of_no_choice_is_not_found(stored, client):
    assert client.get(reverse("catalogue:csv"), {"domain": "nowhere"}).status_code == 404


def test_an_indicators_page_says_what_it_is(stored, client):
    page = words(client.get(reverse("catalogue:indicator", args=[HLE])))

    for text in (
        "Years that a newborn could expect to live",
        "A high value is good",
        "3 years, a new one every year, in calendar years. Each overlaps the one before it",
        "17 months after the end of the period",
        "own 95% confidence limits",
        "Not computed. Its three-year periods overlap",
        "From 1 January 2011, method:</strong>",
        "Version 1, 23 November 2026",
        "Described for the first time",
        "Open Government Licence v3.0",
        "Health outcomes, starter set",
        "No value of it is stored yet",
    ):
        assert text in page
    assert "catalogue that comes with the site" not in page
    assert "/change/" not in page


def test_an_indicator_that_is_not_there_is_not_found(db, client):
    assert client.get(reverse("catalogue:indicator", args=["none"])).status_code == 404


@pytest.mark.parametrize("page", ["edit", "break-new", "set-edit", "domain-edit"])
def test_a_form_of_nothing_is_not_found(stored, analyst, page):
    assert analyst.get(reverse(f"catalogue:{page}", args=["nowhere"])).status_code == 404


def test_an_analyst_adds_an_indicator(stored, analyst):
    data = {**sent(), "code": "new-one", "fingertips_id": "5", "name": "New"}

    response = analyst.post(reverse("catalogue:new"), data)

    assert response.url == "/indicators/new-one/"
    assert Indicator.objects.get(code="new-one").versions.get().made_by is not None


def test_a_wrong_fact_is_said_at_its_field_and_kept(stored, analyst):
    response = analyst.post(
        reverse("catalogue:edit", args=[HLE]), sent(trend_eligible="on", unit="full years")
    )

    assert response.status_code == 422
    assert "Rolling periods overlap" in response.content.decode()
    assert 'value="full years"' in response.content.decode()


def test_a_change_after_values_asks_for_a_reason(stored, analyst):
    ObservationFactory(indicator=Indicator.objects.get(code=HLE))
    address = reverse("catalogue:edit", args=[HLE])

    refused = analyst.post(address, sent(unit="full years"))
    stored_now = analyst.post(address, sent(unit="full years", reason="It is plainer."))

    assert refused.status_code == 422
    assert "Enter why it changes" in refused.content.decode()
    assert stored_now.url == f"/indicators/{HLE}/"
    page = words(analyst.get(stored_now.url))
    assert "Unit: years became full years" in page
    assert "It is plainer." in page


def test_the_code_of_a_described_indicator_stays(stored, analyst):
    data = {**sent(unit="full years"), "code": "another"}

    analyst.post(reverse("catalogue:edit", args=[HLE]), data)

    assert Indicator.objects.get(code=HLE).unit == "full years"


def test_nothing_changed_is_no_version(stored, analyst):
    analyst.post(reverse("catalogue:edit", args=[HLE]), sent())

    assert IndicatorVersion.objects.filter(indicator__code=HLE).count() == 1


def test_the_second_analyst_sees_both_words_and_can_save_again(stored, analyst):
    address = reverse("catalogue:edit", args=[HLE])
    read_by_both = sent(unit="second")
    analyst.post(address, sent(unit="first"))

    overtaken = analyst.post(address, read_by_both)

    page = overtaken.content.decode()
    assert overtaken.status_code == 409
    assert "Nothing of yours is lost" in page
    assert "What is stored now" in page
    assert 'value="second"' in page
    again = analyst.post(address, {**read_by_both, "version": "2"})
    assert again.status_code == 302
    assert Indicator.objects.get(code=HLE).unit == "second"


def test_a_draft_is_described(stored, analyst):
    facts = {**sent(), "code": "better-code", "fingertips_id": "4711", "version": "0"}

    response = analyst.post(reverse("catalogue:edit", args=[DRAFT]), facts)

    assert response.url == "/indicators/better-code/"
    assert not Indicator.objects.get(fingertips_id=4711).draft


def test_a_break_is_recorded_and_withdrawn(stored, analyst):
    added = analyst.post(
        reverse("catalogue:break-new", args=[HLE]),
        {"starts_on": "2020-01-01", "kind": "source", "text": "Another survey."},
    )
    made = ComparabilityBreak.objects.get(kind="source")
    withdraw = reverse("catalogue:break-withdraw", args=[HLE, made.pk])

    refused = analyst.post(withdraw, {"reason": ""})
    analyst.post(withdraw, {"reason": "The survey is the same."})

    assert (added.status_code, refused.status_code) == (302, 422)
    assert "Withdrawn on" in words(analyst.get(f"/indicators/{HLE}/"))
    analyst.logout()
    assert "Another survey." not in words(analyst.get(f"/indicators/{HLE}/"))


def test_what_bridges_a_break_is_chosen_from_what_was_published(stored, analyst):
    indicator = Indicator.objects.get(code=HLE)
    address = reverse("catalogue:break-new", args=[HLE])
    without = analyst.get(address).content.decode()
    old = ReleaseFactory(title="Old ways", created_at=NOW)
    new = ReleaseFactory(title="New ways", created_at=NOW + timedelta(days=1))
    where = {"area": CouncilFactory(), "period": PeriodFactory(), "breakdown": BreakdownFactory()}
    for release, until in ((old, NOW), (new, None)):
        ReleaseIndicatorFactory(release=release, indicator=indicator)
        value = ObservationFactory(
            indicator=indicator, release=release, superseded_at=until, **where
        )
    asked = {"starts_on": "2019-01-01", "kind": "definition", "text": "Bridged.", "source": ""}

    form = analyst.get(address).content.decode()
    half = analyst.post(address, {**asked, "common_period": value.period_id})
    done = analyst.post(
        address, {**asked, "common_period": value.period_id, "old_release": str(old.pk)}
    )

    assert "Which was the last release by the old ways?" not in without
    assert "Old ways" in form
    assert half.status_code == 422
    assert "Choose both the period and the release, or neither" in half.content.decode()
    assert done.status_code == 302
    page = words(analyst.get(f"/indicators/{HLE}/"))
    assert f"Bridged by the two values of {value.period.label}" in page


def test_a_break_is_recorded_once(stored, analyst):
    response = analyst.post(
        reverse("catalogue:break-new", args=[HLE]),
        {"starts_on": "2011-01-01", "kind": "method", "text": "The same."},
    )

    assert response.status_code == 422
    assert "2011-01-01 already" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), WHO.items())
def test_only_analysts_withdraw_a_break(stored, visit, who, status):
    made = ComparabilityBreakFactory(indicator=Indicator.objects.get(code=HLE), kind="other")

    response = visit(who).get(reverse("catalogue:break-withdraw", args=[HLE, made.pk]))

    assert response.status_code == status


def test_a_break_is_reached_through_its_own_indicator(stored, analyst):
    other = ComparabilityBreakFactory()

    for key in (other.pk, 2**64):
        address = reverse("catalogue:break-withdraw", args=[HLE, key])
        assert analyst.get(address).status_code == 404


def test_a_set_is_read_and_given_as_the_file_that_it_is_read_from(stored, client, visit):
    page = words(client.get(reverse("catalogue:set", args=["health-outcomes"])))
    file = client.get(reverse("catalogue:set-csv", args=["health-outcomes"])).content
    IndicatorSet.objects.filter(slug="health-outcomes").get().members.all().delete()

    imported = visit("analyst").post(
        reverse("catalogue:set-import"), {"file": SimpleUploadedFile("set.csv", file)}
    )

    assert page.index("Healthy life expectancy") < page.index("Life expectancy at 65")
    assert imported.status_code == 302
    held = IndicatorSet.objects.get(slug="health-outcomes")
    assert codes_of(indicator_set=held)[0] == HLE
    assert len(codes_of(indicator_set=held)) == 8


def test_a_wrong_file_of_sets_says_the_row(stored, analyst):
    file = SimpleUploadedFile(
        "set.csv", b"set,set_name,set_text,set_source,place,indicator\na,A,,,x,b"
    )

    response = analyst.post(reverse("catalogue:set-import"), {"file": file})

    assert response.status_code == 422
    assert "Row 2: place must be a whole number" in response.content.decode()


def test_a_set_is_made_and_changed_and_the_second_is_told(stored, analyst):
    made = analyst.post(
        reverse("catalogue:set-new"),
        {"slug": "ours", "name": "Ours", "in_use": "on", "indicators": f"{HLE}\r\nobesity-year-6"},
    )
    address = reverse("catalogue:set-edit", args=["ours"])
    read = analyst.get(address).context["form"].initial

    first = analyst.post(address, {**read, "indicators": HLE})
    second = analyst.post(address, {**read, "name": "Mine"})

    assert made.url == "/indicators/sets/ours/"
    assert (first.status_code, second.status_code) == (302, 409)
    assert "What is stored now" in second.content.decode()
    assert codes_of(indicator_set=IndicatorSet.objects.get(slug="ours")) == (HLE,)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"slug": "health-outcomes"}, "There is a set health-outcomes already"),
        ({"slug": "Our Set"}, "Use small letters"),
        ({"indicators": "no-such"}, "no such indicator: no-such"),
        ({"indicators": f"{HLE}\n{HLE}"}, "is there twice"),
    ],
)
def test_a_set_that_cannot_be_is_refused_in_words(stored, analyst, facts, message):
    data = {"slug": "ours", "name": "Ours", "indicators": HLE, **facts}

    response = analyst.post(reverse("catalogue:set-new"), data)

    assert response.status_code == 422
    assert message in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("nobody", 404), ("moderator", 404), ("analyst", 200)])
def test_a_set_out_of_use_is_for_who_keeps_it(db, visit, who, status):
    IndicatorSetFactory(slug="old", in_use=False)

    assert visit(who).get(reverse("catalogue:set", args=["old"])).status_code == status
    assert visit(who).get(reverse("catalogue:set-csv", args=["old"])).status_code == status


def test_a_draft_in_a_set_is_for_the_centre(db, client, visit):
    own = IndicatorSetMemberFactory(indicator=IndicatorFactory(code=DRAFT, draft=True))
    address = reverse("catalogue:set", args=[own.indicator_set.slug])

    assert DRAFT not in words(client.get(address))
    assert DRAFT in words(visit("moderator").get(address))


def test_domains_are_kept(stored, analyst):
    added = analyst.post(
        reverse("catalogue:domain-new"),
        {"slug": "air", "name": "Clean air", "order": "7", "in_use": "on"},
    )
    address = reverse("catalogue:domain-edit", args=["air"])
    read = analyst.get(address).context["form"].initial

    first = analyst.post(address, {**read, "name": "Air"})
    second = analyst.post(address, {**read, "name": "The air"})

    assert (added.status_code, first.status_code, second.status_code) == (302, 302, 409)
    assert Domain.objects.get(slug="air").name == "Air"
    assert "Air" in words(analyst.get(reverse("catalogue:domain-list")))
    taken = {"slug": "air", "name": "Other", "order": "1"}
    assert analyst.post(reverse("catalogue:domain-new"), taken).status_code == 422


def test_the_navigation_leads_to_the_catalogue(db, client):
    page = words(client.get(reverse("catalogue:list")))

    assert '<a href="/indicators/" aria-current="page">Indicators</a>' in page


def test_what_a_version_says_of_each_fact_is_in_words(stored, analyst):
    analyst.post(
        reverse("catalogue:edit", args=[HLE]),
        sent(domain="other-determinants", polarity="none", publication_lag_months="18"),
    )

    page = words(analyst.get(f"/indicators/{HLE}/"))

    assert "Domain: Health outcomes became Other determinants" in page
    assert "A high value is good became Neither a high nor a low value is judged" in page
    assert "Publication lag: 17 became 18" in page


def first_words():
    """Return the plain first words of addresses under /indicators/."""
    routes = [str(one.pattern).removeprefix("indicators/") for one in catalogue_urls.urlpatterns]
    routes += [
        str(one.pattern).removeprefix("indicators/")
        for one in urls.urlpatterns
        if str(one.pattern).startswith("indicators/")
    ]
    return {
        word for route in routes if (word := route.partition("/")[0]) and not set(word) & set("<.")
    }


def test_no_code_is_the_address_of_another_page():
    assert first_words() == RESERVED_CODES - {"catalogue"}


@pytest.mark.parametrize("word", sorted(RESERVED_CODES - {"catalogue"}))
def test_a_page_of_its_own_is_never_read_as_an_indicator(word):
    assert resolve(f"/indicators/{word}/").view_name != "catalogue:indicator"


def test_forms_lead_back_to_what_they_are_about(stored, analyst):
    indicator = reverse("catalogue:indicator", args=[HLE])
    pages = {
        "edit": ([HLE], indicator),
        "break-new": ([HLE], indicator),
        "new": ([], reverse("catalogue:list")),
        "set-new": ([], reverse("catalogue:set-list")),
        "domain-new": ([], reverse("catalogue:domain-list")),
    }

    for name, (args, leads_to) in pages.items():
        page = words(analyst.get(reverse(f"catalogue:{name}", args=args)))
        assert f'<a class="govuk-back-link" href="{leads_to}">' in page
