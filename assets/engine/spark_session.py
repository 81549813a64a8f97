"""A session with a Spark Connect server, with the settings that parity rests on set and read back."""

import importlib.util
import logging
import socket
import warnings
from typing import Any
from urllib.parse import urlsplit

from assets.engine.errors import EngineError
from assets.engine.spark_sql import SESSION_SETTINGS

REMOTE_VARIABLE = "NETVAERDI_SPARK_REMOTE"
DEFAULT_PORT = 15002
SECONDS_TO_ANSWER = 10
_SESSIONS: dict[str, Any] = {}


def address(remote: str) -> tuple[str, int]:
    """Host and port of ``sc://host:15002/;token=…``. Raises :class:`EngineError` for anything else."""
    try:
        parts = urlsplit(remote)
        host, port = parts.hostname, parts.port or DEFAULT_PORT
    except ValueError:
        host, port = None, DEFAULT_PORT
    if not host or parts.scheme != "sc":
        raise EngineError(
            f"{REMOTE_VARIABLE} skal være en adresse som sc://vært:15002.",
            f"{REMOTE_VARIABLE} must be an address like sc://host:15002.",
        )
    return host, port


def connect(remote: str) -> Any:
    """A session with the server, one in a process for each address as long as the server answers it.

    Raises:
        EngineError: The extra ``spark`` is not installed, nobody answers at the address, or the server will
            not take the settings.
    """
    host, port = address(remote)
    if importlib.util.find_spec("pyspark") is None:
        raise EngineError(
            "Spark-klienten mangler. Installér tillægget spark: pip install '.[spark]' (docs/scale.md).",
            "The Spark client is missing. Install the extra spark: pip install '.[spark]' (docs/scale.md).",
        )
    _knock(host, port)
    with warnings.catch_warnings():
        # It warns of pandas, by which no rows travel here: they come as Arrow.
        warnings.simplefilter("ignore", FutureWarning)
        found = _open_session(remote, host, port)
    assert_settings(found, f"{host}:{port}")
    return _SESSIONS[remote]


def _open_session(remote: str, host: str, port: int) -> dict[str, str | None]:
    """Have a session for the address in ``_SESSIONS``, with the settings set; what it then has."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # The client writes each failed query with the server's whole trace, which may quote the data.
    logging.getLogger("pyspark").setLevel(logging.CRITICAL)
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    try:
        try:
            return settings_of(_SESSIONS[remote])
        except (KeyError, PySparkException):  # none yet, or one that a server no longer there has forgotten
            _SESSIONS[remote] = SparkSession.builder.remote(remote).create()
            return settings_of(_SESSIONS[remote])
    except PySparkException as error:
        raise _unreachable(host, port) from error


def settings_of(session: Any) -> dict[str, str | None]:
    """Ask the session for the settings that parity rests on, and read back what it then has."""
    for name, value in SESSION_SETTINGS.items():
        session.conf.set(name, value)
    return {name: session.conf.get(name) for name in SESSION_SETTINGS}


def assert_settings(found: dict[str, str | None], server: str) -> None:
    """Stop where a setting is another than the one asked for: the numbers would be others too."""
    for name, value in SESSION_SETTINGS.items():
        if (found.get(name) or "").lower() != value.lower():
            raise EngineError(
                f"Spark på {server} har {name} = {found.get(name)}, ikke {value}; tallene ville blive andre.",
                f"Spark at {server} has {name} = {found.get(name)}, not {value}; the numbers would differ.",
            )


def _knock(host: str, port: int) -> None:
    """See that somebody answers before the client, which tries for minutes, is let loose."""
    try:
        with socket.create_connection((host, port), timeout=SECONDS_TO_ANSWER):
            return
    except OSError as error:
        raise _unreachable(host, port) from error


def _unreachable(host: str, port: int) -> EngineError:
    return EngineError(
        f"Spark svarer ikke på {host}:{port} ({REMOTE_VARIABLE}). Start serveren, eller regn med "
        "NETVAERDI_ENGINE=duckdb.",
        f"Spark does not answer at {host}:{port} ({REMOTE_VARIABLE}). Start the server, or compute with "
        "NETVAERDI_ENGINE=duckdb.",
    )
