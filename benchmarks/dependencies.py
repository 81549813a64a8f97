"""What each dependency costs in size and import time, into ``docs/dependencies.md``.

Run by ``python -m benchmarks.dependencies [NAME …]``; with names only those are measured again. The line
of what is not installed stands: ``pyspark-client`` is measured by ``.venv-spark/bin/python``. Size: the
installed files without caches. Time: processor seconds of a process that imports it, less those of one that
imports nothing; the best of three.
"""

import re
import resource
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "dependencies.md"
WHY = {
    "altair": ("altair", "Figurer som data / charts as data"),
    "babel": ("babel", "Danske tal og datoer / Danish numbers and dates"),
    "dagster": ("dagster", "Grafen af tabeller, kørsler og deres log / the graph of tables, runs, their log"),
    "dagster-webserver": ("dagster_webserver", "Analytikerens brugerflade / the analyst's UI"),
    "duckdb": ("duckdb", "Lageret og den offentliggjorte fil / the warehouse and the published file"),
    "fastexcel": ("fastexcel", "Hurtig læsning af store regneark / fast reading of large workbooks"),
    "filelock": ("filelock", "Én skriver ad gangen / one writer at a time"),
    "great-expectations": ("great_expectations", "Løfter om accepterede rækker / promises of accepted rows"),
    "jinja2": ("jinja2", "Rapportens HTML, med flugt af tegn / the report's HTML, escaped"),
    "marimo": ("marimo", "Notesbøger som ren Python / notebooks as plain Python"),
    "msoffcrypto-tool": ("msoffcrypto", "Kender en arbejdsbog med adgangskode / tells a locked workbook"),
    "openpyxl": ("openpyxl", "Skabeloner, mærkede kopier, rapporter / templates, marked copies, reports"),
    "pandas": ("pandas", "Great Expectations regner på den / Great Expectations works on it"),
    "polars": ("polars", "Rækker i hukommelsen / rows in memory"),
    "pyarrow": ("pyarrow", "Mellem polars, pandas og DuckDB / between polars, pandas and DuckDB"),
    "python-calamine": ("python_calamine", "Læser xlsx, xlsb, xls, ods / reads xlsx, xlsb, xls, ods"),
    "pyyaml": ("yaml", "Kortlægningsfiler / mapping files"),
    "rich": ("rich", "Hvad kommandoen viser / what the command shows"),
    "sqlglot": ("sqlglot", "Hvad SQL læser; andre motorer / what SQL reads; other engines"),
    "typer": ("typer", "Kommandolinjen / the command line"),
    "tzdata": ("tzdata", "Københavns tid, hvor systemet ikke har den / Copenhagen's time everywhere"),
    "pyspark-client": ("pyspark.sql", "Samme SQL på Spark / the same SQL on Spark"),
    "editables": ("editables", "Installerer mappen, som den ligger / installs the folder as it lies"),
    "hatchling": ("hatchling.build", "Bygger pakken / builds the package"),
    "aiosmtpd": ("aiosmtpd.controller", "Postserver i testene / a mail server in the tests"),
    "axe-playwright-python": (
        "axe_playwright_python",
        "Tilgængelighed af siderne / the pages' accessibility",
    ),
    "cyclonedx-bom": ("cyclonedx_py._internal.cli", "`make sbom`"),
    "frictionless": ("frictionless", "Efterprøver de åbne datapakker / validates the open data packages"),
    "hypothesis": ("hypothesis", "Opdigter tilfælde / makes cases up"),
    "lifelines": ("lifelines", "Facit til overlevelse / the answer key of survival"),
    "mypy": ("mypy", "Typer / types"),
    "pandas-stubs": ("", "Typer af pandas / the types of pandas"),
    "pip-licenses": ("piplicenses", "`make licences`"),
    "playwright": ("playwright.sync_api", "En rigtig browser / a real browser"),
    "pypdf": ("pypdf", "Læser de trykte rapporter / reads the printed reports"),
    "pytest": ("pytest", "Testene / the tests"),
    "pytest-xdist": ("xdist", "To tests ad gangen / two tests at a time"),
    "ruff": ("", "Form og fejl i koden; et program / form and faults of the code; a program"),
    "sqlfluff": ("sqlfluff", "Form af SQL / the form of SQL"),
    "statsmodels": ("statsmodels.api", "Facit til intervaller / the answer key of intervals"),
    "types-openpyxl": ("", "Typer af openpyxl / the types of openpyxl"),
    "types-pyyaml": ("", "Typer af pyyaml / the types of pyyaml"),
    "xlsxwriter": ("xlsxwriter", "Skriver prøveark, som openpyxl ikke kan / writes sheets openpyxl cannot"),
    "vl-convert-python": ("vl_convert", "Figurer til SVG uden browser / charts to SVG without a browser"),
}
HEAD = """\
# Afhængigheder / Dependencies

Hvorfor hver er her, og hvad den koster. Målt med `python -m benchmarks.dependencies`: installerede filer uden
oversættelser (kun pakkens egne), og processortid for at importere den med alt, den henter ind (bedst af tre).
Why each is here, and what it costs. Measured by `python -m benchmarks.dependencies`: installed files without
caches (the package's own only), and processor time to import it with all it imports (best of three).

Alle hentes kun efter `requirements*.lock` med hash. `make licences` lister licenserne for alt installeret, og
`make sbom` skriver en CycloneDX-liste i `build/`.
All are fetched by `requirements*.lock` with hashes only. `make licences` lists the licences of all that is
installed, and `make sbom` writes a CycloneDX list into `build/`.
"""
TABLE = """\
| pakke / package | version | licens / licence | MB | s | hvorfor / why |
|---|---|---|---:|---:|---|
"""
PARTS = {
    "": "I drift / At run time",
    "spark": "Valgfrit: `.venv-spark` / Optional: `.venv-spark`",
    "build": "Til at bygge / For building",
    "dev": "Til test alene / For tests alone",
}


def direct(extra: str = "") -> list[str]:
    """The packages Netværdi itself asks for: at run time, or by one of its extras."""
    lines = [line.partition(";") for line in requires("netvaerdi") or ()]
    ours = [
        line for line, _, when in lines if re.findall(r"extra == '(.*)'", when) == ([extra] if extra else [])
    ]
    return sorted(re.split(r"[=<>!~ \[]", line.strip(), maxsplit=1)[0].lower() for line in ours)


def size(name: str) -> float:
    """Megabytes of the installed files."""
    files = [Path(str(file.locate())) for file in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.exists() and file.suffix != ".pyc") / 1e6


def licence(name: str) -> str:
    """The licence by the package's own word: its expression, else its classifier."""
    about = distribution(name).metadata
    classifiers = about.get_all("Classifier") or []
    stated = [
        line.rsplit(" :: ", 1)[1] for line in classifiers if line.startswith("License :: OSI Approved :: ")
    ]
    said = about.get("License-Expression") or (stated or [str(about.get("License") or "")[:20]])[0]
    return str(said or _first_line_of_licence(name))


def _first_line_of_licence(name: str) -> str:
    files = [file for file in distribution(name).files or () if file.name == "LICENSE"]
    return files[0].read_text().strip().splitlines()[0] if files else "?"


def processor_seconds(statement: str) -> float:
    """Processor time of a fresh Python that runs a statement; the best of three."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def row(name: str, nothing: float) -> str:
    """A dependency's line of the page; no time for what is not imported."""
    module, why = WHY[name]
    seconds = f"{max(processor_seconds(f'import {module}') - nothing, 0):.2f}" if module else "–"
    version = distribution(name).version
    return f"| {name} | {version} | {licence(name)} | {size(name):.1f} | {seconds} | {why} |"


def main(names: list[str]) -> None:
    """Measure, or measure those named again, and write the page; of what is not installed its line stands."""
    before = {
        line.split("|")[1].strip(): line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if "|" in line
    }
    nothing = processor_seconds("pass")
    parts = []
    for extra, heading in PARTS.items():
        lines = []
        for name in direct(extra):
            line = before.get(name, "")
            if not names or name in names:
                with suppress(PackageNotFoundError):
                    line = row(name, nothing)
            print(line)
            lines += [line] if line else []
        parts.append(f"\n## {heading}\n{TABLE}" + "\n".join(lines) + "\n")
    PAGE.write_text(HEAD + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
