"""A spreadsheet goes in by page: refused with its reasons, mended, looked at, imported, and only once."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive, Visitor

HEADS = ["阵地编号", "阵地名称", "阵地类型", "责任组织编码", "地址", "负责人", "启用日期"]
GOOD = ["Z-9001", "浏览器青年之家", "青年之家", "demo", "青河路1号", "周宁", "2023-05-04"]
FAULTY = ["Z-9002", "无主之家", "青年之家", "no-such-unit", "", "", "2023年13月40日"]


def workbook(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "阵地"
    for row in (HEADS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def send(visitor: Visitor, path: Path) -> Page:
    page = visitor.open("/imports/new/")
    page.set_input_files("input[type=file]", path)
    page.click("form[enctype] button.main")
    expect(page).to_have_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    return page


def test_a_faulty_file_is_refused_by_row_and_column_and_comes_back_marked(
    arrive: Arrive, tmp_path: Path
) -> None:
    clerk = arrive("qh_zuzhi")
    page = send(clerk, workbook(tmp_path / "阵地.xlsx", GOOD, FAULTY))
    expect(page.locator(".refusal").first).to_be_visible()
    refused = page.locator("tbody tr", has_text="责任组织编码").first
    expect(refused.locator("td").nth(1)).to_have_text("3")
    expect(page.locator("form.acts button.main")).to_have_count(0)

    marked = clerk.download("a[href$='/marked-copy/']", tmp_path)
    comments = [
        cell.comment.text
        for sheet in openpyxl.load_workbook(marked)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert comments


def test_a_good_file_is_looked_at_then_imported_and_only_once(arrive: Arrive, tmp_path: Path) -> None:
    clerk = arrive("qh_zuzhi")
    path = workbook(tmp_path / "新阵地.xlsx", GOOD)
    page = send(clerk, path)
    expect(page.locator(".head .quiet")).to_contain_text("新增 1")
    page.click("form.acts button.main")
    expect(page).to_have_url(re.compile(r"/imports/$"))
    expect(page.locator("tbody tr").first).to_contain_text("新阵地")

    page = send(clerk, path)
    expect(page.locator("main")).to_contain_text(re.compile("新增 0|已经导入|没有变化"))
