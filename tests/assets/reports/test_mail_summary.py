"""The first page as a mail."""

import re

from assets.reports.mail_summary import mail_summary, read_mail_summary

from .conftest import NOW, ORGANISATION


def test_the_mail_loads_nothing_and_needs_nothing_a_mail_program_strips(full, read, words):
    html = mail_summary(read(full), words).html
    assert not re.findall(r"<(?:script|style|img|link|svg|a|iframe)\b", html)
    assert not re.findall(r"\b(?:src|href|class|on\w+)=", html)


def test_the_mail_says_the_same_in_html_and_in_text(full, read, words):
    mail = mail_summary(read(full), words)
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", mail.html.replace("\N{NO-BREAK SPACE}", " ")))
    for line in mail.text.splitlines()[9:-2]:
        assert line.replace("'", "&#39;") in shown


def test_the_subject_names_organisation_and_quarter_and_says_when_it_is_provisional(full, tmp_path):
    full.provisional = True
    database = full.write(tmp_path / "p.duckdb")
    mail = read_mail_summary(database, ORGANISATION, NOW, "da")
    assert mail.subject == "Værdiskabelsesrapport: Aalby, 1. kvartal 2025 (foreløbig)"


def test_no_leader_stands_in_the_mail(full, read, words):
    mail = mail_summary(read(full), words)
    assert "P-LEADER" not in mail.html + mail.text


def test_the_mail_says_how_its_figures_are_checked(full, read, words):
    full.rows["audit.publication"][0] |= {"head_hash": "ef" * 32}
    mail = mail_summary(read(full), words)
    for body in (mail.html, mail.text):
        assert "ef" * 32 in body
        assert "netvaerdi verify --head efefefefefefefef" in body
