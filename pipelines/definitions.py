"""The one Definitions object: assets, checks, jobs, schedules, sensors and resources. Opens nothing."""

from datetime import timedelta

import dagster as dg

from assets.layers.accepted import accepted, settings
from assets.layers.feedback import marked_copy
from assets.layers.inputs import calendar, definitions
from assets.layers.mail import mail
from assets.layers.models import MODEL_LAYERS
from assets.layers.publication import database
from assets.layers.raw import raw
from assets.layers.reports import dialogue_sheet, management_report
from assets.layers.summary import summary
from assets.layers.todo import todo_list
from pipelines.automation import AUTOMATED_ASSETS, AUTOMATION_SENSORS
from pipelines.checks.contract import contract_rules
from pipelines.checks.gates import GATE_CHECKS
from pipelines.health import HEALTH_ASSETS, HEALTH_JOBS, HEALTH_SCHEDULES, HEALTH_SENSORS
from pipelines.jobs import JOBS
from pipelines.missed import MISSED_SENSORS
from pipelines.resources import RESOURCES
from pipelines.schedules import SCHEDULES
from pipelines.schedules_reports import REPORT_JOBS, REPORT_SCHEDULES, REPORT_SENSORS
from pipelines.schedules_retention import RETENTION_JOBS, RETENTION_SCHEDULES, RETENTION_SENSORS
from pipelines.sensors import SENSORS

# The figures are computed each month; a quarter without them is a fault.
FRESH = dg.FreshnessPolicy.time_window(fail_window=timedelta(days=100), warn_window=timedelta(days=35))

ASSETS = (
    raw,
    settings,
    accepted,
    marked_copy,
    calendar,
    definitions,
    *MODEL_LAYERS,
    summary,
    *HEALTH_ASSETS,
    database,
    management_report,
    dialogue_sheet,
    mail,
    todo_list,
    *AUTOMATED_ASSETS,
)


def fresh_each_month(spec: dg.AssetSpec) -> dg.AssetSpec:
    """Say of an asset from when on it is late."""
    fresh: dg.AssetSpec = dg.apply_freshness_policy(spec, FRESH)
    return fresh


defs = dg.Definitions(
    assets=list(dg.map_asset_specs(fresh_each_month, ASSETS)),
    asset_checks=[contract_rules, *GATE_CHECKS],
    jobs=[*JOBS, *HEALTH_JOBS, *REPORT_JOBS, *RETENTION_JOBS],
    schedules=[*SCHEDULES, *HEALTH_SCHEDULES, *REPORT_SCHEDULES, *RETENTION_SCHEDULES],
    sensors=[
        *SENSORS,
        *MISSED_SENSORS,
        *HEALTH_SENSORS,
        *REPORT_SENSORS,
        *RETENTION_SENSORS,
        *AUTOMATION_SENSORS,
    ],
    resources=RESOURCES,
    executor=dg.in_process_executor,
)
