"""What can go wrong when a report is asked for."""

from assets.errors import RequestError


class ReportError(RequestError):
    """The report cannot be made as asked; nothing was written."""
