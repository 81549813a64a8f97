"""What goes back to the senders, as an asset: marked copies of faulty files, receipts for sound ones."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import dagster as dg

from assets.errors import TwoLanguageError
from assets.home import Settings
from assets.layers.accepted import ACCEPTED_TABLES, SETTINGS_TABLES
from assets.layers.failures import told
from assets.layers.raw import RAW_TABLES
from assets.layers.table_facts import OWNER
from assets.layers.workplace import Warehouse

if TYPE_CHECKING:  # it brings openpyxl, which a code location need not load
    from assets.feedback.copies import Feedback

SHOWN = 100
Lang = Literal["da", "en"]


@dg.asset(
    key=["feedback", "marked_copy"],
    output_required=False,
    deps=[dg.AssetKey(table.split(".")) for table in (*RAW_TABLES, *SETTINGS_TABLES, *ACCEPTED_TABLES)],
    group_name="feedback",
    kinds={"excel"},
    owners=[OWNER],
    tags={"layer": "feedback"},
    description=(
        "Det, der går tilbage til afsenderne: en mærket kopi af hver fil med fejl, ellers en kvittering.\n\n"
        "What goes back to the senders: a marked copy of every faulty file, a receipt for the others."
    ),
)
def marked_copy(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Write marked copies and receipts into the home's ``marked/``; those that no longer hold are removed."""
    from assets.feedback.copies import write_feedback

    if warehouse.dry_run:
        return
    with told():
        warehouse.progress("feedback")
        home = warehouse.home
        feedback = write_feedback(
            warehouse.connection,
            archive=home.archive,
            marked=home.marked,
            languages=languages_of(warehouse.settings),
        )
        questions = warehouse.connection.execute(
            "select message_da from accepted.alias_question order by all"
        ).fetchall()
        if feedback.failed:
            listed = "; ".join(f"{path} ({why})" for path, why in list(feedback.failed.items())[:5])
            raise TwoLanguageError(
                f"Der kunne ikke skrives mærkede kopier af: {listed}.",
                f"No marked copy could be written of: {listed}.",
            )
    metadata = metadata_of(feedback, str(home.marked), [row[0] for row in questions])
    yield dg.MaterializeResult(metadata=metadata)


def languages_of(settings: Settings) -> tuple[Lang, ...]:
    """The home's languages, of those there are words for."""
    chosen: tuple[Lang, ...] = tuple("en" if name == "en" else "da" for name in settings.languages)
    return tuple(dict.fromkeys(chosen)) or ("da",)


def metadata_of(
    feedback: "Feedback", folder: str, questions: list[str]
) -> dict[str, dg.MetadataValue | int | str]:
    """What the asset's page shows: each faulty file with its rejected rows and where its marked copy is."""
    lines = [
        "| fil / file | fejl / errors | advarsler / warnings | afviste rækker / rejected rows | kopi / copy |"
    ]
    lines.append("|---|---:|---:|---:|---|")
    for one in feedback.marked[:SHOWN]:
        path = one.path.replace("|", "\\|")
        lines.append(f"| {path} | {one.errors} | {one.warnings} | {one.rows_rejected} | `{one.place}` |")
    metadata: dict[str, dg.MetadataValue | int | str] = {
        "folder": dg.MetadataValue.path(folder),
        "marked_copies": len(feedback.marked),
        "receipts": len(feedback.returned) - len(feedback.marked),
        "removed": feedback.removed,
        "rejected_rows": sum(one.rows_rejected for one in feedback.returned),
        "files": dg.MetadataValue.md("\n".join(lines)),
    }
    if questions:
        metadata["questions"] = dg.MetadataValue.md("\n".join(f"- {text}" for text in questions))
    return metadata
