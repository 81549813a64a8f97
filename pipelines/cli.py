"""The command ``netvaerdi``. Exit status: 0 done, 1 a check failed or a file was quarantined, 2 wrong use."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from assets.collector import collect_seldom
from assets.errors import TwoLanguageError
from pipelines.command_dialogue import dialogue
from pipelines.command_duties import duties_command, research_command, retention_command, roles_command
from pipelines.command_mail import mail_app
from pipelines.command_operations import backup_command, doctor_command, init_command, restore_command
from pipelines.command_person import person_app
from pipelines.console import complain

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Netværdi: skaber netværkene værdi, og løfter referencelederne rollen? "
    "/ Do networks create value, and do reference leaders do what the role asks?",
)
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Hjemmemappen; ellers NETVAERDI_HOME, ellers ~/netvaerdi. / The home folder.",
        show_default=False,
    ),
]


@app.command()
def run(
    home: HomeOption = None,
    inbox: Annotated[
        Path | None, typer.Option(help="Indbakken; ellers hjemmets. / The inbox; else the home's.")
    ] = None,
    as_of: Annotated[
        str,
        typer.Option("--as-of", help="Opgørelsesdag, fx 2026-09-30; ellers i dag. / As-of day; else today."),
    ] = "",
    organisation: Annotated[
        str, typer.Option(help="Genberegn kun denne organisation. / Recompute only this organisation.")
    ] = "",
    accept_shrink: Annotated[
        bool,
        typer.Option(
            "--accept-shrink",
            help="Godkend, at mere end 20 % af rækkerne er trukket tilbage. / Confirm a large withdrawal.",
        ),
    ] = False,
) -> None:
    """Læs indbakken, regn, kontrollér, offentliggør. / Read the inbox, compute, check, publish."""
    from pipelines.command_run import run_command

    raise typer.Exit(
        run_command(
            home,
            inbox=str(inbox.expanduser().absolute()) if inbox else "",
            as_of=as_of,
            organisation=organisation,
            accept_shrink=accept_shrink,
        )
    )


@app.command()
def demo(
    home: Annotated[
        Path, typer.Option("--home", help="En ny mappe til demoen. / A new folder for the demo.")
    ] = Path("demo"),
) -> None:
    """En opdigtet kommune i et nyt hjem, og hele kørslen. / A made-up municipality, and the whole run."""
    from pipelines.command_demo import demo_command

    raise typer.Exit(demo_command(home))


@app.command()
def report(
    home: HomeOption = None,
    period: Annotated[str, typer.Option(help="Kvartal, fx 2026Q3; ellers det seneste. / Quarter.")] = "",
    organisation: Annotated[str, typer.Option(help="Kun denne. / Only this one.")] = "",
    lang: Annotated[
        Literal["da", "en"] | None, typer.Option(help="Sprog; ellers hjemmets. / Language.")
    ] = None,
    form: Annotated[
        Literal["html", "pdf", "xlsx", "json"], typer.Option("--format", help="Format. / Format.")
    ] = "html",
) -> None:
    """Skriv rapporterne af det offentliggjorte. / Write the reports of what is published."""
    from pipelines.command_report import report_command

    raise typer.Exit(report_command(home, period, organisation, lang or "", form))


@app.command()
def trace(  # noqa: PLR0917 - what the command line takes
    network: Annotated[
        str,
        typer.Argument(help="Netværks-id, fx N-01; - er organisationen. / Network id; - the organisation."),
    ],
    period: Annotated[str, typer.Argument(help="Kvartal, fx 2026Q3. / Quarter.")],
    indicator: Annotated[
        str,
        typer.Argument(
            help="Indikator, fx R4.1, eller ansvar, fx R4; for organisationen et mål, fx ownership. "
            "/ Indicator or responsibility; of the organisation a measure."
        ),
    ],
    home: HomeOption = None,
    organisation: Annotated[str, typer.Option(help="Organisationen. / The organisation.")] = "",
    dimension: Annotated[str, typer.Option(help="Underopdeling, fx quality. / Dimension.")] = "",
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
) -> None:
    """Fra et tal til fil, ark, række og celle. / From a figure to file, sheet, row and cell."""
    from pipelines.command_trace import trace_command

    raise typer.Exit(
        trace_command(
            home, network, period, indicator, organisation=organisation, dimension=dimension, lang=lang
        )
    )


@app.command()
def why(  # noqa: PLR0917 - what the command line takes
    network: Annotated[str, typer.Argument(help="Netværks-id, fx N-01. / Network id.")],
    period: Annotated[str, typer.Argument(help="Kvartal, fx 2026Q3. / Quarter.")],
    indicator: Annotated[str, typer.Argument(help="Indikator, fx R4.1. / Indicator.")],
    kind: Annotated[str, typer.Argument(help="Arket, fx Samspil. / The sheet or kind.")],
    key: Annotated[str, typer.Argument(help="Nøglen; dele adskilles af /. / The key; parts joined by /.")],
    home: HomeOption = None,
    organisation: Annotated[str, typer.Option(help="Organisationen. / The organisation.")] = "",
    dimension: Annotated[str, typer.Option(help="Underopdeling, fx quality ved V6. / Dimension.")] = "",
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
) -> None:
    """Hvorfor er den række ikke med i tallet? / Why is this row not in the figure?"""
    from pipelines.command_answer import why_command

    raise typer.Exit(
        why_command(
            home,
            network,
            period,
            indicator,
            kind,
            key,
            organisation=organisation,
            dimension=dimension,
            lang=lang,
        )
    )


@app.command()
def targets(
    home: HomeOption = None,
    indicator: Annotated[str, typer.Option(help="Kun denne indikator. / Only this indicator.")] = "",
    organisation: Annotated[str, typer.Option(help="Kun denne. / Only this organisation.")] = "",
    history: Annotated[
        bool, typer.Option("--history", help="Også dem, der er taget tilbage. / Also those taken back.")
    ] = False,
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
) -> None:
    """Måltallene: hvad der gælder, deres historie og fejl i arket. / Targets, their history and errors."""
    from pipelines.command_answer import targets_command

    raise typer.Exit(
        targets_command(home, indicator=indicator, organisation=organisation, history=history, lang=lang)
    )


@app.command()
def verify(
    home: HomeOption = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="En mappe som published i stedet. / A folder like published."),
    ] = None,
    head: Annotated[str, typer.Option(help="Hovedhash fra en rapport. / Head hash from a report.")] = "",
) -> None:
    """Efterprøv, at alt er, som det blev offentliggjort; uden net. / Verify the seal, offline."""
    from pipelines.command_answer import verify_command

    raise typer.Exit(verify_command(home, folder=folder, head=head))


@app.command("sql")
def ask_in_sql(  # noqa: PLR0917 - what the command line takes
    home: HomeOption = None,
    statement: Annotated[
        str,
        typer.Option("-c", "--command", help="Ét spørgsmål; ellers en skal. / One statement; else a shell."),
    ] = "",
    role: Annotated[str, typer.Option(help="Hvem der spørger, se docs/roles.md. / Who asks.")] = "auditor",
    beside: Annotated[
        Path | None,
        typer.Option(help="En anden offentliggørelse, som `before`. / Another publication, as `before`."),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Tidsgrænse. / Time limit.", min=0.1, max=3600)] = 60,
    form: Annotated[Literal["table", "csv"], typer.Option("--format", help="Format. / Format.")] = "table",
) -> None:
    """Spørg det offentliggjorte i SQL; intet kan ændres, alt noteres. / Ask in SQL, read-only and logged."""
    from pipelines.command_audit import sql_command

    raise typer.Exit(sql_command(home, statement, role=role, beside=beside, seconds=seconds, form=form))


@app.command("audit-kit")
def audit_kit(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="Filen, der skrives. / The file to write.")],
    home: HomeOption = None,
) -> None:
    """Alt til en revisor i én fil, til efterprøvning uden net. / All an auditor needs, offline."""
    from pipelines.command_audit import kit_command

    raise typer.Exit(kit_command(home, out))


@app.command()
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT/", help="En ny mappe. / A new folder.")],
    home: HomeOption = None,
) -> None:
    """Det offentliggjorte som Parquet, datapakke og 360Giving. / Parquet, data package, 360Giving."""
    from pipelines.command_audit import export_command

    raise typer.Exit(export_command(home, out))


@app.command(name="as-known")
def as_known(
    publication: Annotated[
        int | None, typer.Argument(help="Offentliggørelsens nummer; ellers den seneste. / Its number.")
    ] = None,
    home: HomeOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Skriv den genberegnede database her. / Write it here.")
    ] = None,
) -> None:
    """Genberegn en offentliggørelse af det, der var kendt dengang. / Compute it from what was known then."""
    from pipelines.command_answer import as_known_command

    raise typer.Exit(as_known_command(home, publication, out))


@app.command()
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Filen, der skrives. / The file to write.")],
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
    settings: Annotated[
        bool,
        typer.Option("--settings", help="Arket med indstillinger i stedet. / The settings workbook instead."),
    ] = False,
) -> None:
    """Et tomt regneark at udfylde. / An empty workbook to fill in."""
    from pipelines.command_template import template_command

    raise typer.Exit(template_command(out, lang, settings=settings))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filerne. / The files.")],
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON. / As JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Mappe til mærkede kopier; ellers ved filen. / Folder of marked copies."),
    ] = None,
    copies: Annotated[
        bool, typer.Option("--copies/--no-copies", help="Skriv mærkede kopier. / Write marked copies.")
    ] = True,
) -> None:
    """Efterprøv filer uden at gemme dem; fejl giver slutstatus 1. / Judge files, keep nothing."""
    from pipelines.command_check import check_command

    raise typer.Exit(check_command(files, lang=lang, as_json=as_json, out=out, write_copies=copies))


@app.command()
def dev(
    home: HomeOption = None,
    host: Annotated[
        str, typer.Option(help="Kun denne maskine selv. / This machine itself only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Porten. / The port.", min=1, max=65535)] = 3000,
) -> None:
    """Dagsters brugerflade på samme hjem; stop med Ctrl-C. / The Dagster UI on the same home."""
    from pipelines.command_dev import serve

    raise typer.Exit(serve(home, host, port))


app.add_typer(person_app, name="person")
app.command("roles")(roles_command)
app.command("research")(research_command)
app.command("retention")(retention_command)
app.command("duties")(duties_command)
app.command("dialogue")(dialogue)
app.add_typer(mail_app, name="mail")
app.command("init")(init_command)
app.command("doctor")(doctor_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)


def main() -> None:
    """Run the command; what it refuses, or a database it finds damaged, is said in one line."""
    collect_seldom()
    try:
        app()
    except TwoLanguageError as error:
        complain(error)
        raise SystemExit(2) from None
    except Exception as error:
        from assets.warehouse import damaged, is_damaged

        if not is_damaged(error):
            raise
        complain(damaged())
        raise SystemExit(2) from None
