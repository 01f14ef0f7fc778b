"""Words beside a figure are held against its value: a table of what may stand and what may not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Paragraph
from qingce.reports.writing.runs import from_braces, stored
from qingce.reports.writing.wording import clashes

LECTURES, RATE = "lectures", "theme_branch_coverage"  # counts sessions; a rate
HOURS, STRIVING, AWARDED = "youth_home_attendances", "civilisation_units_striving", "honoured_units"

# text, value, whether a word of it clashes, and whether that stands in the way of the issue
TABLE = [
    ("开展{{lectures|exact}}", 143, "", True),
    ("开展近{{lectures|exact}}", 143, "近", True),
    ("开展近{{lectures|exact|as=150场次|because=x}}", 143, "", True),
    ("开展近{{lectures|exact|as=140场次|because=x}}", 143, "近", True),
    ("开展{{lectures|more}}", 143, "", True),
    ("开展{{lectures|exact|as=140余场次|because=x}}", 140, "余", True),
    ("开展{{lectures|exact|as=140余场次|because=x}}", 143, "", True),
    ("开展超过{{lectures|exact}}", 143, "超过", True),
    ("开展超过{{lectures|exact|as=140场次|because=x}}", 143, "", True),
    ("开展{{lectures|exact}}以上", 143, "", True),
    ("开展{{lectures|exact|as=150场次|because=x}}以上", 143, "以上", True),
    ("支部全覆盖，覆盖率为{{theme_branch_coverage}}", Decimal("0.95"), "", True),
    ("支部实现全覆盖（{{theme_branch_coverage}}）", Decimal("0.95"), "全覆盖", True),
    ("支部实现全覆盖（{{theme_branch_coverage}}）", 1, "", True),
    ("覆盖率达{{theme_branch_coverage}}", Decimal("0.95"), "达", False),
    ("覆盖率达{{theme_branch_coverage}}", 1, "", True),
    ("参加{{youth_home_attendances|exact}}", 9412, "", True),
    ("参加{{youth_home_attendances|exact|as=9412名|because=x}}", 9412, "名", True),
    ("开展{{lectures|exact|as=143期|because=x}}", 143, "期", True),
    ("市级“青年文明号”争创{{civilisation_units_striving}}", 1, "", True),
    ("获评市级“青年文明号”{{civilisation_units_striving}}", 1, "获评", True),
    ("获评市级荣誉{{honoured_units}}", 2, "", True),
    ("争创市级荣誉{{honoured_units}}", 2, "争创", True),
    ("获评多项荣誉，开展宣讲{{lectures}}", 143, "", True),
]


@pytest.mark.parametrize(("text", "value", "word", "strict"), TABLE)
def test_words_are_held_against_the_value(desk, text, value, word, strict):
    paragraph = Paragraph(draft=desk.draft, pk=0, runs=stored(from_braces(text)))
    drawing = Drawing(desk.draft, [paragraph])
    for key in {drawing.key(piece) for piece in paragraph.pieces if piece.sort == "figure"}:
        figure = Figure(indicators()[key[0]], desk.draft.unit, desk.draft.period_asked)
        figure.__dict__["value"] = Decimal(value)
        drawing.__dict__.setdefault("figures", {})[key] = figure
    drawing.__dict__["before"] = {}

    found = list(clashes(drawing, paragraph))

    assert [clash.word for clash in found] == ([word] if word else [])
    assert all(clash.strict == strict for clash in found)
    assert all(clash.word in clash.sentence for clash in found)
