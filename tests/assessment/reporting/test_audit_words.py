"""Every kind of finding in words: a report with all of them, said in both languages and written as a conclusion."""

from __future__ import annotations

import re
from fractions import Fraction as F

import pytest

from merilo.assessment.methodology.size_rule import SizeKind, SizeRule
from merilo.assessment.provenance import Stamp
from merilo.assessment.recheck.audit import Audit, audit
from merilo.assessment.recheck.claims import Claim, Statistic
from merilo.assessment.recheck.defect import DefectKind
from merilo.assessment.recheck.publication import (
    DeclaredShares,
    Publication,
    PublishedSubject,
)
from merilo.assessment.reporting.audit_conclusion import ConclusionHead, audit_conclusion
from merilo.assessment.reporting.audit_words import AuditWords
from merilo.assessment.reporting.document import Table
from merilo.shelf import wording
from tests.assessment.recheck.printed_values import claim, mean_of, number, published, units

ROWS = 12


def everything_wrong() -> tuple[Publication, list[Claim]]:
    """Twelve organisations under other weights than declared, five of them with equal rows, and one wrong cell or
    statement of every other kind."""
    table: dict[str, dict[str, str]] = {}
    for row in range(1, ROWS + 1):
        a, b = 60 + 3 * row, 95 - 5 * row
        table[str(row)] = {"overall": f"{(a + b) / 2:.2f}", "a": f"{a}.0", "b": f"{b}.0"}
        for column in range(6):
            table[str(row)][f"c{column}"] = f"{(row * (column + 3) * 7) % 89}"
    for key in ("8", "9", "10", "11"):
        table[key] = dict(table["7"])
    ordered = sorted(table, key=lambda key: -float(table[key]["overall"]))
    for place, key in enumerate(ordered, start=1):
        table[key]["place"] = str(place)
    table["1"]["place"] = "9"
    table["2"].update(a="x", b="120")
    table["3"]["ramp"] = "0.7"
    table["4"].update(population="2979", sample="3")
    table["5"].update(share="99.0", sample="20")
    table["6"]["overall"] = "99.00"
    subjects = {
        code: PublishedSubject(code, "", F(0), F(100)) for row in table.values() for code in row if code != "place"
    }
    subjects |= {"ramp": PublishedSubject("ramp", "", F(0), F(1), (F(0), F(1, 2), F(1)))}
    subjects |= {code: PublishedSubject(code, "") for code in ("place", "population", "sample")}
    report = published(
        table,
        subjects=subjects,
        relations=(mean_of("overall", a="0.2", b="0.8"),),
        sample=SizeRule(SizeKind.FINITE_POPULATION, F("0.9"), F("0.1"), F("1.65")),
        shares=(DeclaredShares(("share",), "sample", F(100), exactly=True),),
    )
    fall = {"before": number("91.11%"), "after": number("83.9%")}
    claims = [
        claim(Statistic.MEAN, "12.0", "c0"),
        claim(Statistic.BEST, "12", "c0"),
        claim(Statistic.LOWEST, "a", "", subjects=("a", "b"), scope=units("12")),
        claim(Statistic.PERCENT, "86.88%", "", bases=(61,)),
        claim(Statistic.PERCENT, "30%", "", bases=(55, 57)),
        claim(Statistic.PERCENT, "55%", "", bases=(55, 57)),
        claim(Statistic.PERCENT, "76%", "", bases=(55, 57)),
        claim(Statistic.SHARE, "64 %", "", count=17, bases=(27,)),
        claim(Statistic.FALL, "7.21%", "", before_base=216, bases=(61,), **fall),
        claim(Statistic.RISE, "", "", **fall),
        claim(Statistic.CHANGE, "-6.5", "", **fall),
        claim(Statistic.FIGURE, "84.7", "index"),
        claim(Statistic.FIGURE, "84.8", "index"),
        claim(Statistic.MEAN, "1", "nothing"),
    ]
    return report, claims


def found() -> tuple[Publication, Audit]:
    report, claims = everything_wrong()
    return report, audit(report, claims)


def test_the_report_has_every_kind_of_finding_but_those_of_places_left_out() -> None:
    kinds = {one.kind for one in found()[1].defects}
    assert set(DefectKind) - kinds == {DefectKind.PLACE_MISSING, DefectKind.PLACES_OF_EQUALS}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_finding_is_said_with_all_its_figures(language: str) -> None:
    report, audited = found()
    words = AuditWords(report, wording(language, "audit", "report"))
    for one in audited.defects:
        said = f"{words.place_of(one)}: {words.sentence(one)}"
        assert not re.search(
            r"[{}]|None\b(?! of)|Fraction|\d\.\d" if language == "ru" else r"[{}]|None\b(?! of)|Fraction", _mine(said)
        )
        assert said.endswith((".", "}"))
        assert words.kind(one.kind)
        assert words.certainty(one.certainty)


def _mine(said: str) -> str:
    """The sentence without what is printed in the document, which stays as it is."""
    return re.sub(r"[+-]?\d+\.\d+%?|«[^»]*»|“[^”]*”", "", said)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_conclusion_has_a_row_for_every_finding(language: str) -> None:
    report, audited = found()
    words = AuditWords(report, wording(language, "audit", "report"))
    head = ConclusionHead("title", "document", "publisher", "2016", ("note",), Stamp("", "", "merilo", ()))
    document = audit_conclusion(audited, head, words)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    summary, *kinds, _files = tables
    assert sum(int(row.cells[-1]) for row in summary.rows) == len(audited.defects)
    assert sum(len(table.rows) for table in kinds) == len(audited.defects)
    assert len({one.kind for one in audited.defects}) == len(kinds)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_was_not_compared_is_said(language: str) -> None:
    report, audited = found()
    words = AuditWords(report, wording(language, "audit", "report"))
    assert len(words.unchecked(["overall"], audited.unchecked_claims)) == 2
