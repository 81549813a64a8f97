"""The sensors: what starts a run because something happened."""

import hashlib
import json
from pathlib import Path

import dagster as dg

from assets.home import Home, load_settings
from assets.layers.workplace import home_folder
from assets.request import is_delivery
from pipelines.jobs import refresh_results

TAG_LENGTH = 60


@dg.sensor(
    job=refresh_results,
    minimum_interval_seconds=30,
    description=(
        "Ser efter nye eller rettede filer i indbakken og kører, når de er holdt op med at vokse.\n\n"
        "Watches for new or corrected files in the inbox, and runs once they have stopped growing."
    ),
)
def new_delivery(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one run when the inbox has changed and then stood still from one look to the next."""
    home = Home.open(home_folder())
    settings = load_settings(home)
    if not settings.inbox_sensor:
        return dg.SkipReason("Slået fra i netvaerdi.toml. / Switched off in netvaerdi.toml.")
    seen = look(home.root / settings.inbox)
    before = json.loads(context.cursor) if context.cursor else {}
    cursor = {"seen": seen, "taken": before.get("taken", {})}
    if not seen:
        reason = "Indbakken er tom. / The inbox is empty."
    elif seen == cursor["taken"]:
        reason = "Intet nyt i indbakken. / Nothing new in the inbox."
    elif seen != before.get("seen"):
        reason = "Filer er ved at komme; venter, til de står stille. / Files are arriving; waiting."
    else:
        changed = sorted(path for path in seen if seen[path] != cursor["taken"].get(path))
        cursor["taken"] = seen
        return dg.SensorResult(
            run_requests=[
                dg.RunRequest(
                    run_key=hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest(),
                    tags={
                        "netvaerdi/started_by": "new_delivery",
                        "netvaerdi/delivery": name_deliveries(changed),
                    },
                )
            ],
            cursor=json.dumps(cursor),
        )
    context.update_cursor(json.dumps(cursor))
    return dg.SkipReason(reason)


def look(inbox: Path) -> dict[str, list[int]]:
    """Each delivery's path within the inbox, with its size and time of change (nanoseconds)."""
    seen = {}
    for path in sorted(inbox.rglob("*")):
        if is_delivery(path, inbox):
            stat = path.stat()
            seen[path.relative_to(inbox).as_posix()] = [stat.st_size, stat.st_mtime_ns]
    return seen


def name_deliveries(paths: list[str]) -> str:
    """The files as a run's tag: the first by name, and how many more."""
    if not paths:
        return "–"
    more = f" + {len(paths) - 1}" if len(paths) > 1 else ""
    return paths[0][:TAG_LENGTH] + more


SENSORS = (new_delivery,)
