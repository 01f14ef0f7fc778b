"""Papers to try the layout on, and what can be read back from their files."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document as opened
from docx.oxml.ns import qn

from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.paper import Paper
from qingce.reports.renderers import render

UNIT = "共青团青河区委员会"
PLAIN = "坚持围绕中心服务青年，把思想引领、组织建设和服务成长一体推进，引导团员青年挺膺担当、建功立业。" * 4
COUNTED = "全年开展宣讲", "140余场次", "，覆盖团员9400余人次；推送就业信息110期，提供岗位5000余个，成效明显。"

PAPER = Paper(
    issuer=UNIT, red_head=True, number="青团发〔2024〕1号", copy_number="000012", secrecy="秘密★1年",
    urgency="特急", addressee="各街道团工委、乡镇团委，区直各单位团组织", signed_by=UNIT,
    dated="2024年1月5日",
    sealed=True, note="联系人：周禾", attachments=("青河区2023年度数据表", "青河区先进集体名单"),
    copies_to="共青团渭川市委办公室，区委办公室", printer="共青团青河区委办公室", printed_on="2024年1月6日",
)  # fmt: skip


def text(role: str, *parts: str) -> Block:
    return Block(role, tuple(Run(part, figure="lectures" if "140" in part else "") for part in parts))


def document(paper: Paper = PAPER, *, times: int = 1) -> Document:
    """A summary of `times` chapters around a paper."""
    chapter = [
        text("chapter", "一、坚持立根铸魂"), text("point", "（一）抓实理论学习"), text("text", PLAIN),
        text("item", "1.分层施教"), text("subitem", "（1）用好阵地"), text("text", *COUNTED),
        text("text", PLAIN),
    ]  # fmt: skip
    table = Block(
        "table", (Run("主要指标对比表"),), ((Run("指标"), Run("本期")), (Run("宣讲"), Run("143场次")))
    )
    blocks = (
        text("title", "共青团青河区委员会关于核定2024年度发展团员数量的请示"),
        text("opening", 'Half-width marks are mended:推进"青春助农"行动,成效明显(见表).'),
        *(chapter * times),
        table,
        text("closing", "特此报告。"),
    )
    source = Source(
        1, "lectures", "宣讲", "本年宣讲。", 1, "d", Decimal(143), "143场次", "140余场次", 143
    )  # fmt: skip
    return Document("request", "demo", UNIT, "2023", "2023年", blocks, (source,), (), paper)


def upward() -> Document:
    return document(replace(PAPER, signatory="林清远"))


def letter() -> Document:
    return document(replace(PAPER, form="letter"))


@cache
def word_file(made: Document) -> Any:
    return opened(io.BytesIO(render(made, ".docx")))


@cache
def pages(made: Document) -> list[list[Line]]:
    """The pages of the document's PDF, line by line."""
    return read_pages(render(made, ".pdf"))


@dataclass(frozen=True)
class Line:
    """One line of a rendered page: its text, and where it stands, in millimetres."""

    text: str
    left: float
    right: float
    middle: float

    @property
    def is_page_number(self) -> bool:
        return bool(re.fullmatch(r"—\s*\d+\s*—", self.text)) and self.middle > 262


WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', re.DOTALL
)
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}


def read_pages(content: bytes) -> list[list[Line]]:
    """Every line of a PDF as poppler finds it."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    written = done.stdout.decode()
    return [list(_lines(page)) for page in re.findall(r"<page[^>]*>(.*?)</page>", written, re.DOTALL)]


def _lines(page: str) -> Iterator[Line]:
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for left, top, right, bottom, said in WORD.findall(page):
        middle = (float(top) + float(bottom)) / 2
        row = next((one for one in rows if abs(one - middle) < 6), middle)
        for entity, letter_ in ENTITIES.items():
            said = said.replace(entity, letter_)
        rows.setdefault(row, []).append((float(left), float(right), said))
    for middle, words in sorted(rows.items()):
        said = "".join(one[2] for one in sorted(words))
        mm = 25.4 / 72
        yield Line(said, min(one[0] for one in words) * mm, max(one[1] for one in words) * mm, middle * mm)


def body_of(page: list[Line]) -> list[Line]:
    """The lines of the type area, without the page number."""
    return [line for line in page if not line.is_page_number]


def by_libreoffice(folder: Path, *files: tuple[str, bytes]) -> dict[str, list[list[Line]]]:
    """Word files opened and printed by LibreOffice; their pages by name."""
    for name, content in files:
        (folder / f"{name}.docx").write_bytes(content)
    paths = [str(folder / f"{name}.docx") for name, _content in files]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *paths],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: read_pages((folder / f"{name}.pdf").read_bytes()) for name, _content in files}


def paragraph(made: Document, starting: str) -> Any:
    """The paragraph of the Word file that begins so."""
    return next(
        one for one in word_file(made).element.body.iter(qn("w:p")) if _said(one).startswith(starting)
    )


def _said(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def style(made: Document, name: str) -> Any:
    return word_file(made).styles[name]
