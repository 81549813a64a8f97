"""``netvaerdi check``: a file judged before it is sent, without a home and without being kept."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console
from typer.testing import CliRunner

from assets.errors import RequestError
from assets.feedback.check import CheckReport, check_files
from assets.feedback.terminal import as_json, show
from pipelines.cli import app

NETWORKS = "Netværks-id;Titel;Type;Startdatoo\n"
APPLICATIONS = (
    "Ansøgnings-id;Netværks-id;Fond/pulje;Kilde;Formål;Ansøgt beløb;Status;Valuta\n"
    "A-1;N-1;Puljen;Ekstern;Testfase;1.000,00;Kladde;\n"
    "A-2;N-1;Puljen;Ektern;Testfase;1.5;Kladde;EUR\n"
    "A-3;N-2;Puljen;Intern;Testfase;;Kladde;\n"
)


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, name: str = "Ansøgninger.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def shown(report: CheckReport, lang: str = "da") -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    show(report, console, lang)  # type: ignore[arg-type]
    return console.export_text()


def test_faults_are_told_with_the_rows_around_and_what_was_meant(file) -> None:
    text = shown(check_files([file(APPLICATIONS)], write_copies=False))
    assert "Læst: 3 rækker = 1 accepteret + 2 afvist + 0 sprunget over" in text
    assert "Fejl: ikke på listen (enum) × 1" in text
    assert "Mente du »Ekstern«?" in text
    assert "→ Ektern ←" in text and "A · Ansøgnings-id" in text
    assert "→ (tom) ←" in text
    assert "I alt: 3 fejl" in text


def test_what_rests_on_files_not_given_is_not_judged_and_that_is_said(file) -> None:
    report = check_files([file(APPLICATIONS)], write_copies=False)
    assert {finding.rule for finding in report.files[0].findings} == {"enum", "ambiguous_number", "required"}
    said = "\n".join(da for da, _ in report.not_checked)
    assert "Henvisninger til Netværk (Ansøgninger › Netværks-id)" in said
    assert "Beløb i andre valutaer end kroner" in said


def test_files_given_together_are_judged_together(file) -> None:
    networks = file("Netværks-id;Titel;Type;Startdato\nN-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")
    report = check_files([networks, file(APPLICATIONS)], write_copies=False)
    rules = [(f.rule, f.cell) for f in report.files[1].findings if f.rule == "unknown_reference"]
    assert rules == [("unknown_reference", "B4")]
    assert not any("Henvisninger til Netværk" in da for da, _ in report.not_checked)


def test_a_near_heading_is_told_first(file) -> None:
    text = shown(check_files([file(NETWORKS + "N-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")]))
    assert "Mente du »Startdato« med »Startdatoo«?" in text


def test_a_sound_file_gets_a_receipt_and_no_copy(file) -> None:
    path = file("Netværks-id;Titel;Type;Startdato\nN-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")
    report = check_files([path])
    assert "Kvittering: filen er i orden." in shown(report)
    assert "Receipt: the file is sound." in shown(report, "en")
    assert [one.name for one in path.parent.iterdir()] == ["Netværk.csv"]


def test_the_marked_copy_lies_beside_the_file_or_where_it_is_asked_for(file, tmp_path: Path) -> None:
    path = file(APPLICATIONS)
    (report,) = check_files([path]).files
    assert report.marked_copy == path.with_name("Ansøgninger (fund).xlsx")
    assert load_workbook(report.marked_copy)["Ansøgninger"]["D3"].comment.text.startswith("Fejl: ")
    (report,) = check_files([path], lang="en", out=tmp_path / "ud").files
    assert report.marked_copy == tmp_path / "ud" / "Ansøgninger (findings).xlsx"


def test_a_copy_is_never_put_into_a_homes_inbox(file, tmp_path: Path) -> None:
    (tmp_path / "netvaerdi.toml").write_text("", encoding="utf-8")
    (report,) = check_files([file(APPLICATIONS, "inbox/by/Ansøgninger.csv")]).files
    assert report.marked_copy == tmp_path / "marked" / "check" / "Ansøgninger (fund).xlsx"


def test_a_registration_number_stands_in_nothing_that_is_written(file) -> None:
    path = file(APPLICATIONS.replace("Puljen;Intern", "010190-1234;Intern"))
    report = check_files([path])
    (found,) = [finding for finding in report.files[0].findings if finding.rule == "cpr"]
    assert (found.cell, found.value) == ("C4", "")
    assert "010190" not in shown(report)
    assert "010190" not in json.dumps(as_json(report))
    assert report.files[0].marked_copy is not None
    workbook = load_workbook(report.files[0].marked_copy)
    assert "010190" not in str([[cell.value for row in sheet for cell in row] for sheet in workbook])


def test_anonymous_answers_are_not_shown(file) -> None:
    text = (
        "Netværks-id;Dato;Respondent;Ansvar;Svar\nN-1;01-01-2025;Deltager;R1;3\nN-1;01-01-2025;Leder;R1;9\n"
    )
    report = check_files([file(text, "Puls.csv")], write_copies=False)
    (found,) = report.files[0].findings
    assert (found.rule, found.cell, found.value) == ("range", "E3", "")
    assert "→" not in shown(report)


def test_a_mapping_file_beside_that_speaks_of_no_file_is_told_of_the_file_it_is_near(file, tmp_path) -> None:
    sound = file("Netværks-id;Titel;Type;Startdato\nN-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")
    sound.with_name("Netvaerk.csv.mapping.yaml").write_text("sheets: []\n", encoding="utf-8")
    report = check_files([sound], write_copies=False)
    [found] = report.files[0].findings
    assert (found.rule, found.severity) == ("unused_mapping", "warning")
    assert "Mente du »Netværk.csv«?" in found.message_da
    assert "0 fejl, 1 advarsel, 0 oplysninger" in shown(report)


def test_a_mapping_file_among_the_files_is_judged_with_its_own_and_never_alone(file, tmp_path) -> None:
    sound = file("Netværks-id;Titel;Type;Startdato\nN-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")
    mapping = sound.with_name("Netværk.csv.mapping.yaml")
    mapping.write_text("x: 1\n", encoding="utf-8")
    report = check_files([sound, mapping], write_copies=False)
    [only] = report.files
    assert (only.name, only.mapping, only.refused) == ("Netværk.csv", mapping.name, "unreadable")
    assert ".;" not in only.findings[0].message_da
    with pytest.raises(RequestError, match="sammen med sin fil"):
        check_files([mapping], write_copies=False)


def test_the_rest_of_a_rules_places_name_each_sheet_once(file) -> None:
    rows = "".join(f"N-{number};T;Forkert;01-01-2024\n" for number in range(20))
    text = "Netværks-id;Titel;Type;Startdato\n" + rows
    said = " ".join(shown(check_files([file(text, "Netværk.csv")], write_copies=False)).split())
    assert "… og 17 til: Netværk C5, C6, C7" in said and "C16 …" in said


def test_a_missing_column_is_shown_with_the_headings_nobody_knows_and_their_neighbours(file) -> None:
    text = "Netværks-id;Navn på netværk;Type;Startdato\nN-1;Hemmeligt;Læringsnetværk;01-01-2024\n"
    report = check_files([file(text, "Netværk.csv")], write_copies=False)
    said = shown(report)
    assert "A · Netværks-id  B · Navn på netværk  C · Type" in said
    assert "Hemmeligt" not in said and "D · Startdato" not in said


def test_a_list_nobody_knows_is_told_of_the_template_and_of_mapping_files(file) -> None:
    report = check_files([file("Reference;Amount\nG-1;12\n", "grants.csv")], write_copies=False)
    assert "eller læg en kortlægningsfil ved siden af" in " ".join(shown(report).split())


def test_two_files_with_the_same_content_are_judged_once(file) -> None:
    report = check_files([file(APPLICATIONS), file(APPLICATIONS, "Kopi.csv")], write_copies=False)
    assert [one.refused for one in report.files] == ["", "duplicate_delivery"]
    assert report.count("info") == 1


def test_the_exit_status_is_0_for_sound_1_for_errors_and_2_for_what_is_no_file(file, tmp_path: Path) -> None:
    runner = CliRunner()
    sound = file("Netværks-id;Titel;Type;Startdato\nN-1;T;Læringsnetværk;01-01-2024\n", "Netværk.csv")
    assert runner.invoke(app, ["check", str(sound)]).exit_code == 0
    faulty = runner.invoke(app, ["check", "--json", "--no-copies", str(file(APPLICATIONS))])
    assert faulty.exit_code == 1
    said = json.loads(faulty.stdout)
    assert (said["errors"], said["files"][0]["rows"]["rejected"]) == (3, 2)
    assert {finding["cell"] for finding in said["files"][0]["findings"]} == {"D3", "F3", "F4"}
    missing = runner.invoke(app, ["check", str(tmp_path / "nix.csv")])
    assert missing.exit_code != 0 and "er ikke en fil" in str(missing.exception)
    assert runner.invoke(app, ["check"]).exit_code == 2
