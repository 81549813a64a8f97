"""The one Definitions object: assets, checks, jobs, schedules, sensors and resources. Opens nothing."""

import dagster as dg

from assets.layers.accepted import accepted, settings
from assets.layers.inputs import calendar, definitions
from assets.layers.models import MODEL_LAYERS
from assets.layers.raw import raw
from pipelines.jobs import JOBS
from pipelines.resources import RESOURCES
from pipelines.schedules import SCHEDULES
from pipelines.sensors import SENSORS

defs = dg.Definitions(
    assets=[raw, settings, accepted, calendar, definitions, *MODEL_LAYERS],
    jobs=list(JOBS),
    schedules=list(SCHEDULES),
    sensors=list(SENSORS),
    resources=RESOURCES,
    executor=dg.in_process_executor,
)
