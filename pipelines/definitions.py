"""The one Definitions object: assets, checks, jobs, schedules, sensors and resources. Opens nothing."""

import dagster as dg

from assets.layers.accepted import accepted, settings
from assets.layers.feedback import marked_copy
from assets.layers.inputs import calendar, definitions
from assets.layers.models import MODEL_LAYERS
from assets.layers.publication import database
from assets.layers.raw import raw
from assets.layers.reports import management_report
from assets.layers.summary import summary
from assets.layers.todo import todo_list
from pipelines.checks.gates import GATE_CHECKS
from pipelines.jobs import JOBS
from pipelines.resources import RESOURCES
from pipelines.schedules import SCHEDULES
from pipelines.sensors import SENSORS

defs = dg.Definitions(
    assets=[
        raw,
        settings,
        accepted,
        marked_copy,
        calendar,
        definitions,
        *MODEL_LAYERS,
        summary,
        database,
        management_report,
        todo_list,
    ],
    asset_checks=list(GATE_CHECKS),
    jobs=list(JOBS),
    schedules=list(SCHEDULES),
    sensors=list(SENSORS),
    resources=RESOURCES,
    executor=dg.in_process_executor,
)
