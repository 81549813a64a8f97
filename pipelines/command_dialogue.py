"""The dialogue sheets of a quarter, written where only their owner reads them; every writing is logged."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from assets.access_log import append
from assets.clock import copenhagen_day, now
from assets.home import Home, home_folder, load_settings
from pipelines.command_trace import choose
from pipelines.console import say


def dialogue(  # noqa: PLR0917 - what the command line takes
    home: Annotated[Path | None, typer.Option("--home", help="Hjemmemappen. / The home folder.")] = None,
    network: Annotated[str, typer.Option(help="Kun dette netværk. / Only this network.")] = "",
    period: Annotated[
        str, typer.Option(help="Kvartal; ellers det seneste. / Quarter; else the latest.")
    ] = "",
    organisation: Annotated[str, typer.Option(help="Organisationen. / The organisation.")] = "",
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
    form: Annotated[Literal["html", "pdf"], typer.Option("--format", help="Format. / Format.")] = "html",
) -> None:
    """Skriv dialogark til lederen og den nærmeste overordnede. / Write dialogue sheets."""
    raise typer.Exit(dialogue_command(home, network, period, organisation, lang=lang, form=form))


def dialogue_command(
    named: Path | None, network: str, period: str, organisation: str, *, lang: str, form: str
) -> int:
    """Write the sheets asked for and log that they were.

    Raises:
        TwoLanguageError: There is no home, publication, quarter or sheet; or the dates do not allow it yet.
    """
    from assets.publication.outputs import drawing
    from assets.reports.dialogue.sheet import write_dialogue_sheets
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    published = organisations(home.database)
    settings = load_settings(home)
    whose = choose(organisation, sorted(published), settings.default_organisation)
    quarter = period.upper() or max(published.get(whose, [""]))
    day = copenhagen_day(now())
    with drawing(home):
        written = write_dialogue_sheets(
            home.database,
            home.dialogue,
            whose,
            quarter,
            lang,
            day,
            network.upper(),
            form,
            alone=settings.stands_alone(lang),
        )
    log = home.warehouse_file.parent / "access.log"
    append(
        log, "write_dialogue_sheet", {"organisation": whose, "network": network.upper(), "period": quarter}
    )
    for path in written:
        say(f"Dialogark: {path}", f"Dialogue sheet: {path}")
    return 0
