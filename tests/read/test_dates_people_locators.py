"""Side fields: dates, names, DOIs, arXiv ids, addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.dates import iso_date, year_of
from kg.read.locators import arxiv_id, code_links, doi, web_address
from kg.read.people import names_in, names_of, straight


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Mar 3, 2022", "2022-03-03"), ("March 3 2022", "2022-03-03"), ("3 March 2022", "2022-03-03"), ("Sept. 1, 2020", "2020-09-01"),
        ("2022-03-03", "2022-03-03"), ("2022/03/03/", "2022-03-03"), ("2022-3", "2022-03"), ("2022", "2022"), ("2022 Mar", "2022-03"),
        ("2022 Mar 5", "2022-03-05"), ("Mar 2022", "2022-03"), ("Mar 11", "--03-11"), ("11 Mar", "--03-11"), ("--03-11", "--03-11"),
        ("2022-03-03T10:00:00.000Z", "2022-03-03"), ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"), ("Feb 29", "--02-29"),
        ("Feb 29, 2023", None), ("Foo 3, 2022", None), ("2022-13", None), ("03/04/2022", None), ("9999", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_dates(written: str, iso: str | None) -> None:
    """As exact as written, never more."""
    assert iso_date(written) == iso


@settings(deadline=None)
@given(st.dates())
def test_iso_dates_stay(date: object) -> None:
    """Between 1600 and 2100; others are none."""
    assert iso_date(str(date)) == (str(date) if 1600 <= int(str(date)[:4]) <= 2100 else None)


@pytest.mark.parametrize(("parts", "iso"), [([2017, 6, 12], "2017-06-12"), (["2017", "6"], "2017-06"), ([2017], "2017"),
                                            ([None], None), ([], None), ([17], None), ([True, 1], None), ([2017, -1], None)])  # fmt: skip
def test_date_parts(parts: list[object], iso: str | None) -> None:
    """Crossref's and CSL's."""
    assert iso_date(parts) == iso


@pytest.mark.parametrize(("value", "year"), [(2020, 2020), ("2020", 2020), ("(2020)", 2020), ("2020a", 2020), (2020.0, 2020), (2020.5, None),
                                             (float("nan"), None), (float("inf"), None), (True, None), (None, None), (3, None), ("20", None)])  # fmt: skip
def test_years(value: object, year: int | None) -> None:
    """Of any type that a source may have."""
    assert year_of(value) == year


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("10.1000/ABC", "10.1000/abc"), ("https://doi.org/10.1000/abc", "10.1000/abc"), ("doi:10.1000/abc.", "10.1000/abc"),
        ("http://dx.doi.org/10.1000%2Fabc", "10.1000/abc"), ("10.1002/(SICI)1097-4571(1999)50:1", "10.1002/(sici)1097-4571(1999)50:1"),
        ("(10.1000/abc)", None), ("10.1000/abc)", "10.1000/abc"), ("10.1/short", None), ("none", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_dois(written: str | None, normal: str | None) -> None:
    """Written in one way."""
    assert doi(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://arxiv.org/abs/1706.03762v5", "1706.03762"), ("arXiv:1706.03762", "1706.03762"), ("10.48550/arXiv.1706.03762", "1706.03762"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "hep-th/9901001"), ("https://huggingface.co/papers/2103.00001", "2103.00001"),
        ("arXiv preprint arXiv:1706.03762", "1706.03762"), ("1706.03762", None), ("version 1713.03762", None), ("https://example.org", None),
    ],
)  # fmt: skip
def test_arxiv_ids(written: str, normal: str | None) -> None:
    """Without versions; a bare number counts only where nothing else can stand."""
    assert arxiv_id(written) == normal
    assert arxiv_id("1706.03762v2", bare=True) == "1706.03762"


def test_addresses_of_other_schemes_are_none() -> None:
    """They would act when clicked."""
    assert web_address("javascript:alert(1)") is None
    assert web_address("file:///etc/passwd") is None
    assert web_address("https://example.org/(a)") == "https://example.org/(a)"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None)))
def test_addresses_can_be_written_and_printed(text: str) -> None:
    """Whatever a file holds."""
    for found in (
        web_address(f"https://example.org/{text}"),
        doi(f"10.5555/{text}"),
        *code_links(f"https://github.com/a/b{text}"),
    ):
        assert found is None or (found.encode("utf-8") and min(found) > " ")


def test_code_links() -> None:
    """By host, each once, without the sentence around them."""
    text = (
        "See https://github.com/a/b, (https://gitlab.com/c/d) and https://example.org/e; again https://github.com/a/b."
    )
    assert code_links(text) == ("https://github.com/a/b", "https://gitlab.com/c/d")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe, J.; Roe, R.", ("J. Doe", "R. Roe")), ("Ada Lovelace", ("Ada Lovelace",)), ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Ada Lovelace, Charles Babbage", ("Ada Lovelace", "Charles Babbage")), ("Ada Lovelace and Charles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("A. B. & C. D.", ("A. B.", "C. D.")), ("", ()),
    ],
)  # fmt: skip
def test_names_in_a_string(text: str, names: tuple[str, ...]) -> None:
    """In each of the usual ways."""
    assert names_in(text) == names


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_names_of_anything(value: object) -> None:
    """Are strings, none of them empty."""
    assert all(isinstance(name, str) and name for name in names_of(value) if name)
    assert straight("Ada") == "Ada"
