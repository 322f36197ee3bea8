"""Shares by group of respondents: never without a base, never of a handful of people."""

from __future__ import annotations

from dataclasses import replace

from merilo.assessment.reporting.document import Table
from merilo.assessment.reporting.regional_report import regional_report
from merilo.assessment.reporting.report_head import BreakdownShares, GroupShare
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import HEAD, mini_assessment
from tests.assessment.reporting.reading import plain, tables


def breakdown(*shares: GroupShare) -> list[tuple[str, ...]]:
    """The header and the rows of the table."""
    head = replace(HEAD, breakdowns=(BreakdownShares("Пол", shares),))
    table: Table = tables(regional_report(mini_assessment(), head, wording("ru", "report")), "breakdowns")[0]
    assert plain(table.caption) == "Ответы по группам: Пол"
    header = tuple(column.header for column in table.columns)
    return [header, *(tuple(plain(cell) for cell in row.cells) for row in table.rows)]


def test_few_quantities_stand_in_columns_by_their_short_names() -> None:
    assert breakdown(GroupShare("Мужской", "open", 3, 12), GroupShare("Женский", "open", 20, 30)) == [
        ("Пол", "Открытость в долях"),
        ("Мужской", "3 из 12 (25,0 %)"),
        ("Женский", "20 из 30 (66,7 %)"),
    ]


def test_many_quantities_stand_in_rows() -> None:
    assert breakdown(GroupShare("Мужской", "open", 3, 12), GroupShare("Мужской", "polite", 6, 12)) == [
        ("Величина", "Мужской"),
        ("Довольны", "3 из 12 (25,0 %)"),
        ("Вежливы", "6 из 12 (50,0 %)"),
    ]


def test_few_answers_give_no_share() -> None:
    rows = breakdown(GroupShare("А", "open", 5, 5), GroupShare("Б", "open", 4, 4), GroupShare("В", "open", 0, 0))
    assert rows[1:] == [("А", "5 из 5 (100,0 %)"), ("прочие (n < 5)", "мало ответов (4)")]
    assert breakdown(GroupShare("А", "open", 5, 5), GroupShare("Б", "open", 4, 4))[2] == ("Б", "мало ответов (4)")


def test_small_groups_together_still_give_no_share() -> None:
    rows = breakdown(*(GroupShare(name, "open", 2, 4) for name in "АБ"), GroupShare("В", "open", 9, 9))
    assert rows[1:] == [("В", "9 из 9 (100,0 %)"), ("прочие (n < 5)", "4 из 8")]
