"""The exported site is what readers are sent, no more and never less than whole."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.shortcuts import render
from django.test import Client

from articles.models import Notice, Page, Printout
from articles.reading import press, views
from config import front
from editorial import people, printouts, serving
from editorial.actions import publishing
from editorial.exporting import Done, NotReadyError, export, nginx
from editorial.exporting.addresses import file_of
from editorial.models import Event
from tests import make, tampering
from tests.editorial.published import revised

if TYPE_CHECKING:
    from articles.models import Version

pytestmark = pytest.mark.django_db
LISTS = {
    *("/", "/articles/", "/editorial-policy/", "/medical-advisory-board/"),
    *("/glossary/", "/robots.txt", "/sitemap.xml", "/feeds/articles.atom"),
    *("/corrections/", "/feeds/corrections.atom"),
    *(f"/corrections/{kind}/" for kind in Notice.Kind.values),
}
AROUND = {".exported", ".nginx.conf", "503.html", "503.html.gz"}


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "house.css").write_text("p { margin: 0 }")
    (settings.STATIC_ROOT / "house.css.gz").write_bytes(gzip.compress(b"p"))
    return tmp_path / "site"


def files(root: Path) -> dict[str, tuple[int, int]]:
    """Each file with what tells whether it was touched."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in found
    }


def stored() -> set[str]:
    return set(Page.objects.values_list("path", flat=True))


def with_packed(addresses: set[str]) -> set[str]:
    names = {file_of(address) for address in addresses}
    return names | {f"{name}.gz" for name in names}


def address(version: Version) -> str:
    return version.article.get_absolute_url()


def page_of(root: Path, version: Version) -> bytes:
    return (root / file_of(address(version))).read_bytes()


def test_the_whole_public_site_is_there_and_nothing_else(root: Path) -> None:
    version = make.published()
    topic = version.article.topics.get().get_absolute_url()
    make.submitted()

    export(root)

    expected = with_packed({*LISTS, topic, "/editorial-policy/1/", *stored()})
    static = {"static/house.css", "static/house.css.gz"}
    assert set(files(root)) == expected | static | AROUND
    assert len(stored()) > 3


def test_each_file_is_what_a_reader_is_sent(root: Path) -> None:
    version = make.published()
    addresses = {*LISTS, *stored(), version.article.topics.get().get_absolute_url()}

    export(root)

    for each in addresses:
        file = root / file_of(each)
        assert file.read_bytes() == Client().get(each).content
        packed = file.with_name(f"{file.name}.gz").read_bytes()
        assert gzip.decompress(packed) == file.read_bytes()
    assert b"does not answer at the moment" in (root / "503.html").read_bytes()


def test_every_page_of_a_list_has_its_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 1)
    make.published()
    make.published()
    make.published()

    export(root)

    there = {name for name in files(root) if name.startswith("articles/page-")}
    assert there == with_packed({f"/articles/?page={n}" for n in (1, 2, 3)})


def test_what_is_the_same_is_neither_touched_nor_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.published()
    first = export(root)
    before = files(root)
    monkeypatch.setattr(serving, "proven", None)

    second = export(root)

    assert files(root) == before
    assert second == Done(0, first.written, 0, [])


def test_only_what_changed_is_written(root: Path) -> None:
    """Of pages that were built again alike, files and headers are dated anew."""
    one, _other = make.published(), make.published()
    export(root)
    before = files(root)

    publishing.rebuild(one.article_id, by=people.system())
    export(root)

    after = files(root)
    dated = {name for name in after if after[name][1] != before[name][1]}
    written = {name for name in after if after[name][0] != before[name][0]}
    its_own = Page.objects.filter(article=one.article).values_list("path", flat=True)
    assert dated == with_packed(set(its_own))
    assert written == with_packed(
        {address(one) + "record/", address(one) + "record.json"}
    )


def test_what_a_deed_changed_is_there_with_the_next_export(root: Path) -> None:
    version = make.under_review()
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")
    export(root)
    before = page_of(root, version)

    make.report_all(version)
    make.approve(make.again(version))
    publishing.publish(version.article_id, by=make.chief())
    export(root)

    assert page_of(root, version) != before
    assert page_of(root, version) == bytes(Page.objects.get(path=address(version)).body)


def test_a_page_that_is_gone_is_removed(root: Path) -> None:
    version = make.under_review()
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")
    export(root)
    there = file_of(address(version)) in files(root)

    publishing.end_preview(version.article_id, by=make.editor(), reason="Enough")
    done = export(root)

    assert there
    assert not (root / "articles" / version.article.slug).exists()
    assert done.removed > 0


def test_a_damaged_page_is_taken_out_and_the_desk_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = make.published()
    export(root)
    page = Page.objects.get(path=address(version))
    publishing.rebuild(version.article_id, by=people.system())
    tampering.by_update(page, "body", bytes(page.body) + b"<p>Take twice as much.</p>")

    with pytest.raises(CommandError, match="not exported") as failed:
        call_command("export_site", str(root))

    assert failed.value.returncode == 1
    assert capsys.readouterr().err == f"{page.path}\n"
    assert file_of(page.path) not in files(root)
    assert Event.objects.filter(kind=Event.Kind.PAGE_WITHHELD).count() == 1


def test_asked_anew_it_reads_what_seems_to_be_the_same(root: Path) -> None:
    version = make.published()
    export(root)
    page = Page.objects.get(path=address(version))
    other = bytes(page.body).replace(b"</p>", b"</b>")
    tampering.by_update(page, "body", other)

    assert export(root).damaged == []
    assert export(root, anew=True).damaged == [page.path]


def test_what_is_not_for_everybody_is_not_exported(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(root)
    before = files(root)
    monkeypatch.setattr("articles.reading.views.drawn", render)
    export(root)

    assert file_of("/articles/") in before
    assert file_of("/articles/") not in files(root)


def test_pages_that_would_lack_their_style_are_not_exported(
    root: Path, settings: Any
) -> None:
    settings.STATIC_ROOT = root / "nothing"

    with pytest.raises(NotReadyError, match="collectstatic"):
        export(root)


def test_pages_of_a_house_that_shows_its_code_are_not_exported(
    root: Path, settings: Any
) -> None:
    settings.DEBUG = True

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("export_site", str(root))


def test_the_server_says_what_the_house_says_with_every_answer(root: Path) -> None:
    export(root)

    told = (root / ".nginx.conf").read_text()

    expected = {n: sorted(v.split("; ")) for n, v in front.said_by_middleware()}
    _, *parts = told.split("add_header Cache-Control ")
    for part in parts:  # nginx forgets what was said outside where more is said inside
        headers = re.findall(r'add_header ([\w-]+) "(.*)" always;', part.split("}")[0])
        assert {name: value.split("; ") for name, value in headers} == expected
    assert len(parts) == 4 + len(nginx.TYPES)
    assert f'root "{root}";' in told


def test_files_of_an_article_are_called_what_the_house_calls_them(root: Path) -> None:
    make.published()
    export(root)
    told = (root / ".nginx.conf").read_text()
    locations = re.findall(r'location ~ "(.*)" \{\n.*\n +default_type "(.*)";', told)

    stored = Page.objects.exclude(content_type__startswith="text/html")
    called = {
        page.path: next(
            called for where, called in locations if re.search(where, page.path)
        )
        for page in stored
    }

    assert called == {page.path: page.content_type for page in stored}
    assert len(called) > 5


def test_what_is_no_file_is_asked_of_the_program(root: Path, settings: Any) -> None:
    settings.PORT = 4711

    export(root)
    here = (root / ".nginx.conf").read_text()
    call_command("export_site", str(root), "--program", "http://web:8000")
    elsewhere = (root / ".nginx.conf").read_text()

    assert "error_page 403 404 405 = @program;" in here
    assert here.count("proxy_pass http://127.0.0.1:4711;") == 1
    assert here.replace("127.0.0.1:4711", "web:8000") == elsewhere


@pytest.mark.parametrize(
    "address", ["web:8000", "http://web/;", "http://a b", "file:/x"]
)
def test_the_program_has_an_address_that_can_be_asked(root: Path, address: str) -> None:
    with pytest.raises(CommandError, match="an address is like"):
        call_command("export_site", str(root), "--program", address)


@pytest.fixture
def on_paper(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Version:
    """A public article with a PDF, by a press that costs nothing."""
    settings.PDF = True
    monkeypatch.setattr(press, "pdf", lambda _text, **how: how["base"].encode())
    version = make.published()
    printouts.make_due()
    return version


def test_a_pdf_is_a_file_like_any_other(root: Path, on_paper: Version) -> None:
    name = f"articles/{on_paper.article.slug}.pdf"

    first = export(root)
    body = (root / name).read_bytes()
    again = export(root)

    assert (
        body == bytes(Printout.objects.get().body) == Client().get(f"/{name}").content
    )
    assert f"{name}.gz" not in files(root)
    assert (again.written, again.kept) == (0, first.written)


def test_a_pdf_of_what_was_replaced_is_not_exported(
    root: Path, on_paper: Version, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"articles/{on_paper.article.slug}.pdf"
    export(root)
    there = name in files(root)

    revised(on_paper)
    call_command("export_site", str(root))

    assert there
    assert name not in files(root)
    assert "PDFs that are not made yet: 1.\n" in capsys.readouterr().out
    printouts.make_due()
    assert export(root).waiting == 0
    assert name in files(root)


@pytest.mark.parametrize("anew", [False, True])
def test_a_damaged_pdf_is_not_exported_and_is_made_again(
    root: Path, on_paper: Version, *, anew: bool
) -> None:
    name = f"articles/{on_paper.article.slug}.pdf"
    if anew:
        export(root)
    printout = Printout.objects.get()
    tampering.by_update(printout, "body", bytes(printout.body)[::-1])

    damaged = export(root, anew=anew).damaged

    assert damaged == [f"/{name}"]
    assert name not in files(root)
    assert Event.objects.filter(kind=Event.Kind.PAGE_WITHHELD).count() == 1
    assert printouts.make_due() == 1
    assert export(root).damaged == []
    assert name in files(root)


def test_a_damaged_page_takes_its_pdf_out(root: Path, on_paper: Version) -> None:
    page = Page.objects.get(path=address(on_paper))
    tampering.by_update(page, "gzipped", b"forged")

    damaged = export(root).damaged

    assert damaged == [page.path]
    assert f"articles/{on_paper.article.slug}.pdf" not in files(root)
