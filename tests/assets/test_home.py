"""The home folder is only ever one that is ours, and its settings say plainly what is wrong with them."""

from datetime import date

import pytest

from assets.home import Home, HomeError, Settings, load_settings


def test_a_new_home_has_its_folders_and_its_mark(tmp_path):
    home = Home.create(tmp_path / "hjem")
    assert home.settings_file.is_file()
    assert home.inbox.is_dir()
    assert home.warehouse_file.parent.is_dir()
    assert not home.warehouse_file.exists()


def test_a_folder_with_something_in_it_and_no_mark_is_refused_untouched(tmp_path):
    (tmp_path / "ferie.txt").write_text("solskin", encoding="utf-8")
    with pytest.raises(HomeError, match="ikke Netværdis"):
        Home.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ferie.txt"]


def test_a_file_is_no_home(tmp_path):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(HomeError, match="is not a folder"):
        Home.create(tmp_path / "fil")


def test_creating_twice_keeps_the_settings(tmp_path):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text('default_organisation = "aarhus"\n', encoding="utf-8")
    assert load_settings(Home.create(home.root)).default_organisation == "aarhus"


def test_opening_needs_the_mark(tmp_path):
    with pytest.raises(HomeError, match=r"netvaerdi\.toml"):
        Home.open(tmp_path)
    with pytest.raises(HomeError, match="There is no folder"):
        Home.open(tmp_path / "findes-ikke")


def test_the_settings_file_as_written_gives_the_defaults(tmp_path):
    assert load_settings(Home.create(tmp_path / "hjem")) == Settings()


def test_the_defaults_shown_in_the_settings_file_are_the_defaults(tmp_path):
    home = Home.create(tmp_path / "hjem")
    shown = [
        line.removeprefix("# ")
        for line in home.settings_file.read_text(encoding="utf-8").splitlines()
        if " = " in line and "limits" not in line
    ]
    top = [
        line
        for line in shown
        if line.split(" = ")[0] in Settings.__dataclass_fields__ and "as_of" not in line
    ]
    home.settings_file.write_text("\n".join(top), encoding="utf-8")
    assert len(top) == 9
    assert load_settings(home) == Settings()


def test_a_fixed_day_is_read(tmp_path):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text("as_of = 2026-09-30\n", encoding="utf-8")
    assert load_settings(home).as_of == date(2026, 9, 30)


def test_limits_are_read_by_name(tmp_path):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text("[limits]\nrows = 10\n", encoding="utf-8")
    assert dict(load_settings(home).limits) == {"rows": 10}


def test_the_mail_table_is_kept_as_written(tmp_path):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text('[mail]\nhost = "localhost"\n', encoding="utf-8")
    assert dict(load_settings(home).mail) == {"host": "localhost"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('default_organization = "x"', "is default_organisation meant"),
        ("[limits]\nrow = 3", "is rows meant"),
        ("[limits]\nrows = 0", "limits.rows"),
        ('default_organisation = "a/b"', "default_organisation"),
        ('languages = ["de"]', "languages"),
        ("keep_publications = true", "keep_publications"),
        ("as_of = 2026-09-30T10:00:00", "as_of"),
        ("inbox = 3", "inbox"),
        ("schedules = 1", "schedules"),
        ('checks_address = "kontrol"', "checks_address"),
        ("schedules = ", "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path, text, message):
    home = Home.create(tmp_path / "hjem")
    home.settings_file.write_text(text, encoding="utf-8")
    with pytest.raises(HomeError, match=message):
        load_settings(home)
