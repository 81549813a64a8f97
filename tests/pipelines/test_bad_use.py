"""Wrong use is one clear line, exit status 2, and nothing is touched."""

import pytest

from assets.home import Home


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def refused(netvaerdi, tmp_path):
    """Run, expect a refusal, and give the one line that says why."""

    def call(*arguments):
        before = everything(tmp_path)
        status, said = netvaerdi(*arguments)
        assert status == 2
        assert everything(tmp_path) == before
        (line,) = said.strip().splitlines()
        return line

    return call


def test_no_inbox(refused, tmp_path):
    line = refused("run", "--home", tmp_path / "hjem", "--inbox", tmp_path / "ingen")
    assert "findes ikke" in line
    assert "is not there" in line


def test_an_empty_inbox(refused, tmp_path):
    (tmp_path / "tom").mkdir()
    assert "er tom" in refused("run", "--home", tmp_path / "hjem", "--inbox", tmp_path / "tom")


def test_a_new_home_without_anything_in_it(refused, tmp_path):
    assert "findes ikke" in refused("run", "--home", tmp_path / "hjem")


def test_a_day_to_come(refused, tmp_path, tiny):
    assert "fremtiden" in refused(
        "run", "--home", tmp_path / "hjem", "--inbox", tiny, "--as-of", "9999-12-31"
    )


def test_a_day_that_is_none(refused, tmp_path, tiny):
    assert "2026-09-30" in refused("run", "--home", tmp_path / "hjem", "--inbox", tiny, "--as-of", "i går")


def test_a_day_before_the_first_network(refused, tmp_path, tiny):
    line = refused("run", "--home", tmp_path / "hjem", "--inbox", tiny, "--as-of", "2025-12-31")
    assert "01-01-2026" in line


def test_an_unknown_organisation(refused, tmp_path, tiny):
    line = refused("run", "--home", tmp_path / "hjem", "--inbox", tiny, "--organisation", "odense")
    assert "ukendt" in line
    assert "kommunen" in line


def test_a_folder_that_holds_something_else(refused, tmp_path, tiny):
    (tmp_path / "billeder").mkdir()
    (tmp_path / "billeder" / "ferie.jpg").write_bytes(b"\xff\xd8")
    assert "ikke Netværdis" in refused("run", "--home", tmp_path / "billeder", "--inbox", tiny)


def test_settings_that_cannot_be_read(refused, tmp_path, tiny):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text("keep_publications = nul", encoding="utf-8")
    assert "netvaerdi.toml" in refused("run", "--home", home.root, "--inbox", tiny)


def test_the_demo_never_writes_into_a_home_of_real_data(refused, tmp_path):
    home = Home.create(tmp_path / "hjem")
    assert "rigtige data" in refused("demo", "--home", home.root)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "kommunen.dk", "::"])
def test_the_ui_is_served_to_this_machine_only(refused, tmp_path, host):  # F46
    assert "ikke denne maskine" in refused("dev", "--home", tmp_path / "hjem", "--host", host)


def test_a_template_is_never_written_over_a_file(refused, tmp_path):
    (tmp_path / "udfyldt.xlsx").write_bytes(b"kontorets arbejde")
    assert "findes allerede" in refused("template", tmp_path / "udfyldt.xlsx")
    assert (tmp_path / "udfyldt.xlsx").read_bytes() == b"kontorets arbejde"


def test_a_template_is_a_workbook(refused, tmp_path):
    assert ".xlsx" in refused("template", tmp_path / "skabelon.csv")


def test_a_trace_without_a_home(refused, tmp_path):
    assert "findes ikke" in refused("trace", "N-01", "2026Q3", "R1.1", "--home", tmp_path / "ingen")


def test_a_report_or_trace_before_anything_is_published(refused, tmp_path):
    home = Home.create(tmp_path / "hjem")
    assert "netvaerdi run" in refused("report", "--home", home.root)
    assert "netvaerdi run" in refused("trace", "N-01", "2026Q3", "R1.1", "--home", home.root)
