"""`merilo sample power`: what the planned survey will be able to tell, by simulation, on the screen and as charts."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import InputError, MeriloError, Problem
from merilo.assessment.reporting.place_words import span_text
from merilo.assessment.reporting.power_document import (
    PowerHead,
    chance_chart,
    distances,
    factor_words,
    number,
    power_document,
    power_lines,
    width_chart,
)
from merilo.assessment.sampling.forecast import GroupForecast
from merilo.assessment.sampling.power import PowerDesign
from merilo.assessment.wording import Wording
from merilo.cli.option_numbers import exact_number
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.score import asked_names
from merilo.cli.screen import progress
from merilo.folder.assessment_folder import OUT
from merilo.folder.sample_frame import OpenedFrame
from merilo.folder.sample_power import PowerChoices, forecast_folder
from merilo.formats.writing import Cell, write_csv
from merilo.shelf import wording
from merilo.whole_files import write_whole

NAME = "sample_power"
FORMATS = frozenset({"csv", "svg", "png", "docx"})
Fits = Callable[[Fraction], bool]
RANGES: dict[str, Fits] = {
    "POWER-RANGE-POSITIVE": lambda value: value > 0,
    "POWER-RANGE-SHARE": lambda value: 0 < value < 1,
    "POWER-RANGE-WHOLE": lambda value: value >= 1 and value.denominator == 1,
    "POWER-RANGE-REPLICATIONS": lambda value: 100 <= value <= 20_000 and value.denominator == 1,
}


def run(arguments: Namespace) -> int:
    """Simulate, write the charts and tables, say what to expect."""
    formats = asked_names(arguments, arguments.format, FORMATS)
    words = wording(arguments.lang, "power", "report")
    choices = _choices(arguments, words)
    problems: list[Problem] = []
    with progress(wording(arguments.lang, "cli").say("STEP-SIMULATE")):
        found = forecast_folder(Path(arguments.folder), choices, problems)
    if found is None:
        raise InputError(problems)
    frame, groups = found
    assumed = list(_assumptions(choices, arguments, words))
    written = _write(frame, groups, assumed, Path(arguments.folder) / OUT, formats, words)
    if arguments.json:
        beside = {
            "written": [str(path) for path in written],
            "problems": as_json(problems, problem_words(arguments.lang)),
        }
        show_json({"assumptions": assumed, "groups": [_record(one) for one in groups], **beside})
        return 0
    show_problems(problems, arguments)
    for one in groups:
        _show(one, words)
    print("\n".join(assumed), file=sys.stderr)
    print(wording(arguments.lang, "cli").say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0


def _choices(arguments: Namespace, words: Wording) -> PowerChoices:
    """The options as numbers; MeriloError names the one that does not fit."""

    def asked(name: str, bounds: str) -> float | None:
        text = getattr(arguments, name.replace("-", "_"))
        if text is None:
            return None
        found = exact_number(text)
        if found is None or not RANGES[bounds](found):
            sentence = words.say("POWER-NUMBER", option=f"--{name}", text=text, range=words.say(bounds))
            raise MeriloError(sentence, "POWER-NUMBER")
        return float(found)

    for first, second in (("size", "plan"), ("deviation", "expected"), ("between", "previous")):
        if getattr(arguments, first) is not None and getattr(arguments, second) is not None:
            raise MeriloError(words.say("POWER-BOTH", first=f"--{first}", second=f"--{second}"), "POWER-BOTH")
    size = asked("size", "POWER-RANGE-WHOLE")
    design = PowerDesign(
        level=asked("level", "POWER-RANGE-SHARE") or 0.95,
        design_effect=asked("design-effect", "POWER-RANGE-POSITIVE") or 1.0,
        replications=int(asked("replications", "POWER-RANGE-REPLICATIONS") or 1000),
        seed=int(asked("seed", "POWER-RANGE-WHOLE") or 1),
    )
    return PowerChoices(
        size=None if size is None else int(size),
        plan=Path(arguments.plan) if arguments.plan else None,
        previous=Path(arguments.previous) if arguments.previous else None,
        subject=arguments.subject,
        deviation=asked("deviation", "POWER-RANGE-POSITIVE"),
        expected=asked("expected", "POWER-RANGE-SHARE"),
        between=asked("between", "POWER-RANGE-POSITIVE"),
        distance=asked("distance", "POWER-RANGE-POSITIVE"),
        chance=asked("probability", "POWER-RANGE-SHARE") or 0.8,
        design=design,
    )


def _assumptions(choices: PowerChoices, arguments: Namespace, words: Wording) -> Iterator[str]:
    if choices.between is None:
        yield words.say("POWER-FROM-RESULTS", folder=choices.previous or arguments.folder)
    else:
        yield words.say("POWER-FROM-BETWEEN", between=number(choices.between, 2))
    if choices.deviation is not None:
        yield words.say("POWER-FROM-DEVIATION", deviation=number(choices.deviation, 2))
    elif choices.expected is not None:
        yield words.say("POWER-FROM-EXPECTED", expected=number(choices.expected, 2))
    else:
        yield words.say("POWER-FROM-SHARES")
    design = choices.design
    shown = {"level": number(100 * design.level, 0), "effect": number(design.design_effect, 2)}
    yield words.say("POWER-DESIGN", replications=design.replications, seed=design.seed, **shown)


def _show(found: GroupForecast, words: Wording) -> None:
    """The sentences, then the probabilities: a table on a terminal, tab-separated text elsewhere."""
    lines = list(power_lines(found, words))
    rows = [(distance, number(100 * found.forecast.chance(float(distance)), 1)) for distance in distances(found)]
    if not sys.stdout.isatty():
        print("\n".join(lines))
        print("\t".join(("group", "distance", "probability")))
        sys.stdout.writelines(f"{found.group}\t{distance}\t{chance}\n" for distance, chance in rows)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print("\n".join(lines), markup=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for code in ("POWER-DISTANCE", "POWER-CHANCE"):
        table.add_column(words.say(code), justify="right")
    for distance, chance in rows:
        table.add_row(Text(words.number(distance)), Text(words.number(chance)))
    console.print(table)
    widths = "; ".join(
        f"{factor_words(factor, words)}: {words.number(number(width, 1))}" for factor, width in found.widths
    )
    console.print(f"{words.say('POWER-WIDTH-SERIES')} – {widths}", markup=False)


def _record(found: GroupForecast) -> dict[str, object]:
    forecast = found.forecast
    rows = [
        {
            "organisation": row.organisation,
            "form": row.form,
            "size": row.size,
            "error": float(forecast.errors[place]),
            "place_from": int(forecast.best[place]),
            "place_to": int(forecast.worst[place]),
            "width": float(forecast.widths[place]),
        }
        for place, row in enumerate(found.rows)
    ]
    return {
        "group": found.group,
        "organisations": len(found.rows),
        "critical": forecast.critical,
        "pairs_apart": forecast.pairs_apart,
        "distance": found.distance,
        "probability": found.chance,
        "probability_now": forecast.chance(found.distance),
        "needed": found.needed,
        "chances": [{"distance": float(one), "probability": forecast.chance(float(one))} for one in distances(found)],
        "widths": [{"times": float(factor), "width": width} for factor, width in found.widths],
        "rows": rows,
    }


def _write(
    frame: OpenedFrame,
    groups: Sequence[GroupForecast],
    assumed: Sequence[str],
    out: Path,
    formats: frozenset[str],
    words: Wording,
) -> list[Path]:
    """Two tables, two charts a group as SVG and PNG, one document; the files written."""
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    if "csv" in formats:
        written += [out / f"{NAME}.csv", out / f"{NAME}_places.csv"]
        write_csv(written[-2], ("group", "distance", "probability"), _chance_rows(groups))
        header = ("group", "organisation", "form", "size", "error", "place_from", "place_to", "width", "places")
        write_csv(written[-1], header, _place_rows(groups))
    if formats & {"svg", "png"}:
        written += _write_charts(groups, out, formats, words)
    if "docx" in formats:
        from merilo.render.docx import write_docx

        settings = frame.settings
        head = PowerHead(settings.operator, settings.title, settings.period, settings.place)
        written.append(out / f"{NAME}.docx")
        write_docx(power_document(groups, head, assumed, words), written[-1])
    return written


def _chance_rows(groups: Sequence[GroupForecast]) -> Iterator[tuple[Cell, ...]]:
    for one in groups:
        for distance in distances(one):
            yield one.group, distance, number(one.forecast.chance(float(distance)), 4)


def _place_rows(groups: Sequence[GroupForecast]) -> Iterator[tuple[Cell, ...]]:
    for one in groups:
        forecast = one.forecast
        for place, row in enumerate(one.rows):
            best, worst = int(forecast.best[place]), int(forecast.worst[place])
            figures = number(float(forecast.errors[place]), 4), best, worst, number(float(forecast.widths[place]), 2)
            yield one.group, row.organisation, row.form, row.size, *figures, span_text(best, worst)


def _write_charts(groups: Sequence[GroupForecast], out: Path, formats: frozenset[str], words: Wording) -> list[Path]:
    from merilo.render.chart_layout import lay_out_chart
    from merilo.render.svg import draw

    names, layouts = [], []
    for place, one in enumerate(groups, start=1):
        group = f"_{place}" if len(groups) > 1 else ""
        for kind, chart in (("chance", chance_chart(one, words)), ("places", width_chart(one, words))):
            names.append(f"{NAME}{group}_{kind}")
            layouts.append(lay_out_chart(chart, words.language))
    written = []
    if "svg" in formats:
        for name, layout in zip(names, layouts, strict=True):
            written.append(out / f"{name}.svg")
            write_whole(written[-1], draw(layout, language=words.language).encode())
    if "png" in formats:
        from merilo.render.pictures import chart_pictures

        for name, picture in zip(names, chart_pictures(layouts, words.language), strict=True):
            written.append(out / f"{name}.png")
            write_whole(written[-1], picture)
    return written
