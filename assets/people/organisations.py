"""The organisations a home knows, by what was ever delivered."""

import duckdb

from assets.home import Home


def organisations_of(home: Home) -> list[str]:
    """Every organisation with a delivery, in order; none where nothing was taken in."""
    if not home.warehouse_file.exists():
        return []
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        rows = connection.execute(
            "select distinct organisation_id from raw.delivery where organisation_id <> '' order by 1"
        ).fetchall()
    return [str(row[0]) for row in rows]
