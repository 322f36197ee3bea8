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


def test_hidden_groups_are_said_to_be_hidden_and_nobody_is_a_dash() -> None:
    rows = breakdown(GroupShare("А", "open", 5, 5), GroupShare("Б", "open", None, None), GroupShare("В", "open", 0, 0))
    assert rows[1:] == [("А", "5 из 5 (100,0 %)"), ("Б", "скрыто"), ("В", "–")]


def test_a_share_stands_with_its_interval() -> None:
    rows = breakdown(GroupShare("А", "open", 24, 25, 0.80456, 0.99289))
    assert rows[1:] == [("А", "24 из 25 (96,0 %) [80,5; 99,3]")]
