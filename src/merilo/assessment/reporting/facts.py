"""What every section of a report reads: the assessment, its head, names, groups, exact values, printed numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.edition import Criterion, CriterionValue, Edition, Indicator, OverallValue
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import FormsOfService, Policies
from merilo.assessment.methodology.quantity import Source
from merilo.assessment.observations.register import Organisation
from merilo.assessment.recheck.waves import WaveChanges
from merilo.assessment.reporting.assessed import Assessed
from merilo.assessment.reporting.document import Row
from merilo.assessment.reporting.number_words import HUNDRED, NumberWords, number_words
from merilo.assessment.reporting.report_head import ReportHead
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.reporting.summary import Summary, summarise
from merilo.assessment.scoring.exact import score_unit
from merilo.assessment.scoring.score import OVERALL, UnitScore
from merilo.assessment.wording import Wording

SHORT_NAME = "short_name"
NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are ranked together, and what they have in common (empty where there is one group)."""

    name: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The material of a report. `names` and `short` are per rated row; `scores`, and their `values` by subject,
    per unit; `changes` since the previous wave, where one was given."""

    assessment: Assessed
    head: ReportHead
    wording: Wording
    numbers: NumberWords
    names: tuple[str, ...]
    short: tuple[str, ...]
    groups: tuple[Group, ...]
    scores: tuple[UnitScore, ...]
    values: tuple[Mapping[str, Fraction | None], ...]
    changes: WaveChanges | None = None
    _summaries: dict[tuple[str, tuple[int, ...]], Summary] = field(default_factory=dict, repr=False)

    @property
    def edition(self) -> Edition:
        """The edition scored by."""
        return self.assessment.case.rules.edition

    @property
    def policies(self) -> Policies:
        """The policies in force."""
        return self.assessment.case.rules.policies

    @property
    def has_overall(self) -> bool:
        """Whether the methodology makes an overall score, and so a rating."""
        return self.edition.overall is not OverallValue.NONE

    def say(self, code: str, **values: object) -> str:
        """The sentence with this code."""
        return self.wording.say(code, **values)

    def word(self, family: str, member: Enum) -> str:
        """The words for one member of a closed list."""
        return self.wording.say(f"REPORT-{family}-{member.name.replace('_', '-')}")

    def quoted(self, text: str) -> str:
        """A text in quotes; quotes inside it become the inner ones."""
        inner = text.replace("«", "„").replace("»", "“") if self.wording.language == "ru" else text
        return self.say("REPORT-QUOTED", text=inner)

    def organisations(self, count: int) -> str:
        """`27 организаций`, or how many are assessed where forms of service are kept apart."""
        code = "REPORT-UNITS" if self.are_forms_apart else "REPORT-ORGANISATIONS"
        return self.say(code, n=count)

    def of_organisations(self, count: int, base: int) -> str:
        """`12 из 27 организаций (44,4 %)`."""
        code = "REPORT-OF-UNITS" if self.are_forms_apart else "REPORT-OF-ORGANISATIONS"
        share = self.numbers.percent(Fraction(count, base)) if base else "–"
        return self.say(code, count=count, base=base, share=share)

    @property
    def are_forms_apart(self) -> bool:
        """Whether a row is an organisation in one form of service."""
        return self.policies.forms is FormsOfService.SEPARATE and self.edition.splitting is not None

    def organisation(self, row: int) -> Organisation:
        """The organisation of a rated row."""
        return self.assessment.case.table.units.organisations[self.assessment.rated.rows[row].organisation]

    def form_names(self, row: int) -> list[str]:
        """The names of the forms of service behind a row."""
        units = self.assessment.case.table.units.units
        forms = [units[unit].form for unit in self.assessment.rated.rows[row].units]
        return [category_value_name(self.edition, form) for form in forms if form]

    def named(self, rows: Sequence[int], shown: int = NAMES_SHOWN) -> str:
        """Names in the nominative, apart by semicolons; of many only how many there are."""
        if len(rows) > shown:
            return self.organisations(len(rows))
        return "; ".join(self.names[row] for row in rows)

    def unit_scores(self, row: int) -> list[UnitScore]:
        """The exact scores of the units behind a row."""
        return [self.scores[unit] for unit in self.assessment.rated.rows[row].units]

    def is_share(self, subject: str) -> bool:
        """Whether a subject is compared as a share of what could be attained: a criterion of summed points."""
        criterion = self.criterion(subject)
        return criterion is not None and criterion.value is CriterionValue.SUM

    def is_reference(self, criterion: Criterion) -> bool:
        """Whether a group has no value of its own by design: none of its indicators weighs anything."""
        weights = [one.weight for one in criterion.indicators]
        return not any(share for weight in weights for share in (weight.default, *(part for _, part in weight.cases)))

    @property
    def valued_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that can have a value."""
        return tuple(one for one in self.edition.criteria if not self.is_reference(one))

    def criterion(self, code: str) -> Criterion | None:
        """A criterion by code."""
        return next((criterion for criterion in self.edition.criteria if criterion.code == code), None)

    def attainable(self, code: str, row: int) -> Fraction:
        """What a row could attain in a criterion: the mean over its scored forms."""
        found = [part.high for score in self.unit_scores(row) for part in score.criteria if part.code == code]
        scored = [
            part.high
            for score in self.unit_scores(row)
            for part in score.criteria
            if part.code == code and part.status is Status.SCORED
        ]
        counted = scored or found
        return sum(counted, Fraction(0)) / len(counted) if counted else Fraction(0)

    def exact(self, subject: str, row: int) -> Fraction | None:
        """The exact score of a rated row: the mean over its scored forms; None where the rating has no value.

        It is what `rated.exact` gives, taken from scores that are worked out once.
        """
        values = self.assessment.rated.subject(subject)
        if values is None or np.isnan(values.value[row]):
            return None
        if subject in self.assessment.rated.items:
            return self.assessment.rated.exact(subject, row)
        units = self.assessment.rated.rows[row].units
        found = [value for unit in units if (value := self.values[unit].get(subject)) is not None]
        return sum(found, Fraction(0)) / len(found) if found else None

    def compared(self, subject: str, row: int) -> Fraction | None:
        """The value rows are compared by: the score, or the percentage of the attainable points."""
        value = self.exact(subject, row)
        if value is None or not self.is_share(subject):
            return value
        high = self.attainable(subject, row)
        return HUNDRED * value / high if high else None

    def asked(self, indicators: Sequence[Indicator], row: int) -> int | None:
        """The smallest number of answers behind the indicators that rest on questionnaires alone, over all forms of
        service; None without any."""
        found = []
        for indicator in indicators:
            if self._is_surveyed(indicator):
                parts = [score.indicator(indicator.code) for score in self.unit_scores(row)]
                bases = [part.working.base for part in parts if part is not None and part.working.base is not None]
                found += [int(sum(bases))] if bases else []
        return min(found, default=None)

    def _is_surveyed(self, indicator: Indicator) -> bool:
        read = [self.edition.quantities[code] for code in indicator.item.formula.quantities()]
        return bool(read) and all(quantity.source is Source.SURVEY for quantity in read)

    def summary(self, subject: str, rows: Sequence[int]) -> Summary:
        """A subject over some rows."""
        key = (subject, tuple(rows))
        if key not in self._summaries:
            rounding = self.policies.rounding
            values = {row: self.compared(subject, row) for row in rows}
            self._summaries[key] = summarise(values, rounding.printed, rounding.mode)
        return self._summaries[key]

    def value_text(self, subject: str, value: Decimal) -> str:
        """A printed value with its unit."""
        if self.is_share(subject):
            return self.say("REPORT-OF-ATTAINABLE", share=self.numbers.percent_of(value))
        return self.numbers.points(value)

    def printed(self, subject: str, row: int) -> str:
        """A subject's score in a table cell; a dash where there is none."""
        value = self.exact(subject, row)
        return "–" if value is None else self.numbers.score_text(value)


def gather_facts(
    assessment: Assessed, head: ReportHead, wording: Wording, changes: WaveChanges | None = None
) -> ReportFacts:
    """Everything the sections read, worked out once."""
    rules, table = assessment.case.rules, assessment.case.table
    names = tuple(_row_name(assessment, row, _full_name(assessment, row)) for row in range(len(assessment.rated.rows)))
    scores = tuple(score_unit(rules, table, unit) for unit in range(table.size))
    return ReportFacts(
        assessment=assessment,
        head=head,
        wording=wording,
        numbers=number_words(rules.edition, rules.policies.rounding, wording),
        names=names,
        short=_short_names(assessment),
        groups=_groups(assessment),
        scores=scores,
        values=tuple(_values_of(score) for score in scores),
        changes=changes,
    )


def _values_of(score: UnitScore) -> dict[str, Fraction | None]:
    """Every number of a score: indicators as their formulas gave them, criteria, the overall score."""
    found: dict[str, Fraction | None] = {OVERALL: score.value}
    for criterion in score.criteria:
        found[criterion.code] = criterion.value
        found.update({part.code: part.working.value for part in criterion.parts})
    return found


def dash_note(facts: ReportFacts, rows: Sequence[Row]) -> str:
    """What a dash means, where there is one."""
    return facts.say("REPORT-DASH-NOTE") if any("–" in row.cells for row in rows) else ""


def category_value_name(edition: Edition, value: str, category: str = "") -> str:
    """The name of a category value (of the form of service without a category); the value itself if unknown."""
    found = edition.category(category) if category else edition.splitting
    names = {one.code: one.name for one in found.values} if found else {}
    return names.get(value, value)


def _full_name(assessment: Assessed, row: int) -> str:
    organisation = assessment.case.table.units.organisations[assessment.rated.rows[row].organisation]
    return organisation.name or organisation.key


def _row_name(assessment: Assessed, row: int, name: str) -> str:
    """The organisation's name, with its form of service where the same organisation has several rows."""
    rated = assessment.rated.rows[row]
    if assessment.case.rules.policies.forms is not FormsOfService.SEPARATE or not rated.form:
        return name
    return f"{name} ({category_value_name(assessment.case.rules.edition, rated.form)})"


def _short_names(assessment: Assessed) -> tuple[str, ...]:
    """Short names are made per organisation, so that its forms share one."""
    indexes = list(dict.fromkeys(row.organisation for row in assessment.rated.rows))
    organisations = assessment.case.table.units.organisations
    short = short_names(
        [organisations[index].name or organisations[index].key for index in indexes],
        [organisations[index].details.get(SHORT_NAME, "") for index in indexes],
    )
    of: Mapping[int, str] = dict(zip(indexes, short, strict=True))
    return tuple(_row_name(assessment, row, of[rated.organisation]) for row, rated in enumerate(assessment.rated.rows))


def _groups(assessment: Assessed) -> tuple[Group, ...]:
    """The groups of the ranking in the order they first appear; one without a name where all are ranked together."""
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(assessment.groups):
        rows.setdefault(group, []).append(row)
    if len(rows) == 1:
        return tuple(Group("", tuple(found)) for found in rows.values())
    return tuple(Group(_group_name(assessment, found[0]), tuple(found)) for found in rows.values())


def _group_name(assessment: Assessed, row: int) -> str:
    attributes, edition = assessment.attributes(row), assessment.case.rules.edition
    found = [
        category_value_name(edition, attributes.get(category, ""), category)
        for category in assessment.case.ranking_within
    ]
    return " / ".join(name or "–" for name in found)
