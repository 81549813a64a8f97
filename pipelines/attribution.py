"""Who started a run: by the command the account at work, in the UI the user whom the proxy vouches for.

The user stands in the run's tags, where every page of the UI shows it, and from there in ``audit.attempt``
and the access log. Whoever launches a run may write any tags into it, so a run that came by the web server
gets ours here, whatever it said. The header is worth as much as the way to the server: it listens to this
machine only, and the proxy in front of it replaces what a browser sends (docs/deploy.md).
"""

import getpass

import dagster as dg
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext
from dagster._core.workspace.context import WorkspaceRequestContext

from assets.layers.workplace import STARTED_BY_TAG, USER_TAG

USER_HEADER = "X-Netvaerdi-User"
LONGEST = 100


class AttributedRunCoordinator(QueuedRunCoordinator):
    """Dagster's queue, which notes who asked before a run is queued."""

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        """Queue a run; one that came in by the web server carries its user."""
        workspace = context.workspace
        if isinstance(workspace, WorkspaceRequestContext) and workspace.source is not None:
            tags = {STARTED_BY_TAG: "Dagster", USER_TAG: vouched_for(context.get_request_header(USER_HEADER))}
            self._instance.add_run_tags(context.dagster_run.run_id, tags)
        return super().submit_run(context)


def vouched_for(header: str | None) -> str:
    """The user of a header as one printable word; without one, the account that the server runs as."""
    said = "".join(letter for letter in header or "" if letter.isprintable()).strip()
    return said[:LONGEST] or getpass.getuser()
