import socket

import duckdb
import pytest

from assets.engine import spark_session
from assets.engine.choice import chosen_engine, run_models
from assets.engine.errors import EngineError
from assets.engine.spark_session import address, assert_settings, connect
from assets.sql_models import Model
from assets.warehouse import create_schemas

PROBE = Model("core", "probe", "select 1 as a")


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in ("NETVAERDI_ENGINE", "NETVAERDI_SPARK_REMOTE", "NETVAERDI_LAKE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def warehouse():
    with duckdb.connect() as opened:
        create_schemas(opened)
        yield opened


def test_duckdb_is_the_engine_unless_told(environment, warehouse):
    assert run_models(warehouse, [PROBE]) == {"core.probe": 1}
    assert chosen_engine() == "duckdb"


def test_an_unknown_engine_is_refused_by_name(environment):
    environment.setenv("NETVAERDI_ENGINE", "sparkle")
    with pytest.raises(EngineError, match=r"NETVAERDI_ENGINE er 'sparkle'; skriv duckdb eller spark"):
        chosen_engine()


def test_spark_without_a_lake_says_which_variable_is_missing(environment, warehouse):
    environment.setenv("NETVAERDI_ENGINE", "spark")
    with pytest.raises(EngineError, match="Sæt NETVAERDI_LAKE"):
        run_models(warehouse, [PROBE])


def test_spark_without_an_address_says_what_one_looks_like(environment, warehouse, tmp_path):
    environment.setenv("NETVAERDI_ENGINE", "spark")
    environment.setenv("NETVAERDI_LAKE", str(tmp_path))
    with pytest.raises(EngineError, match="NETVAERDI_SPARK_REMOTE skal være en adresse som sc://vært:15002"):
        run_models(warehouse, [PROBE])


@pytest.mark.parametrize("remote", ["http://host:15002", "host:15002", "sc://", "sc://host:many"])
def test_what_is_no_address_of_spark_is_refused(remote):
    with pytest.raises(EngineError):
        address(remote)


def test_the_usual_port_need_not_be_written():
    assert address("sc://spark.kommunen.dk") == ("spark.kommunen.dk", 15002)


def test_a_missing_client_names_the_extra(monkeypatch):
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"pip install '\.\[spark\]'"):
        connect("sc://127.0.0.1:15002")


def test_a_server_that_does_not_answer_is_named_without_its_secrets(monkeypatch):
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", lambda name: name)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))  # taken, and nobody listens
        port = listener.getsockname()[1]
        with pytest.raises(EngineError) as refused:
            connect(f"sc://127.0.0.1:{port}/;token=hemmelig")
    assert f"127.0.0.1:{port}" in refused.value.da
    assert "hemmelig" not in str(refused.value)


def test_a_server_with_another_setting_is_refused_since_numbers_would_differ():
    found = {"spark.sql.ansi.enabled": "false", "spark.sql.timestampType": "TIMESTAMP_NTZ"}
    with pytest.raises(EngineError, match=r"spark\.sql\.ansi\.enabled = false, ikke true"):
        assert_settings(found, "host:15002")
