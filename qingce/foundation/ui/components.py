"""Every component in every condition: the patterns page and its test are built from this list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Drop, Pills, Stepper

CONDITIONS = Path(__file__).parent / "templates" / "patterns" / "conditions"


@dataclass(frozen=True)
class Condition:
    """One condition of a component, written as a page would write it."""

    label: str | Promise
    source: str


@dataclass(frozen=True)
class Component:
    """A component by its meaning; `short` ones stand side by side on the page."""

    name: str
    title: str | Promise
    conditions: tuple[Condition, ...]
    short: bool = False


class SampleForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="活动名称", max_length=60, help_text="按通知上的名称填写。")
    happened_on = forms.DateField(label="哪一天", widget=Day)
    people = forms.IntegerField(label="到了多少人", min_value=0, widget=Stepper)
    held = forms.ChoiceField(
        label="开展了吗",
        choices=[("held", "已开展"), ("joint", "合办"), ("not", "未开展")],
        widget=Pills,
    )
    place = forms.ChoiceField(label="地点", choices=[("1", "文化馆"), ("2", "社区活动室")])
    note = forms.CharField(label="补充说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label="附件", required=False, widget=Drop(hint="PDF 或图片，20 MB 以内。"))
    public = forms.BooleanField(label="在公开页面上列出", required=False)


def sample() -> dict[str, object]:
    """What the sources below may name."""
    return {
        "months": [4, 6, 16, 13, 28, 17, 6, 5, 18, 15, 22, None],
        "names": range(1, 13),
        "parts": [("系统记录", 89), ("附材料", 43), ("手工填报", 11)],
        "long": "关于广泛开展“清凉一夏”社区志愿服务集中行动并做好安全保障工作的通知（第二次修订稿）",
        "day": dt.date(2023, 7, 16),
        "blank": SampleForm(initial={"happened_on": dt.date(2023, 7, 16), "people": 38, "held": "held"}),
        "wrong": SampleForm({"title": "", "happened_on": "2023-13-01", "people": "-3", "held": "held"}),
        "second_page": _second_page(),
        "only_page": Paginator(range(12), 50).page(1),
    }


def _second_page() -> Page[int]:
    return Paginator(range(531), 50).page(2)


def _written(name: str) -> str:
    """The source of a condition too long for a line."""
    return (CONDITIONS / f"{name}.html").read_text(encoding="utf-8")


COMPONENTS = (
    Component("head", _("Head of a page"), (Condition(_("usual"), _written("head")),)),
    Component(
        "figure",
        _("Figure"),
        (
            Condition(_("usual"), '{% figure_link 143 "场次" "?part=figure" %}'),
            Condition(_("as written in a text"), '{% figure_link 143 "" "?part=figure" "140余场次" %}'),
            Condition(_("open"), '{% figure_link 143 "场次" "?part=figure" "" "on" %}'),
            Condition(_("unsettled"), '{% figure_link None "" "?part=figure" "待定" "warn" %}'),
            Condition(_("missing"), "{% figure_link None %}"),
            Condition(_("not for this reader"), '{% figure_link 9 "件" "?part=figure" "" "closed" %}'),
            Condition(_("failing to open"), '{% figure_link 7 "件" "?part=nowhere" %}'),
        ),
        short=True,
    ),
    Component("cells", _("Board of figures"), (Condition(_("done, late, missing"), _written("cells")),)),
    Component(
        "charts",
        _("Small charts"),
        (
            Condition(_("months"), "{% bars months names 4 %}"),
            Condition(_("sparkline"), "{% sparkline months %}"),
            Condition(_("mix"), "{% mix parts %}"),
            Condition(_("share"), "{% share 512 531 %}"),
            Condition(_("share of nothing"), "{% share 0 0 %}"),
            Condition(_("progress"), '{% progress 3200 5270 "正在核对名册" %}'),
        ),
    ),
    Component(
        "state",
        _("State"),
        (
            Condition(_("draft"), '{% state "draft" "草稿" %}'),
            Condition(_("waiting"), '{% state "submitted" "待确认" %}'),
            Condition(_("counts"), '{% state "confirmed" "已确认" %}'),
            Condition(_("void"), '{% state "void" "已作废" %}'),
            Condition(_("too long"), '{% state "submitted" long %}'),
        ),
        short=True,
    ),
    Component(
        "evidence",
        _("Evidence"),
        (
            Condition(_("system"), '{% evidence "system" "系统记录" %}'),
            Condition(_("document"), '{% evidence "document" "附材料" %}'),
            Condition(_("by hand"), '{% evidence "hand" "手工填报" %}'),
            Condition(_("estimate"), '{% evidence "estimate" "估算" %}'),
        ),
        short=True,
    ),
    Component(
        "badge",
        _("Badge"),
        (
            Condition(_("usual"), '{% badge "第2版" %}'),
            Condition(_("late"), '{% badge "逾期3天" "late" %}'),
            Condition(_("waiting"), '{% badge "待审" "wait" %}'),
            Condition(_("done"), '{% badge "已办结" "done" %}'),
        ),
        short=True,
    ),
    Component(
        "acts",
        _("Acts"),
        (
            Condition(
                _("usual"),
                '<p class="acts"><button class="btn">核数</button><button class="btn">导出</button>'
                '<button class="btn main">送审</button></p>',
            ),
            Condition(
                _("dangerous, asks first"), '<a class="btn danger" href="?part=void" data-dialog>作废</a>'
            ),
            Condition(_("not now"), '<button class="btn main" disabled>确认</button>'),
            Condition(_("sending"), '<button class="btn main" aria-busy="true">正在保存</button>'),
        ),
        short=True,
    ),
    Component(
        "refusal",
        _("Refusal"),
        (
            Condition(_("usual"), '{% refusal "第 17 行：证件号应为 18 位，现为 17 位。本次未导入。" %}'),
            Condition(_("too long"), "{% refusal long %}"),
            Condition(_("forbidden"), '<p class="notice">您可以查看这场活动；确认入账由县级管理员办理。</p>'),
            Condition(
                _("waiting for the network"),
                '<p class="wait-band">网络不稳，1 条已存在手机上，联网后自动送出</p>',
            ),
        ),
    ),
    Component(
        "empty",
        _("Nothing here yet"),
        (
            Condition(
                _("with a beginning"),
                '{% empty "本季度还没有确认的活动" "3 场待确认，确认后列在这里。" "#" "去看看" %}',
            ),
            Condition(_("only words"), '{% empty "没有退回的记录" %}'),
        ),
    ),
    Component(
        "messages",
        _("Messages"),
        (
            Condition(
                _("usual"),
                '<ul class="messages"><li class="success">已确认，计入台账。</li>'
                '<li class="warning">已保存；缺签到表，补传后可提交。</li>'
                '<li class="error">没有保存：日期晚于今天。</li></ul>',
            ),
        ),
    ),
    Component(
        "table",
        _("Table"),
        (
            Condition(_("usual, too long, void"), _written("table")),
            Condition(_("a single page"), "{% pages only_page %}"),
        ),
    ),
    Component(
        "filter",
        _("Filter"),
        (
            Condition(
                _("chips"),
                '<p class="chips"><b>状态</b>{% chip "待确认" "state" "submitted" %}'
                '{% chip "已确认" "state" "confirmed" %}</p>',
            ),
            Condition(
                _("tabs"),
                '<nav class="tabs"><a href="#" aria-current="page">经过</a>'
                '<a href="#">名单</a><a href="#">依据</a></nav>',
            ),
        ),
    ),
    Component(
        "facts",
        _("Facts"),
        (
            Condition(
                _("usual, too long, missing"),
                '<dl class="facts"><dt>日期</dt><dd>{{ day|week_day }}</dd><dt>名称</dt><dd>{{ long }}</dd>'
                '<dt>证件号</dt><dd class="masked">412***********021X</dd><dt>主讲</dt><dd>—</dd></dl>',
            ),
        ),
    ),
    Component(
        "timeline", _("What happened"), (Condition(_("done, returned, to come"), _written("timeline")),)
    ),
    Component("tree", _("Tree"), (Condition(_("usual, too long, ended"), _written("tree")),)),
    Component(
        "form",
        _("Entry form"),
        (
            Condition(_("usual"), '<form class="form" method="get">{{ blank }}</form>'),
            Condition(_("one field"), '<form class="form" method="get">{% field wrong.title %}</form>'),
            Condition(_("refused"), '<form class="form" method="get">{{ wrong }}</form>'),
            Condition(
                _("on a phone"),
                '<form class="phone-form" method="get">{{ blank.held.as_field_group }}'
                "{{ blank.happened_on.as_field_group }}{{ blank.people.as_field_group }}"
                '<button class="btn main wide">记下</button></form>'
                '<p class="notice">不用再填：单位名称、名单、主题、期数。</p>',
            ),
        ),
    ),
    Component("sheet", _("Document"), (Condition(_("usual"), _written("sheet")),)),
)
