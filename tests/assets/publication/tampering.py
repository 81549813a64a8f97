"""Ways to tamper with what was published, and what must be said of each."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from assets.home import Home
from assets.publication.database import publish
from assets.publication.file_steps import write_whole
from assets.publication.log import LOG, LogLine, make_line, read_log
from assets.publication.outputs import drawing
from assets.publication.seal import history_folder
from assets.run_record import Run

RUN = Run("run-2", datetime(2026, 10, 2, 8, 30, tzinfo=UTC), date(2026, 9, 30))


def draw(path: Path, text: str) -> None:
    """Write a report as the drawing of one does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())


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
