"""A new assessment folder: settings with comments, empty tables with the right columns, a list of what to fill in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from merilo.assessment.methodology.quantity import Quantity, QuantityKind
from merilo.assessment.wording import Wording
from merilo.folder.settings import SETTINGS
from merilo.pack import Pack
from merilo.whole_files import write_atomically


def scaffold(folder: Path, pack: Pack, methodology: str, words: Wording) -> list[Path]:
    """Write the folder's files and return them."""
    texts = {
        SETTINGS: _settings(pack, methodology, words),
        "organisations.csv": _organisations(pack, words),
        "observations.csv": _csv([["organisation", "item", "value", "base", "form", "state", "source", "note"]]),
        "items.csv": _items(pack, words),
    }
    if pack.questionnaire.questions:
        texts["responses/questionnaires.csv"] = _responses(pack)
    written = []
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)
        written.append(path)
    return written


def _write(path: Path, text: str) -> None:
    def write(unfinished: Path) -> None:
        unfinished.write_bytes(text.encode("utf-8-sig"))

    write_atomically(path, write)


def _csv(rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _settings(pack: Pack, methodology: str, words: Wording) -> str:
    edition = pack.edition
    norms = [quantity for quantity in edition.quantities.values() if quantity.kind is QuantityKind.NORM]
    schemes = ", ".join(scheme.code for scheme in edition.schemes)
    lines = [
        words.say("SCAFFOLD-HEAD", title=edition.title if words.language == "ru" else edition.title_en),
        f"methodology: {methodology}",
        f'version: "{edition.version}"',
        f'title: "{words.say("SCAFFOLD-TITLE")}"',
        f'period: "{words.say("SCAFFOLD-PERIOD")}"',
        words.say("SCAFFOLD-OPTIONAL"),
        'operator: ""',
        'authority: ""',
        'place: ""',
        words.say("SCAFFOLD-WEIGHTS", schemes=schemes),
        f"weights: {edition.schemes[0].code}",
        words.say("SCAFFOLD-POLICIES"),
        "policies:",
        f"  empty_group: {edition.policies.empty_group.default.value}",
        f"  no_data: {edition.policies.no_data.default.value}",
    ]
    if norms:
        lines.append(words.say("SCAFFOLD-VALUES"))
        lines += ["values:", *(f"  {quantity.code}: 14  # {quantity.name}" for quantity in norms)]
    lines.append(words.say("SCAFFOLD-COLUMNS"))
    return "\n".join(lines) + "\n"


def _organisations(pack: Pack, words: Wording) -> str:
    categories = [category.code for category in pack.edition.categories]
    examples = [
        ";".join(value.code for value in category.values[: 2 if category.splits else 1])
        if category.required or category.splits
        else ""
        for category in pack.edition.categories
    ]
    header = ["organisation", "name", *categories, "recipients"]
    return _csv([header, ["001", words.say("SCAFFOLD-ORGANISATION"), *examples, "100"]])


def _items(pack: Pack, words: Wording) -> str:
    """Everything observations.csv may hold: codes, names, what to write as value and base."""
    rows = [["item", "name", "source", "value", "base"]]
    for quantity in pack.edition.quantities.values():
        if quantity.from_questions:
            continue
        rows.append([quantity.code, quantity.name, quantity.source.value, *_expected(quantity, words)])
        for item in quantity.items:
            cell = [words.say("SCAFFOLD-CELL"), ""]
            rows.append([f"{quantity.code}.{item.code}", item.name, quantity.source.value, *cell])
    return _csv(rows)


def _expected(quantity: Quantity, words: Wording) -> tuple[str, str]:
    if quantity.options:
        return "; ".join(f"{float(option.value):g} – {option.name}" for option in quantity.options), ""
    code = f"SCAFFOLD-{quantity.kind.name}"
    return words.say(code), words.say("SCAFFOLD-BASE") if quantity.kind.has_base else ""


def _responses(pack: Pack) -> str:
    splitting = [pack.edition.splitting.code] if pack.edition.splitting else []
    return _csv([["id", "organisation", *splitting, *pack.questionnaire.questions]])
