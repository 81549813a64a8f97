"""Disks that fill, bytes that turn, files cut off and folders without rights: F29, F31, F32 and F34."""

import os
import random
import resource
import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest

from assets.home import Home, HomeError
from assets.layers.failures import describe
from assets.operations.integrity import check_database
from assets.publication.database import publish
from assets.warehouse import DamagedDatabase, open_warehouse
from tests.faults.work import CONTEXT, RUN, content_of, copied, do

ROWS = 200_000
NOBODY = 65_534


def fill_until_full(path, limit, told):
    """Write rows, then more than the file may grow to, and say how that went."""
    with duckdb.connect(path) as connection:
        connection.execute(f"create table kept as select range as id from range({ROWS})")
        connection.execute("checkpoint")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            connection.execute(
                "create table more as select range as id, md5(range::varchar) as said from range(1000000)"
            )
            connection.execute("checkpoint")
            told.send("no fault")
        except duckdb.Error as error:
            told.send(str(describe(error)))
    os._exit(0)


def test_f29_a_disk_that_fills_while_committing_rolls_back_and_loses_nothing_earlier(tmp_path):
    path = tmp_path / "lager.duckdb"
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=fill_until_full, args=(str(path), 8_000_000, theirs))
    child.start()
    said = ours.recv()
    child.join()
    assert "Disken er fuld" in said and "Intet tidligere er gået tabt" in said
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("select count(*), max(id) from kept").fetchall() == [(ROWS, ROWS - 1)]
        connection.execute("create table more as select 1 as id")
        assert connection.execute("select count(*) from more").fetchall() == [(1,)]


@pytest.mark.parametrize("seed", range(4))
def test_f31_a_damaged_byte_is_found_or_was_of_no_use_before_anything_is_published(
    published_home, tmp_path, seed
):
    clean = copied(published_home, tmp_path / "clean")
    home = copied(published_home, tmp_path / "damaged")
    before = content_of(home)
    assert do("publish", clean)[2] == ""
    damaged = bytearray(home.warehouse_file.read_bytes())
    damaged[random.Random(seed).randrange(12_288, len(damaged))] ^= 0xFF
    home.warehouse_file.write_bytes(damaged)
    _, _, error = do("publish", home)
    assert content_of(home) == (before if error else content_of(clean))
    assert not error or "Corrupt database file" in error or "PublicationError" in error


def test_f31_the_checker_reads_every_block_and_says_how_to_mend(published_home, tmp_path):
    home = copied(published_home, tmp_path)
    check_database(home.warehouse_file)
    content = home.warehouse_file.read_bytes()
    at = content.index(b"Asta Ravn")
    home.warehouse_file.write_bytes(content[:at] + b"X" + content[at + 1 :])
    with pytest.raises(DamagedDatabase, match="netvaerdi restore"):
        check_database(home.warehouse_file)


@pytest.mark.parametrize("part", [0, 4_096, 0.5, 0.95])
def test_f32_a_cut_off_database_is_refused_and_the_publication_stands(published_home, tmp_path, part):
    home = copied(published_home, tmp_path)
    content = home.warehouse_file.read_bytes()
    home.warehouse_file.write_bytes(content[: int(part * len(content)) if part < 1 else part])
    with pytest.raises(DamagedDatabase, match=r"netvaerdi\.duckdb"):
        check_database(home.warehouse_file)
    before = content_of(home)
    with pytest.raises((duckdb.Error, DamagedDatabase)), open_warehouse(home.warehouse_file) as connection:
        publish(connection, home, RUN)
    assert content_of(home) == before


def create_as_another(root, told):
    """Make a home without the rights of the superuser, and say how that went."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        Home.create(root)
        told.send("made")
    except HomeError as error:
        told.send(str(error))


def test_f34_a_folder_that_may_not_be_written_is_named_with_the_right_that_is_missing():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        closed = Path(folder) / "lukket"
        closed.mkdir()
        closed.chmod(0o555)
        ours, theirs = CONTEXT.Pipe()
        child = CONTEXT.Process(target=create_as_another, args=(closed / "hjem", theirs))
        child.start()
        said = ours.recv()
        child.join()
        closed.chmod(0o755)
    assert str(closed / "hjem") in said
    assert "Permission denied" in said


def test_f34_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(HomeError, match="ikke en mappe"):
        Home.create(tmp_path / "fil")


def test_f30_without_space_for_it_no_backup_takes_its_name(published_home, tmp_path, monkeypatch):
    from assets.operations.backup import BackupError, backup

    home = copied(published_home, tmp_path)

    def full(*given, **named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.operations.backup.tarfile.TarFile.add", full)
    with pytest.raises(BackupError, match="No space left"):
        backup(home, tmp_path / "kopi.tar.gz")
    assert not list(tmp_path.glob("*kopi*"))
    shutil.rmtree(home.root)
