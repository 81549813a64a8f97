"""From a published figure to the cells it rests on."""

from pathlib import Path

from assets.access_log import append
from assets.errors import RequestError
from assets.home import Home, home_folder, load_settings
from assets.organisations import spelled_as_known
from pipelines.console import OUT


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
    """Show one figure and every record behind it.

    Raises:
        TwoLanguageError: There is no home, no publication, or no such figure in it.
    """
    from assets.publication.trace import trace
    from assets.publication.trace_text import trace_text
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    published = sorted(organisations(home.database))
    whose = choose(organisation, published, load_settings(home).default_organisation)
    read = {"organisation": whose, "network": network, "period": period, "indicator": indicator}
    append(home.warehouse_file.with_name("access.log"), "trace", read)
    OUT.print(trace_text(trace(home.database, whose, network, period, indicator, dimension), lang))
    return 0


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
