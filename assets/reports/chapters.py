"""The chapters of the value-creation report, in order."""

from assets.reports.blocks import Section
from assets.reports.published import Published
from assets.reports.section_appendix import appendix_section
from assets.reports.section_capital import capital_section
from assets.reports.section_changes import changes_section
from assets.reports.section_duties import duties_section
from assets.reports.section_funnel import funnel_section
from assets.reports.section_interplay import interplay_section
from assets.reports.section_networks import networks_section
from assets.reports.section_ownership import ownership_section
from assets.reports.section_restated import restatement_section
from assets.reports.section_summary import summary_section
from assets.reports.section_survival import survival_section
from assets.reports.section_trust import limits_section, method_section
from assets.reports.section_value import value_section
from assets.reports.words import Words


def chapters(published: Published, words: Words) -> list[Section]:
    """Every chapter, built from the published rows."""
    return [
        summary_section(published, words),
        value_section(published, words),
        funnel_section(published, words),
        survival_section(published, words),
        capital_section(published, words),
        ownership_section(published, words),
        duties_section(published, words),
        interplay_section(published, words),
        changes_section(published, words),
        networks_section(published, words),
        limits_section(published, words),
        restatement_section(published, words),
        method_section(published, words),
        appendix_section(published, words),
    ]
