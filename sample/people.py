"""People who do not exist: names, birthdays, identity numbers of a division that does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sample.chance import Chance

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
    "钱汤尹黎易常武乔贺赖龚文"
)
MALE = (
    "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙翔博文轩泽晨睿航毅峰东建志远鸣"
    "锐恒硕森冬亮诚霖岳昊然瑞安祺"
)
FEMALE = (
    "芳娜敏静丽艳娟霞燕玲婷雪慧莹洁琳倩颖佳欣怡萍蕾璐悦梅瑶晶萌丹妍蓉薇涵婕彤雯菲岚茜琪苗甜宁"
    "瑾可心语桐若曦诗韵楠钰晗歆"
)
ETHNICITIES = {"汉族": 880, "回族": 78, "藏族": 14, "满族": 10, "东乡族": 8, "土族": 5, "蒙古族": 5}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
DIVISIONS = 99  # 990101 to 990199 are nobody's


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    born: dt.date
    id_number: str
    ethnicity: str
    phone: str

    def age(self, on: dt.date) -> int:
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


class People:
    """Makes people, none with the number of another."""

    def __init__(self) -> None:
        self.chance = Chance("people")
        self.serials: dict[tuple[str, str], int] = {}
        self.count = 0

    def born(self, first: dt.date, last: dt.date, *, sex: str = "") -> Person:
        """A person born from `first` to `last`."""
        day = first + dt.timedelta(days=self.chance.randint(0, (last - first).days))
        sex = sex or self.chance.choice("男女")
        self.count += 1
        return Person(
            name=self._name(sex),
            sex=sex,
            born=day,
            id_number=self._id_number(day, sex),
            ethnicity=self.chance.weighted(ETHNICITIES),
            phone=f"199000{self.count:05d}",
        )

    def aged(self, youngest: int, oldest: int, *, on: dt.date, sex: str = "") -> Person:
        """A person whose age on a day lies between two ages, both included."""
        first = on.replace(year=on.year - oldest - 1, day=min(on.day, 28)) + dt.timedelta(days=4)
        last = on.replace(year=on.year - youngest, day=min(on.day, 28)) - dt.timedelta(days=1)
        return self.born(first, last, sex=sex)

    def _name(self, sex: str) -> str:
        given = MALE if sex == "男" else FEMALE
        letters = 1 if self.chance.maybe(0.22) else 2
        return self.chance.choice(SURNAMES) + "".join(self.chance.choices(given, k=letters))

    def _id_number(self, born: dt.date, sex: str) -> str:
        division = f"9901{self.chance.randint(1, DIVISIONS):02d}"
        key = (f"{division}{born:%Y%m%d}", sex)
        serial = self.serials.get(key, -1) + 1
        self.serials[key] = serial
        order = 2 * serial + (1 if sex == "男" else 2)
        return with_check_digit(f"{key[0]}{order:03d}")


def political_status(person: Person, *, on: dt.date) -> str:
    """The same in every list: from 28 on nobody here is a League member without being in the Party."""
    age, mark = person.age(on), int(person.id_number[14:17]) * 7 + person.born.day
    if age >= 28 or (age >= 19 and mark % 23 == 0):
        return "中共党员"
    return "中共预备党员" if age >= 19 and mark % 41 == 0 else "共青团员"


def with_check_digit(first_17: str) -> str:
    """The identity number of 18 places by GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return first_17 + CHECK_DIGITS[total % 11]
