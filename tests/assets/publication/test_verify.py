"""Verifying a home: what was published stands, or the first thing that differs is named."""

import hashlib
import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from assets.publication.chain import Entry, first_break, next_entry
from assets.publication.database import publish
from assets.publication.log import DRAWING, LOG, make_line, read_log
from assets.publication.outputs import drawing
from assets.publication.printed import read_printed
from assets.publication.seal import SealError, history_folder
from assets.publication.verify import verify
from assets.run_record import Run
from tests.assets.publication.tampering import (
    RUN,
    TAMPERING,
    a_cut_tail_of_log_and_database,
    an_added_report,
    an_edited_log_line,
    change,
    cut_log,
    draw,
    folders,
)


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


@pytest.fixture
def sealed(sealed_home: Home, tmp_path: Path) -> Home:
    """The same, to be changed freely."""
    home = Home(tmp_path / "sealed")
    shutil.copytree(sealed_home.root, home.root)
    return home


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
