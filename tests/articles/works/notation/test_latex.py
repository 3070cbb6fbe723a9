import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.characters import one_line
from articles.works.notation import latex
from articles.works.notation.latex import Read, Reader


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"Kn{\"u}th, {\'E}va \'Eva Garc{\'\i}a \c{c} \v s", "Knüth, Éva Éva García ç š"),
        (r"{\L}\o{}d\'z \ss \& 50\% {\textless}5", "Łødź ß& 50% <5"),
        (r"{WHO} {{CDC}} a~b", "WHO CDC a b"),
        (r"\textit{E. coli}, \emph{in vitro} {\textbf b}", "<i>E. coli</i>, <i>in vitro</i> <b>b</b>"),
        (r"H$_2$O $^{18}$F $\beta$ $p<0.05$", "H<sub>2</sub>O <sup>18</sup>F β p<0.05"),
        (r"costs $ 5 & 50% of #1", "costs $ 5 & 50% of #1"),
        (r"``a'' -- b --- c", "“a” \N{EN DASH} b \N{EM DASH} c"),
        (r"\href{https://example.org}{text} \url{https://example.org/a}", "text https://example.org/a"),
        ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_latex_is_read_as_it_would_be_printed(written: str, seen: str) -> None:
    assert Reader().read(written) == Read(seen, is_whole=True)


def test_braces_in_braces_end_somewhere() -> None:
    assert Reader().read(r"\x" + "{" * 99 + "a" + "}" * 99) == Read("a", is_whole=False)


def test_one_file_cannot_take_all_the_time() -> None:
    reader = Reader(room=10)

    assert reader.read(r"$\beta$") == Read("β", is_whole=True)
    assert reader.read(r"$\beta$ \'e") == Read("$$ é", is_whole=False)


@given(st.text(st.sampled_from("ab \\{}$%&_#~^-`'\"<>i/?!é"), max_size=20))
def test_whatever_is_written_is_read_back(text: str) -> None:
    plain = one_line(text)

    assert Reader().read(latex.write(plain)) == Read(plain, is_whole=True)
