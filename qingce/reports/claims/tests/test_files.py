"""Texts come from plain files and from Word; they go back to Word with a comment at each figure."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from docx import Document

from qingce.foundation.refusals import Refused
from qingce.reports.claims.checking import check
from qingce.reports.claims.commented import AUTHOR, commented
from qingce.reports.claims.extracting import LONGEST, bounded, received, received_from

TEXT = "某县2023年工作总结\n全年开展宣讲13场，其中进校园15场。"


def file(content: bytes, name: str = "总结.txt") -> ContentFile:
    return ContentFile(content, name=name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_usual_encodings(encoding):
    assert received(file(TEXT.encode(encoding))).text == TEXT


def test_line_ends_of_every_sort_are_one_character():
    assert received(file(TEXT.replace("\n", "\r\n").encode())).text == TEXT


def test_paragraphs_and_tables_of_word_in_their_order():
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("某县2023年工作总结")
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "团员", "259名"
    merged = table.rows[1].cells[0].merge(table.rows[1].cells[1])
    merged.text = "合计300名"
    document.add_paragraph("全年开展活动5场。")
    document.save(out)
    text = received(file(out.getvalue(), "总结.docx")).text
    assert text == "某县2023年工作总结\n团员\t259名\n合计300名\n全年开展活动5场。"
    assert [one.claim.raw for one in check(text).judged if one.claim.countable] == ["259名", "300名", "5场"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"),
        (b"   \n ", "a.txt"),
        (b"%PDF-1.7 x", "a.pdf"),
        (b"PK\x03\x04broken", "a.docx"),
        (b"\x00\x01\x02", "a.txt"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, name):
    with pytest.raises(Refused) as refused:
        received(file(content, name))
    assert str(refused.value).strip()


def test_a_missing_file_and_a_text_without_end_are_refused(tmp_path):
    with pytest.raises(Refused):
        received_from(tmp_path / "none.txt")
    with pytest.raises(Refused):
        bounded("字" * (LONGEST + 1))


def test_each_claim_has_its_comment_and_each_finding_its_line():
    out = io.BytesIO()
    commented(check(TEXT), out)
    document = Document(out)
    comments = list(document.comments)
    assert [one.author for one in comments] == [AUTHOR] * 3
    lines = [one.text for one in document.paragraphs]
    assert lines[:2] == TEXT.split("\n")
    assert "15场" in lines[2]
    assert "13场" in lines[2]


def test_signs_that_word_cannot_hold_do_not_stop_it():
    out = io.BytesIO()
    commented(check("开展活动5场\x0b\x00\x1f，参加3人。"), out)
    assert len(list(Document(out).comments)) == 2
