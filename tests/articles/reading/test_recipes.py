"""The commands on the record page do what the page says of them."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from articles.canonical import sha256_hex
from articles.models import Page
from articles.reading import recipes
from reviews import signing
from tests import make
from tests.articles.reading import samples

SIGNATURE = samples.signature("Approval", "Ada O'Quill, “MD”", "chief editor", "a" * 64)
FORGED = replace(SIGNATURE, payload=SIGNATURE.payload.replace("Ada", "Eve"))


PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def pasted(recipe: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", recipe],
        cwd=folder,
        env={"PATH": PATH},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hash_recipe_quotes_its_address() -> None:
    recipe = recipes.hash_of("https://example.org/a'b/canonical.json")

    assert recipe == (
        """curl -s 'https://example.org/a'"'"'b/canonical.json' | sha256sum"""
    )


if shutil.which("openssl"):

    def test_openssl_accepts_a_genuine_signature(tmp_path: Path) -> None:
        ran = pasted(recipes.with_openssl(SIGNATURE), tmp_path)

        assert (ran.returncode, ran.stdout) == (0, "Signature Verified Successfully\n")

    def test_openssl_refuses_other_bytes(tmp_path: Path) -> None:
        ran = pasted(recipes.with_openssl(FORGED), tmp_path)

        assert (ran.returncode, ran.stdout) == (1, "Signature Verification Failure\n")


def test_python_accepts_genuine_signatures(tmp_path: Path) -> None:
    ran = pasted(recipes.with_python([SIGNATURE, SIGNATURE]), tmp_path)

    assert ran.stdout == f"genuine: {SIGNATURE.payload}\n" * 2


def test_python_refuses_other_bytes(tmp_path: Path) -> None:
    ran = pasted(recipes.with_python([FORGED]), tmp_path)

    assert (ran.returncode, ran.stdout) == (1, "")


@pytest.mark.django_db
def test_the_record_of_a_real_article_holds_when_it_is_pasted(tmp_path: Path) -> None:
    version = make.published()
    page = Page.objects.get(path=f"/articles/{version.article.slug}/record/")
    tree: Any = html.document_fromstring(bytes(page.body).decode())
    *_, python = tree.xpath("//pre/code/text()")

    ran = pasted(python, tmp_path)

    genuine = [
        f"genuine: {signing.statement_bytes(signature).decode()}"
        for signature in version.signatures.order_by("signed_at", "pk")
    ]
    assert (ran.stdout.splitlines(), len(genuine)) == (genuine, 3)


@pytest.mark.django_db
def test_the_canonical_bytes_of_a_real_article_have_the_hash_it_shows() -> None:
    version = make.published()
    path = f"/articles/{version.article.slug}/versions/1/canonical.json"

    body = bytes(Page.objects.get(path=path).body)

    assert sha256_hex(body) == version.sha256
