"""Files read ahead by several processes are handed over in their order, each as if it were read alone."""

from threading import Barrier

import pytest

from assets.raw import ahead
from assets.raw.ahead import ReadAhead
from assets.raw.child import Reader
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits

NAMES = tuple(f"{letter}.csv" for letter in "abcdef")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Six files, each worth a process."""
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 10)
    for name in NAMES:
        (tmp_path / name).write_text(f"Netværk;Dato\n{name};2025-01-01\n", encoding="utf-8")
    return [(tmp_path / name, name) for name in NAMES]


@pytest.fixture
def reader():
    with ReadAhead(Limits(), processes=2) as opened:
        yield opened


@pytest.fixture
def pretended(monkeypatch):
    """Readers that hand over a file's name instead of reading it; how many were hired."""

    def use(read):
        hired = []
        monkeypatch.setattr(Reader, "read", read)
        monkeypatch.setattr(Reader, "__init__", lambda self, _: hired.append(self))
        monkeypatch.setattr(Reader, "kill", lambda _: None)
        monkeypatch.setattr(Reader, "close", lambda _: None)
        return hired

    return use


def cells(text):
    return [(sheet.name, sheet.frame.rows()) for sheet in text.sheets]


def test_each_file_is_read_as_if_alone(files, reader):
    reader.begin(files)
    with Reader(Limits()) as alone:
        for file in files:
            assert cells(reader.read(*file)) == cells(alone.read(*file))


def test_two_are_read_at_once(files, pretended):
    both = Barrier(2, timeout=30)  # passed by two that are there together, or never
    hired = pretended(lambda _, path, name: (both.wait(), name)[1])
    with ReadAhead(Limits(), processes=2) as reader:
        reader.begin(files)
        assert [reader.read(*file) for file in files] == list(NAMES)
    assert len(hired) == 2


def test_few_bytes_are_read_by_one_process(files, pretended, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 10_000)
    hired = pretended(lambda _, path, name: name)
    with ReadAhead(Limits(), processes=2) as reader:
        reader.begin(files)
        assert [reader.read(*file) for file in files] == list(NAMES)
    assert len(hired) == 1


def test_a_file_that_is_refused_refuses_no_other(files, reader):
    files[1][0].write_bytes(b"PK\x03\x04 no workbook at all " + bytes(64))
    reader.begin(files)
    refused = []
    for path, name in files:
        try:
            assert reader.read(path, name).sheets
        except RefusedError as error:
            refused.append((name, error.rule))
    assert refused == [("b.csv", "wrong_type")]


def test_what_is_not_asked_for_is_passed_over_and_what_was_not_told_of_is_read(files, pretended):
    pretended(lambda _, path, name: name)
    with ReadAhead(Limits(), processes=2) as reader:
        reader.begin(files[1:])
        assert reader.read(*files[3]) == "d.csv"
        assert reader.read(*files[0]) == "a.csv"
        assert reader.read(*files[1]) == "b.csv"
        assert reader.read(*files[5]) == "f.csv"


def test_it_ends_while_files_are_being_read(files, tmp_path):
    with ReadAhead(Limits(), processes=2) as reader:
        reader.begin(files)
    assert all(one._process is None for one in reader._readers)
