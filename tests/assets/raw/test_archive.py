"""The archive keeps bytes under their hash, whole or not at all."""

import pytest

from assets.raw import archive


def test_a_file_is_kept_under_its_hash(tmp_path):
    path = tmp_path / "Puls.CSV"
    path.write_bytes(b"a;b\r\n")
    digest = archive.file_hash(path)
    kept = archive.keep(tmp_path / "archive", path, digest, path.suffix)
    assert kept == tmp_path / "archive" / digest[:2] / f"{digest}.csv"
    assert kept.read_bytes() == b"a;b\r\n"
    assert archive.find_kept(tmp_path / "archive", digest) == kept


def test_a_file_that_changes_meanwhile_is_not_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"1")
    digest = archive.file_hash(path)
    path.write_bytes(b"2")
    with pytest.raises(archive.ChangedError):
        archive.keep(tmp_path / "archive", path, digest, ".csv")
    assert archive.find_kept(tmp_path / "archive", digest) is None
    assert [found for found in (tmp_path / "archive").rglob("*") if found.is_file()] == []


def test_what_an_interrupted_run_left_is_cleared(tmp_path):
    beside = tmp_path / "archive" / ".incoming"
    beside.mkdir(parents=True)
    (beside / "half.csv").write_bytes(b"1")
    archive.clear_leftovers(tmp_path / "archive")
    assert not beside.exists()


def test_a_blanked_copy_that_cannot_be_written_is_not_kept(tmp_path):
    def fail(out):
        out.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        archive.keep_blanked(tmp_path, "ab" * 32, ".csv", fail)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []
