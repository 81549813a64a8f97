"""What lies in the inbox, and what only looks like a delivery."""

import os
import stat

from assets.raw import inbox as inbox_module
from assets.raw.inbox import scan_inbox, shown_path, undeclared

OLD = 1_700_000_000


def put(inbox, path, content=b"x"):
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (OLD, OLD))
    return file


def found(scan):
    return [(file.organisation_id, file.path) for file in scan.files]


def test_a_files_folder_is_its_organisation(tmp_path):
    for path in ("netvaerk.xlsx", "svaneby/2025/Puls.csv", "ærøby/a.ods", "_indstillinger.xlsx"):
        put(tmp_path, path)
    assert found(scan_inbox(tmp_path, "kommunen")) == [
        ("", "_indstillinger.xlsx"),
        ("kommunen", "netvaerk.xlsx"),
        ("svaneby", "svaneby/2025/Puls.csv"),
        ("ærøby", "ærøby/a.ods"),
    ]


def test_one_organisation_is_looked_at_alone_with_the_settings(tmp_path):
    for path in ("netvaerk.xlsx", "svaneby/Puls.csv", "_indstillinger.xlsx"):
        put(tmp_path, path)
    assert found(scan_inbox(tmp_path, "kommunen", "svaneby")) == [
        ("", "_indstillinger.xlsx"),
        ("svaneby", "svaneby/Puls.csv"),
    ]


def test_lock_and_temporary_files_and_other_formats_are_no_deliveries(tmp_path):
    for path in (
        "~$netvaerk.xlsx",
        ".~lock.netvaerk.xlsx#",
        ".skjult.csv",
        "a.xlsx.part",
        "a.tmp",
        "laesmig.txt",
    ):
        put(tmp_path, path)
    scan = scan_inbox(tmp_path, "kommunen")
    assert scan.files == []
    assert set(scan.ignored.values()) == {"passing", "other_format"}
    assert scan.ignored["laesmig.txt"] == "other_format"


def test_a_mapping_file_that_speaks_of_no_file_is_told_with_the_one_probably_meant(tmp_path):
    for path in (
        "by/penge.xlsx",
        "by/penge.mapping.yaml",
        "by/Bevillinger 2025.csv",
        "by/bevilinger 2025.csv.mapping.yaml",
        "alene/_mapping.yaml",
        "alene/_indstillinger.xlsx",
        "fælles/a.csv",
        "fælles/_mapping.yaml",
        "egne/a.csv",
        "egne/a.csv.mapping.yaml",
        "egne/_mapping.yaml",
    ):
        put(tmp_path, path)
    told = [
        (organisation, path, fault.rule, fault.severity, fault.detail["file"], fault.detail["meant"])
        for organisation, path, fault in scan_inbox(tmp_path, "kommunen").faults
    ]
    assert told == [
        ("alene", "alene/_mapping.yaml", "unused_mapping", "warning", "", ""),
        (
            "by",
            "by/bevilinger 2025.csv.mapping.yaml",
            "unused_mapping",
            "warning",
            "bevilinger 2025.csv",
            "Bevillinger 2025.csv",
        ),
        ("egne", "egne/_mapping.yaml", "unused_mapping", "warning", "", ""),
    ]


def test_links_pipes_and_folders_named_like_files_are_told_and_not_opened(tmp_path):
    inbox = tmp_path / "inbox"
    put(inbox, "svaneby/ok.csv")
    put(tmp_path, "hemmelig.csv")
    (inbox / "link.csv").symlink_to(tmp_path / "hemmelig.csv")
    (inbox / "mappe.xlsx").mkdir()
    put(inbox, "mappe.xlsx/inde.csv")
    os.mkfifo(inbox / "roer.csv")
    (inbox / "svaneby" / "udenfor").symlink_to(tmp_path)
    scan = scan_inbox(inbox, "kommunen")
    assert found(scan) == [("svaneby", "svaneby/ok.csv")]
    assert {(path, fault.rule) for _, path, fault in scan.faults} == {
        ("link.csv", "unsafe"),
        ("mappe.xlsx", "wrong_type"),
        ("roer.csv", "wrong_type"),
        ("svaneby/udenfor", "unsafe"),
    }
    assert ("kommunen", "link.csv") in scan.present


def test_a_file_still_being_written_is_left_alone(tmp_path, monkeypatch):  # F37
    put(tmp_path, "faerdig.csv")
    growing = tmp_path / "vokser.csv"
    growing.write_bytes(b"1")
    monkeypatch.setattr(inbox_module.time, "sleep", lambda _: growing.write_bytes(b"12"))
    scan = scan_inbox(tmp_path, "kommunen")
    assert found(scan) == [("kommunen", "faerdig.csv")]
    assert scan.growing == ["vokser.csv"]
    assert ("kommunen", "vokser.csv") in scan.present


def test_odd_names_are_shown_without_what_cannot_be_printed():
    assert shown_path("\udce6\n\u202e.csv") == "\\xe6\\n\\u202e.csv"
    assert shown_path("A\u030ar.csv") == "År.csv"
    assert shown_path("om 010190-1234.csv") == "om xxxxxx-xxxx.csv"


def test_two_names_that_differ_only_in_their_coding_are_two_files(tmp_path):
    put(tmp_path, "\u00e5.csv")
    put(tmp_path, "a\u030a.csv")
    assert len({file.path for file in scan_inbox(tmp_path, "kommunen").files}) == 2


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path, monkeypatch):
    put(tmp_path, "lukket/a.csv")
    real = os.scandir

    def refuse(path):
        if str(path).endswith("lukket"):
            raise PermissionError
        return real(path)

    monkeypatch.setattr(inbox_module.os, "scandir", refuse)
    scan = scan_inbox(tmp_path, "kommunen")
    assert scan.unreadable == ["lukket"]
    assert scan.faults[0][2].detail == {"reason": "permission"}
    assert stat.S_ISDIR((tmp_path / "lukket").stat().st_mode)


def test_a_folder_that_is_no_declared_organisation_is_named_where_any_is_declared(tmp_path):
    put(tmp_path, "Svaneby/a.csv")
    put(tmp_path, "andre/a.csv")
    put(tmp_path, "a.csv")
    scan = scan_inbox(tmp_path, "kommunen")
    assert undeclared(scan, frozenset({"svaneby"}), "kommunen") == ["andre"]
    assert undeclared(scan, frozenset(), "kommunen") == []
