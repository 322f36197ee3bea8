"""Made-up published reports without a mistake: random evidence scored by Merilo, rounded as printed reports do it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import yaml

from merilo.assessment.errors import Problem
from merilo.assessment.methodology.edition import OverallValue, SchemeKind
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.policies import Ties
from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.observations.units import split_units
from merilo.assessment.rating.ranking import rank
from merilo.assessment.rounding import Rounding, RoundingMode, RoundingStage, round_exact
from merilo.assessment.sampling.size import finite_population_size, nearest, rounded_up
from merilo.assessment.scoring.exact import score_unit
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights
from merilo.pack import Pack, find_pack, open_pack

EDITIONS = ("ru-344n-2018", "ru-995n-2014", "ru-kaluga-2023")
CLAIMS = ("place", "statistic", "subject", "scope", "value", "count", "base", "bound", "before", "after", "before_base")
Scores = dict[str, F | None]


@cache
def opened(name: str) -> Pack:
    problems: list[Problem] = []
    where = find_pack(name, None)
    pack = open_pack(where, problems) if where else None
    assert pack is not None, problems
    return pack


@dataclass
class MadeReport:
    """What is printed: a table of texts by unit and subject, claims, and audit.yaml as plain values."""

    settings: dict[str, object]
    units: list[str]
    columns: list[str]
    texts: dict[tuple[str, str], str]
    claims: list[dict[str, str]] = field(default_factory=list)
    high: F = F(100)
    items: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "scores.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=";")
            rows.writerow(["unit", *self.columns])
            rows.writerows([unit, *(self.texts[unit, column] for column in self.columns)] for unit in self.units)
        with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
            claims = csv.DictWriter(file, CLAIMS, restval="")
            claims.writeheader()
            claims.writerows(self.claims)
        (folder / "audit.yaml").write_text(yaml.safe_dump(self.settings, allow_unicode=True), encoding="utf-8")
        return folder


@dataclass(frozen=True)
class Printing:
    """How this report prints numbers."""

    mode: RoundingMode
    decimals: dict[str, int]
    comma: bool

    def number(self, value: F, decimals: int) -> str:
        text = format(round_exact(value, decimals, self.mode), "f")
        return text.replace(".", ",") if self.comma else text


def made_report(seed: int) -> MadeReport:
    random = Random(seed)  # noqa: S311 - examples, no secrets
    pack = opened(random.choice(EDITIONS))
    size = random.randint(4, 30)
    mode = random.choice((RoundingMode.HALF_UP, RoundingMode.HALF_EVEN))
    decimals = {"item": random.randint(1, 2), "criterion": random.randint(1, 2), "overall": random.randint(1, 2)}
    printing = Printing(mode, decimals, random.random() < 0.5)
    stage = random.choice((RoundingStage.NONE, RoundingStage.ALL))
    digits = max(decimals.values())
    scheme = random.choice([one for one in pack.edition.schemes if one.kind is not SchemeKind.IMPORTANCE])
    organisations, samples = _organisations(random, pack, size)
    table = _evidence(random, pack, organisations, samples)
    policies = replace(pack.edition.policies, rounding=Rounding(stage, digits, mode, digits))
    rules = Rules(pack.edition, policies, scheme, criterion_weights(pack.edition, scheme, table))
    scores = [_scores(rules, table, row) for row in range(size)]
    report = MadeReport(
        {
            "title": "Отчет",
            "document": "Отчет",
            "methodology": pack.edition.code,
            "weights": scheme.code,
            "tables": [{"file": "scores.csv", "place": "таблица 1"}],
            "claims": "claims.csv",
        },
        [one.key for one in organisations],
        [],
        {},
        high=pack.edition.high,
    )
    _print_scores(random, report, pack, scores, printing, organisations)
    _print_places(random, report, scores, printing)
    _print_samples(random, report, samples)
    _declare_shares(random, report, pack, samples)
    _claim(random, report, scores, printing)
    return report


def _organisations(random: Random, pack: Pack, size: int) -> tuple[list[Organisation], list[int]]:
    """Organisations, each with one value of every category, and how many of their recipients answered."""
    found = []
    for number in range(size):
        values = {one.code: (random.choice(one.values).code,) for one in pack.edition.categories}
        found.append(Organisation(f"{number + 1:03}", "", values, random.randint(60, 4000)))
    return found, [random.randint(12, 60) for _ in found]


def _evidence(random: Random, pack: Pack, organisations: list[Organisation], samples: list[int]) -> ObservationTable:
    splitting = pack.edition.splitting
    columns = {}
    for quantity in pack.edition.quantities.values():
        pairs = [_observed(random, quantity, sample) for sample in samples]
        seen = np.ones(len(pairs), dtype=np.bool_)
        count, base = (np.array([float(pair[index]) for pair in pairs]) for index in (0, 1))
        columns[quantity.code] = RawColumn(count, base if quantity.kind.has_base else np.full(len(pairs), np.nan), seen)
    return ObservationTable(split_units(organisations, splitting.code if splitting else ""), columns, {}, {})


def _observed(random: Random, quantity: Quantity, sample: int) -> tuple[int | F, int]:
    skill = random.betavariate(6, 2)
    match quantity.kind:
        case QuantityKind.SHARE:
            return sum(random.random() < skill for _ in range(sample)), sample
        case QuantityKind.CHECKLIST:
            base = len(quantity.items) or 15
            return random.randint(base // 3, base), base
        case QuantityKind.CHOICE:
            return random.choice([one.value for one in quantity.options]), 1
        case QuantityKind.RATING | QuantityKind.MEASURE:
            most = int(quantity.maximum or 40)
            return sum(random.randint(min(1, most), most) for _ in range(sample)), sample
        case QuantityKind.RATE:
            return random.randint(0, 6), random.randint(50, 400)
        case QuantityKind.NORM:
            return 14, 1
        case QuantityKind.COUNT:
            return random.randint(20, 25), 1


def _scores(rules: Rules, table: ObservationTable, row: int) -> Scores:
    """Every number of one unit, unrounded unless the stages of its methodology round it."""
    unit = score_unit(rules, table, row)
    found: Scores = {"overall": unit.value}
    for criterion in unit.criteria:
        found[criterion.code] = criterion.value
        for part in criterion.parts:
            found[part.code] = part.value if part.weight else part.working.value
            stack = [part.working]
            while stack:
                working = stack.pop()
                for code, inner in working.parts:
                    stack.append(inner)
                    if code:
                        found[code] = inner.value
    return found


def _print_scores(
    random: Random,
    report: MadeReport,
    pack: Pack,
    scores: list[Scores],
    printing: Printing,
    organisations: list[Organisation],
) -> None:
    edition = pack.edition
    report.columns = [one.code for one in edition.categories]
    for unit, organisation in zip(report.units, organisations, strict=True):
        for category in report.columns:
            report.texts[unit, category] = organisation.value(category)
    levels = [("criterion", [one.code for one in edition.criteria])]
    if edition.overall is not OverallValue.NONE:
        levels.append(("overall", ["overall"]))
    if random.random() < 0.7:
        levels.append(("item", list(edition.items)))
        report.items = [one.code for one in edition.indicators if one.item.formula.kind != "by_category"]
    for level, codes in levels:
        for code in codes:
            report.columns.append(code)
            for unit, score in zip(report.units, scores, strict=True):
                value = score.get(code)
                report.texts[unit, code] = "–" if value is None else printing.number(value, printing.decimals[level])


def _print_places(random: Random, report: MadeReport, scores: list[Scores], printing: Printing) -> None:
    if "overall" not in report.columns or any(score["overall"] is None for score in scores):
        return
    ties = random.choice(list(Ties))
    exact = [score["overall"] or F(0) for score in scores]
    printed = [F(round_exact(value, printing.decimals["overall"], printing.mode)) for value in exact]
    on = random.choice(("printed", "unrounded"))
    ranked = np.array([float(value) for value in (printed if on == "printed" else exact)])
    places = rank(ranked, ties, tie_break=np.array([float(value) for value in exact]), keys=report.units)
    report.columns.append("place")
    for unit, place in zip(report.units, places.tolist(), strict=True):
        report.texts[unit, "place"] = str(place)
    if random.random() < 0.5:
        report.settings["ranking"] = {"ties": ties.value, "on": on}


def _print_samples(random: Random, report: MadeReport, samples: list[int]) -> None:
    """Samples and the populations that ask for them by the declared rule."""
    rule = random.choice(("finite_population", "share", ""))
    report.columns += ["population", "sample"]
    for unit, sample in zip(report.units, samples, strict=True):
        report.texts[unit, "population"] = str(random.randint(100, 5000))
        report.texts[unit, "sample"] = str(sample)
    if not rule:
        return
    # The sizes asked for replace those answered, so shares are not declared beside them.
    for unit in report.units:
        population = int(report.texts[unit, "population"])
        if rule == "share":
            size = min(600, rounded_up(population * F(2, 5)))
            report.settings["sample"] = {"rule": rule, "share": "0.4", "cap": 600}
        else:
            unrounded = finite_population_size(population, share=F("0.9"), margin=F("0.1"), t=F("1.65"))
            how = "nearest" if len(report.units) % 2 else "up"
            size = nearest(unrounded) if how == "nearest" else rounded_up(unrounded)
            constants = {"share": "0.9", "margin": "0.1", "t": "1.65", "rounding": how}
            report.settings["sample"] = {"rule": rule, **constants}
        report.texts[unit, "sample"] = str(size)


def _declare_shares(random: Random, report: MadeReport, pack: Pack, samples: list[int]) -> None:
    """Every column that is a share of the answers."""
    if "sample" in report.settings:
        return
    found: dict[F, list[str]] = {}
    for item in pack.edition.items.values():
        formula = item.formula
        if isinstance(formula, Ratio) and item.code in report.columns:
            quantity = pack.edition.quantities[formula.quantity]
            if quantity.kind is QuantityKind.SHARE and quantity.source is Source.SURVEY:
                found.setdefault(formula.scale, []).append(item.code)
    answered = random.choice(("all", "some"))
    report.settings["shares"] = [
        {"subjects": codes, "base": "sample", "whole": str(whole), "answered": answered}
        for whole, codes in found.items()
    ]


def _claim(random: Random, report: MadeReport, scores: list[Scores], printing: Printing) -> None:
    """Statements about one criterion or the overall score, from unrounded or from printed values."""
    scored = [code for code in report.columns if all(score.get(code) is not None for score in scores)]
    for code in random.sample(scored, min(2, len(scored))):
        texts = [report.texts[unit, code] for unit in report.units]
        printed = [F(text.replace(",", ".")) for text in texts]
        values = printed if random.random() < 0.5 else [score[code] or F(0) for score in scores]
        _claim_of(report, code, values, printed, texts, printing)
    base = random.randint(20, 200)
    count = random.randint(0, base)
    share = printing.number(F(100 * count, base), random.randint(0, 2))
    _add(report, statistic="share", value=f"{share} %", count=str(count), base=str(base))
    _add(report, statistic="percent", value=f"{share} %", base=str(base))
    before, after = F(random.randint(300, 900), 10), F(random.randint(300, 900), 10)
    _add(
        report,
        statistic="change",
        value=f"{'+' if after > before else ''}{printing.number(after - before, 1)}",
        before=f"{printing.number(before, 1)} %",
        after=f"{printing.number(after, 1)} %",
    )


def _claim_of(
    report: MadeReport, code: str, values: list[F], printed: list[F], texts: list[str], printing: Printing
) -> None:
    decimals = len(texts[0].replace(",", ".").partition(".")[2])
    mean = sum(values, F(0)) / len(values)
    above = sum(value > mean for value in values)
    best = [unit for unit, value in zip(report.units, printed, strict=True) if value == max(printed)]
    _add(report, statistic="mean", subject=code, value=printing.number(mean, decimals))
    _add(report, statistic="minimum", subject=code, value=texts[printed.index(min(printed))])
    _add(report, statistic="maximum", subject=code, value=texts[printed.index(max(printed))])
    _add(report, statistic="best", subject=code, value="; ".join(best))
    _add(report, statistic="count_above_mean", subject=code, value=str(above), base=str(len(values)))
    _add(report, statistic="count_at_least", subject=code, value=str(len(values)), bound=str(min(printed)))
    _add(report, statistic="value", subject=code, scope=report.units[0], value=texts[0])


def _add(report: MadeReport, **cells: str) -> None:
    cells["bound"] = str(float(F(cells["bound"]))) if "bound" in cells else ""
    report.claims.append({"place": f"абзац {len(report.claims) + 1}", **cells})
