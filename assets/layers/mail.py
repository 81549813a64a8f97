"""Mail as an asset: what the publication gives each role, queued once and sent once."""

import dagster as dg

from assets.clock import copenhagen_day, now
from assets.layers.failures import told
from assets.layers.table_facts import OWNER
from assets.layers.workplace import PROGRESS, Warehouse

CADENCE_TAG = "netvaerdi/mail"


@dg.asset(
    key=["reports", "mail"],
    deps=[dg.AssetKey(["reports", "management_report"]), dg.AssetKey(["reports", "dialogue_sheet"])],
    group_name="reports",
    kinds={"email"},
    owners=[OWNER],
    tags={"layer": "reports"},
    description=(
        "Hver rolles mail efter en planlagt kørsel: rapport, besked om dialogark eller fingeraftryk. Andre "
        "kørsler sender intet.\n\n"
        "Each role's mail after a scheduled run: report, notice of a sheet, or fingerprint. Other runs send "
        "nothing."
    ),
)
def mail(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Queue what the publication gives each recipient, and send what waits."""
    from assets.mail.outbox import Outbox
    from assets.mail.post import queue_publication
    from assets.mail.recipients import read_recipients
    from assets.mail.settings import read_mail_settings

    cadence = context.run.tags.get(CADENCE_TAG, "")
    if not cadence or not warehouse.settings.mail:
        return dg.MaterializeResult(metadata={"queued": 0})
    with told():
        PROGRESS.info("step: %s", "mail")
        settings = read_mail_settings(warehouse.settings.mail)
        queued = queue_publication(
            warehouse.home,
            settings.sender,
            read_recipients(warehouse.connection),
            cadence,
            copenhagen_day(now()),
        )
        sending = Outbox(warehouse.home.outbox).send(settings)
    if sending.first_cause:  # the mail waits and is tried again; the run has done its work
        context.log.warning(f"mail: {sending.first_cause}")
    return dg.MaterializeResult(
        metadata={
            "queued": queued.new,
            "sent": sending.sent,
            "waiting": sending.waiting,
            "refused": sending.refused,
            "unsure": sending.unsure,
        }
    )
