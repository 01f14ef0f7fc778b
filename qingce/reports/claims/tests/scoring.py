"""How well a reading finds what labelled texts say: precision, recall, F1, qualifier and kind of work.

A prediction counts when its span overlaps a countable label and value and unit are equal; anything else
predicted is a false positive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingce.reports.claims.reading import Claim, Reading, read

FIELDS = 5


@dataclass
class Label:
    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    qualifier: str
    systems: set[str]


@dataclass
class Score:
    found: int = 0
    wrong: int = 0
    missed: int = 0
    qualified: int = 0
    placed: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / ((self.found + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.found / ((self.found + self.missed) or 1)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def qualifier(self) -> float:
        return self.qualified / (self.found or 1)

    @property
    def system(self) -> float:
        return self.placed / (self.found or 1)

    def __add__(self, other: Score) -> Score:
        numbers = ("found", "wrong", "missed", "qualified", "placed")
        added = Score(*(getattr(self, one) + getattr(other, one) for one in numbers))
        added.remarks = self.remarks + other.remarks
        return added

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"qualifier {self.qualifier:.3f}  system {self.system:.3f}  of {self.found + self.missed}"
        )


def score(reading: Reading, labels: list[Label]) -> Score:
    result = Score()
    left = list(labels)
    for claim in reading.countable:
        label = next((one for one in left if _same(claim, one)), None)
        if label is None:
            result.wrong += 1
            result.remarks.append(
                f"  + {claim.raw} {claim.value} {claim.unit} {claim.role} {_around(reading, claim)}"
            )
            continue
        left.remove(label)
        result.found += 1
        result.qualified += claim.qualifier == label.qualifier
        result.placed += claim.system in label.systems
        if claim.qualifier != label.qualifier:
            result.remarks.append(f"  q {claim.raw} {claim.qualifier} for {label.qualifier}")
        if claim.system not in label.systems:
            result.remarks.append(
                f"  s {claim.raw} {claim.system} for {label.systems} {_around(reading, claim)}"
            )
    result.missed = len(left)
    for label in left:
        over = (one for one in reading.claims if one.start < label.end and label.start < one.end)
        said = [f"{one.raw}:{one.role}:{one.value}" for one in over]
        near = reading.text.written[max(0, label.start - 14) : label.end + 8]
        result.remarks.append(f"  - {label.raw} {label.value} {label.unit} read as {said} …{near!r}")
    return result


def _same(claim: Claim, label: Label) -> bool:
    overlap = claim.start < label.end and label.start < claim.end
    return overlap and claim.value == label.value and claim.unit == label.unit


def _around(reading: Reading, claim: Claim) -> str:
    return "…" + repr(reading.text.written[max(0, claim.start - 22) : claim.end + 10])


def labelled_json(path: Path, text: str | None = None) -> tuple[str, list[Label]]:
    """A labelled text in JSON: the text inside, or beside it."""
    data: Any = json.loads(path.read_text(encoding="utf-8"))
    figures = data if isinstance(data, list) else data["figures"]
    return text or data["text"], [
        Label(
            one["start"],
            one["end"],
            one["raw"],
            Decimal(str(one["value"])),
            one["unit"],
            one["qualifier"],
            {one["system"], *one.get("alt_systems", [])},
        )
        for one in figures
        if one["countable"]
    ]


def labelled_text(path: Path) -> tuple[str, list[Label]]:
    """A text with its figures marked: {80余场|80|场|more_than|lecture_corps}."""
    text, labels = "", []
    rest = path.read_text(encoding="utf-8")
    while "{" in rest:
        before, _, rest = rest.partition("{")
        marked, _, rest = rest.partition("}")
        raw, value, unit, qualifier, systems = (marked.split("|") + [""] * FIELDS)[:FIELDS]
        text += before
        labels.append(
            Label(
                len(text),
                len(text) + len(raw),
                raw,
                Decimal(value),
                unit,
                qualifier or "exact",
                set(systems.split("/")),
            )
        )
        text += raw
    return text + rest, labels


def main(folder: str) -> None:
    """Score every labelled text of a folder: `bin/qingce shell -c 'from … import main; main(FOLDER)'`."""
    total = Score()
    for path in sorted(Path(folder).glob("*")):
        if path.suffix not in {".json", ".txt"}:
            continue
        text, labels = labelled_text(path) if path.suffix == ".txt" else labelled_json(path)
        found = score(read(text), labels)
        total = total + found
        print(path.name, found, *found.remarks, sep="\n")
    print("all", total)
