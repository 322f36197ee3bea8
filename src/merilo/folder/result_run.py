"""run.json: what an assessment was computed from and by which rules, so that anybody can compute it again."""

from __future__ import annotations

import json
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from merilo import __version__
from merilo.assessment.methodology.edition import Weight
from merilo.assessment.methodology.policies import PerCode, Policies
from merilo.assessment.pipeline import Assessment
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import exclusions_record

E = TypeVar("E", bound=Enum)


def run_json(opened: OpenedFolder, assessment: Assessment) -> str:
    """The record of a run. It holds no time of day: the same inputs give the same bytes."""
    return json.dumps(run_record(opened, assessment), ensure_ascii=False, indent=2) + "\n"


def run_record(opened: OpenedFolder, assessment: Assessment) -> dict[str, object]:
    """The same as plain values."""
    case, units = assessment.case, assessment.case.table.units
    return {
        "merilo": __version__,
        "title": opened.settings.title,
        "period": opened.settings.period,
        "stamp": stamp_record(assessment),
        "policies": policies_record(case.rules.policies),
        "weights": {
            "scheme": case.rules.scheme.code,
            "kind": case.rules.scheme.kind.value,
            "criteria": {code: _weight(weight) for code, weight in case.rules.weights.items()},
        },
        "ranking_within": list(case.ranking_within),
        "uncertainty": {
            "level": case.uncertainty.level,
            "best": case.uncertainty.best,
            "draws": case.uncertainty.draws,
            "seed": case.uncertainty.seed,
        },
        "organisations": len(units.organisations),
        "units": len(units.units),
        "rated": len(assessment.rated.rows),
        "questionnaires": {
            "files": list(opened.survey.files),
            "count": opened.survey.forms,
            "conflicts": dict(sorted(opened.survey.conflicts.items())),
            "excluded": exclusions_record(opened),
        },
    }


def stamp_record(assessment: Assessment) -> dict[str, object]:
    """The stamp as plain values."""
    stamp = assessment.case.stamp
    return {
        "edition": stamp.edition,
        "edition_sha256": stamp.edition_sha256,
        "program": stamp.program,
        "fingerprint": stamp.fingerprint,
        "inputs": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in stamp.inputs],
    }


def policies_record(policies: Policies) -> dict[str, object]:
    """Every policy in force by its code, with the exceptions it has."""
    rounding = policies.rounding
    return {
        "empty_group": _rule(policies.empty_group),
        "empty_part": _rule(policies.empty_part),
        "denominator": _rule(policies.denominator),
        "bases": policies.bases.value,
        "no_data": _rule(policies.no_data),
        "forms": policies.forms.value,
        "ties": policies.ties.value,
        "rank_on": policies.rank_on.value,
        "rounding": {
            "stage": rounding.stage.value,
            "digits": rounding.digits,
            "mode": rounding.mode.value,
            "printed": rounding.printed,
        },
    }


def _rule(rule: PerCode[E]) -> object:
    if not rule.exceptions:
        return rule.default.value
    exceptions = {code: value.value for code, value in sorted(rule.exceptions.items())}
    return {"default": rule.default.value, "exceptions": exceptions}


def _weight(weight: Weight) -> object:
    """A weight as written exactly: `1/5`, or one per value of a category."""
    if not weight.category:
        return str(weight.default or Fraction(0))
    return {"by": weight.category, **{value: str(share) for value, share in weight.cases}}
