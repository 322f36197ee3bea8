"""Laws of an audit: a faultless report gives no exact finding; a planted mistake is found where it stands."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.recheck.audit import Audit, audit
from merilo.assessment.recheck.defect import Certainty, Defect
from merilo.folder.audit_folder import open_audit
from tests.assessment.recheck.made_report import MadeReport, made_report
from tests.assessment.recheck.planted import plant

REPORTS, EACH = 200, 20


def audited(report: MadeReport, folder: Path) -> Audit:
    problems: list[Problem] = []
    opened = open_audit(report.write(folder), problems)
    assert problems == []
    assert opened is not None
    return audit(opened.publication, opened.claims)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, REPORTS, EACH))
def test_a_faultless_report_gives_no_exact_finding(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + EACH):
        report = made_report(seed)
        found = audited(report, tmp_path / str(seed))
        assert found.of(Certainty.EXACT) == (), seed
        assert found.cells > 0
        assert found.wholes > 0
        assert found.claims == len(report.claims)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, REPORTS, EACH))
def test_a_planted_mistake_is_found_where_it_stands(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + EACH):
        report = made_report(seed)
        planted = plant(report, Random(seed + 10_000))  # noqa: S311 - examples, no secrets
        found = audited(report, tmp_path / str(seed)).of(Certainty.EXACT)
        place = (planted.file, planted.row, planted.column)
        blamed = [one for one in found if stands(one) == place]
        named = [one for one in found if place in [(w.cell.file, w.cell.row, w.cell.column) for w in one.others]]
        assert blamed or (named and not planted.blamed), (seed, place, found)


def stands(found: Defect) -> tuple[str, int | None, str | None]:
    cell = found.where.cell
    return cell.file, cell.row, cell.column


def test_one_faultless_report_of_each_methodology(tmp_path: Path) -> None:
    """The quick part of the law: the first report made of each methodology."""
    seen: set[object] = set()
    for seed in range(12):
        report = made_report(seed)
        if report.settings["methodology"] not in seen:
            seen.add(report.settings["methodology"])
            assert audited(report, tmp_path / str(seed)).of(Certainty.EXACT) == ()
    assert len(seen) == 3
