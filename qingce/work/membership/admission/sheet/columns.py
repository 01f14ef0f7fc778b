"""The columns of the sheet of admissions, and what each group of them tells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Column, Date, Decimal, IdNumber, Integer, Row, Text, YesNo
from qingce.foundation.exchange.vocabulary import offered
from qingce.ledger.notices.hung import Hung
from qingce.work.membership.admission.dossier import ACTIVIST_NOTICE, MEMBER_NOTICE, TARGET_NOTICE
from qingce.work.membership.admission.models import Admission, Decider, Helper, Recommender

RECOMMENDER_WORDS = {"少先队推优": Recommender.PIONEERS, "团员推荐": Recommender.MEMBERS}
DECIDER_WORDS = {"支委会": Decider.COMMITTEE, "支部大会": Decider.MEETING}
NOTICES = {
    ACTIVIST_NOTICE: ("activist_notice_from", "activist_notice_until"),
    TARGET_NOTICE: ("notice_from", "notice_until"),
    MEMBER_NOTICE: ("member_notice_from", "member_notice_until"),
}
HELPERS = {Helper.Part.MENTOR: ("mentor", "mentor_2"), Helper.Part.SPONSOR: ("sponsor", "sponsor_2")}
DAYS = {
    "applied": "applied_on",
    "talked": "talked_on",
    "activist": "activist_on",
    "in_training": "in_training_on",
    "target": "target_on",
    "noticed": "notice_until",
    "form_filled": "form_filled_on",
    "voted": "voted_on",
    "approved": "approved_on",
    "sworn": "sworn_on",
    "archived": "archived_on",
}
TOLD = [
    "talked_by",
    "recommended_by",
    "decided_by",
    "filed_on",
    "mentor_talks",
    "online_percent",
    "former_school",
    "former_since",
    "former_hours",
    "former_paper",
    "pre_examined_on",
    "pre_examination",
    "sponsored_on",
    "entitled",
    "present",
    "ballots",
    "in_favour",
    "county_filed_on",
    "form_kept_at",
]
COLUMNS: list[Column] = [
    Date("applied_on", gettext_lazy("Applied on"), synonyms=["申请日期"], required=True),
    Date("talked_on", gettext_lazy("Talk on"), synonyms=["谈话日期"]),
    Text("talked_by", gettext_lazy("Who talked"), synonyms=["谈话人"], max_length=60),
    Date("activist_on", gettext_lazy("Activist from"), synonyms=["确定积极分子日期"]),
    Choice(
        "recommended_by",
        gettext_lazy("Recommended by"),
        synonyms=["推荐方式"],
        choices=lambda: offered(Recommender, RECOMMENDER_WORDS),
    ),
    Choice(
        "decided_by",
        gettext_lazy("Decided by"),
        synonyms=["确定方式"],
        choices=lambda: offered(Decider, DECIDER_WORDS),
    ),
    Date(
        "activist_notice_from",
        gettext_lazy("Notice of the activist from"),
        synonyms=["积极分子公示起"],
    ),
    Date(
        "activist_notice_until",
        gettext_lazy("Notice of the activist until"),
        synonyms=["积极分子公示止"],
    ),
    Date("filed_on", gettext_lazy("Activist filed above on"), synonyms=["积极分子备案日期"]),
    Date("in_training_on", gettext_lazy("Training from"), synonyms=["培养开始日期"]),
    IdNumber("mentor", gettext_lazy("ID number of the mentor"), synonyms=["培养联系人身份证号"]),
    IdNumber("mentor_2", gettext_lazy("ID number of the second mentor"), synonyms=["第二培养联系人身份证号"]),
    Integer("mentor_talks", gettext_lazy("Talks with a mentor"), synonyms=["培养谈话次数"], min=0, unit="次"),
    Integer(
        "online_percent",
        gettext_lazy("Online lessons learnt (%)"),
        synonyms=["网上团课完成率"],
        min=0,
        max=100,
    ),
    Text("former_school", gettext_lazy("Former school of training"), synonyms=["原培养学校"], max_length=80),
    Date("former_since", gettext_lazy("Trained there from"), synonyms=["原学校培养开始日期"]),
    Decimal(
        "former_hours",
        gettext_lazy("Hours of lessons there"),
        synonyms=["原学校团课学时"],
        places=1,
        min=0,
        max=999,
        unit="学时",
    ),
    Text(
        "former_paper",
        gettext_lazy("Papers transferred"),
        synonyms=["转入培养材料存放处"],
        max_length=120,
    ),
    Date("target_on", gettext_lazy("Target from"), synonyms=["确定发展对象日期"]),
    Date("pre_examined_on", gettext_lazy("Pre-examined on"), synonyms=["预审日期"]),
    Text("pre_examination", gettext_lazy("Written pre-examination"), synonyms=["预审文号"], max_length=120),
    Date("notice_from", gettext_lazy("Notice of the target from"), synonyms=["发展对象公示起"]),
    Date("notice_until", gettext_lazy("Notice of the target until"), synonyms=["发展对象公示止"]),
    Text(
        "development_number",
        gettext_lazy("Development number"),
        synonyms=["发展团员编号"],
        code=True,
        max_length=16,
    ),
    Date("form_filled_on", gettext_lazy("Joining form on"), synonyms=["填写志愿书日期"]),
    IdNumber("sponsor", gettext_lazy("ID number of a sponsor"), synonyms=["介绍人身份证号"]),
    IdNumber("sponsor_2", gettext_lazy("ID number of the other sponsor"), synonyms=["另一介绍人身份证号"]),
    Date("sponsored_on", gettext_lazy("Opinions of the sponsors on"), synonyms=["介绍人意见日期"]),
    Date("voted_on", gettext_lazy("Branch meeting on"), synonyms=["支部大会日期"]),
    Integer("entitled", gettext_lazy("Entitled to vote"), synonyms=["有表决权人数"], min=0, unit="人"),
    Integer("present", gettext_lazy("Present"), synonyms=["到会人数"], min=0, unit="人"),
    Integer("ballots", gettext_lazy("Ballots returned"), synonyms=["收回票数"], min=0, unit="票"),
    Integer("in_favour", gettext_lazy("In favour"), synonyms=["赞成票数"], min=0, unit="票"),
    YesNo("secret", gettext_lazy("Secret ballot"), synonyms=["无记名投票"]),
    Date("approved_on", gettext_lazy("Approved on"), synonyms=["批准日期"]),
    YesNo("collectively", gettext_lazy("Decided together"), synonyms=["集体讨论"]),
    Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
    Date("county_filed_on", gettext_lazy("Filed with the county on"), synonyms=["县级备案日期"]),
    Date("member_notice_from", gettext_lazy("Notice of the member from"), synonyms=["新团员公示起"]),
    Date("member_notice_until", gettext_lazy("Notice of the member until"), synonyms=["新团员公示止"]),
    Date("sworn_on", gettext_lazy("Oath on"), synonyms=["宣誓日期"]),
    Text("form_kept_at", gettext_lazy("Joining form kept at"), synonyms=["志愿书存放处"], max_length=120),
    Date("in_system_on", gettext_lazy("In the national system on"), synonyms=["录入全国系统日期"]),
    Date("archived_on", gettext_lazy("Archived on"), synonyms=["归档日期"]),
]


def told_of(row: Row) -> dict[str, Any]:
    """The facts of the part that the row tells; an empty cell empties a text."""
    told = {name: _or_empty(name, row[name]) for name in TOLD if name in row}
    if "in_system_on" in row:
        told["entered_on"] = row["in_system_on"]
    return told | {name: bool(row[name]) for name in ("secret", "collectively") if name in row}


def _or_empty(name: str, value: Any) -> Any:
    return "" if value is None and not Admission._meta.get_field(name).null else value


def hung(row: Row) -> dict[str, Hung]:
    """The notices that the row tells of, by purpose; one whose days are reversed hung on none."""
    return {
        purpose: Hung(row[first], row[last])
        for purpose, (first, last) in NOTICES.items()
        if row[first] and row[last] and row[first] <= row[last]
    }
