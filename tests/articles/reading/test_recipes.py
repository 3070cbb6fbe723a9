"""The commands on the record page do what the page says of them."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from articles.reading import recipes
from tests.articles.reading import samples

SIGNATURE = samples.signature("Approval", "Ada O'Quill, “MD”", "chief editor", "a" * 64)
FORGED = replace(SIGNATURE, payload=SIGNATURE.payload.replace("Ada", "Eve"))


def pasted(recipe: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", recipe],
        cwd=folder,
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
