"""A draw from a list of recipients: sizes from a plan or an option, the record that lets anybody repeat it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from merilo import __version__
from merilo.assessment.errors import Place, Problem, has_errors, problem, warning
from merilo.assessment.sampling.draw import DOMAIN, DrawMethod, DrawnPerson, StratumDraw, draw
from merilo.assessment.sampling.size import rounded_up
from merilo.folder.sample_list import ListColumns, RecipientList, read_list, sha256_of
from merilo.folder.sample_plan_file import Sizes, read_plan_sizes
from merilo.formats.writing import Cell, write_csv
from merilo.whole_files import write_whole

RECORD, TABLE, WORKBOOK = "draw.json", "draw.csv", "draw.xlsx"
MAIN, RESERVE = "main", "reserve"
KIND = "merilo-draw"


@dataclass(frozen=True, slots=True)
class DrawSizes:
    """How many to draw: from a plan's file, or so many (or such a share) of every stratum; `reserve` is a number or a
    share of the size, None: as the plan says, else none."""

    plan: Path | None = None
    size: int | None = None
    share: Fraction | None = None
    reserve: Fraction | None = None


@dataclass(frozen=True, slots=True)
class FinishedDraw:
    """A draw with all it was made from."""

    recipients: RecipientList
    plan: tuple[str, str] | None
    strata: tuple[StratumDraw, ...]
    method: DrawMethod
    seed: str
    drawn: tuple[DrawnPerson, ...]


def draw_from(
    path: Path, columns: ListColumns, sizes: DrawSizes, method: DrawMethod, seed: str, problems: list[Problem]
) -> FinishedDraw | None:
    """Read the list, draw from it; None, with every reason in `problems`, where that cannot be done."""
    found = read_list(path, columns, problems)
    if found is None:
        return None
    strata = _strata(found, sizes, problems)
    if has_errors(problems):
        return None
    plan = (sizes.plan.name, sha256_of(sizes.plan)) if sizes.plan is not None else None
    return FinishedDraw(found, plan, tuple(strata), method, seed, draw(found.people, strata, method, seed))


def _strata(found: RecipientList, sizes: DrawSizes, problems: list[Problem]) -> list[StratumDraw]:
    listed = found.listed()
    if sizes.plan is not None:
        wanted = _planned(sizes.plan, found, problems)
    elif sizes.size is not None:
        wanted = dict.fromkeys(sorted(listed), (sizes.size, 0))
    else:
        share = sizes.share or Fraction(0)
        wanted = {stratum: (rounded_up(listed[stratum] * share), 0) for stratum in sorted(listed)}
    strata = []
    for stratum, (size, planned_reserve) in wanted.items():
        have = listed.get(stratum, 0)
        named = {"organisation": stratum[0] or "–", "form": stratum[1] or "–"}
        if size > have:
            problems.append(warning("SAMPLE-36", Place(found.name), size=size, have=have, **named))
        taken = min(size, have)
        reserve = planned_reserve if sizes.reserve is None else _reserve(sizes.reserve, size)
        strata.append(StratumDraw(stratum, taken, min(reserve, have - taken)))
    return strata


def _reserve(asked: Fraction, size: int) -> int:
    """A number of people, or a share of the size where it is below 1."""
    return rounded_up(size * asked) if asked < 1 else int(asked)


def _planned(path: Path, found: RecipientList, problems: list[Problem]) -> Sizes:
    """The sizes of a plan by the strata of the list; a stratum of the list that the plan lacks is a problem."""
    wanted = read_plan_sizes(path, problems, by_form=bool(found.columns.form))
    if wanted is None:
        return {}
    for organisation, form in sorted(found.listed().keys() - wanted.keys()):
        where = Place(found.name)
        problems.append(problem("SAMPLE-38", where, organisation=organisation, form=form or "–", plan=path.name))
    return wanted


def draw_record(found: FinishedDraw) -> dict[str, Any]:
    """The record as plain values: everything the draw follows from, and who was drawn, by row and identifier only."""
    listed = found.recipients.listed()
    names = found.recipients.columns
    return {
        "kind": KIND,
        "program": f"merilo {__version__}",
        "algorithm": f"SHA-256, {DOMAIN}",
        "list": {
            "name": found.recipients.name,
            "bytes": found.recipients.bytes,
            "sha256": found.recipients.sha256,
            "people": len(found.recipients.people),
        },
        "plan": None if found.plan is None else {"name": found.plan[0], "sha256": found.plan[1]},
        "columns": asdict(names),
        "method": found.method.value,
        "seed": found.seed,
        "strata": [
            {
                "organisation": one.stratum[0],
                "form": one.stratum[1],
                "listed": listed[one.stratum],
                "size": one.size,
                "reserve": one.reserve,
            }
            for one in found.strata
        ],
        "drawn": [_drawn(one, bool(names.identifier)) for one in found.drawn],
    }


def _drawn(one: DrawnPerson, has_identifier: bool) -> dict[str, Any]:
    organisation, form = one.person.stratum
    place = {"organisation": organisation, "form": form, "order": one.order}
    role = {"role": RESERVE if one.is_reserve else MAIN, "row": one.person.row}
    return {**place, **role, **({"id": one.person.identifier} if has_identifier else {})}


def write_draw(record: Mapping[str, Any], out: Path) -> list[Path]:
    """Write the record and the table of those drawn, as CSV and as a workbook; the files written."""
    from merilo.formats.xlsx_tables import Sheet, write_workbook

    out.mkdir(parents=True, exist_ok=True)
    header, rows = _table(record["drawn"], bool(record["columns"]["identifier"]))
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_csv(out / TABLE, header, rows)
    write_workbook(out / WORKBOOK, [Sheet("draw", header, rows)])
    write_whole(out / RECORD, text.encode())
    return [out / TABLE, out / WORKBOOK, out / RECORD]


def _table(drawn: Sequence[Mapping[str, Any]], has_identifier: bool) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    header = ("organisation", "form", "order", "role", "row", *(["id"] if has_identifier else []))
    return header, [tuple(one[name] for name in header) for one in drawn]


def repeat_draw(path: Path, record_path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """The record a list gives with the settings of an old record; None, with the reasons, where it differs from it."""
    old = _read_record(record_path, problems)
    if old is None:
        return None
    columns = ListColumns(**old["columns"])
    found = read_list(path, columns, problems)
    if found is None:
        return None
    if found.sha256 != old["list"]["sha256"]:
        problems.append(problem("SAMPLE-40", Place(path.name), record=record_path.name))
        return None
    strata = tuple(
        StratumDraw((one["organisation"], one["form"]), one["size"], one["reserve"]) for one in old["strata"]
    )
    method = DrawMethod(old["method"])
    listed = found.listed()
    if any(one.size + one.reserve > listed[one.stratum] for one in strata):
        problems.append(problem("SAMPLE-41", Place(record_path.name)))
        return None
    plan = None if old["plan"] is None else (old["plan"]["name"], old["plan"]["sha256"])
    again = draw_record(
        FinishedDraw(found, plan, strata, method, old["seed"], draw(found.people, strata, method, old["seed"]))
    )
    unlike = [one for one in again["drawn"] if one not in old["drawn"]]
    unlike += [one for one in old["drawn"] if one not in again["drawn"]]
    if unlike:
        rows = ", ".join(str(row) for row in sorted({one["row"] for one in unlike})[:10])
        problems.append(problem("SAMPLE-42", Place(record_path.name), rows=rows))
        return None
    return again


def _read_record(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """A record as it was written; what is none, or was changed beyond reading, is a problem."""
    try:
        old = json.loads(path.read_text(encoding="utf-8-sig"))
        is_ours = old["kind"] == KIND and DrawMethod(old["method"]) and isinstance(old["seed"], str)
        ListColumns(**old["columns"])
        numbers = [one[key] for one in old["strata"] for key in ("size", "reserve")]
        numbers += [one["row"] for one in old["drawn"]]
        texts = [one[key] for one in old["strata"] for key in ("organisation", "form")]
        is_sound = all(type(one) is int and one >= 0 for one in numbers) and all(isinstance(one, str) for one in texts)
        old["list"]["sha256"], old["plan"]
    except FileNotFoundError:
        problems.append(problem("TABLE-01", Place(path.as_posix())))
        return None
    except (ValueError, KeyError, TypeError):
        is_ours = is_sound = False
    if is_ours and is_sound:
        return dict(old)
    problems.append(problem("SAMPLE-43", Place(path.name)))
    return None
