"""What follows by itself from what it is made of: declared, where a run has no business to wait for it.

The figures are no such thing: a run is one round over the whole warehouse, and no table is published by
itself. The printed report is: it is made of the report alone, takes a browser and seconds, and nothing waits
for it. That it is older than its report is all there is to know, which a sensor of our own would have to
remember.
"""

import warnings
from dataclasses import dataclass

import dagster as dg

from assets.home import Home, HomeError, home_folder, load_settings
from assets.layers.printed import PRINTED, printed_report

LOOK_SECONDS = 60


@dataclass(frozen=True)
class SwitchedOn(dg.AutomationCondition[dg.AssetKey]):
    """True while a setting of the home's ``netvaerdi.toml`` is."""

    setting: str

    @property
    def description(self) -> str:
        """What is asked, as Dagster's page of the condition shows it."""
        return f"{self.setting} = true"

    def evaluate(self, context: dg.AutomationContext[dg.AssetKey]) -> dg.AutomationResult[dg.AssetKey]:
        """All that is asked about, or nothing."""
        subset = context.candidate_subset if is_on(self.setting) else context.get_empty_subset()
        return dg.AutomationResult(context, true_subset=subset)


def is_on(setting: str) -> bool:
    """Whether the home has it switched on; a home that cannot be read has not."""
    try:
        return bool(getattr(load_settings(Home.open(home_folder())), setting))
    except HomeError:
        return False


AFTER_ITS_REPORT = dg.AutomationCondition.eager() & SwitchedOn("pdf_reports")


def declared(spec: dg.AssetSpec) -> dg.AssetSpec:
    """Say of an asset when it is made by itself."""
    return spec.replace_attributes(automation_condition=AFTER_ITS_REPORT)


AUTOMATED_ASSETS = tuple(dg.map_asset_specs(declared, [printed_report]))


def sensor() -> dg.AutomationConditionSensorDefinition:
    """Looks each minute whether the condition holds."""
    with warnings.catch_warnings():
        # Evaluated by our own process, since the condition is our own: that much of Dagster may still change.
        warnings.simplefilter("ignore", dg.BetaWarning)
        return dg.AutomationConditionSensorDefinition(
            "print_reports",
            target=dg.AssetSelection.assets(PRINTED),
            use_user_code_server=True,
            default_status=dg.DefaultSensorStatus.RUNNING,
            minimum_interval_seconds=LOOK_SECONDS,
            run_tags={"netvaerdi/started_by": "print_reports"},
            description=(
                "Udskriver rapporten som PDF efter hver ny rapport, når pdf_reports = true i netvaerdi.toml."
                "\n\nPrints the report as PDF after each new report where netvaerdi.toml says "
                "pdf_reports = true."
            ),
        )


AUTOMATION_SENSORS = (sensor(),)
