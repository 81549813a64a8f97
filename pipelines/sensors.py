"""The sensors: what starts a run because something happened."""

import hashlib
import json
from pathlib import Path

import dagster as dg
import duckdb

from assets.home import Home, HomeError, home_folder, load_settings
from assets.raw.inbox import scan_inbox
from assets.raw.mapping import is_mapping
from pipelines.jobs import refresh_results

TAG_LENGTH = 60
LAST_DELIVERIES = """
select path, sha256
from raw.delivery
where state <> 'withdrawn'
qualify row_number() over (partition by path order by sequence desc) = 1
"""


@dg.sensor(
    job=refresh_results,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Ser efter nye eller rettede filer i indbakken og kører, når de er holdt op med at vokse.\n\n"
        "Watches for new or corrected files in the inbox, and runs once they have stopped growing."
    ),
)
def new_delivery(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one run when the inbox has changed and then stood still from one look to the next."""
    try:
        home = Home.open(home_folder())
        settings = load_settings(home)
    except HomeError as error:
        return dg.SkipReason(str(error))
    if not settings.inbox_sensor:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    inbox = home.root / settings.inbox
    seen = look(inbox)
    before = json.loads(context.cursor) if context.cursor else {}
    cursor = {"seen": seen, "taken": before.get("taken", {})}
    changed = sorted(
        path for path in seen.keys() | cursor["taken"] if seen.get(path) != cursor["taken"].get(path)
    )
    if not seen:
        reason = "Indbakken er tom. / The inbox is empty."
    elif not changed:
        reason = "Intet nyt i indbakken. / Nothing new in the inbox."
    elif seen != before.get("seen"):
        reason = "Filer er ved at komme; venter, til de står stille. / Files are arriving; waiting."
    elif (known := known_hashes(home)) is None:
        return dg.SkipReason("En kørsel er i gang. / A run is at work.")
    else:
        cursor["taken"] = seen
        changed = [path for path in changed if file_hash(inbox / path) != known.get(path)]
        if changed:
            return dg.SensorResult(run_requests=[ask_for(seen, changed)], cursor=json.dumps(cursor))
        reason = "Det hele er læst ind før. / All of it was taken in before."
    context.update_cursor(json.dumps(cursor))
    return dg.SkipReason(reason)


def ask_for(seen: dict[str, list[int]], changed: list[str]) -> dg.RunRequest:
    """One run for this state of the inbox, whose tags name what is new."""
    return dg.RunRequest(
        run_key=hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest(),
        tags={
            "netvaerdi/started_by": "new_delivery",
            "netvaerdi/delivery": name_deliveries(changed),
        },
    )


def known_hashes(home: Home) -> dict[str, str] | None:
    """SHA-256 of what each path last delivered, by the warehouse; None while a run holds it."""
    if not home.warehouse_file.exists():
        return {}
    try:
        with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
            return dict(connection.execute(LAST_DELIVERIES).fetchall())
    except duckdb.IOException:
        return None
    except duckdb.CatalogException:
        return {}


def file_hash(path: Path) -> str | None:
    """SHA-256 of the file's bytes; None where it is gone."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look(inbox: Path) -> dict[str, list[int]]:
    """Each delivery's path within the inbox, with its size and time of change (nanoseconds)."""
    if not inbox.is_dir():
        return {}
    scan = scan_inbox(inbox, "")
    seen = {file.path: [file.size, file.modified] for file in scan.files}
    for path in scan.ignored:  # a mapping file is no delivery, but a changed one makes its file a new one
        if is_mapping(Path(path).name) and (inbox / path).is_file():
            status = (inbox / path).stat()
            seen[path] = [status.st_size, status.st_mtime_ns]
    return seen


def name_deliveries(paths: list[str]) -> str:
    """The files as a run's tag: the first by name, and how many more."""
    more = f" + {len(paths) - 1}" if len(paths) > 1 else ""
    return paths[0][:TAG_LENGTH] + more


SENSORS = (new_delivery,)
