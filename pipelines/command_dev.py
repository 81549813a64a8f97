"""Dagster's UI and daemon on the home, for this machine only."""

import ipaddress
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from assets.errors import RequestError
from assets.home import HOME_VARIABLE, Home, home_folder
from pipelines.console import say
from pipelines.instance import prepare_instance

STOP_SECONDS = 20


def serve(named: Path | None, host: str, port: int) -> int:
    """Serve until stopped; Dagster obeys SIGINT and not SIGTERM, so that either becomes SIGINT.

    Raises:
        RequestError: The address is not this machine itself: whoever reaches the UI may run anything.
    """
    check_loopback(host)
    home = Home.create(home_folder(str(named) if named else ""))
    prepare_instance(home)
    say(
        f"Dagster for {home.root}: http://{host}:{port} – stop med Ctrl-C",
        f"Dagster for {home.root}: http://{host}:{port} – stop with Ctrl-C",
    )
    process = subprocess.Popen(
        command(host, port),
        env=os.environ | {"DAGSTER_HOME": str(home.dagster), HOME_VARIABLE: str(home.root)},
        start_new_session=True,
    )

    def stop(number: int, frame: FrameType | None) -> None:
        process.send_signal(signal.SIGINT)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    status = process.wait()
    return 0 if status in (0, -signal.SIGINT, 130) else 1


def command(host: str, port: int) -> list[str]:
    """Dagster by module, so that it works from every folder."""
    module = ["-m", "pipelines.definitions"]
    return [sys.executable, "-m", "dagster", "dev", *module, "-h", host, "-p", str(port)]


def check_loopback(host: str) -> None:
    """Raise :class:`RequestError` for every address but this machine's own."""
    try:
        own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        raise RequestError(
            f"{host} er ikke denne maskine selv: Dagster må kun nås herfra; andre går gennem en proxy.",
            f"{host} is not this machine itself: Dagster may be reached from here only; others by a proxy.",
        )
