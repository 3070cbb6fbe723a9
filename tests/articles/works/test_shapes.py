"""Every shape of work in both styles, and what both keep to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from tests.articles.works.printing import FIELDS, LETTERS, STYLES, printed, work

MARKS = {"i", "b", "sup", "sub"}


@pytest.mark.parametrize(
    ("more", "ama", "vancouver"),
    [
        ({"title": "Why?"}, "Why?", "Why?"),
        ({"title": "T."}, "T.", "T."),
        ({"author": [{"family": "Lee", "given": "J"}, {"literal": "WHO Group"}]}, "Lee J; WHO Group. T.", "Lee J; WHO Group. T."),
        ({"author": [{"family": "Lee"}] * 7}, "Lee, Lee, Lee, et al. T.", "Lee, Lee, Lee, Lee, Lee, Lee, et al. T."),
        ({"container-title": "J. Full Name"}, "T. *J. Full Name*.", "T. J. Full Name."),
        ({"issued": {"date-parts": [[2024, 1, 5]]}}, "T. Published online January 5, 2024.", "T. 2024 Jan 5."),
        ({"issued": {"date-parts": [[2024, 1]]}}, "T. Published online January 2024.", "T. 2024 Jan."),
        ({"issued": {"date-parts": [[2024]]}, "page": "e12"}, "T. 2024:e12.", "T. 2024:e12."),
        ({"issued": {"date-parts": [[2024]]}, "issue": "2", "page": "6913-7"}, "T. 2024;(2):6913-6917.", "T. 2024;(2):6913-7."),
        ({"volume": "4", "page": "99-104"}, "T. 4:99-104.", "T. 4:99-104."),
        ({"page": "S12-S15"}, "T. S12-S15.", "T. S12-S15."),
        ({"PMID": "12"}, "T. PMID: 12", "T. PMID: 12."),
        ({"PMCID": "PMC12"}, "T.", "T. PMCID: PMC12."),
        ({"URL": "https://example.org/", "accessed": {"date-parts": [[2025, 3]]}}, "T. Accessed March 2025. https://example.org/", "T. Available from: https://example.org/"),
        ({"DOI": "10.1000/x", "URL": "https://example.org/", "accessed": {"date-parts": [[2025]]}}, "T. doi:10.1000/x", "T. doi: 10.1000/x."),
        ({"type": "article", "publisher": "medRxiv", "issued": {"date-parts": [[2021, 3, 1]]}, "DOI": "10.1101/x"}, "T. *medRxiv*. Preprint posted online March 1, 2021. doi:10.1101/x", "T. medRxiv [Preprint]. 2021 Mar 1. doi: 10.1101/x."),
        ({"type": "chapter", "author": [{"family": "Lee", "given": "A"}], "editor": [{"family": "Kim", "given": "B"}], "container-title": "Book", "edition": "2nd", "publisher": "P", "publisher-place": "Oxford", "issued": {"date-parts": [[2020]]}, "page": "10-20"}, "Lee A. T. In: Kim B, ed. *Book*. 2nd ed. P; 2020:10-20.", "Lee A. T. In: Kim B, editor. Book. 2nd ed. Oxford: P; 2020. p. 10-20."),
        ({"type": "chapter", "container-title": "Book"}, "T. In: *Book*.", "T. In: Book."),
        ({"type": "book", "editor": [{"family": "Lee"}, {"family": "Kim"}], "edition": 1, "volume": 3}, "Lee, Kim, eds. *T*. Vol 3.", "Lee, Kim, editors. T. Vol. 3."),
        ({"type": "book", "publisher": "P", "URL": "https://example.org/"}, "*T*. P. https://example.org/", "T. P. Available from: https://example.org/"),
        ({"type": "book", "edition": "Revised"}, "*T*. Revised ed.", "T. Revised ed."),
        ({"type": "book", "edition": "112"}, "*T*. 112th ed.", "T. 112th ed."),
        ({"type": "book", "edition": "23rd ed."}, "*T*. 23rd ed.", "T. 23rd ed."),
        ({"type": "report", "publisher": "WHO", "publisher-place": "Geneva", "number": "WHO/1", "issued": {"date-parts": [[2023]]}, "URL": "https://who.int/"}, "*T*. WHO; 2023. WHO/1. https://who.int/", "T. Geneva: WHO; 2023. Report No.: WHO/1. Available from: https://who.int/"),
        ({"type": "legislation", "volume": "42", "container-title": "CFR", "number": "§8.12", "issued": {"date-parts": [[2024]]}}, "T. 42 CFR, §8.12. (2024).", "T. 42 CFR, §8.12, 2024."),
        ({"type": "webpage", "issued": {"date-parts": [[2025, 12, 18]]}, "accessed": {"date-parts": [[2026, 1, 2]]}, "publisher": "P", "URL": "https://example.org/"}, "T. P. Published December 18, 2025. Accessed January 2, 2026. https://example.org/", "T [Internet]. P; 2025 Dec 18 [cited 2026 Jan 2]. Available from: https://example.org/"),
        ({"type": "webpage", "container-title": "Example", "issued": {"date-parts": [[2025, 12, 18]]}, "URL": "https://example.org/"}, "T. Example. Published December 18, 2025. https://example.org/", "T [Internet]. Example; 2025 Dec 18. Available from: https://example.org/"),
        ({"type": "webpage", "author": [{"literal": "WHO"}], "publisher": "WHO", "URL": "https://who.int/"}, "WHO. T. https://who.int/", "WHO. T [Internet]. WHO. Available from: https://who.int/"),
        ({"type": "thesis", "publisher": "U", "issued": {"date-parts": [[2001]]}}, "T. U; 2001.", "T. U; 2001."),
    ],
)  # fmt: skip
def test_every_kind_of_work_has_its_layout(
    more: dict[str, Any], ama: str, vancouver: str
) -> None:
    assert printed("ama", work(**more)) == ama
    assert printed("vancouver", work(**more)) == vancouver


@pytest.mark.parametrize("style", STYLES)
def test_a_work_can_be_called_retracted_by_its_record(style: str) -> None:
    assert printed(style, work(volume="1"), retracted=True) == "T. 1. Retracted."


PEOPLE = st.fixed_dictionaries({"family": LETTERS, "given": LETTERS, "suffix": LETTERS})
TYPES = ["article-journal", "book", "chapter", "report", "bill", "webpage", "article"]


@pytest.mark.parametrize("style", STYLES)
@given(
    kind=st.sampled_from(TYPES),
    fields=st.dictionaries(st.sampled_from(FIELDS), LETTERS),
    author=st.lists(PEOPLE),
    notice=LETTERS,
)
def test_whatever_comes_in_nothing_but_our_markup_comes_out(
    style: str,
    kind: str,
    fields: dict[str, str],
    author: list[dict[str, str]],
    notice: str,
) -> None:
    reference = STYLES[style](
        {
            **fields,
            "type": kind,
            "author": author,
            "URL": "https://example.org/?" + notice,
            "custom": {"retracted_in": notice},
        }
    )

    page = lxml_html.fragment_fromstring(reference, create_parent="p")
    for element in page.iter():
        assert element.tag in {"p", "em", "a", *MARKS}
        assert set(element.attrib) <= {"href", "rel"}
    for mark in ("em", *MARKS):
        assert reference.count(f"<{mark}>") == reference.count(f"</{mark}>")
