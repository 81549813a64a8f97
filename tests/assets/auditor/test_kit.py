"""The kit is checked by nothing but DuckDB and the standard library, and says what was tampered with."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from assets.auditor.kit import KitError, reconciliation, write_kit
from assets.home import Home
from tests.assets.auditor.small_publication import write_publication
from tests.assets.publication.conftest import filled_home, published_home  # noqa: F401 - fixtures

BARE = """
import runpy, sys
sys.path.append(sys.argv[1])
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name='__main__')
"""


@pytest.fixture
def kit(published_home, tmp_path):  # noqa: F811
    write_kit(published_home, tmp_path / "kit.zip")
    with zipfile.ZipFile(tmp_path / "kit.zip") as packed:
        packed.extractall(tmp_path / "kit")
    return tmp_path / "kit"


def check(kit: Path, *arguments: str) -> tuple[int, str]:
    """Run the verifier in a Python without our packages: isolated, no site-packages, DuckDB alone found."""
    packages = kit.with_name("packages")
    packages.mkdir(exist_ok=True)
    for path in Path(importlib.util.find_spec("duckdb").origin).parents[1].glob("*duckdb*"):
        if not (packages / path.name).is_symlink():
            (packages / path.name).symlink_to(path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", BARE, str(packages), str(kit / "efterproev.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_kit_is_found_as_published_and_knows_the_hash_of_a_report(kit):
    with duckdb.connect(str(kit / "netvaerdi.duckdb"), read_only=True) as connection:
        [(head,)] = connection.execute("select head_hash from audit.publication").fetchall()
    status, said = check(kit, head[:12])
    assert status == 0, said
    assert head in said and said.count("ok  ") == 5


def test_a_hash_of_another_chain_is_refused(kit):
    status, said = check(kit, "0" * 12)
    assert status == 1 and "FEJL / WRONG  Rapportens hash" in said


def test_a_file_that_was_changed_is_named(kit):
    (kit / "afstemning.md").write_text("alt er godt", encoding="utf-8")
    status, said = check(kit)
    assert status == 1 and "afstemning.md" in said


def test_a_value_that_was_changed_is_found_though_the_sums_were_made_again(kit):
    with duckdb.connect(str(kit / "netvaerdi.duckdb")) as connection:
        connection.execute("update main.indicator_result set value = value + 1 where value is not null")
    names = [line.split("  ", 1)[1] for line in (kit / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    again = subprocess.run(["sha256sum", *names], cwd=kit, capture_output=True, text=True, check=True).stdout
    (kit / "SHA256SUMS").write_text(again, encoding="utf-8")
    status, said = check(kit)
    assert status == 1 and "main.indicator_result" in said


def test_the_same_publication_gives_the_same_kit(published_home, tmp_path):  # noqa: F811
    for name in ("a.zip", "b.zip"):
        write_kit(published_home, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_no_publication_is_no_kit(tmp_path):
    home = Home.create(tmp_path / "home")
    with pytest.raises(KitError):
        write_kit(home, tmp_path / "kit.zip")
    assert not (tmp_path / "kit.zip").exists()


def test_the_reconciliation_is_worked_through_in_danish_numbers(tmp_path):
    path = write_publication(tmp_path / "file.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        page = reconciliation(connection)
    assert "| 50 | Godkendte registreringer | Accepted records | 3 | 300.000,00 |" in page
    assert "select * from audit.kroner('BY', '2026Q3')" in page
