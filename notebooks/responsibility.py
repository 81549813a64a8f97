"""Analytikerens notesbog: ét ansvar ad gangen. / The analyst's notebook: one responsibility at a time.

Den viser kun tal, der må vises om alle: summerne, hvor få er skjult.
It shows only what may be shown to all: the sums in which few are hidden.
Åbn den / open it: ``NETVAERDI_HOME=./demo marimo edit notebooks/responsibility.py``
"""

import marimo

app = marimo.App(width="medium", app_title="Netværdi: et ansvar ad gangen")


@app.cell
def _():
    import altair as alt
    import marimo as mo
    import polars as pl

    from assets.auditor.notebook import as_written, open_published, organisations, sql_text
    from assets.reports.theme import AMBER, GREEN, RED

    return AMBER, GREEN, RED, alt, as_written, mo, open_published, organisations, pl, sql_text


@app.cell
def _(mo, open_published, organisations):
    published = open_published()
    found = organisations(published)
    organisation = mo.ui.dropdown(found, value=found[0], label="Organisation")
    return organisation, published


@app.cell
def _(mo, published):
    names = mo.sql(
        "select responsibility_id, name_da, purpose_da from main.responsibility order by responsibility_id",
        engine=published,
        output=False,
    )
    labels = {f"{row[0]} {row[1]}": row[0] for row in names.iter_rows()}
    responsibility = mo.ui.dropdown(labels, value=next(iter(labels)), label="Ansvar · responsibility")
    return names, responsibility


@app.cell
def _(mo):
    mo.md(
        "# Et ansvar ad gangen\n"
        "Vælg et ansvar. Et kvartal uden række er skjult, fordi der er få bag det.\n\n"
        "*Choose a responsibility. A quarter without a row is hidden because few are behind it.*"
    )
    return


@app.cell
def _(organisation):
    organisation
    return


@app.cell
def _(responsibility):
    responsibility
    return


@app.cell
def _(mo, organisation, published, responsibility, sql_text):
    over_time = mo.sql(
        f"""
        with shown as (
            select
                period, fulfilled, partly, not_fulfilled,
                case "window" when 'quarter' then 'kvartalet' else 'to år' end as vindue
            from main.responsibility_summary
            where
                organisation_id = {sql_text(organisation.value)}
                and responsibility_id = {sql_text(responsibility.value)}
                and network_type = '' and not suppressed
                and "window" = (
                    select min("window") from main.responsibility_summary as widest
                    where
                        widest.organisation_id = {sql_text(organisation.value)}
                        and widest.responsibility_id = {sql_text(responsibility.value)}
                        and widest.network_type = '' and not widest.suppressed
                )
        )
        select period as kvartal, 'Opfyldt' as status, fulfilled as netværk, vindue from shown
        union all
        select period, 'Delvist', partly, vindue from shown
        union all
        select period, 'Ikke opfyldt', not_fulfilled, vindue from shown
        order by kvartal, status
        """,
        engine=published,
        output=False,
    )
    return (over_time,)


@app.cell
def _(AMBER, GREEN, RED, alt, mo, over_time):
    standing_chart = (
        alt.Chart(
            over_time,
            width=640,
            height=260,
            title="Netværk efter status",
            description="Netværk efter status i hvert kvartal, der må vises",
        )
        .mark_bar()
        .encode(
            x=alt.X("kvartal:O", title="Kvartal"),
            y=alt.Y("netværk:Q", title="Netværk i vinduet", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "status:N",
                title=None,
                scale=alt.Scale(domain=["Opfyldt", "Delvist", "Ikke opfyldt"], range=[GREEN, AMBER, RED]),
            ),
            tooltip=["kvartal:O", "status:N", "netværk:Q", "vindue:N"],
        )
    )
    standing_chart if over_time.height else mo.md("Intet må vises. · *Nothing may be shown.*")
    return (standing_chart,)


@app.cell
def _(over_time):
    over_time
    return


@app.cell
def _(mo):
    mo.md("## Sådan måles ansvaret · *How it is measured*")
    return


@app.cell
def _(as_written, mo, pl, published, responsibility, sql_text):
    definitions = mo.sql(
        f"""
        select
            indicator.indicator_id as mål,
            indicator.name_da as navn,
            indicator.formula_da as sådan,
            target.target as opfyldt_ved,
            target.partly_target as delvist_ved,
            indicator.limits_da as forbehold,
            indicator.unit
        from main.indicator
        left join main.target
            on indicator.indicator_id = target.indicator_id
            and target.organisation_id = '' and target.network_type = ''
        where indicator.responsibility_id = {sql_text(responsibility.value)}
        order by indicator.indicator_id, target.valid_from
        """,
        engine=published,
        output=False,
    )
    measures = definitions.drop("unit").with_columns(
        pl.Series(
            key, [as_written(row["unit"], row[key]) for row in definitions.iter_rows(named=True)], pl.String
        )
        for key in ("opfyldt_ved", "delvist_ved")
    )
    measures
    return (measures,)


if __name__ == "__main__":
    app.run()
