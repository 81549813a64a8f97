"""The data contract: the record kinds, their columns and headings, in one place.

Template, reader, rules, messages, documentation and DuckDB schema are all made from what stands
here, so that none of them can disagree with another. What the offices themselves decide (targets,
rates, aliases) has the same form and stands in ``settings_contract.py``.
"""

from assets.contract.choices import (
    ADOPTION_EVENTS,
    AGENDAS,
    APPLICATION_STATUSES,
    ASSESSMENTS,
    AUDIENCES,
    COMMITMENTS,
    CYCLES,
    DISPUTE_OUTCOMES,
    NETWORK_TYPES,
    OWNERSHIP_SOURCES,
    PURPOSES,
    RESPONDENT_ROLES,
    RESPONSIBILITY_IDS,
    ROLES,
    SOURCES,
    TOUCHPOINT_KINDS,
    VALUE_TYPES,
)
from assets.contract.disputes import DISPUTABLE, DISPUTES
from assets.contract.managers import CENTRAL_MANAGERS, OWNERSHIP
from assets.contract.networks import NETWORKS, PEOPLE, PHASES, ROLES_KIND
from assets.contract.shape import Choice, Column, ColumnType, Kind
from assets.contract.solutions import ADOPTION_EVENTS_KIND, APPLICATIONS, SOLUTIONS
from assets.contract.work import PULSE, TOUCHPOINTS, VALUE_RECORDS

__all__ = [
    "ADOPTION_EVENTS",
    "ADOPTION_EVENTS_KIND",
    "AGENDAS",
    "APPLICATIONS",
    "APPLICATION_STATUSES",
    "ASSESSMENTS",
    "AUDIENCES",
    "CENTRAL_MANAGERS",
    "COMMITMENTS",
    "CYCLES",
    "DISPUTABLE",
    "DISPUTES",
    "DISPUTE_OUTCOMES",
    "KINDS",
    "KIND_BY_NAME",
    "NETWORKS",
    "NETWORK_TYPES",
    "OWNERSHIP",
    "OWNERSHIP_SOURCES",
    "PEOPLE",
    "PHASES",
    "PULSE",
    "PURPOSES",
    "RESPONDENT_ROLES",
    "RESPONSIBILITY_IDS",
    "ROLES",
    "ROLES_KIND",
    "SOLUTIONS",
    "SOURCES",
    "TOUCHPOINTS",
    "TOUCHPOINT_KINDS",
    "VALUE_RECORDS",
    "VALUE_TYPES",
    "Choice",
    "Column",
    "ColumnType",
    "Kind",
]

KINDS = (
    PEOPLE,
    NETWORKS,
    ROLES_KIND,
    PHASES,
    SOLUTIONS,
    APPLICATIONS,
    ADOPTION_EVENTS_KIND,
    CENTRAL_MANAGERS,
    OWNERSHIP,
    TOUCHPOINTS,
    VALUE_RECORDS,
    PULSE,
    DISPUTES,
)
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
