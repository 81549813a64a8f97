"""Operations: is the installation well, and a copy of it that can be laid out again."""

from pathlib import Path
from typing import Annotated

import typer

from assets.home import Home, home_folder
from pipelines.console import OUT, number, say

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Hjemmemappen. / The home folder.", show_default=False),
]
NAMES = {
    "versions": "versioner / versions",
    "settings": "indstillinger / settings",
    "rights": "rettigheder / rights",
    "space": "plads / space",
    "key": "nøgle / key",
    "databases": "databaser / databases",
    "clock": "ur / clock",
    "age": "datas alder / age of data",
}
SIGNS = {"ok": "✓", "warning": "!", "wrong": "✗"}


def init_command(home: HomeOption = None) -> None:
    """Gør en tom mappe klar som hjem. / Make an empty folder ready as a home."""
    from pipelines.instance import prepare_instance

    place = Home.create(home_folder(str(home) if home else ""))
    prepare_instance(place)
    say(
        f"{place.root} er klar. Læg ark i {place.inbox}, og kør netvaerdi run.",
        f"{place.root} is ready. Put sheets into {place.inbox} and run netvaerdi run.",
    )


def doctor_command(home: HomeOption = None) -> None:
    """Er installationen rask, og hvordan rettes den? / Is the installation well, and how is it mended?"""
    from assets.operations.doctor import examine

    checks = examine(Home.open(home_folder(str(home) if home else "")))
    for check in checks:
        OUT.print(f"{SIGNS[check.state]} {NAMES[check.name]}", markup=False)
        OUT.print(f"    {check.da}", markup=False)
        OUT.print(f"    {check.en}", markup=False, style="dim")
    raise typer.Exit(1 if any(check.state == "wrong" for check in checks) else 0)


def backup_command(
    target: Annotated[
        Path,
        typer.Argument(metavar="FIL.tar.gz|MAPPE", help="Filen, eller en mappe. / The file, or a folder."),
    ],
    home: HomeOption = None,
) -> None:
    """Hele hjemmet i én fil, uden nøglen. / The whole home in one file, without the key."""
    from assets.clock import now
    from assets.operations.backup import backup

    place = Home.open(home_folder(str(home) if home else ""))
    if target.is_dir():
        target = target / f"netvaerdi-{now():%Y%m%dT%H%M%SZ}.tar.gz"
    made = backup(place, target.expanduser())
    say(
        f"{made.path}: {number(made.files)} filer, {number(made.bytes)} byte. Nøglen er ikke med.",
        f"{made.path}: {made.files:,} files, {made.bytes:,} bytes. The key is not in it.",
    )


def restore_command(
    source: Annotated[Path, typer.Argument(metavar="FIL.tar.gz", help="Sikkerhedskopien. / The backup.")],
    home: Annotated[
        Path, typer.Option("--home", help="En ny, tom mappe. / A new, empty folder.", show_default=False)
    ],
) -> None:
    """Læg en sikkerhedskopi ud i en tom mappe, og efterprøv den. / Lay a backup out, and verify it."""
    from assets.operations.backup import restore
    from assets.people.permissions import apply_permissions
    from assets.publication.verify import verify

    place = restore(source.expanduser(), home)
    apply_permissions(place)
    report = verify(place.root)
    da, en = report.answer
    say(f"{place.root}: {da}", f"{place.root}: {en}")
    raise typer.Exit(0 if report.ok else 1)
