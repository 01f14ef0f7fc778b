"""The workbooks as such: the same every time, plausible, and in the words of the catalogue."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from stdnum.iso7064 import mod_11_2

from sample.__main__ import main
from sample.days import years_before
from sample.tests.office import Office, Row, words

CATALOGUE = Path(__file__).parents[2] / "catalogue"
LAST = dt.date(2023, 12, 31)
FACETS = {
    "主题": "theme",
    "学习形式": "form",
    "学习组织": "body",
    "宣讲队伍": "team",
    "对象": "audience",
    "服务内容": "service",
    "联合单位": "partner",
    "培训内容": "training_topic",
    "练兵形式": "contest_form",
    "督导来源": "inspection_source",
    "联系机制": "mechanism",
    "服务群体": "group",
    "媒体": "outlet",
    "题材": "subject",
    "假期": "season",
    "方式": "contact_form",
    "诉求类别": "case_sort",
    "意见领域": "opinion_field",
    "进展": "stage",
}


def _stanzas(folder: str) -> Iterator[tuple[str, dict]]:
    for path in sorted((CATALOGUE / folder).glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).items()


def _labels(folder: str) -> set[str]:
    return {stanza["label"] for _code, stanza in _stanzas(folder)}


def _words() -> dict[str, set[str]]:
    return {
        code: {label for label, _english in stanza["words"].values()} for code, stanza in _stanzas("words")
    }


def _every(office: Office) -> Iterator[Row]:
    for rows in office.rows.values():
        yield from rows


def test_a_second_run_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    main(["--out", str(tmp_path)])

    for path in sorted(folder.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_kinds_series_and_roles_are_those_of_the_catalogue(office: Office) -> None:
    answered = {stanza["kind"] for _code, stanza in _stanzas("series") if stanza.get("addressed")}
    # What branches answer stands in the sheets of returns and of reviews, which name no kind.
    kinds = {stanza["label"] for code, stanza in _stanzas("kinds") if code not in answered}

    assert {row["类别"] for row in _every(office) if "类别" in row} == kinds
    assert {row["系列"] for row in _every(office) if "系列" in row} == _labels("series")
    assert {row["角色"] for row in office.rows["officers"]} == _labels("roles")


@pytest.mark.parametrize(("head", "facet"), FACETS.items())
def test_words_are_those_of_the_catalogue(office: Office, head: str, facet: str) -> None:
    sheets = [rows for sheet, rows in office.rows.items() if sheet != "issues"]
    used = {word for rows in sheets for row in rows if row.get(head) for word in words(row, head)}

    assert used
    assert used <= _words()[facet]


def test_stages_are_those_of_the_kind(office: Office) -> None:
    stages = _words_by_code("stage")
    kinds = {stanza["label"]: stanza for _code, stanza in _stanzas("kinds")}
    for row in _every(office):
        if "类别" in row and "进展" in row:
            walked = kinds[row["类别"]].get("stages", ["planned", "held"])
            assert row["进展"] in {stages[code] for code in walked}, row


def _words_by_code(facet: str) -> dict[str, str]:
    stanza = dict(_stanzas("words"))[facet]
    return {code: label for code, (label, _english) in stanza["words"].items()}


def test_identity_numbers_are_valid_belong_to_nobody_and_to_one_name_each(office: Office) -> None:
    holders: dict[str, set[str]] = {}
    for row in _every(office):
        for head in ("身份证号", "帮扶对象身份证号", "帮扶人身份证号"):
            if number := row.get(head):
                holders.setdefault(number, set()).add(row[head.removesuffix("身份证号") + "姓名"])

    assert len(holders) > 9000
    assert all(len(names) == 1 for names in holders.values())
    assert all("990101" <= number[:6] <= "990199" for number in holders)
    assert all(mod_11_2.is_valid(number) for number in holders)


def test_birthdays_and_sexes_agree_with_the_identity_numbers(office: Office) -> None:
    for row in _every(office):
        if "出生日期" in row and "身份证号" in row:
            assert f"{row['出生日期']:%Y%m%d}" == row["身份证号"][6:14]
            assert row["性别"] == "女男"[int(row["身份证号"][16]) % 2]


def test_members_joined_at_fourteen_or_later_with_a_number_of_that_year(office: Office) -> None:
    holders: dict[str, set[str]] = {}
    for row in office.rows["roster"]:
        joined, born = row["入团时间"], row["出生日期"]
        assert _age(born, joined) >= 14
        assert born <= joined <= row["进入本支部时间"]
        if number := row.get("发展团员编号"):
            assert len(number) == 12
            assert number.startswith(str(joined.year))
            holders.setdefault(number, set()).add(row["身份证号"])
        else:
            assert joined.year < 2017

    assert all(len(people) == 1 for people in holders.values())


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def test_recommended_pioneers_are_fourteen(office: Office) -> None:
    """Old enough for the League and still of an age for the Pioneers: the importer has nothing to remark."""
    ages = [
        _age(row["出生日期"], row["提名日期"])
        for row in office.rows["recommendations"]
        if row["类别"] == "少先队员推优入团"
    ]

    assert ages
    assert set(ages) == {14}


def test_nobody_is_in_two_branches_at_once(office: Office) -> None:
    stays: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for row in office.rows["roster"]:
        stays.setdefault(row["身份证号"], []).append(
            (row["进入本支部时间"], row.get("离开本支部时间", dt.date.max))
        )

    for mine in stays.values():
        mine.sort()
        assert all(left <= came for (_since, left), (came, _until) in pairwise(mine))


def test_each_branch_has_members_some_too_few_and_some_too_many(office: Office) -> None:
    sizes = Counter(row["所在团组织编码"] for row in office.members(LAST))

    assert set(sizes) == office.branches(LAST)
    assert sum(sizes.values()) == 5270
    assert sum(size < 3 for size in sizes.values()) == 9
    assert sum(size > 50 for size in sizes.values()) == 3


def test_units_do_nothing_before_they_are_founded_or_after_they_are_dissolved(office: Office) -> None:
    units = {row["组织编码"]: row for row in office.rows["units"]}
    for row in _every(office):
        if "组织编码" in row and "日期" in row:
            unit = units[row["组织编码"]]
            assert unit["成立日期"] <= row["日期"] <= unit.get("撤销日期", LAST + dt.timedelta(days=40)), row


def test_the_tree_has_one_root_and_reaches_five_levels(office: Office) -> None:
    above = {row["组织编码"]: row.get("上级组织编码") for row in office.rows["units"]}

    def depth(code: str) -> int:
        return 1 + (depth(above[code]) if above[code] else 0)

    assert [code for code, parent in above.items() if not parent] == ["demo"]
    assert max(map(depth, above)) == 5
    assert len(set(above)) == len(office.rows["units"])


def test_children_have_their_guardians_consent_before_the_first_day(office: Office) -> None:
    for row in office.rows["participations"]:
        activity = office.records.get(row["活动登记号"])
        if activity and "监护人同意日期" in row:
            assert row["监护人同意日期"] < activity["日期"]
        elif activity:
            fourteenth = years_before(row["出生日期"], -14)
            assert fourteenth <= activity["日期"]


def test_own_numbers_are_given_once_and_point_to_records(office: Office) -> None:
    sheets = ("activities", "applications", "cases", "publications", "member_cases", "unit_events")
    sheets += ("admissions", "recommendations")
    numbers = Counter(row["登记号"] for sheet in sheets for row in office.rows[sheet])
    parts = ("steps", "payments", "contacts", "positions")
    spoken_of = {row["登记号"] for sheet in parts for row in office.rows[sheet]}
    spoken_of |= {row["活动登记号"] for s in ("sessions", "participations") for row in office.rows[s]}

    assert max(numbers.values()) == 1
    assert spoken_of <= set(numbers)


def test_steps_of_a_record_rise_and_end_where_it_stands(office: Office) -> None:
    steps: dict[str, list[Row]] = {}
    for step in office.rows["steps"]:
        steps.setdefault(step["登记号"], []).append(step)
    for number, walked in steps.items():
        days = [step["日期"] for step in walked]
        assert days == sorted(days), number
        assert len({step["进展"] for step in walked}) == len(walked)
        if number in office.records:
            assert office.records[number]["进展"] == walked[-1]["进展"]


def test_log_ins_belong_to_officers_of_the_list(office: Office) -> None:
    lines = (office.folder / "LOGINS.txt").read_text(encoding="utf-8").splitlines()
    logins = {line.split("\t")[0]: line.split("\t")[2:] for line in lines}
    listed = {row["登录名"]: row["角色"] for row in office.rows["officers"] if "登录名" in row}

    assert {login: told[0] for login, told in logins.items()} == listed
    assert set(listed.values()) == _labels("roles")
    assert len({line.split("\t")[1] for line in lines}) == len(lines)


def test_lists_do_not_contradict_each_other_about_a_person(office: Office) -> None:
    told: dict[tuple[str, str], set[str]] = {}
    for sheet in ("roster", "officers"):
        for row in office.rows[sheet]:
            for head in ("政治面貌", "学历", "学校或工作单位", "手机号"):
                if head in row:
                    told.setdefault((row["身份证号"], head), set()).add(row[head])

    assert [key for key, said in told.items() if len(said) > 1] == []
