"""Where a run works: the home, what was asked, and the warehouse held for writing while the run lasts.

The three are Dagster resources, configured in ``pipelines/resources.py`` and, for one run, in its launchpad.
"""

import getpass
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import dagster as dg
import duckdb
from pydantic import Field, PrivateAttr

from assets.access_log import append
from assets.clock import now
from assets.home import Home, Settings, home_folder, load_settings
from assets.operations.schema import migrate, migrate_home
from assets.operations.space import at_work_in
from assets.request import RunRequest, make_request
from assets.run_record import Run, begin_run, end_run
from assets.run_summary import ENDED, summarise
from assets.warehouse import open_warehouse
from assets.writer import WAIT_SECONDS, hold_writer

PROGRESS = logging.getLogger("netvaerdi.progress")
STARTED_BY_TAG = "netvaerdi/started_by"  # what started a run: the command, a schedule, a sensor, Dagster's UI
USER_TAG = "netvaerdi/user"  # who did, where a person did
ORGANISATIONS = "organisation"  # Dagster's list of them, by which a run can be asked for one
T = TypeVar("T")
_CLASS_NAME = re.compile(r"^(?:\w+\.)+[A-Z]\w*: ")


class HomeResource(dg.ConfigurableResource[Home]):
    """The home folder."""

    folder: str = Field(
        default="",
        description="Hjemmemappen; tom: NETVAERDI_HOME, ellers ~/netvaerdi. "
        "/ The home folder; empty: NETVAERDI_HOME, else ~/netvaerdi.",
    )

    def home(self) -> Home:
        """The home, made ours where the folder is empty or not there."""
        return Home.create(home_folder(self.folder))

    def settings(self) -> Settings:
        """What its ``netvaerdi.toml`` says."""
        return load_settings(self.home())


class RunOptions(dg.ConfigurableResource[RunRequest]):
    """What one run is asked to do; everything left empty has its default."""

    inbox: str = Field(
        default="",
        description="Indbakken; tom: hjemmets. / The inbox; empty: the home's.",
    )
    as_of: str = Field(
        default="",
        description="Opgørelsesdag, 2026-09-30; tom: i dag. / The day to compute as of; empty: today.",
    )
    organisation: str = Field(
        default="",
        description="Genberegn kun denne; de andres seneste resultater står. Tom: alle. "
        "/ Recompute only this one; the others' last results stand. Empty: all.",
    )
    accept_shrink: bool = Field(
        default=False,
        description="Godkend, at en levering har trukket mere end 20 % af rækkerne tilbage. "
        "/ Confirm that a delivery withdrew more than 20 % of the rows.",
    )
    as_known: int = Field(
        default=0,
        ge=0,
        description="Regn på de leveringer, der gjaldt ved dette løbenummer i raw.delivery; 0: nu. "
        "Er altid en prøvekørsel. / Compute from the deliveries current at this sequence of raw.delivery; "
        "0: now. Always a dry run.",
    )
    dry_run: bool = Field(
        default=False,
        description="Prøvekørsel: regn og kontrollér på en kopi, som smides væk; intet offentliggøres. "
        "/ Dry run: compute and check on a copy that is thrown away; nothing is published.",
    )

    def request(self, home: Home, settings: Settings) -> RunRequest:
        """The request, filled in and checked; raises :class:`assets.errors.RequestError`."""
        return make_request(
            home,
            settings,
            inbox=self.inbox,
            as_of=self.as_of,
            organisation=self.organisation,
            accept_shrink=self.accept_shrink,
            as_known=self.as_known or None,
        )


class Warehouse(dg.ConfigurableResource[duckdb.DuckDBPyConnection]):
    """The warehouse, held from a run's first step to its last, since DuckDB has one writer."""

    home_resource: dg.ResourceDependency[HomeResource]
    options: dg.ResourceDependency[RunOptions]
    wait_seconds: float = Field(
        default=WAIT_SECONDS,
        description="Så længe ventes på en anden kørsel. / How long to wait for another run.",
    )

    _connection: duckdb.DuckDBPyConnection | None = PrivateAttr(default=None)
    _home: Home | None = PrivateAttr(default=None)
    _settings: Settings | None = PrivateAttr(default=None)
    _request: RunRequest | None = PrivateAttr(default=None)
    _run: Run | None = PrivateAttr(default=None)
    _last_words: str = PrivateAttr(default="")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Hold the writer's place and an open connection while the run's steps work."""
        if has_ended(context):  # ``dagster job execute`` prepares everything once more to look at the result
            yield self
            return
        home = self._home = self.home_resource.home()
        self._settings = load_settings(home)
        self._request = self.options.request(home, self._settings)
        run_id = context.run.run_id if context.run else "unrecorded"
        tags = context.run.tags if context.run else {}
        who = tags.get(STARTED_BY_TAG) or "Dagster"
        user = tags.get(USER_TAG) or getpass.getuser()

        def on_wait(da: str, en: str) -> None:
            PROGRESS.info("wait: %s / %s", da, en)
            if context.log:
                context.log.info(f"{da} / {en}")

        with (
            hold_writer(home, who, wait_seconds=self.wait_seconds, on_wait=on_wait),
            at_work_in(home),
            warehouse_to_write(home, dry_run=self.dry_run, told=on_wait) as file,
            open_warehouse(file) as connection,
        ):
            migrate(connection)
            from assets.intake_step import with_known_organisation
            from assets.layers.retry import go_on, retry_of

            self._connection = connection
            self._last_words = ""
            self._request = with_known_organisation(self._settings, self._request)
            if retry := retry_of(context.run):
                self._request = go_on(connection, retry, run_id, self._request)
            self._run = Run(
                run_id,
                now(),
                self._request.as_of,
                self._request.organisation,
                self._request.as_known,
                self._request.accept_shrink,
                who,
                user,
            )
            begin_run(connection, self._run)
            note_start(home, self._run)
            try:
                yield self
            finally:
                end_run(connection, self._run, now(), first_failure(context, run_id))
                ENDED[run_id] = summarise(connection, run_id)
                if context.instance is not None:
                    note_organisations(context.instance, connection)
                self._connection = None
                if self._last_words and context.log:
                    context.log.info(self._last_words)

    @property
    def dry_run(self) -> bool:
        """Whether this run only tries out: it works on a copy, and nothing leaves it.

        A run as known at an earlier moment always does: published, it would take later records back.
        """
        return bool(self.options.dry_run or self.options.as_known)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The open connection. Raises ``RuntimeError`` outside a run."""
        return _inside_a_run(self._connection)

    @property
    def home(self) -> Home:
        """The home the warehouse belongs to."""
        return _inside_a_run(self._home)

    @property
    def settings(self) -> Settings:
        """What the home's ``netvaerdi.toml`` said when the run began."""
        return _inside_a_run(self._settings)

    @property
    def request(self) -> RunRequest:
        """What this run is asked to do."""
        return _inside_a_run(self._request)

    @property
    def run(self) -> Run:
        """This run."""
        return _inside_a_run(self._run)

    def say_at_the_end(self, words: str) -> None:
        """Let the run's log end with some words, where whoever opens the run's page looks first."""
        self._last_words = words

    def progress(self, step: str) -> None:
        """Tell whoever listens that a step has begun."""
        PROGRESS.info("step: %s", step)


def has_ended(context: dg.InitResourceContext) -> bool:
    """Whether the run that these resources are prepared for is over: nothing of it is done any more."""
    if context.run is None or context.instance is None:
        return False
    run = context.instance.get_run_by_id(context.run.run_id)
    return run is not None and run.is_finished


def note_start(home: Home, run: Run) -> None:
    """Say in the access log who started what; its lines hold each other fast."""
    asked = {"run": run.run_id, "by": run.started_by, "as_of": run.as_of.isoformat()}
    if run.organisation is not None:
        asked["organisation"] = run.organisation
    if run.as_known is not None:
        asked["as_known"] = str(run.as_known)
    if run.accept_shrink:
        asked["accept_shrink"] = "yes"
    append(home.warehouse_file.with_name("access.log"), "run", asked, who=run.user)


@contextmanager
def warehouse_to_write(
    home: Home, *, dry_run: bool, told: Callable[[str, str], None] = lambda da, en: None
) -> Iterator[Path]:
    """The home's warehouse, brought to today's version; for a dry run a copy that is gone afterwards."""
    if not dry_run:
        migrate_home(home, told)
        yield home.warehouse_file
        return
    with TemporaryDirectory(prefix="dry_run-", dir=home.warehouse_file.parent) as folder:
        copy = Path(folder) / home.warehouse_file.name
        if home.warehouse_file.exists():
            shutil.copyfile(home.warehouse_file, copy)
        yield copy


def note_organisations(instance: dg.DagsterInstance, connection: duckdb.DuckDBPyConnection) -> None:
    """Let Dagster offer every organisation that has delivered as a partition."""
    known = connection.execute(
        "select distinct organisation_id from raw.delivery where organisation_id <> '' order by all"
        if table_exists(connection, "raw", "delivery")
        else "select '' where false"
    ).fetchall()
    new = sorted({row[0] for row in known} - set(instance.get_dynamic_partitions(ORGANISATIONS)))
    if new:
        instance.add_dynamic_partitions(ORGANISATIONS, new)


def table_exists(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    """Whether the warehouse has the table."""
    return bool(
        connection.execute(
            "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
        ).fetchall()
    )


def first_failure(context: dg.InitResourceContext, run_id: str) -> str | None:
    """Why the run failed, as its first failed step said; None where no step failed."""
    if context.instance is None:
        return None
    for entry in context.instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        event = entry.dagster_event
        if event is not None and event.is_step_failure:
            return failure_text(event)
    return None


def failure_text(event: dg.DagsterEvent) -> str:
    """What a failed step says of itself, without its stack."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return plain_message(error.message) if error else str(event.message)


def plain_message(message: str) -> str:
    """The first line of an error as Dagster keeps it, without the name of its class."""
    return _CLASS_NAME.sub("", message.strip().splitlines()[0])


def _inside_a_run(value: T | None) -> T:
    if value is None:
        raise RuntimeError("the warehouse is open only while a run lasts")
    return value
