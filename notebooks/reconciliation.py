"""Revisorens notesbog: kroner afstemt fra ark til rapport. / The auditor's: kroner from sheet to report.

Åbn den / open it: ``NETVAERDI_HOME=./demo marimo edit notebooks/reconciliation.py``
"""

import marimo

app = marimo.App(width="medium", app_title="Netværdi: en afstemning")


@app.cell
def _():
    import marimo as mo

    from assets.auditor.notebook import open_published, organisations, recomputed, sql_text

    return mo, open_published, organisations, recomputed, sql_text


@app.cell
def _(mo):
    mo.md("""
    # En afstemning: bevilgede kroner fra ark til rapport
    Fem trin: der afstemmes, en celle følges, tallet regnes efter, en stikprøve trækkes, og det afviste
    læses. Personer står med id. Filen er til revisor alene.

    *Five steps: reconcile, follow a cell, recompute, sample, read what was rejected. People stand by id.
    The file is for the auditor only.*
    """)
    return


@app.cell
def _(open_published):
    published = open_published()
    return (published,)


@app.cell
def _(mo, organisations, published):
    found = organisations(published)
    organisation = mo.ui.dropdown(found, value=found[0], label="Organisation")
    organisation
    return (organisation,)


@app.cell
def _(mo, organisation, published, sql_text):
    latest = mo.sql(
        f"""
        select network_id, period
        from main.indicator_result
        where organisation_id = {sql_text(organisation.value)} and indicator_id = 'V7'
        order by period desc, value desc nulls last, network_id
        limit 1
        """,
        engine=published,
        output=False,
    )
    network, quarter = latest.row(0)
    mo.md(f"Kvartal **{quarter}**, netværk **{network}**. · *The quarter and network used below.*")
    return network, quarter


@app.cell
def _(mo):
    mo.md(
        "## 1. Fra ark til rapport · *From sheet to report*\n"
        "Linje 10-40 giver 50; linje 50-80 giver 90; 95 er rapportens tal, og 99 er forskellen."
    )
    return


@app.cell
def _(mo, organisation, published, quarter, sql_text):
    kroner = mo.sql(
        f"select * from audit.kroner({sql_text(organisation.value)}, {sql_text(quarter)})",
        engine=published,
        output=False,
    )
    kroner
    return (kroner,)


@app.cell
def _(mo):
    mo.md("## 2. Fra tallet til cellen · *From the figure to the cell*")
    return


@app.cell
def _(mo, network, organisation, published, quarter, sql_text):
    cells = mo.sql(
        f"""
        select record_key, path, sheet, cell, heading, written
        from audit.trace(
            {sql_text(organisation.value)}, {sql_text(network)}, {sql_text(quarter)}, 'V7'
        )
        where field in ('application_id', 'amount_granted', 'decided_date', 'status')
        """,
        engine=published,
        output=False,
    )
    cells
    return (cells,)


@app.cell
def _(mo):
    mo.md("## 3. Tallene regnet efter · *The figures worked out again*")
    return


@app.cell
def _(mo, network, organisation, published, quarter, recomputed, sql_text):
    again = mo.sql(
        f"""
        select
            indicator_id, name_da, unit, value, numerator, denominator, n,
            again_value, again_numerator, again_denominator, again_n, agrees
        from audit.recompute({sql_text(organisation.value)}, {sql_text(network)}, {sql_text(quarter)})
        """,
        engine=published,
        output=False,
    )
    recomputed(again)
    return (again,)


@app.cell
def _(mo):
    seed = mo.ui.number(start=1, stop=999_999, value=2026, label="Frø · seed")
    size = mo.ui.number(start=1, stop=50, value=5, label="Antal · size")
    return seed, size


@app.cell
def _(seed):
    seed
    return


@app.cell
def _(size):
    size
    return


@app.cell
def _(mo):
    mo.md("## 4. En stikprøve efter beløb · *A monetary unit sample*")
    return


@app.cell
def _(mo, organisation, published, seed, size, sql_text):
    drawn = mo.sql(
        f"select * from audit.sample_kroner({sql_text(organisation.value)}, {seed.value}, {size.value})",
        engine=published,
        output=False,
    )
    drawn
    return (drawn,)


@app.cell
def _(mo):
    mo.md("## 5. Det, der ikke tæller med, og hvorfor · *What does not count, and why*")
    return


@app.cell
def _(mo, organisation, published, sql_text):
    rejected = mo.sql(
        f"""
        select record_kind, rule, path, sheet, cell, message_da
        from audit.rejected_rows({sql_text(organisation.value)})
        """,
        engine=published,
        output=False,
    )
    rejected
    return (rejected,)


if __name__ == "__main__":
    app.run()
