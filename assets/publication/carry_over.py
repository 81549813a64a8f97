"""A run of one organisation: what was last published of the others is published again, as it was."""

import duckdb

from assets.publication.tables import PublishedTable, identifier, quoted

BEFORE = "before"
# What is known of deliveries grows and is never taken back, also while results stand.
GROWING = ("audit.delivery", "audit.run")


def query_with_others(connection: duckdb.DuckDBPyConnection, table: PublishedTable, organisation: str) -> str:
    """The table's ``select``, with the other organisations' rows of the publication attached as ``before``.

    A column that the earlier publication did not have yet is empty in its rows. A table that speaks of no
    organisation, or that it did not have, is made anew.
    """
    query = table.query()
    had = {
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() "
            "where database_name = ? and schema_name = ? and table_name = ?",
            [BEFORE, table.schema, table.name],
        ).fetchall()
    }
    names = table.column_names
    if table.full_name in GROWING or "organisation_id" not in had or "organisation_id" not in names:
        return query
    own = quoted(organisation)
    kept = ", ".join(identifier(name) if name in had else f"null as {identifier(name)}" for name in names)
    return (
        f"select {', '.join(map(identifier, names))} from ({query}) "
        f"where coalesce(organisation_id, '') in ('', {own}) "
        f"union all select {kept} from {BEFORE}.{table.full_name} "
        f"where coalesce(organisation_id, '') not in ('', {own})"
    )
