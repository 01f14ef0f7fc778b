"""Every component in every condition: the patterns page and its test are built from this list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day, Drop, Pills, Stepper


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
        "long": "关于在全区范围内广泛开展“清凉一夏”社区志愿服务集中行动并同步做好安全保障工作的通知（第二次修订稿）",
        "day": dt.date(2023, 7, 16),
        "blank": SampleForm(initial={"happened_on": dt.date(2023, 7, 16), "people": 38, "held": "held"}),
        "wrong": SampleForm({"title": "", "happened_on": "2023-13-01", "people": "-3", "held": "held"}),
        "second_page": _second_page(),
        "only_page": Paginator(range(12), 50).page(1),
    }


def _second_page() -> Page[int]:
    return Paginator(range(531), 50).page(2)


_PAGE_HEAD = """<nav class="crumbs"><ol><li><a href="#">文稿</a></li><li>年度总结</li></ol></nav>
<header class="head"><h1>2023年，到9月底</h1><p class="quiet">531 个单位</p>
<nav class="seg"><a href="#">本月</a><a href="#">本季</a><a href="#" aria-current="true">本年</a></nav></header>
<p class="say"><span><b>51</b> 项进总结</span><span class="late"><b>4</b> 项落后</span><span><b>11</b> 条记录缺依据</span></p>"""

_CELLS = """<div class="cells">
<div class="cell done"><p class="l">宣讲</p><p class="v">{% figure_link 108 "" "?part=figure" %}<small>场次</small></p>
{% sparkline months %}<p class="n"><span>上年 84</span><span class="plan">计划 100</span></p></div>
<div class="cell late"><p class="l">课时</p><p class="v">{% figure_link 1060 "" "?part=figure" %}<small>课时</small></p>
{% sparkline months %}<p class="n"><span>上年 1,220</span><span class="plan">计划 1600</span></p></div>
<div class="cell"><p class="l">还没有记录的一项</p><p class="v">{% figure_link None %}</p>
{% sparkline months|slice:":0" %}<p class="n"><span>上年没有</span></p></div></div>"""

_TABLE = """<div class="scroll"><table class="cards"><thead><tr>{% sort_header "名称" "title" %}{% sort_header "日期" "day" %}
<th>单位</th>{% sort_header "人次" "people" "num" %}<th>状态</th></tr></thead><tbody>
<tr><td><a href="#">青春告白·五四专场</a></td><td data-label="日期">5月4日</td><td data-label="单位">文化馆</td>
<td class="num" data-label="人次">{% figure_link 312 "" "?part=figure" %}</td><td data-label="状态">{% state "confirmed" "已确认" %}</td></tr>
<tr><td><a href="#">{{ long }}</a></td><td data-label="日期">5月6日</td><td data-label="单位">石化一厂</td>
<td class="num" data-label="人次">{% figure_link 46 "" "?part=figure" %}</td><td data-label="状态">{% state "submitted" "待确认" %}</td></tr>
<tr class="void"><td><a href="#">录重的一场</a></td><td data-label="日期">5月9日</td><td data-label="单位">河湾小学</td>
<td class="num" data-label="人次">180</td><td data-label="状态">{% state "void" "已作废" %}</td></tr></tbody></table></div>
{% pages second_page %}"""

_TREE = """<ul class="tree"><li><details open><summary><a href="#">城关镇</a> <small>12 个</small></summary><ul>
<li><a href="#">文化馆</a></li><li><a href="#">{{ long }}</a></li><li><a href="#" class="ended">旧站</a> <small>2022年撤销</small></li>
</ul></details></li><li><a href="#">河东乡</a></li></ul>"""

_TIMELINE = """<ol class="timeline"><li><time>5月4日 09:12</time>小周提交</li><li class="late"><time>5月6日</time>林书记退回：缺签到表</li>
<li class="yet"><time>待办</time>补传后再次提交</li></ol>"""

_SHEET = """<article class="sheet"><h1>凝心聚力担使命<br>2023年度工作总结</h1><h2>一、思想引领</h2><h3>（一）抓实理论学习</h3>
<p>全年开展专题学习{% figure_link 13 "次" "?part=figure" %}，宣讲{% figure_link 143 "" "?part=figure" "140余场次" "on" %}，
服务时长{% figure_link None "" "?part=figure" "待定" "warn" %}。</p><p class="sign-off">2023年12月20日</p></article>"""

COMPONENTS = (
    Component("head", _("Head of a page"), (Condition(_("usual"), _PAGE_HEAD),)),
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
    Component("cells", _("Board of figures"), (Condition(_("done, late, missing"), _CELLS),)),
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
            Condition(_("usual"), '{% refusal "第 17 行：证件号应为 18 位，现为 17 位。本次未导入任何数据。" %}'),
            Condition(_("too long"), "{% refusal long %}"),
            Condition(
                _("forbidden"), '<p class="notice">您可以查看这场活动；确认入账由县级管理员办理。</p>'
            ),
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
                '<li class="warning">已保存；缺签到表，补传后可提交。</li><li class="error">没有保存：日期晚于今天。</li></ul>',
            ),
        ),
    ),
    Component(
        "table",
        _("Table"),
        (
            Condition(_("usual, too long, void"), _TABLE),
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
                '<nav class="tabs"><a href="#" aria-current="page">经过</a><a href="#">名单</a><a href="#">依据</a></nav>',
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
    Component("timeline", _("What happened"), (Condition(_("done, returned, to come"), _TIMELINE),)),
    Component("tree", _("Tree"), (Condition(_("usual, too long, ended"), _TREE),)),
    Component(
        "form",
        _("Form"),
        (
            Condition(_("usual"), '<form class="form" method="get">{{ blank }}</form>'),
            Condition(
                _("one field"), '<form class="form" method="get">{% field wrong.title %}</form>'
            ),
            Condition(_("refused"), '<form class="form" method="get">{{ wrong }}</form>'),
            Condition(
                _("on a phone"),
                '<form class="phone-form" method="get">{{ blank.held.as_field_group }}'
                '{{ blank.happened_on.as_field_group }}{{ blank.people.as_field_group }}'
                '<button class="btn main wide">记下</button></form>'
                '<p class="notice">不用再填：单位名称、名单、主题、期数。</p>',
            ),
        ),
    ),
    Component("sheet", _("Document"), (Condition(_("usual"), _SHEET),)),
)
