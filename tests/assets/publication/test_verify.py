"""Verifying a home: what was published stands, or the first thing that differs is named."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from assets.publication.chain import Entry, first_break, next_entry
from assets.publication.database import publish
from assets.publication.file_steps import write_whole
from assets.publication.log import DRAWING, LOG, LogLine, make_line, read_log
from assets.publication.outputs import drawing
from assets.publication.printed import read_printed
from assets.publication.seal import SealError, history_folder
from assets.publication.verify import verify
from assets.run_record import Run


@pytest.fixture(scope="module")
def sealed_home(published_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three publications, a report of the last, and the delivery in the archive. Not to be changed."""
    home = Home(tmp_path_factory.mktemp("sealed") / "home")
    shutil.copytree(published_home.root, home.root)
    content = b"workbook"
    name = hashlib.sha256(content).hexdigest()
    kept = home.archive / name[:2] / f"{name}.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(content)
    with duckdb.connect(str(home.warehouse_file)) as warehouse:
        warehouse.execute(f"update raw.delivery set sha256 = '{name}'")
        for value in (1, 3):
            warehouse.execute(
                f"update results.indicator_result set value = {value} where indicator_id = 'R2.2'"
            )
            publish(warehouse, home, RUN)
    for folder, number in ((home.reports, 3), (home.dialogue, 4)):
        with drawing(home):
            draw(folder / "by" / "2026Q3" / "rapport.html", f"<p>{number}</p>")
    return home


def draw(path: Path, text: str) -> None:
    """Write a report as the drawing of one does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())


@pytest.fixture
def sealed(sealed_home: Home, tmp_path: Path) -> Home:
    """The same, to be changed freely."""
    home = Home(tmp_path / "sealed")
    shutil.copytree(sealed_home.root, home.root)
    return home


def change(path: Path, *statements: str) -> None:
    """Write into a database as somebody with DuckDB would."""
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("checkpoint")


def folders(home: Home) -> list[Path]:
    """The folders of the history, in order."""
    return sorted(path for path in history_folder(home).iterdir() if path.is_dir())


def cut_log(home: Home, lines: int) -> None:
    """Keep the first lines of the log."""
    log = history_folder(home) / LOG
    kept = log.read_text(encoding="utf-8").splitlines(keepends=True)[:lines]
    log.write_text("".join(kept), encoding="utf-8")


def a_changed_value(home: Home) -> None:
    change(home.database, "update indicator_result set value = 4 where indicator_id = 'R2.2'")


def a_changed_value_in_a_past_publication(home: Home) -> None:
    change(folders(home)[0] / "netvaerdi.duckdb", "update indicator_result set status = 'partly'")


def a_removed_row(home: Home) -> None:
    change(home.database, "delete from audit.evidence where record_key = 'S-2'")


def a_table_put_in(home: Home) -> None:
    change(home.database, "create table indicator_extra (a integer)")


def a_changed_comment(home: Home) -> None:
    change(home.database, "comment on table people is 'intet / nothing'")


def a_removed_publication(home: Home) -> None:
    change(home.database, "delete from audit.publication where sequence = 2")


def a_removed_manifest(home: Home) -> None:
    shutil.rmtree(folders(home)[1])


def a_changed_manifest(home: Home) -> None:
    path = folders(home)[1] / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["code_version"] = "0" * 16
    path.write_text(json.dumps(manifest), encoding="utf-8")


def an_edited_log_line(home: Home) -> None:
    log = history_folder(home) / LOG
    log.write_text(log.read_text(encoding="utf-8").replace('"line":2', '"line":2 '), encoding="utf-8")


def a_moved_log_line(home: Home) -> None:
    log = history_folder(home) / LOG
    one, two, *more = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join([two, one, *more]), encoding="utf-8")


def a_cut_tail_of_the_log(home: Home) -> None:
    cut_log(home, 2)


def a_cut_tail_of_log_and_database(home: Home) -> None:
    cut_log(home, 2)
    shutil.copyfile(folders(home)[1] / "netvaerdi.duckdb", home.database)


def a_removed_database(home: Home) -> None:
    home.database.unlink()


def a_damaged_database(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:9000])


def a_changed_report(home: Home) -> None:
    next(home.reports.rglob("*.html")).write_text("<p>4</p>", encoding="utf-8")


def a_removed_report(home: Home) -> None:
    next(home.reports.rglob("*.html")).unlink()


def an_added_report(home: Home) -> None:
    (home.reports / "by" / "2026Q2").mkdir()
    (home.reports / "by" / "2026Q2" / "rapport.html").write_text("<p>9</p>", encoding="utf-8")


def a_changed_dialogue_sheet(home: Home) -> None:
    next(home.dialogue.rglob("*.html")).write_text("<p>5</p>", encoding="utf-8")


def a_report_forged_in_a_log_made_anew(home: Home) -> None:
    """Of an earlier publication's report, with every later line given its new hash."""
    with drawing(home):
        draw(home.reports / "by" / "2026Q3" / "rapport.html", "<p>3.</p>")
    with duckdb.connect(str(home.warehouse_file)) as warehouse:
        publish(warehouse, home, RUN)
    log = history_folder(home) / LOG
    lines: list[LogLine] = []
    texts = []
    for line in read_log(log):
        noted = line.noted
        if line.kind == "outputs" and "reports/by/2026Q3/rapport.html" in noted["files"]:
            noted = noted | {"files": noted["files"] | {"reports/by/2026Q3/rapport.html": "0" * 64}}
        texts.append(make_line(lines, line.kind, noted))
        lines.append(LogLine(line.number, line.kind, noted, json.loads(texts[-1])["hash"]))
    log.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def a_changed_delivery_in_the_archive(home: Home) -> None:
    next(home.archive.rglob("*.xlsx")).write_bytes(b"another")


def a_removed_delivery(home: Home) -> None:
    next(home.archive.rglob("*.xlsx")).unlink()


def a_changed_delivery_in_the_warehouse(home: Home) -> None:
    change(home.warehouse_file, "update raw.delivery set sha256 = 'x'")


def a_changed_chain_in_the_warehouse(home: Home) -> None:
    change(home.warehouse_file, "update audit.publication set period = '2026Q2' where sequence = 1")


RUN = Run("run-2", datetime(2026, 10, 2, 8, 30, tzinfo=UTC), date(2026, 9, 30))
TAMPERING: list[tuple[Callable[[Home], None], str, str]] = [
    (a_changed_value, "netvaerdi.duckdb: main.indicator_result", "value: 3.0 → 4.0"),
    (a_changed_value_in_a_past_publication, "main.indicator_result", "changed"),
    (a_removed_row, "netvaerdi.duckdb: audit.evidence", "S-2"),
    (a_table_put_in, "netvaerdi.duckdb: main.indicator_extra", "changed"),
    (a_changed_comment, "netvaerdi.duckdb", "outside the sealed tables"),
    (a_removed_publication, "audit.publication:2", "one was removed"),
    (a_removed_manifest, "history/000002-2026Q3", "removed"),
    (a_changed_manifest, "history/000002-2026Q3", "manifest was changed"),
    (an_edited_log_line, "log.jsonl:2", "the line was changed"),
    (a_moved_log_line, "log.jsonl:1", "moved"),
    (a_cut_tail_of_the_log, "log.jsonl", "publication 3 is missing"),
    (a_cut_tail_of_log_and_database, "history/000003-2026Q3", "cut off"),
    (a_removed_database, "netvaerdi.duckdb", "gone"),
    (a_damaged_database, "netvaerdi.duckdb", "damaged"),
    (a_changed_report, "reports/by/2026Q3/rapport.html", "changed"),
    (a_removed_report, "reports/by/2026Q3/rapport.html", "removed"),
    (an_added_report, "reports/by/2026Q2/rapport.html", "added"),
    (a_changed_dialogue_sheet, "dialogue/by/2026Q3/rapport.html", "changed"),
    (a_report_forged_in_a_log_made_anew, "log.jsonl: outputs", "do not have the same reports"),
    (a_changed_delivery_in_the_archive, "archive/", "changed"),
    (a_removed_delivery, "archive/", "delivery 1 was removed"),
    (a_changed_delivery_in_the_warehouse, "warehouse: raw.delivery 1", "not the one"),
    (a_changed_chain_in_the_warehouse, "warehouse: audit.publication", "same chain"),
]


def test_what_was_published_verifies(sealed_home):
    report = verify(sealed_home.root)
    assert (report.first, report.publications, report.not_compared) == (None, 3, ())


@pytest.mark.parametrize(("tamper", "where", "what"), TAMPERING, ids=[case[0].__name__ for case in TAMPERING])
def test_tampering_is_found_and_named(sealed, tamper, where, what):
    tamper(sealed)
    report = verify(sealed.root)
    assert report.first is not None
    assert where in report.first.where
    assert what in report.first.en
    assert report.first.da


def test_a_chain_cut_short_everywhere_shows_against_a_printed_head(sealed):
    head = verify(sealed.root).head_hash
    a_cut_tail_of_log_and_database(sealed)
    shutil.rmtree(folders(sealed)[2])
    change(sealed.warehouse_file, "delete from audit.publication where sequence = 3")
    assert verify(sealed.root).ok
    report = verify(sealed.root, head=head)
    assert report.first is not None
    assert head in report.first.en


def test_a_printed_head_that_is_in_the_chain_verifies_by_its_first_digits(sealed):
    assert verify(sealed.root, head=verify(sealed.root).head_hash[:12].upper()).ok


def test_a_chain_forged_from_the_second_on_shows_in_the_log(sealed):
    log = history_folder(sealed) / LOG
    first, second = (Entry(**line.noted["entry"]) for line in read_log(log)[:2])
    forged = next_entry(
        [first],
        period=second.period,
        content_hash="0" * 64,
        manifest_hash=second.manifest_hash,
        run_id=second.run_id,
        published_at=datetime(2026, 10, 1),
    )
    change(
        sealed.database,
        f"update audit.publication set content_hash = '{forged.content_hash}', "
        f"head_hash = '{forged.head_hash}', published_at = '{forged.published_at}' where sequence = 2",
    )
    found = verify(sealed.root).first
    assert found is not None
    assert found.where in ("audit.publication:2", "audit.publication:3")


def test_a_published_folder_by_itself_verifies(sealed, tmp_path):
    alone = tmp_path / "usb"
    shutil.copytree(sealed.published, alone)
    assert verify(alone).ok
    change(alone / "netvaerdi.duckdb", "update people set unit = 'X'")
    assert not verify(alone).ok


def test_a_home_that_never_published_verifies(filled_home):
    assert verify(filled_home.root).ok


def test_a_half_written_last_line_is_of_a_killed_run(sealed):
    log = history_folder(sealed) / LOG
    with log.open("a", encoding="utf-8") as file:
        file.write('{"line":6,"ki')
    assert verify(sealed.root).ok
    with duckdb.connect(str(sealed.warehouse_file)) as connection:
        publish(connection, sealed, RUN)
    assert verify(sealed.root).ok


def test_nothing_is_published_onto_a_broken_chain(sealed):
    an_edited_log_line(sealed)
    before = sealed.database.read_bytes()
    with duckdb.connect(str(sealed.warehouse_file)) as connection, pytest.raises(SealError, match="verify"):
        publish(connection, sealed, RUN)
    assert sealed.database.read_bytes() == before


def test_a_line_says_the_hash_of_the_line_before(sealed):
    lines = read_log(history_folder(sealed) / LOG)
    assert [line.kind for line in lines] == ["publication"] * 3 + ["outputs"] * 2
    assert json.loads(make_line(lines, "outputs", {}))["previous"] == lines[-1].hash


def test_a_report_drawn_as_it_was_is_not_noted_again(sealed):
    before = read_log(history_folder(sealed) / LOG)
    with drawing(sealed):
        draw(sealed.reports / "by" / "2026Q3" / "rapport.html", "<p>3</p>")
    assert read_log(history_folder(sealed) / LOG) == before


def test_what_lay_among_the_reports_before_a_drawing_is_not_noted_by_it(sealed):
    an_added_report(sealed)
    with drawing(sealed):
        draw(sealed.reports / "by" / "2026Q3" / "rapport.html", "<p>33</p>")
    found = verify(sealed.root).first
    assert found is not None
    assert found.where == "reports/by/2026Q2/rapport.html"


def test_a_sheet_that_a_drawing_takes_away_is_noted_as_gone(sealed):
    sheet = sealed.dialogue / "by" / "2026Q3" / "rapport.html"
    with drawing(sealed):
        sheet.unlink()
    assert verify(sealed.root).ok
    draw(sheet, "<p>4</p>")
    assert not verify(sealed.root).ok


def test_a_drawing_that_fails_notes_what_it_wrote(sealed):
    path = sealed.reports / "by" / "2026Q3" / "rapport.html"
    with pytest.raises(ZeroDivisionError), drawing(sealed):
        draw(path, "<p>33</p>")
        raise ZeroDivisionError
    assert verify(sealed.root).ok


def test_a_drawing_that_was_killed_is_told_and_made_whole_by_the_next(sealed):
    (history_folder(sealed) / DRAWING).write_text("drawing", encoding="utf-8")
    kept = sealed.reports / "by" / "2026Q3" / "000003-0"
    draw(kept / "rapport.html", "<p>3</p>")
    (kept / ".building.rapport.xlsx").write_bytes(b"PK")  # the kill came here
    report = verify(sealed.root)
    assert report.ok
    assert "broken off" in report.not_compared[0]
    with drawing(sealed):
        draw(sealed.reports / "by" / "2026Q3" / "rapport.html", "<p>34</p>")
    report = verify(sealed.root)
    assert (report.first, report.not_compared) == (None, ())
    assert [path.name for path in kept.iterdir()] == ["rapport.html"]


def test_a_report_drawn_by_a_drawing_that_was_killed_is_noted_by_the_next_whatever_that_one_draws(sealed):
    report, other = (sealed.reports / "by" / "2026Q3" / name for name in ("rapport.html", "andet.html"))
    with drawing(sealed):
        draw(other, "<p>0</p>")
    draw(other, "<p>forged</p>")
    (history_folder(sealed) / DRAWING).write_text("drawing", encoding="utf-8")
    begun = (history_folder(sealed) / DRAWING).stat().st_mtime_ns
    os.utime(other, ns=(begun - 1, begun - 1))  # before the drawing began
    draw(report, "<p>33</p>")  # the kill came after it, before it was noted
    with drawing(sealed):
        draw(sealed.dialogue / "by" / "2026Q3" / "ark.html", "<p>5</p>")
    found = verify(sealed.root).first
    assert found is not None
    assert found.where == "reports/by/2026Q3/andet.html"
    draw(other, "<p>0</p>")
    assert verify(sealed.root).ok


def test_reports_drawn_after_a_publication_that_was_killed_before_it_was_noted_are_its(sealed):
    with duckdb.connect(str(sealed.warehouse_file)) as warehouse:
        publish(warehouse, sealed, RUN)
    cut_log(sealed, 5)
    with drawing(sealed):
        draw(sealed.reports / "by" / "2026Q3" / "rapport.html", "<p>4</p>")
    lines = read_log(history_folder(sealed) / LOG)
    assert [line.kind for line in lines[5:]] == ["publication", "outputs"]
    assert lines[-1].noted["publication"] == 4
    assert verify(sealed.root).ok


def test_reports_of_before_they_were_noted_are_told_and_noted_by_the_next_drawing(sealed):
    cut_log(sealed, 3)
    report = verify(sealed.root)
    assert report.ok
    assert "not sealed" in report.not_compared[0]
    with drawing(sealed):
        pass
    assert verify(sealed.root).not_compared == ()


def test_reports_print_the_head_of_the_first_publication_in_a_row_with_their_content(sealed):
    with duckdb.connect(str(sealed.warehouse_file)) as warehouse:
        publish(warehouse, sealed, RUN)  # the same content as the third
    with duckdb.connect(str(sealed.database), read_only=True) as published:
        heads = dict(published.execute("select sequence, head_hash from audit.publication").fetchall())
        contents = dict(published.execute("select sequence, content_hash from audit.publication").fetchall())
        printed = read_printed(published)
    assert contents[4] == contents[3] != contents[2]
    assert (printed.content_hash, printed.head_hash) == (contents[3], heads[3])
    assert all(f"netvaerdi verify --head {heads[3][:16]}" in told for told in printed.told)
    assert verify(sealed.root, head=heads[3][:16]).ok


def test_the_same_files_published_in_the_same_order_have_the_same_head(filled_home, tmp_path):
    heads = set()
    for number in (1, 2):
        home = Home(tmp_path / str(number))
        shutil.copytree(filled_home.root, home.root)
        started = datetime(2026, 10, number, 8, 30, tzinfo=UTC)
        with duckdb.connect(str(home.warehouse_file)) as warehouse:
            warehouse.execute(
                "update audit.quality_result set run_id = ? where run_id = 'run-1'", [f"run-{number}"]
            )
            heads.add(publish(warehouse, home, Run(f"run-{number}", started, date(2026, 9, 30))).head_hash)
    assert len(heads) == 1


def test_a_head_of_the_first_homes_with_run_and_time_in_it_still_holds():
    entry = Entry(1, "2026Q3", "ab" * 32, "cd" * 32, "", "", "run-1", "2026-10-01 08:30:00")
    said = "".join(f"{name}={value}\n" for name, value in vars(entry).items() if name != "head_hash")
    head = hashlib.sha256(said.encode()).hexdigest()
    assert first_break([replace(entry, head_hash=head)]) is None
    assert first_break([replace(entry, head_hash=head, run_id="run-2")]) == 1
