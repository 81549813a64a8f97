"""The whole way on a tiny municipality: from spreadsheets to the published database and the reports."""

import shutil

import dagster as dg
import duckdb
import openpyxl
import pytest

from assets.home import Home
from assets.publication.log import noted_reports, read_log
from assets.publication.verify import verify
from assets.sql_models import Model, run_models
from assets.standing import forget
from pipelines.instance import open_instance
from tests.pipelines.conftest import AS_OF, personal_values_in


@pytest.fixture
def ask():
    """Query a home's published database, in a connection of its own."""

    def query(home, sql):
        with duckdb.connect(str(home.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return query


def test_spreadsheets_become_a_publication_whose_figures_are_those_worked_by_hand(published, ask):
    assert "12 læst = 12 accepteret + 0 afvist + 0 sprunget over" in published.said
    figures = dict(
        ask(
            published.home,
            "select indicator_id, (value, status) from indicator_result "
            "where period = '2026Q3' and indicator_id in ('R1.1', 'R2.2', 'R3.1', 'R6.1')",
        )
    )
    assert figures == {
        "R1.1": (0.0, "not_fulfilled"),
        "R2.2": (1.0, "fulfilled"),
        "R3.1": (1.0, "fulfilled"),
        "R6.1": (None, "not_assessable"),
    }
    assert ask(published.home, "select distinct period from indicator_result order by all") == [
        ("2026Q1",),
        ("2026Q2",),
        ("2026Q3",),
    ]


def test_what_is_published_can_be_traced_and_reported_by_the_command(netvaerdi, tmp_path, published):
    home = published.copy(tmp_path / "hjem")
    status, said = netvaerdi("trace", "n-01", "2026q3", "R2.2", "--home", home.root)
    assert status == 0, said
    assert "netvaerk.xlsx" in said
    assert "S-20" in said
    status, said = netvaerdi("report", "--home", home.root, "--period", "2026Q2", "--lang", "en")
    assert status == 0, said
    assert [path.parent.name for path in home.reports.rglob("*_en.html")].count("2026Q2") == 1
    status, said = netvaerdi("report", "--home", home.root, "--period", "2019Q1")
    assert status == 2
    assert "2019Q1" in said or "2019" in said


def test_the_same_again_gives_the_same_content_and_the_same_sealed_reports(
    netvaerdi, tmp_path, published, ask
):  # F28
    home = published.copy(tmp_path / "hjem")
    drawn = [sealed_reports(home)]
    forget(home)
    status, said = netvaerdi("run", "--home", home.root, "--as-of", AS_OF)
    assert status == 0, said
    drawn.append(sealed_reports(home))
    sealed = ask(home, "select content_hash, head_hash from audit.publication order by sequence")
    assert len(sealed) == 2
    assert len({content for content, _ in sealed}) == 1
    assert drawn[0] == drawn[1]
    assert {name.rpartition(".")[2] for name in drawn[0]} == {"html", "xlsx", "json"}
    head = sealed[0][1]
    for path in [*home.reports.rglob("*.html"), *home.reports.rglob("*.json")]:
        assert f"netvaerdi verify --head {head[:16]}" in path.read_text(encoding="utf-8"), path
    for path in home.reports.rglob("*.xlsx"):
        assert head in {
            row[1] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        }
    noted = noted_reports(read_log(home.published / "history" / "log.jsonl"))
    assert {
        path.relative_to(home.root).as_posix()
        for folder in (home.reports, home.todo)
        for path in folder.rglob("*.*")
        if path.is_file()
    } == set(noted)
    report = verify(home.root, head=head)
    assert (report.first, report.not_compared) == (None, ())
    netvaerdi("report", "--home", home.root, "--period", "2026Q2", "--lang", "en")
    assert verify(home.root).ok
    path = next(home.reports.glob("*/2026Q2/*.html"))
    path.write_text(path.read_text(encoding="utf-8").replace("0", "1"), encoding="utf-8")
    status, said = netvaerdi("verify", "--home", home.root)
    assert status == 1
    assert f"{path.relative_to(home.root).as_posix()}: rapporten er ændret" in said


def sealed_reports(home):
    """What each report of the latest quarter holds, by its name."""
    return {path.name: path.read_bytes() for path in home.reports.glob("*/2026Q3/*.*")}


def test_where_nothing_has_changed_nothing_is_run_and_the_same_is_said(
    netvaerdi, published, ask, monkeypatch
):
    monkeypatch.setattr("assets.standing.CODE", ())  # as the home was made
    status, said = netvaerdi("run", "--home", published.home.root)
    assert status == 0, said
    assert said.startswith("Intet er ændret siden den seneste kørsel")
    assert said.strip().endswith(published.said.strip())
    assert ask(published.home, "select count(*) from audit.publication") == [(1,)]


def test_the_runs_of_the_command_stand_in_the_dagster_of_the_same_home(published):
    with open_instance(published.home) as instance:
        (run,) = instance.get_runs()
        assert run.job_name == "refresh_results"
        assert run.is_success
        event = instance.get_latest_materialization_event(dg.AssetKey(["indicators", "r3_1_sparring_rhythm"]))
        metadata = event.asset_materialization.metadata
        assert metadata["dagster/row_count"].value == 3
        assert "value" in {column.name for column in metadata["dagster/column_schema"].schema.columns}


def test_no_name_stands_in_any_log_tag_or_metadata_of_a_run(published):  # F51
    assert personal_values_in(published.home.dagster) == []


@pytest.fixture
def break_coherence(monkeypatch):
    """Let the model of R2.2 be another query from now on."""

    def replace(query):
        def broken(connection, models):
            return run_models(
                connection,
                [Model(m.schema, m.name, query) if m.name == "r2_2_coherence" else m for m in models],
            )

        monkeypatch.setattr("assets.sql_assets.run_models", broken)

    return replace


def test_a_model_that_breaks_leaves_the_last_good_publication_and_is_named(  # F27
    netvaerdi, tmp_path, published, ask, break_coherence
):
    home = published.copy(tmp_path / "hjem")
    good = ask(home, "select content_hash from audit.publication")
    break_coherence("select nothing_of_the_kind from core.units")
    status, said = netvaerdi("run", "--home", home.root, "--as-of", "2026-08-31")
    assert status == 1
    assert "evidence.r2_2_coherence kunne ikke beregnes" in said
    assert "nothing_of_the_kind" in said
    assert "den seneste gode offentliggørelse står" in said
    assert ask(home, "select content_hash from audit.publication") == good


def test_a_model_that_breaks_on_the_data_never_quotes_them(netvaerdi, tmp_path, tiny, break_coherence):  # F51
    home = Home(tmp_path / "hjem")
    break_coherence("select cast(name as integer) as value from accepted.people")
    status, said = netvaerdi("run", "--home", home.root, "--inbox", tiny, "--as-of", "2026-09-30")
    assert status == 1
    assert "ConversionException" in said
    assert "Eksempel" not in said
    stored = b"".join(path.read_bytes() for path in home.dagster.rglob("*") if path.is_file())
    assert b"Eksempel" not in stored


def test_two_organisations_of_one_inbox_do_not_mix_and_one_can_be_computed_alone(
    netvaerdi, tmp_path, tiny, write, ask
):
    home = Home(tmp_path / "hjem")
    inbox = tmp_path / "to"
    for organisation in ("nord", "syd"):
        (inbox / organisation).mkdir(parents=True)
        shutil.copy(tiny / "netvaerk.xlsx", inbox / organisation / "netvaerk.xlsx")
    status, said = netvaerdi("run", "--home", home.root, "--inbox", inbox, "--as-of", "2026-06-30")
    assert status == 0, said
    syd = "select * from {} where organisation_id = 'syd' order by all"
    tables = (
        "indicator_result",
        "responsibility_result",
        "organisation_result",
        "touchpoints",
        "audit.evidence",
    )
    before = [ask(home, syd.format(table)) for table in tables]
    (inbox / "syd" / "netvaerk.xlsx").write_bytes((tiny / "netvaerk.xlsx").read_bytes()[:-1])
    status, said = netvaerdi(
        "run", "--home", home.root, "--inbox", inbox, "--as-of", "2026-09-30", "--organisation", "NORD"
    )
    assert status == 0, said
    assert [ask(home, syd.format(table)) for table in tables] == before
    assert all(before)
    assert ask(
        home,
        "select organisation_id, max(period_end)::varchar from indicator_result group by all order by all",
    ) == [("nord", "2026-09-30"), ("syd", "2026-06-30")]
