"""Mapping files: a foreign list read as ours, and a faulty mapping named by its line."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.accepted.reading_messages import explain_reading
from assets.raw.intake import take_in
from assets.raw.mapping import mapping_for, shown_letter
from assets.raw.mapping_file import load
from assets.raw.mapping_forms import date_reader, is_date_form, number_reader
from assets.raw.reading import read_file

MAPPING = """
sheets:
  - sheet: grants
    kind: Ansøgninger
    columns:
      Ansøgnings-id: Ref
      Fond/pulje: Fund
      Ansøgt beløb: Sum
      Bevilget beløb: Sum
      Afgørelsesdato: When
      Kilde: Open
    values:
      Kilde: {Ekstern: [Yes, Y], Intern: No}
    constants: {Netværks-id: N-1, Formål: test, Status: granted}
    dates: {Afgørelsesdato: month first}
    numbers: {Ansøgt beløb: point, Bevilget beløb: point}
"""
GRANTS = "Ref;Fund;Sum;When;Open;Town\nG-1;Trust;1,234.50;03/04/2025;Yes;York\nG-2;Trust;80;31.12.25;No;\n"


@pytest.fixture
def mapped(tmp_path, reader):
    """Read ``grants.csv`` by a mapping file."""

    def read(mapping=MAPPING, grants=GRANTS):
        path = tmp_path / "grants.csv"
        path.write_text(grants, encoding="utf-8")
        (tmp_path / "grants.csv.mapping.yaml").write_text(mapping, encoding="utf-8")
        return read_file(path, reader=reader, mapping=mapping_for(path))

    return read


def test_a_foreign_list_is_read_as_ours_with_its_cells_as_written_beside(mapped):
    (sheet,) = mapped().sheets
    first = sheet.rows.row(0, named=True)
    said = {name: first[letter] for letter, name in sheet.columns.items()}
    assert said == {
        "application_id": "G-1",
        "funder": "Trust",
        "amount_applied": "1234,50",
        "amount_granted": "1234,50",
        "decided_date": "2025-03-04",
        "source": "Ekstern",
        "network_id": "N-1",
        "purpose": "test",
        "status": "granted",
    }
    assert (first["C"], first["D"], first["E"]) == ("1,234.50", "03/04/2025", "Yes")


def test_what_is_not_of_the_form_said_stays_as_written_to_be_named(mapped):
    (sheet,) = mapped().sheets
    second = sheet.rows.row(1, named=True)
    letter = next(letter for letter, name in sheet.columns.items() if name == "decided_date")
    assert second[letter] == "31.12.25"
    assert shown_letter(letter) == "D"


def test_a_column_the_mapping_leaves_out_is_named_as_unknown(mapped):
    assert [(fault.rule, fault.value) for fault in mapped().faults] == [("unknown_column", "Town")]


def test_a_heading_the_mapping_names_and_the_file_lacks_refuses_the_sheet(mapped):
    reading = mapped(grants=GRANTS.replace("When", "Whem"))
    (fault,) = reading.faults
    assert (fault.rule, fault.detail["missing"]) == ("missing_column", ["When"])
    assert fault.detail["near"] == {"Whem": "When"}
    assert reading.sheets[0].records == 0


def test_skipped_rows_get_no_constants(mapped):
    reading = mapped(grants=GRANTS + ";;;;;\nI alt;;1,314.50;;;\n")
    (sheet,) = reading.sheets
    assert sheet.rows["skip_reason"].to_list()[2:] == ["total"] or "blank" in sheet.rows["skip_reason"]
    constant = next(letter for letter, name in sheet.columns.items() if name == "network_id")
    assert sheet.rows[constant].drop_nulls().len() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sheets: [{kind: ansoegninger, columns: {Ansøgnings-id: A}}]", None),
        (
            "sheets: [{kind: Ansøgningr}]",
            "linje 1: »Ansøgningr« er ikke et af arkene. Mente du »Ansøgninger«?",
        ),
        (
            "ark:\n - slags: Ansøgninger\n   kolonner:\n     Belob: X",
            "linje 4: Ansøgninger har ingen kolonne",
        ),
        ("sheets:\n - kind: people\n   constants: {Niveau: 7}", "linje 3: »7« kan ikke stå i »Niveau«."),
        (
            "sheets:\n - kind: people\n   dates: {Gældende fra: dd/mm}",
            "linje 3: datoformen »dd/mm« er ukendt.",
        ),
        ("sheets:\n - kind: people\n   kolumns: {}", "linje 3: »kolumns« er ukendt. Mente du »columns«?"),
        ("sheets: 3", "linje 1: »sheets« skal være en liste"),
        ("a: &x [1]\nb: *x", "den er ikke gyldig YAML"),
        ("sheets: [", "den er ikke gyldig YAML (linje 1)"),
        ("", "linje 1:"),
    ],
)
def test_a_faulty_mapping_is_named_by_its_line_with_what_was_meant(text, said):
    _, problems = load(text.encode())
    if said is None:
        assert problems == []
    else:
        assert problems[0][0].startswith(said)


def test_a_mapping_that_cannot_be_used_sets_its_file_aside_and_says_why(mapped):
    reading = mapped(MAPPING.replace("Formål: test", "Formål: teest"))
    assert (reading.refused, reading.sheets) == ("unreadable", ())
    da, en = explain_reading("unreadable", reading.faults[0].detail)
    assert "grants.csv.mapping.yaml" in da and "linje 14: »teest« kan ikke stå i »Formål«" in da
    assert "line 14" in en


def test_a_changed_mapping_is_a_new_delivery_and_an_unchanged_one_is_none(tmp_path, connection):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "grants.csv").write_text(GRANTS, encoding="utf-8")
    results = []
    for day, mapping in enumerate([MAPPING, MAPPING, MAPPING.replace("test", "operation")]):
        (inbox / "_mapping.yaml").write_text(mapping, encoding="utf-8")
        intake = take_in(
            connection,
            archive=tmp_path / "archive",
            inbox=inbox,
            received_at=datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=day),
            default_organisation="kommunen",
            declared=frozenset(),
        )
        results.append(intake.outcomes[0].result)
    assert results == ["current", "unchanged", "current"]
    hashes = connection.execute("select mapping_sha256 from raw.delivery order by sequence").fetchall()
    assert len(set(hashes)) == 2
    assert all((tmp_path / "archive" / sha[:2] / f"{sha}.yaml").is_file() for (sha,) in hashes)


def test_levels_follow_the_reporting_lines_and_a_circle_has_none(tmp_path, reader):
    path = tmp_path / "staff.csv"
    path.write_text("Id;Boss;Unit\nA;;U\nB;a;U\nC;B;U\nX;Y;U\nY;X;U\n", encoding="utf-8")
    (tmp_path / "staff.mapping.yaml").write_text(
        "ark:\n - slags: Personer\n   kolonner: {Person-id: Id, Overordnet: Boss, Enhed: Unit}\n"
        "   faste: {Navn: x, Gældende fra: 2025-01-01}\n   niveau_fra: Overordnet\n",
        encoding="utf-8",
    )
    (sheet,) = read_file(path, reader=reader, mapping=mapping_for(path)).sheets
    letter = next(letter for letter, name in sheet.columns.items() if name == "level")
    assert sheet.rows[letter].to_list() == ["1", "2", "3", None, None]


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("day first", "3/4/2025", "2025-04-03"),
        ("måned først", "3/4/2025", "2025-03-04"),
        ("year first", "2025.04.03", "2025-04-03"),
        ("serial number", "45750", "2025-04-03"),
        ("%d/%m/%y", "03/04/25", "2025-04-03"),
        ("month first", "13/4/2025", "13/4/2025"),
    ],
)
def test_dates_are_read_by_the_form_said(form, text, day):
    assert is_date_form(form)
    assert date_reader(form)(text) == day


def test_a_pattern_that_names_no_day_is_no_form():
    assert not is_date_form("%H:%M")
    assert not is_date_form("%Y-%m-%d %Z")


def test_numbers_with_a_point_become_danish():
    read = number_reader("point")
    assert [read(text) for text in ("1,234.50", "-5.5", "1 000", "1,23", "abc")] == [
        "1234,50",
        "-5,5",
        "1000",
        "1,23",
        "abc",
    ]


def test_a_mapping_file_without_its_file_is_a_warning_of_the_run_and_sets_nothing_aside(tmp_path, connection):
    inbox, archive = tmp_path / "inbox", tmp_path / "archive"
    inbox.mkdir()
    archive.mkdir()
    (inbox / "grant.mapping.yaml").write_text(MAPPING, encoding="utf-8")
    intake = take_in(
        connection,
        archive=archive,
        inbox=inbox,
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        default_organisation="kommunen",
        declared=frozenset(),
    )
    assert intake.outcomes == []
    [(path, rule, severity)] = connection.execute(
        "select path, rule, severity from raw.reading_fault"
    ).fetchall()
    assert (path, rule, severity) == ("grant.mapping.yaml", "unused_mapping", "warning")


def test_an_unused_mapping_says_what_it_was_probably_to_speak_of():
    detail = {"mapping": "grant.mapping.yaml", "file": "grant", "meant": "grants.csv"}
    da, en = explain_reading("unused_mapping", detail)
    assert "der er ingen fil ved navn »grant«" in da and "Mente du »grants.csv«?" in da
    assert "there is no file named »grant«" in en and "Did you mean »grants.csv«?" in en
    da, _ = explain_reading("unused_mapping", {"mapping": "_mapping.yaml", "file": "", "meant": ""})
    assert "dens mappe har ingen fil at læse" in da
