"""What each dependency costs in size and import time, into ``docs/dependencies.md``.

Run by ``python -m benchmarks.dependencies``. Size: the installed files without caches. Time: processor
seconds of a process that imports it, less those of one that imports nothing; the best of three.
"""

import re
import resource
import subprocess
import sys
from importlib.metadata import distribution, requires
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
    "vl-convert-python": ("vl_convert", "Figurer til SVG uden browser / charts to SVG without a browser"),
}
HEAD = """\
# Afhængigheder / Dependencies

Hvorfor hver er her, og hvad den koster. Målt med `python -m benchmarks.dependencies`: installerede filer uden
oversættelser (kun pakkens egne), og processortid for at importere den med alt, den henter ind (bedst af tre).
Why each is here, and what it costs. Measured by `python -m benchmarks.dependencies`: installed files without
caches (the package's own only), and processor time to import it with all it imports (best of three).

Alle hentes kun efter `requirements.lock` med hash. `make licences` lister licenserne for alt installeret, og
`make sbom` skriver en CycloneDX-liste i `build/`.
All are fetched by `requirements.lock` with hashes only. `make licences` lists the licences of all that is
installed, and `make sbom` writes a CycloneDX list into `build/`.

| pakke / package | version | licens / licence | MB | s | hvorfor / why |
|---|---|---|---:|---:|---|
"""


def direct() -> list[str]:
    """The packages Netværdi itself asks for, without those for building and testing."""
    lines = [line for line in requires("netvaerdi") or () if "extra ==" not in line]
    return sorted(re.split(r"[=<>!~ ;\[]", line, maxsplit=1)[0] for line in lines)


def size(name: str) -> float:
    """Megabytes of the installed files."""
    files = [Path(str(file.locate())) for file in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.exists() and file.suffix != ".pyc") / 1e6


def licence(name: str) -> str:
    """The licence by the package's own word: its expression, else its classifier."""
    about = distribution(name).metadata
    classifiers = about.get_all("Classifier") or []
    stated = [line.rsplit(" :: ", 1)[1] for line in classifiers if line.startswith("License :: OSI")]
    return str(about.get("License-Expression") or (stated or [str(about.get("License"))[:20]])[0])


def processor_seconds(statement: str) -> float:
    """Processor time of a fresh Python that runs a statement; the best of three."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    """Measure and write the page."""
    nothing = processor_seconds("pass")
    lines = []
    for name in direct():
        module, why = WHY[name]
        seconds = max(processor_seconds(f"import {module}") - nothing, 0)
        version = distribution(name).version
        lines.append(f"| {name} | {version} | {licence(name)} | {size(name):.1f} | {seconds:.2f} | {why} |")
        print(lines[-1])
    PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
