"""Titles broken by sense: no word is cut, and the lines make a trapezium or a diamond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from qingce.reports.typography import NOT_FIRST, NOT_LAST, cells

WIDEST = 20  # cells of size 2 on the type area
MOST_LINES = 4
NEVER_FIRST = NOT_FIRST | set("的地得了等")
# What a division costs: a break after 关于, a rectangle or hourglass, a cell of difference in width.
AFTER_ABOUT = 12
BAD_SHAPE = 8
UNEVEN = 0.75
GOOD_PLACE = -4  # before 关于, after 的 or the unit's name; four times as good at a blank

TERMS = (
    "共青团", "共产主义青年团", "中国", "委员会", "团委", "团工委", "团总支", "团支部", "党委", "上级",
    "基层", "关于", "同意", "印发", "召开", "举办", "开展", "成立", "核定", "申请", "表彰", "命名",
    "推荐", "上报", "报送", "拟", "全年", "年度", "上半年", "下半年", "月份", "季度", "第一", "第二",
    "第三", "第四", "工作", "总结", "要点", "安排", "计划", "简报", "公示", "公告", "请示", "批复",
    "通知", "通报", "报告", "函", "会议", "纪要", "证明", "统计表", "情况", "汇总", "名单", "方案",
    "意见", "办法", "答复", "单位", "集体", "个人", "青年", "青少年", "少先队", "团员", "团干部", "发展",
    "调控", "指标", "数量", "志愿", "服务", "活动", "主题", "团的组织建设", "教育", "思想", "引领",
    "改革", "组织", "建设", "学校", "社区", "街道", "乡镇", "项目", "资金", "资助", "文明号", "五四红旗",
    "优秀", "推优", "联席", "督导", "整改", "基本", "数据",
)  # fmt: skip


def by_sense(title: str, *, names: Sequence[str] = (), widest: float = WIDEST) -> list[str]:
    """The lines of a title; `names` are words that must stay whole, such as the unit's."""
    if cells(title) <= widest:
        return [title]
    terms = sorted({*TERMS, *names}, key=len, reverse=True)
    return _best(list(_words(title, terms)), widest) or _best(list(title), widest) or [title]


def _best(words: Sequence[str], widest: float) -> list[str]:
    """The best division into as few lines as hold the words; nothing when a word is too wide."""
    for count in range(2, MOST_LINES + 1):
        found = [lines for lines in _divided(words, count) if all(cells(line) <= widest for line in lines)]
        if found:
            return [line.strip("　 ") for line in min(found, key=_cost)]
    return []


def _words(title: str, terms: Sequence[str]) -> Iterator[str]:
    """The title in words: the longest known term, a number, a name in quotes, or what lies between."""
    between = ""
    place = 0
    while place < len(title):
        word = next((term for term in terms if title.startswith(term, place)), "") or _whole(title[place:])
        between += "" if word else title[place]
        if word and between:
            yield between
            between = ""
        if word:
            yield word
        place += len(word) or 1
    if between:
        yield between


def _whole(rest: str) -> str:
    """A blank, a number with its 年, or a short name in its quotation marks; else nothing."""
    for opening, closing in ("“”", "《》", "〔〕"):
        if rest.startswith(opening) and 0 < (end := rest.find(closing)) <= 12:
            return rest[: end + 1]
    if rest[0] in "　 的":
        return rest[0]
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return rest[: digits + rest.startswith("年", digits)] if digits else ""


def _divided(words: Sequence[str], count: int) -> Iterator[list[str]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        places = [0, *cuts, len(words)]
        lines = ["".join(words[a:b]) for a, b in pairwise(places)]
        if all(line[0] not in NEVER_FIRST for line in lines) and all(
            line[-1] not in NOT_LAST for line in lines
        ):
            yield lines


def _cost(lines: Sequence[str]) -> float:
    wide = [cells(line.strip("　 ")) for line in lines]
    cost = sum(_break(before, after) for before, after in pairwise(lines))
    cost += UNEVEN * (max(wide) - min(wide))
    return cost + BAD_SHAPE * _is_bad_shape(wide)


def _break(before: str, after: str) -> float:
    if before.endswith(("　", " ")) or after.startswith(("　", " ")):
        return 4 * GOOD_PLACE
    if before.endswith("关于"):
        return AFTER_ABOUT
    good = after.startswith("关于") or before.endswith(("的", "年度", "委员会", "团委"))
    return GOOD_PLACE if good else 0


def _is_bad_shape(wide: Sequence[float]) -> bool:
    """A rectangle, or an hourglass: a middle line shorter than its neighbours."""
    if len(set(wide)) == 1:
        return True
    middles = range(1, len(wide) - 1)
    return any(wide[place] < min(wide[place - 1], wide[place + 1]) for place in middles)
