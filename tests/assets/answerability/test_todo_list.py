"""The secretariat's list as a page: whom to ask is there by id, and nobody by name."""

import re
from datetime import date

from assets.answerability.todo_list import write_todo_list
from tests.assets.reports.conftest import NOW, ORGANISATION, Publication, talked_about, whole

PLANTED = "Vibeke Ørsted Plantet"


def publication():
    made = talked_about(whole(Publication()))
    for row in made.rows["main.networks"]:
        row["title"] = f"Rejst af {PLANTED}"
    made.add("main.people", person_id="P-048", name=PLANTED, unit="A", valid_from=date(2024, 1, 1))
    made.add(
        "audit.todo",
        network_id="N-1",
        task="manager_not_heard",
        record_kind="central_managers",
        record_key="N-1/P-048/2024-03-01",
        since_date=date(2024, 3, 1),
        days_waited=395,
        text_da="Lederen på niveau 4-5 er ikke hørt. Spørg til relevans og ejerskab.",
        text_en="The manager at level 4-5 was not heard. Ask about relevance and ownership.",
    )
    return made


def read(path):
    text = re.sub(r"</?span[^>]*>", "", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def test_whom_to_ask_is_told_by_id_and_a_name_in_a_title_is_left_out_in_the_pages_own_words(tmp_path):
    database = publication().write(tmp_path / "published.duckdb")
    danish, english = (
        read(write_todo_list(database, tmp_path / "todo", ORGANISATION, lang)) for lang in ("da", "en")
    )
    assert "Centrale ledere N-1/P-048/2024-03-01" in danish
    assert "Central managers N-1/P-048/2024-03-01" in english
    assert "N-1 Rejst af (navn udeladt)" in danish
    assert "N-1 Rejst af (name left out)" in english
    assert PLANTED not in danish + english and "udeladt" not in english
    assert NOW not in danish  # the quarter is written out


def test_the_list_is_its_owners_alone_and_bears_the_organisations_name(tmp_path):
    database = publication().write(tmp_path / "published.duckdb")
    path = write_todo_list(database, tmp_path / "todo", ORGANISATION, "da")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "Netværdi · Aalby" in read(path)
