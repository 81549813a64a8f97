import gzip
import io
import tarfile
from pathlib import Path

import duckdb
import pytest

from assets.errors import TwoLanguageError
from assets.home import Home
from assets.operations.backup import BackupError, backup, restore


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.create(tmp_path / "home")
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute("create table figure as select range as id from range(100)")
    (home.archive / "abc").write_bytes(b"bytes as sent")
    (home.inbox / "æøå.csv").write_text("Netværks-id\nN-01\n", encoding="utf-8")
    (home.root / "pseudonyms.key").write_bytes(b"secret")
    (home.dagster / "run.log").write_text("log", encoding="utf-8")
    return home


def test_a_restored_home_has_the_same_files_and_rows(home: Home, tmp_path: Path) -> None:
    made = backup(home, tmp_path / "backup.tar.gz")
    again = restore(made.path, tmp_path / "again")
    assert (again.archive / "abc").read_bytes() == b"bytes as sent"
    assert (again.inbox / "æøå.csv").read_text(encoding="utf-8") == "Netværks-id\nN-01\n"
    with duckdb.connect(str(again.warehouse_file), read_only=True) as connection:
        assert connection.execute("select count(*) from figure").fetchall() == [(100,)]


def test_neither_key_nor_runs_of_the_machine_are_in_it(home: Home, tmp_path: Path) -> None:
    made = backup(home, tmp_path / "backup.tar.gz")
    with tarfile.open(made.path) as tar:
        names = tar.getnames()
    assert not [name for name in names if name.endswith(".key") or name.startswith("dagster/")]


def test_f33_rows_still_in_the_write_ahead_log_are_not_lost(home: Home, tmp_path: Path) -> None:
    connection = duckdb.connect(str(home.warehouse_file))
    connection.execute("set checkpoint_threshold = '1GB'")
    connection.execute("insert into figure values (100)")
    connection.execute("pragma disable_checkpoint_on_shutdown")
    connection.close()
    assert home.warehouse_file.with_name("netvaerdi.duckdb.wal").exists()
    again = restore(backup(home, tmp_path / "backup.tar.gz").path, tmp_path / "again")
    with duckdb.connect(str(again.warehouse_file), read_only=True) as connection:
        assert connection.execute("select max(id) from figure").fetchall() == [(100,)]


@pytest.mark.parametrize("fault", ["changed", "cut", "added"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(home: Home, tmp_path: Path, fault: str) -> None:
    made = backup(home, tmp_path / "backup.tar.gz").path
    raw = gzip.decompress(made.read_bytes())
    if fault == "changed":
        made.write_bytes(gzip.compress(raw.replace(b"bytes as sent", b"bytes as Sent")))
    elif fault == "cut":
        made.write_bytes(made.read_bytes()[:-200])
    else:
        with tarfile.open(fileobj=io.BytesIO(raw)) as was, tarfile.open(made, "w:gz") as tar:
            for member in was.getmembers():
                tar.addfile(member, was.extractfile(member))
            tar.addfile(tarfile.TarInfo("archive/extra"), io.BytesIO(b""))
    with pytest.raises(BackupError):
        restore(made, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".again")] == []


def test_a_backup_never_overwrites_and_never_lies_in_the_home(home: Home, tmp_path: Path) -> None:
    (tmp_path / "there.tar.gz").write_bytes(b"")
    for target in (tmp_path / "there.tar.gz", home.root / "backup.tar.gz"):
        with pytest.raises(BackupError):
            backup(home, target)


def test_a_restore_never_lays_itself_over_something(home: Home, tmp_path: Path) -> None:
    made = backup(home, tmp_path / "backup.tar.gz").path
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("x", encoding="utf-8")
    for root in (home.root, tmp_path / "used"):
        with pytest.raises(TwoLanguageError):
            restore(made, root)
    assert (tmp_path / "used" / "file").exists()
