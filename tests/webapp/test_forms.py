"""Reading forms and URLs, and how values read on a page."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from matcher.answers.partners import Filters
from matcher.errors import Invalid
from matcher.taxonomy import taxonomy
from webapp import filters, forms

SOME = {
    name: st.lists(st.sampled_from(sorted(known)), unique=True, max_size=3).map(tuple)
    for name, known in (
        ("groups", taxonomy().groups),
        ("services", taxonomy().services),
        ("markets", taxonomy().markets),
    )
}


@given(
    st.builds(
        Filters,
        **SOME,
        within_km=st.none() | st.integers(0, 20_000).map(float),
        sells_to=st.sampled_from([None, "households", "businesses", "both"]),
        side=st.sampled_from([None, "us", "them", "both"]),
        text=st.text(st.characters(categories=["L", "N"]), max_size=50),
        decided=st.booleans(),
    )
)
def test_filters_survive_the_url(wanted: Filters) -> None:
    """What `filter_query` puts into a URL, `read_filters` reads back."""
    assert forms.read_filters(MultiDict(_pairs(forms.filter_query(wanted)))) == wanted


def _pairs(query: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        yield from ((name, one) for one in (value if isinstance(value, list) else [str(value)]))


@given(st.dictionaries(st.sampled_from(["group", "within_km", "q", "side", "decided", "first"]), st.text()))
def test_any_url_is_read_or_refused(query: dict[str, str]) -> None:
    """Whatever stands in a URL, the answer is filters or one sentence."""
    form = MultiDict(query)
    assert 0 <= forms.first(form) <= forms.FIRST_MAX
    refusal = ""
    try:
        forms.read_filters(form)
    except Invalid as problem:
        refusal = problem.sentence
    assert refusal == "" or refusal.endswith(".")


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("48.1371, 11.5754", (48.1371, 11.5754)),
        ("48.1371,11.5754", (48.1371, 11.5754)),
        ("48,1371 11,5754", (48.1371, 11.5754)),
        ("48,1371; 11,5754", (48.1371, 11.5754)),
        ("32.22° N, 110.97° W", (32.22, -110.97)),
        ("-33.86 151.2", (-33.86, 151.2)),
        ("33.86 S 151.2 E", (-33.86, 151.2)),
        ("", None),
    ],
)
def test_coordinates_as_maps_write_them(text: str, point: tuple[float, float] | None) -> None:
    """Coordinates are read in the spellings that maps and people use, with decimal comma or point."""
    assert forms.coordinates(text) == point


@pytest.mark.parametrize("text", ["here", "48", "1 2 3", "91, 0", "0, 181"])
def test_other_coordinates_are_refused(text: str) -> None:
    """What is not a point on the Earth gets one sentence."""
    with pytest.raises(Invalid) as caught:
        forms.coordinates(text)
    assert caught.value.field == "coordinates"


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (filters.percent(0.256), "26 %"),
        (filters.percent(0.001), "under 1 %"),
        (filters.percent(0.0), "0 %"),
        (filters.money(125_000), "$1,250"),
        (filters.money(4_800_000), "$48k"),
        (filters.km(3.21), "3.2 km"),
        (filters.km(321.4), "321 km"),
        (filters.km(None), ""),
        (filters.count(151_755), "151,755"),
        (filters.a_year(3.2), "about 3 a year"),
        (filters.a_year(0.5), "one every 2 years"),
        (filters.a_year(0.01), "hardly any"),
        (filters.plain(12.5), "12.5"),
        (filters.plain(1_000_000.0), "1000000"),
        (filters.dollars(250_000), "2500"),
        (filters.dollars(1_050), "10.50"),
        (filters.service_name("no_such_code"), "No such code"),
        (filters.group_name("property"), "Property"),
    ],
)
def test_values_read_as_people_write_them(shown: str, wanted: str) -> None:
    """Numbers keep their unit, what is small is not nothing, codes become names."""
    assert shown == wanted
