"""What does not fit within a text is found; what fits is left in peace."""

from __future__ import annotations

import pytest

from qingce.reports.claims.consistency import findings
from qingce.reports.claims.reading import read

UNFIT = [
    ("刊发稿件12篇，其中国家级15篇。", ["subset"]),
    ("发展团员100名，其中男58名、女52名。", ["parts"]),
    ("发展团员100名，其中男40名、女52名。", ["parts"]),
    ("评选先进集体20个，其中一类15个、二类8个。", ["parts"]),
    ("青年之家由20个增至30个，增长40%。", ["growth"]),
    ("团员由100名减少到80名，增长20%。", ["growth"]),
    ("志愿者从100人增加到150人，增加60人。", ["growth"]),
    ("培训团干部30至50名，其中女干部60名。", ["subset"]),
    ("开展志愿服务活动80场。\n全年开展志愿服务活动86场。", ["twice"]),
]
FIT = [
    "刊发稿件12篇，其中国家级3篇。",
    "发展团员100名，其中男48名、女52名。",
    "荣获表彰19项，其中国家级2项、省级5项。",
    "青年之家由20个增至30个，增长50%。",
    "青年之家由23个增至31个，增长34.8%。",
    "开展志愿服务活动80余场。\n全年开展志愿服务活动86场。",
    "社区开展活动80场，学校开展活动86场。",
    "发展团员100名，其中女团员62名、少数民族团员51名。",
    "培训团干部30至50名，其中女干部40名。",
    "举办招聘会5场，其中线上2场，提供岗位4100个。",
]


@pytest.mark.parametrize(("text", "sorts"), UNFIT)
def test_what_does_not_fit_is_said(text, sorts):
    found = findings(read(text))
    assert [one.sort for one in found] == sorts
    assert all(one.claims and one.sentence for one in found)


@pytest.mark.parametrize("text", FIT)
def test_what_fits_is_left_in_peace(text):
    assert [one.sentence for one in findings(read(text))] == []
