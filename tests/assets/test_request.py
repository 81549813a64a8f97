"""What cannot be asked of a run is refused in one line, before anything is touched."""

from datetime import date

import pytest

from assets.errors import RequestError
from assets.home import Home, Settings
from assets.request import check_first_network, check_organisation, make_request, read_as_of


@pytest.fixture
def home(tmp_path):
    return Home.create(tmp_path / "hjem")


def test_an_inbox_that_is_not_there_is_refused(home, tmp_path):
    with pytest.raises(RequestError, match="findes ikke"):
        make_request(home, Settings(), inbox=str(tmp_path / "ingen"))


def test_an_inbox_with_only_an_office_programs_lock_file_is_empty(home):
    (home.inbox / "~$netvaerk.xlsx").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="er tom"):
        make_request(home, Settings())


def test_what_is_left_empty_comes_from_the_settings(home):
    (home.inbox / "Puls.csv").write_text("x", encoding="utf-8")
    request = make_request(home, Settings(as_of=date(2026, 9, 30)))
    assert request.inbox == home.inbox
    assert request.as_of == date(2026, 9, 30)
    assert request.organisation is None


@pytest.mark.parametrize("text", ["30-09-2026", "2026-02-30", "2026-9-30", "i går"])
def test_a_day_that_is_none_is_refused_with_how_to_write_it(text):
    with pytest.raises(RequestError, match="2026-09-30"):
        read_as_of(text)


def test_a_day_to_come_is_refused():
    with pytest.raises(RequestError, match="fremtiden"):
        read_as_of("9999-01-01")


def test_an_unknown_organisation_is_refused_with_those_known():
    with pytest.raises(RequestError, match="aarhus, kommunen"):
        check_organisation("odense", frozenset({"kommunen", "aarhus"}))


def test_a_day_before_the_first_network_is_refused_with_its_start(home):
    (home.inbox / "Puls.csv").write_text("x", encoding="utf-8")
    request = make_request(home, Settings(), as_of="2019-12-31")
    with pytest.raises(RequestError, match="01-01-2020"):
        check_first_network(request, date(2020, 1, 1))
    check_first_network(request, date(2019, 12, 31))
