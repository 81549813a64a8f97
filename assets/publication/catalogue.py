"""Every table of the published database, in name order."""

from assets.answerability.published_tables import ANSWERABILITY_TABLES
from assets.publication.audit_tables import (
    DELIVERY,
    DICTIONARY,
    EVIDENCE,
    FINDING,
    PUBLICATION,
    QUALITY_RESULT,
    RECORD,
    RESTATEMENT,
    RUN,
    SHEET,
    SOURCE_ROW,
)
from assets.publication.definition_tables import (
    INDICATOR_TABLE,
    INDICATOR_VERSION_TABLE,
    RESPONSIBILITY_TABLE,
    TARGET_TABLE,
)
from assets.publication.how_to import HOW_TO
from assets.publication.main_tables import (
    INDICATOR_RESULT,
    ORGANISATION_RESULT,
    PULSE_SUMMARY,
    RECORD_TABLES,
    RESPONSIBILITY_RESULT,
    RESPONSIBILITY_SUMMARY,
)
from assets.publication.people_tables import ORGANISATION_SETTINGS, ROLE
from assets.publication.tables import PublishedTable

PUBLISHED_TABLES: tuple[PublishedTable, ...] = tuple(
    sorted(
        (
            INDICATOR_RESULT,
            RESPONSIBILITY_RESULT,
            RESPONSIBILITY_SUMMARY,
            ORGANISATION_RESULT,
            PULSE_SUMMARY,
            RESPONSIBILITY_TABLE,
            INDICATOR_TABLE,
            INDICATOR_VERSION_TABLE,
            TARGET_TABLE,
            *RECORD_TABLES,
            DELIVERY,
            DICTIONARY,
            HOW_TO,
            SHEET,
            SOURCE_ROW,
            FINDING,
            RECORD,
            EVIDENCE,
            RUN,
            QUALITY_RESULT,
            PUBLICATION,
            RESTATEMENT,
            ROLE,
            ORGANISATION_SETTINGS,
            *ANSWERABILITY_TABLES,
        ),
        key=lambda table: table.full_name,
    )
)
