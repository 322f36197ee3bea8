"""An assessment small enough to check by hand: five organisations, two criteria of one survey share each.

| | open, of 20 | polite, of 20 | openness | courtesy | overall |
|---|---|---|---|---|---|
| Центр «Заря» | 20 | 18 | 10 | 9 | 9.5 |
| Центр «Лад» | 16 | 18 | 8 | 9 | 8.5 |
| Центр «Ива» | 16 | 18 | 8 | 9 | 8.5 |
| Дом «Тополь» | 10 | 18 | 5 | 9 | 7 |
| Дом «Клен» | – | – | – | – | – |
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from merilo.assessment.methodology.edition import (
    Comparison,
    Criterion,
    CriterionValue,
    Edition,
    FindingRule,
    Grade,
    Indicator,
    LegalBasis,
    Norm,
    OverallValue,
    SchemeKind,
    Standing,
    Weight,
    WeightScheme,
)
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.observations.units import split_units
from merilo.assessment.pipeline import Assessment, Case, assess
from merilo.assessment.provenance import InputFile, Stamp
from merilo.assessment.recheck.compare import PublishedFigure
from merilo.assessment.reporting.report_head import Remark, ReportHead
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights

NAMES = ("Центр «Заря»", "Центр «Лад»", "Центр «Ива»", "Дом «Тополь»", "Дом «Клен»")
OPEN = (20.0, 16.0, 16.0, 10.0, np.nan)
POLITE = (18.0, 18.0, 18.0, 18.0, np.nan)
HEAD = ReportHead(
    title="Оценка",
    period="2024 год",
    questionnaires=80,
    conflicts=(("open", 3),),
    remarks=(Remark("o4", "open", "опрошены у входа"),),
)
PUBLISHED = (
    PublishedFigure(0, "overall", Fraction(95, 10), 1, 2),
    PublishedFigure(1, "overall", Fraction(86, 10), 1, 3),
    PublishedFigure(0, "place", Fraction(1), 0, 4),
    PublishedFigure(3, "place", Fraction(3), 0, 5),
    PublishedFigure(4, "place", Fraction(5), 0, 6),
)


def mini_edition(**changes: Any) -> Edition:
    """The edition; `changes` replace its fields."""
    edition = Edition(
        code="mini",
        version="1",
        title="Малая методика",
        title_en="Small methodology",
        legal_basis=(LegalBasis("Приказ № 1", "пункт 2", Standing.UNVERIFIED),),
        valid_from=None,
        valid_to=None,
        standing=Standing.UNVERIFIED,
        notes=(),
        low=Fraction(0),
        high=Fraction(10),
        unit=("балл", "балла", "баллов"),
        categories=(),
        states=(),
        policies=Policies(),
        quantities={code: _quantity(code, name) for code, name in (("open", "Довольны"), ("polite", "Вежливы"))},
        criteria=(
            _criterion("openness", "I", "Открытость", "open"),
            _criterion("courtesy", "II", "Вежливость", "polite"),
        ),
        overall=OverallValue.WEIGHTED_MEAN,
        schemes=(WeightScheme("equal", "равные веса", SchemeKind.EQUAL, Standing.INFERRED),),
        ranking_within=(),
        norms=(
            Norm("n1", "Открытость", "openness", Comparison.AT_LEAST, Fraction(8), "баллов", "Указ", Standing.VERIFIED),
            Norm("n2", "Вежливость", "courtesy", Comparison.AT_LEAST, Fraction(9), "баллов", "Указ", Standing.VERIFIED),
        ),
        grades=(Grade("хорошо", Fraction(8)), Grade("плохо", Fraction(0))),
        findings=(
            FindingRule("low", "довольны менее 60 %", "open", Comparison.BELOW, Fraction(60), "Разобраться."),
            FindingRule("bad", "вежливы менее 50 %", "polite", Comparison.BELOW, Fraction(50), "Учить."),
        ),
        breakdowns=(),
    )
    return replace(edition, **changes)


def _quantity(code: str, name: str) -> Quantity:
    return Quantity(code, name, QuantityKind.SHARE, Source.SURVEY)


def _criterion(code: str, label: str, name: str, quantity: str) -> Criterion:
    item = Item(f"{code}_share", f"{label}.1", f"{name}: доля", Ratio(quantity, Fraction(10)))
    indicator = Indicator(item, Weight(Fraction(1)), "пункт 3", Standing.INFERRED, f"{name} в долях")
    return Criterion(code, label, name, name, CriterionValue.WEIGHTED_MEAN, (indicator,))


def mini_assessment(
    edition: Edition | None = None, *, open_: Any = OPEN, polite: Any = POLITE, **policies: Any
) -> Assessment:
    """The assessment; counts are out of 20, NaN where nothing was observed."""
    edition = edition or mini_edition()
    organisations = [Organisation(f"o{number}", name, {}, 100) for number, name in enumerate(NAMES, start=1)]
    units = split_units(organisations, "")
    table = ObservationTable(units, {"open": _column(open_), "polite": _column(polite)}, {}, {})
    scheme = edition.schemes[0]
    rules = Rules(edition, replace(edition.policies, **policies), scheme, criterion_weights(edition, scheme, table))
    stamp = Stamp("mini 1", "ab" * 32, "merilo 0", (InputFile("observations.csv", 10, "cd" * 32),))
    return assess(Case(rules, table, (), PUBLISHED, stamp))


def _column(counts: Any) -> RawColumn:
    count = np.array(counts)
    seen = ~np.isnan(count)
    return RawColumn(count, np.where(seen, 20.0, np.nan), seen)
