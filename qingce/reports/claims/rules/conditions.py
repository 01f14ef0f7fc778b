"""Numbers that say how long, for whom, for each, or what is still to come; and figures of speech."""

from __future__ import annotations

import re

from qingce.reports.claims.rules.sight import HAN, Sight

PLANNERS = tuple(" ,:、;还并也再已年月委府县区市镇团会联我们")  # who plans, or when
TO_A_YEAR = re.compile(r"(?<![增加长升高大展降少达])(?:到|至)(?:20\d{2}年|“?十[四五]五”?末)[^。;]{0,30}$")
TIME_SERVED = re.compile(r"时长(?:达|为|约|共|超)*$")
ON_DUTY = re.compile(r"(?:内|制|服务|值班|在线|不间断|全天)")
DAY = 24
POINT = r"\s*(?:\(?[一二三四五六七八九十\d]+[)、.]\s*)?"
FOR_EACH = re.compile(r"每[^,。;、\d]{1,4}$")
EACH_AFTER = re.compile(r"\s*/\s*(?:人|名|户|月|年|天|次|场|校|村|生|篇|小时|期|件|亩)")
OF_EACH = re.compile(r"(?:每|一)(?:人|名|户|月|年|校|村)(?![\u4e00-\u9fff]*\d)")
LISTED_ON = re.compile(r"(?:不少于|至少|和|、|开展|组织)$")
A_RULE = re.compile(r"的(?:比例|标准|要求|目标|原则)")
NO_THINGS = {"步", "批", "类", "种", "道", "层"}  # 更进一步, 又一批


def is_duration(sight: Sight) -> bool:
    """为期一周, 24小时服务; 志愿服务时长1.2万小时 is a claim."""
    one = sight.one
    if one.sort == "time":
        return not (one.unit == "分钟" and "时长" in sight.close)
    if one.sort != "work_time" or TIME_SERVED.search(sight.before):
        return False
    return sight.ends("duration") or one.numeral.value == DAY or bool(ON_DUTY.match(sight.after))


def is_criterion(sight: Sight) -> bool:
    """14周岁以上, 3人以上的企业, 不低于30%的比例."""
    one = sight.one
    if one.sort == "age" or (sight.ends("age") and one.sort != "people" and one.unit != "分"):
        return True
    if A_RULE.match(sight.after):
        return True
    if one.qualifier == "at_most":
        return one.unit != "%" and not sight.text.read.startswith(("不足", "不到"), one.start)
    if one.qualifier == "at_least" and one.unit != "%":
        named = sight.starts("criterion") or re.match(r"(?:的|者|且)", sight.after)
        return bool(named) or sight.hears("criterion", sight.close[-10:])
    return sight.hears("criterion", sight.close[-10:])


def is_per_unit(sight: Sight) -> bool:
    """每人2000元, 2000元/人, 人均8小时."""
    if EACH_AFTER.match(sight.after) or (sight.one.sort == "money" and OF_EACH.match(sight.after)):
        return True
    if sight.hears("per_unit", sight.close) or FOR_EACH.search(sight.close):
        return True
    before = sight.previous
    listed = before is not None and sight.clause.holds(before.start) and sight.hears("per_unit", sight.before)
    return listed and bool(LISTED_ON.search(sight.close))


def is_vague(sight: Sight) -> bool:
    """一批, 数十, 百名, 上百个, 一番事业."""
    one = sight.one
    if one.unit == "番" and not re.search(r"翻了?$", sight.before):
        return True
    if one.numeral.vague or (sight.chinese and one.numeral.value == 1 and sight.starts("vague")):
        return True
    return one.numeral.bare and (one.qualifier == "exact" or one.raw.startswith("上"))


def is_figurative(sight: Sight) -> bool:
    """一 before a measure word mostly counts nothing; it does after some verbs and at the end of a clause."""
    one = sight.one
    plain = sight.chinese and one.numeral.value == 1 and not one.numeral.more and one.numeral.upper is None
    if not plain or one.sort in {"rates", "money"}:
        return False
    before = sight.before.rstrip()
    if sight.ends("figurative", of=before):
        return True
    if one.unit in sight.words.cue("figurative", "events") and sight.ends("figurative", "one_event", before):
        return False
    return not (sight.ends("figurative", "one", before) or _ends_clause(sight, before))


def _ends_clause(sight: Sight, before: str) -> bool:
    """“举办读书班一期，”: after the thing counted, with nothing behind."""
    after = sight.after.lstrip()
    at_end = not HAN.match(after[:1]) or after.startswith(("和", "及"))
    return at_end and bool(HAN.search(before[-1:])) and sight.one.unit not in NO_THINGS


def is_plan(sight: Sight) -> bool:
    """A target: announced in the sentence, in the paragraph, in the section or in the title."""
    said = sight.said_before
    if sight.ends("target"):
        return True
    announced = max(_announced(sight, said), _to_a_year(said))
    past = sight.words.pattern("plan", "past")
    if announced:
        return not past.search(said, announced)
    return (sight.outlook.plans(sight.one.start) or _looks_ahead(sight)) and not past.search(said)


def _announced(sight: Sight, said: str) -> int:
    """Where the last word of the future ends: 模拟 ends like 拟, 培育计划 like 计划, and are none."""
    end = 0
    for match in sight.words.pattern("plan").finditer(said):
        before = said[match.start() - 1 : match.start()]
        simulated = match[0].startswith("拟") and before in tuple("模虚比")
        named = match[0].startswith(("计划", "规划")) and before and before not in PLANNERS
        if not simulated and not named:
            end = match.end()
    return end


def _to_a_year(said: str) -> int:
    """Where “到2025年” ends, when the number is what is to be reached by then."""
    match = TO_A_YEAR.search(said)
    return match.start() + 1 if match else 0


def _looks_ahead(sight: Sight) -> bool:
    """Whether an earlier sentence of the paragraph begins with a word of the future."""
    line = sight.text.line(sight.one.start)
    earlier = sight.text.read[line.start : sight.sentence.start]
    heads = "|".join(sight.words.cue("plan_ahead"))
    return bool(
        re.search(rf"(?:^|[。;!?])\s*(?:[((]?[一二三四五六七八九十\d]+[))、.]\s*)?(?:{heads})", earlier)
    )


def is_context(sight: Sight) -> bool:
    """总人口35万, 占地30亩: facts of the surroundings."""
    if sight.one.unit != "%" and sight.hears("context", sight.close):
        return True
    land = sight.one.sort == "quantities"
    return land and bool(re.search(r"(?:全县|全区|全市|距|海拔|占地)", sight.close))
