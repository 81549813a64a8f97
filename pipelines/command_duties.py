"""Duties towards people: who sees what, the researcher's file, retention, and documents the law asks for."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from assets.home import load_settings
from pipelines.command_person import HomeOption, OrganisationOption, opened, run_again, whose
from pipelines.console import OUT, number, say


def roles_command(
    home: HomeOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Efterprøv rettighederne i hjemmet. / Check the home's permissions."),
    ] = False,
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
) -> None:
    """Hvem der ser hvad. / Who sees what."""
    from assets.people.permissions import wrong_permissions
    from assets.people.roles_page import roles_table

    OUT.print(roles_table(lang), markup=False)
    if check:
        wrong = wrong_permissions(opened(home))
        for path in wrong:
            say(f"For åben: {path}", f"Too open: {path}")
        raise typer.Exit(1 if wrong else 0)


def research_command(
    home: HomeOption = None,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Skift nøglen først. / Change the key first.")
    ] = False,
) -> None:
    """Byg forskerens fil på ny. / Build the researcher's file anew."""
    from assets.people.keys import rotate as rotate_key
    from assets.people.research import build_research
    from assets.publication.seal import note_outputs, read_published

    place = opened(home)
    if rotate:
        keys = rotate_key(place)
        say(
            f"Nøglen er skiftet (nr. {keys.generation}); tidligere filer kan ikke kobles med nye.",
            f"The key was changed (no. {keys.generation}); earlier files cannot be joined with new ones.",
        )
    chain = read_published(place)
    built = build_research(place)
    note_outputs(place, chain[-1].sequence, [built.path])
    say(f"Forskerens fil: {built.path}", f"The researcher's file: {built.path}")
    for organisation, network_type in built.hidden:
        say(
            f"For få til at vises: {organisation}, {network_type}", f"Too few: {organisation}, {network_type}"
        )


def retention_command(  # noqa: PLR0917 - what the command line takes
    home: HomeOption = None,
    do: Annotated[
        bool,
        typer.Option("--do", help="Slet det, der er forfaldent; ellers vises det kun. / Delete what is due."),
    ] = False,
    hold: Annotated[
        str, typer.Option(help="Retligt hold: ORGANISATION eller ORGANISATION/NETVÆRK. / Set a legal hold.")
    ] = "",
    release: Annotated[str, typer.Option(help="Ophæv et hold. / Lift a hold.")] = "",
    reason: Annotated[str, typer.Option(help="Grunden; uden navne. / The reason; without names.")] = "",
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Det, der er gemt længe nok. / What has been kept long enough."""
    from assets.clock import copenhagen_day, now
    from assets.people.retention import KINDS, delete_due, find_due, holds_of, months_of, set_hold
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    settings = load_settings(place)
    for what in filter(None, (hold, release)):
        entry = set_hold(place, what, holds=what == hold, reason=reason)
        say(f"Forseglet som post {entry}.", f"Sealed as entry {entry}.")
    if hold or release:
        return
    today = settings.as_of or copenhagen_day(now())
    if do:
        due = delete_due(place, settings, today, say)
    else:
        with hold_writer(place, "netvaerdi retention"), open_warehouse(place.warehouse_file) as connection:
            due = find_due(connection, place, settings, today)
    months = months_of(settings)
    for kind, count in due.count.items():
        da, en = KINDS[kind]
        say(
            f"{number(count):>6}  {da} ({months[kind]} måneder)",
            f"{number(count):>6}  {en} ({months[kind]} months)",
        )
    for what in sorted(holds_of(place)):
        say(f"Under retligt hold: {what}", f"Under a legal hold: {what}")
    if do and run and any(due.count.values()):
        raise typer.Exit(run_again(place))


def duties_command(
    out: Annotated[Path, typer.Argument(help="Mappen, der skrives i. / The folder to write.")],
    home: HomeOption = None,
    organisation: OrganisationOption = "",
) -> None:
    """Fortegnelse, underretning og konsekvensanalyse. / Processing record, notice, impact assessment."""
    from assets.clock import copenhagen_day, now
    from assets.people.duties import write_duties
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    organisation = whose(place, organisation)
    today = load_settings(place).as_of or copenhagen_day(now())
    with hold_writer(place, "netvaerdi duties"), open_warehouse(place.warehouse_file) as connection:
        for path in write_duties(connection, place, organisation, out, today):
            OUT.print(str(path), markup=False)
