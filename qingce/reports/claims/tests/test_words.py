"""An officer's own document comes back with comments: its text and its look stay as they were."""

from __future__ import annotations

import io
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from qingce.reports.claims.checking import check
from qingce.reports.claims.commented import AUTHOR, commented
from qingce.reports.claims.extracting import received

OFFICE = shutil.which("soffice")
RED = RGBColor(0xC0, 0x00, 0x00)
BETWEEN = parse_xml(
    f"<w:p {nsdecls('w')}><w:r><w:t>新建团组织</w:t></w:r>"
    "<w:del w:id='1' w:author='甲'><w:r><w:delText>99个</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='甲'><w:r><w:t>27个</w:t></w:r></w:ins>"
    "<w:hyperlink w:anchor='x'><w:r><w:t>，挂牌5处</w:t></w:r></w:hyperlink></w:p>"
)
CONTROL = parse_xml(
    f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>走访青年</w:t><w:tab/><w:t>86户。</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt>"
)


def written() -> bytes:
    """A document as officers write it: runs cut anywhere, tables, tracked changes, content controls."""
    document = Document()
    document.add_paragraph("某县2023年工作总结", style="Title")
    block = document.add_paragraph("全年开展宣讲")
    for text, bold in (("13", True), ("场，", False), ("其中进校园15场", True), ("。", False)):
        run = block.add_run(text)
        run.bold, run.font.size, run.font.color.rgb = bold, Pt(16), RED
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "发展团员", "259名"
    cell = table.rows[1].cells[0].merge(table.rows[1].cells[1])
    cell.text = "推优入党50名"
    cell.add_paragraph("志愿服务80场次")
    cell.add_table(1, 1).rows[0].cells[0].text = "联谊4场次"
    document.element.body.insert(-1, deepcopy(BETWEEN))
    document.element.body.insert(-1, deepcopy(CONTROL))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def given_back(content: bytes) -> tuple[Any, bytes]:
    out = io.BytesIO()
    held = received(ContentFile(content, name="总结.docx"))
    commented(check(held.text), out, held.document)
    return Document(io.BytesIO(out.getvalue())), out.getvalue()


def texts(block: Any) -> list[str]:
    """Every paragraph, also within tables and content controls."""
    found = []
    for element in block.element.body.iter(qn("w:p")):
        found.append("".join(one.text or "" for one in element.iter(qn("w:t"), qn("w:delText"))))
    return found


def marked(document: Any) -> dict[str, list[str]]:
    """The words over which each comment stands, with what the comment says."""
    said: dict[str, list[str]] = {}
    comments = {str(one.comment_id): one.text for one in document.comments}
    open_now: dict[str, str] = {}
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now[element.get(qn("w:id"))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            key = element.get(qn("w:id"))
            said.setdefault(open_now.pop(key), []).append(comments[key])
        elif element.tag == qn("w:t"):
            open_now = {key: text + element.text for key, text in open_now.items()}
    assert not open_now
    return said


def test_what_stands_on_the_paper_is_read():
    text = received(ContentFile(written(), name="总结.docx")).text
    assert text.split("\n") == [
        "某县2023年工作总结",
        "全年开展宣讲13场，其中进校园15场。",
        "发展团员\t259名",
        "推优入党50名 志愿服务80场次 联谊4场次",
        "新建团组织27个，挂牌5处",
        "走访青年\t86户。",
    ]


def test_each_comment_stands_over_its_figure_and_no_letter_changes():
    content = written()
    document, _again = given_back(content)
    assert texts(document) == texts(Document(io.BytesIO(content)))
    found = marked(document)
    expected = ["13场", "15场", "259名", "50名", "80场次", "4场次", "27个", "5处"]
    assert list(found)[:8] == expected
    assert {one.author for one in document.comments} == {AUTHOR}


def test_within_a_content_control_the_comment_stands_beside_it_and_names_the_figure():
    document, _again = given_back(written())
    assert [one for one in marked(document)["，挂牌5处"] if one.startswith("“86户”：")]
    alone = Document()
    alone.element.body.insert(0, deepcopy(CONTROL))
    out = io.BytesIO()
    alone.save(out)
    again, _content = given_back(out.getvalue())
    assert list(again.comments) == []  # there is nowhere to put it; the page says it


def test_what_does_not_fit_within_the_text_is_said_at_the_figure_itself():
    document, _again = given_back(written())
    assert len(marked(document)["15场"]) == 2
    assert any("13场" in one for one in marked(document)["15场"])


def test_the_look_of_the_letters_stays():
    document, _again = given_back(written())
    block = document.paragraphs[1]
    look = [(run.text, run.bold) for run in block.runs if run.text]
    assert look == [
        ("全年开展宣讲", None), ("13", True), ("场", False), ("，", False),
        ("其中进校园", True), ("15场", True), ("。", False),
    ]  # fmt: skip
    assert {run.font.color.rgb for run in block.runs[1:] if run.text} == {RED}
    assert document.paragraphs[0].style.name == "Title"


def test_a_document_with_comments_keeps_those_it_has():
    document = Document(io.BytesIO(written()))
    document.add_comment(document.paragraphs[1].runs, text="领导意见", author="甲")
    out = io.BytesIO()
    document.save(out)
    again, _content = given_back(out.getvalue())
    assert next(one.text for one in again.comments) == "领导意见"
    assert len(list(again.comments)) > 5
    twice, _content = given_back(_content)
    assert texts(twice) == texts(document)


def test_blanks_at_the_edges_of_a_figure_are_kept():
    document = Document()
    document.add_paragraph("开展活动 5 场 ，参加 30 人 。")
    out = io.BytesIO()
    document.save(out)
    again, _content = given_back(out.getvalue())
    assert again.paragraphs[0].text == "开展活动 5 场 ，参加 30 人 。"


def test_a_cell_stays_a_cell():
    document, _again = given_back(written())
    (table,) = document.tables
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == ["发展团员", "259名"]
    assert [one.text for one in table.rows[1].cells[0].paragraphs][:2] == ["推优入党50名", "志愿服务80场次"]
    assert isinstance(table.rows[1].cells[0].tables[0].rows[0].cells[0].paragraphs[0], Paragraph)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libre_office_opens_it_and_reads_the_same(tmp_path: Path):
    assert OFFICE is not None
    said = []
    for name, content in (("before", written()), ("after", given_back(written())[1])):
        (tmp_path / f"{name}.docx").write_bytes(content)
        subprocess.run(
            [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
             "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / f"{name}.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        said.append((tmp_path / f"{name}.txt").read_text(encoding="utf-8"))
    assert "13场" in said[0]
    assert said[0] == said[1]
