"""Et første kig på den offentliggjorte database. / A first look at the published database.

Åbn den / open it: ``NETVAERDI_HOME=./demo marimo edit notebooks/first_look.py``
"""

import marimo

app = marimo.App(width="medium", app_title="Netværdi: et første kig")


@app.cell
def _():
    import altair as alt
    import marimo as mo

    from assets.auditor.notebook import open_published, organisations, sql_text
    from assets.reports.theme import AMBER, BLUE, SKY

    return AMBER, BLUE, SKY, alt, mo, open_published, organisations, sql_text


@app.cell
def _(mo):
    mo.md("""
    # Et første kig
    Notesbogen læser den offentliggjorte database og kan intet ændre. Her vises intet om enkelte ledere.

    *A first look. The notebook reads the published database and can change nothing. No leader is shown.*
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
def _(mo):
    mo.md("## Hvad der læses · *What is read*")
    return


@app.cell
def _(mo, published):
    latest_publication = mo.sql(
        """
        select sequence, period, published_at, content_hash, head_hash
        from audit.publication
        order by sequence desc
        limit 1
        """,
        engine=published,
        output=False,
    )
    latest_publication
    return (latest_publication,)


@app.cell
def _(mo):
    mo.md(
        "## De ni ansvar over to år · *The nine responsibilities over two years*\n"
        "En skjult række har for få netværk eller ledere bag sig; den er ikke nul. "
        "*A hidden row has too few networks or leaders behind it; it is not zero.*"
    )
    return


@app.cell
def _(mo, organisation, published, sql_text):
    standing = mo.sql(
        f"""
        select
            responsibility.responsibility_id as ansvar,
            responsibility.name_da as navn,
            responsibility_summary.networks as netværk,
            responsibility_summary.fulfilled as opfyldt,
            responsibility_summary.partly as delvist,
            responsibility_summary.not_fulfilled as ikke_opfyldt,
            responsibility_summary.not_assessable as kan_ikke_vurderes,
            responsibility_summary.suppressed as skjult
        from main.responsibility_summary
        inner join main.responsibility
            on responsibility_summary.responsibility_id = responsibility.responsibility_id
        where
            responsibility_summary.organisation_id = {sql_text(organisation.value)}
            and responsibility_summary.network_type = ''
            and responsibility_summary."window" = 'two_years'
            and responsibility_summary.period = (
                select max(summary.period) from main.responsibility_summary as summary
                where summary.organisation_id = {sql_text(organisation.value)}
            )
        order by responsibility.responsibility_id
        """,
        engine=published,
        output=False,
    )
    standing
    return (standing,)


@app.cell
def _(mo, organisation, published, sql_text):
    kroner = mo.sql(
        f"""
        select
            period as kvartal,
            case measure_id
                when 'kroner_needed_to_date' then 'Behov'
                when 'kroner_asked_to_date' then 'Ansøgt'
                else 'Bevilget'
            end as hvad,
            value / 1000000 as mio_kr
        from main.organisation_result
        where
            organisation_id = {sql_text(organisation.value)}
            and measure_id in ('kroner_needed_to_date', 'kroner_asked_to_date', 'kroner_granted_to_date')
            and dimension = ''
            and not suppressed
        order by period, hvad
        """,
        engine=published,
        output=False,
    )
    return (kroner,)


@app.cell
def _(mo):
    mo.md("## Kroner: behov, ansøgt, bevilget · *Kroner needed, asked for, granted*")
    return


@app.cell
def _(AMBER, BLUE, SKY, alt, kroner, mo):
    kroner_chart = (
        alt.Chart(
            kroner,
            width=640,
            height=300,
            title="Kroner i alt",
            description="Kroner behov, ansøgt og bevilget i alt til og med hvert kvartal",
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("kvartal:O", title="Kvartal"),
            y=alt.Y("mio_kr:Q", title="Mio. kr. i alt til og med kvartalet"),
            color=alt.Color(
                "hvad:N",
                title=None,
                scale=alt.Scale(domain=["Behov", "Ansøgt", "Bevilget"], range=[AMBER, SKY, BLUE]),
            ),
            strokeDash=alt.StrokeDash("hvad:N", legend=None, sort=["Behov", "Ansøgt", "Bevilget"]),
        )
    )
    kroner_chart
    return (kroner_chart,)


if __name__ == "__main__":
    app.run()
