"""From a published figure to the cells it rests on."""

import re
from pathlib import Path

from rich.console import RenderableType

from assets.access_log import append
from assets.errors import RequestError
from assets.home import Home, home_folder, load_settings
from assets.organisations import spelled_as_known
from pipelines.console import OUT

WHOLE = "-"
"""In the place of a network: the organisation as a whole."""
RESPONSIBILITY = re.compile(r"R\d", re.IGNORECASE)


def trace_command(
    named: Path | None,
    network: str,
    period: str,
    indicator: str,
    *,
    organisation: str = "",
    dimension: str = "",
    lang: str = "da",
) -> int:
    """Show one figure and what is behind it.

    Args:
        network: ``-`` asks of the organisation: ``indicator`` is then a measure of ``organisation_result``,
            or a responsibility, whose summary is traced.
        indicator: An indicator, or a responsibility, such as ``R4``, which is traced to its indicators.

    Raises:
        TwoLanguageError: There is no home, no publication, or no such figure in it.
    """
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    published = sorted(organisations(home.database))
    whose = choose(organisation, published, load_settings(home).default_organisation)
    read = {"organisation": whose, "network": network, "period": period, "indicator": indicator}
    append(home.warehouse_file.with_name("access.log"), "trace", read)
    OUT.print(_found(home.database, (whose, network, period, indicator, dimension), lang))
    return 0


def _found(database: Path, asked: tuple[str, str, str, str, str], lang: str) -> RenderableType:
    from assets.publication import trace_sums, trace_sums_text
    from assets.publication.trace import trace
    from assets.publication.trace_text import trace_text

    whose, network, period, indicator, dimension = asked
    if RESPONSIBILITY.fullmatch(indicator) and network == WHOLE:
        summary = trace_sums.trace_summary(database, whose, period, indicator, dimension)
        return trace_sums_text.summary_text(summary, lang)
    if RESPONSIBILITY.fullmatch(indicator):
        judged = trace_sums.trace_responsibility(database, whose, network, period, indicator)
        return trace_sums_text.responsibility_text(judged, lang)
    if network == WHOLE:
        of_all = trace_sums.trace_organisation(database, whose, period, indicator, dimension)
        return trace_sums_text.organisation_text(of_all, lang)
    return trace_text(trace(database, whose, network, period, indicator, dimension), lang)


def choose(asked: str, published: list[str], default: str) -> str:
    """The organisation meant: the one named, else the only one, else the default.

    Raises:
        RequestError: None is named and it could be any of several.
    """
    if asked:
        return spelled_as_known(asked, published)
    if len(published) == 1:
        return published[0]
    if default in published:
        return default
    names = ", ".join(published)
    raise RequestError(
        f"Sig hvilken organisation med --organisation: {names}.",
        f"Say which organisation with --organisation: {names}.",
    )
