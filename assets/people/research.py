"""The researcher's file ``published/netvaerdi_research.duckdb``: built fresh, searched, then moved in place.

It holds the summaries that may be shown to everybody, the definitions, and rows about solutions, value and
membership under keyed pseudonyms: nothing that speaks of a single reference leader, no name, id, title, date
or amount. Before it takes its place it is searched, values and bytes, for every name, id and address that the
publication knows.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from assets.clock import now
from assets.home import Home
from assets.people.groups import NOBODY, Group, shown_groups
from assets.people.keys import Keys, keys_of
from assets.people.research_told import rows_told
from assets.people.roles import RESEARCH
from assets.people.search import LeakError, Words, bytes_leak, values_leak, words_of_publication
from assets.publication.file_steps import building_path, put_in_place
from assets.publication.tables import quoted

SQL_FOLDER = Path(__file__).resolve().parents[2] / "sql" / "research"
STORAGE_VERSION = "v1.2.0"
AS_PUBLISHED = ("responsibility_summary", "organisation_result", "responsibility", "indicator", "target")
PSEUDONYMS = {
    "solution": {"solution_id": "solution"},
    "value_record": {"value_id": "value_record"},
    "membership": {"network_id": "network", "person_id": "person"},
}
# Rows that say what became of something: in each publication under other pseudonyms, and as last told until
# what changed is no few (assets/people/research_told.py): what is new in the second of two files would
# otherwise be the work of the one network that came between them.
OF_ONE_PUBLICATION = ("solution", "value_record")
COMMENTS = {
    "responsibility_summary": "Som offentliggjort: få vises ikke / As published: few are not shown",
    "organisation_result": "Som offentliggjort: organisationens tal / As published: its figures",
    "responsibility": "De ni ansvar / The nine responsibilities",
    "indicator": "Indikatorerne i ord / The indicators in words",
    "target": "Målene / The targets",
    "solution": "Løsningers skæbne; pseudonymer / What became of solutions; pseudonyms",
    "value_record": "Registreret værdi efter type; pseudonymer / Recorded value by type; pseudonyms",
    "membership": "Hvem deltog med hvem; pseudonymer / Who took part with whom; pseudonyms",
    "about": "Hvordan filen er lavet / How the file was made",
}


@dataclass(frozen=True)
class ResearchFile:
    """The file and the rows of its tables; ``hidden`` are groups (organisation, network type) left out."""

    path: Path
    rows: Mapping[str, int]
    hidden: tuple[tuple[str, str], ...]


def build_research(home: Home) -> ResearchFile:
    """Build the researcher's file from the publication that stands, and move it onto its place.

    Raises:
        LeakError: Something that must be absent was found; the earlier file, if any, stands.
        KeyFileError: There is no key and none can be made.
    """
    keys = keys_of(home)
    target = home.published / RESEARCH
    building = building_path(target)
    building.unlink(missing_ok=True)
    try:
        rows, hidden = _write(building, home, keys)
        check_absent(building, words_of_publication(home.database))
        building.chmod(0o640)
        put_in_place(building, target)
    finally:
        building.unlink(missing_ok=True)
        building.with_name(f"{building.name}.wal").unlink(missing_ok=True)
    return ResearchFile(target, rows, hidden)


def check_absent(path: Path, words: Words) -> None:
    """Search a finished file, values and bytes. Raises :class:`LeakError`, which repeats nothing."""
    place = values_leak(path, words) or bytes_leak(path, words)
    if place is not None:
        raise LeakError(
            f"Forskerens fil blev ikke lagt på plads: {place} indeholder noget, der skal være fraværende.",
            f"The researcher's file was not put in place: {place} holds something that must be absent.",
        )


def _write(building: Path, home: Home, keys: Keys) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(home.database))} as source (read_only)")
        options = f"storage_version '{STORAGE_VERSION}', block_size 16384"
        connection.execute(f"attach {quoted(str(building))} as research ({options})")
        connection.execute("pragma force_compression = 'uncompressed'")  # so that its bytes can be searched
        shown, hidden = groups_of(connection)
        rows = {name: _copy(connection, name) for name in AS_PUBLISHED}
        about = _content_hash(connection)
        frames = {name: rows_of(connection, name) for name in PSEUDONYMS}
        outcomes = {name: frames[name] for name in OF_ONE_PUBLICATION}
        frames |= rows_told(home, outcomes, shown, leaders_of(connection))
        for name, kinds in PSEUDONYMS.items():
            once = f" {about}" if name in OF_ONE_PUBLICATION else ""
            pseudonyms = {column: kind + once for column, kind in kinds.items()}
            kept = frames[name].filter(
                pl.struct("organisation_id", "network_type").map_elements(
                    lambda row: (row["organisation_id"], row["network_type"]) in shown,
                    return_dtype=pl.Boolean,
                )
            )
            rows[name] = _put(connection, name, pseudonymised(kept, pseudonyms, keys))
        rows["about"] = _about(connection, keys, about)
        for name, comment in COMMENTS.items():
            connection.execute(f"comment on table research.main.{name} is {quoted(comment)}")
        connection.execute("checkpoint research")
        connection.execute("detach research")
    return rows, hidden


def leaders_of(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, frozenset[str]]]:
    """Organisation to network to the reference leaders it has had."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for organisation, network, people in connection.execute(
        "select organisation_id, network_id, list(distinct person_id) from source.main.roles "
        "where role = 'reference_leader' group by all"
    ).fetchall():
        found[organisation][network] = frozenset(people)
    return found


def groups_of(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[set[tuple[str, str]], tuple[tuple[str, str], ...]]:
    """The groups (organisation, network type) that may be shown row by row, and those left out."""
    found = connection.execute(
        """
        select networks.organisation_id, networks.network_type, networks.network_id, roles.person_id
        from source.main.networks
        left join source.main.roles
            on networks.organisation_id = roles.organisation_id and networks.network_id = roles.network_id
            and roles.role = 'reference_leader'
        """
    ).fetchall()
    groups: dict[str, dict[Hashable, Group]] = defaultdict(dict)
    for organisation, network_type, network, leader in found:
        more = Group(frozenset([network]), frozenset([leader] if leader else []))
        of_organisation = groups[organisation]
        of_organisation[network_type] = of_organisation.get(network_type, NOBODY) | more
    shown = {
        (organisation, str(network_type))
        for organisation, by_type in groups.items()
        for network_type in shown_groups(by_type)
    }
    everything = {(organisation, str(kind)) for organisation, by_type in groups.items() for kind in by_type}
    return shown, tuple(sorted(everything - shown))


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> pl.DataFrame:
    """The rows of ``sql/research/<name>.sql``, ids as published."""
    rows: pl.DataFrame = connection.sql((SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")).pl()
    return rows


def pseudonymised(rows: pl.DataFrame, pseudonyms: Mapping[str, str], keys: Keys) -> pl.DataFrame:
    """The rows with each id column replaced by keyed pseudonyms, in their order (which says nothing)."""
    for column, kind in pseudonyms.items():
        pairs: Iterable[tuple[str, str]] = rows.select("organisation_id", column).iter_rows()
        replaced = [keys.pseudonym_of(organisation, kind, identifier) for organisation, identifier in pairs]
        rows = rows.with_columns(pl.Series(column, replaced, dtype=pl.String))
    return rows.sort(*pseudonyms)


def _copy(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    connection.execute(f"create table research.main.{name} as select * from source.main.{name} order by all")
    return _count(connection, name)


def _put(connection: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> int:
    connection.register("incoming_rows", rows.to_arrow())
    try:
        connection.execute(f"create table research.main.{name} as select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
    return _count(connection, name)


def _content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        "select content_hash from source.audit.publication order by sequence desc limit 1"
    ).fetchall()
    return str(rows[0][0]) if rows else ""


def _about(connection: duckdb.DuckDBPyConnection, keys: Keys, content_hash: str) -> int:
    connection.execute(
        "create table research.main.about as select cast(? as integer) as key_generation, "
        "cast(? as varchar) as content_hash, cast(? as timestamp) as built_at",
        [keys.generation, content_hash, now().replace(tzinfo=None)],
    )
    return 1


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    rows = connection.execute(f"select count(*) from research.main.{name}").fetchall()
    return int(rows[0][0])
