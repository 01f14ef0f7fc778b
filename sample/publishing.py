"""Made public: the account's posts, items in outside media, job bulletins, policies, notices."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, spread, year_days, year_workdays
from sample.lists import listed
from sample.records import Register, Row
from sample.tree import ROOT
from sample.volumes import volume

ACCOUNT = "“青春青河”微信公众号"
HEADLINES = (
    ("青年志愿者雪中送暖", "活动报道", "社会主义核心价值观"),
    ("一图读懂青年优惠政策", "活动报道", "就业创业"),
    ("我身边的好青年", "青年典型", "社会主义核心价值观"),
    ("学习党的二十大精神", "活动报道", "党的二十大精神"),
    ("石榴花开一家亲", "活动报道", "民族团结进步教育"),
    ("青年之家活动预告", "活动报道", "读书分享"),
    ("防溺水安全提示", "活动报道", "自护教育"),
)
NAMED_OUTLETS = ("团建头条", "甘肃青年")
OTHER_OUTLETS = ("省级日报", "市级日报", "市团委公众号", "区融媒体中心")
CASES = (
    "“一体两翼”激活基层团组织",
    "社区团组织“组团联建”",
    "快递行业建团路径",
    "团代表联络站怎样建",
    "青年之家阵地联建共享",
    "兼职团干部队伍建设",
)
EMPLOYERS = listed(
    "青禾物流 云岭食品 河畔科技 恒岳建材 蓝帆软件 远山电商 和合养老 锦程汽修 启明教培 北辰设计",
    "青河机械 青河热力 丰收农机 泉声传媒 川流配送 银杏口腔 拓石健身 绿洲园艺 石桥餐饮 万里货运",
    "清源环保 泰和物业 星禾动漫 同心社工",
)
JOBS = listed(
    "销售 客服 会计 仓储管理 电工 焊工 前端开发 新媒体运营 护理员 配送员 幼儿教师 行政文员 质检员",
    "厨师 收银员 设备运维 平面设计 园艺工 人事专员 项目助理",
)
PER_BULLETIN = 4
REPEATED = 0.28  # share of the listings that repeat an earlier one
DEPARTMENTS = {
    "区人社局": ("就业见习补贴", "一次性创业补贴", "技能提升补贴", "求职补贴", "创业担保贷款贴息"),
    "区住建局": (
        "青年人才公寓租金优惠",
        "购房契税补贴",
        "公积金异地贷款",
        "保障性租赁住房配租",
        "首套房贷利率优惠",
    ),
    "区文旅局": (
        "景区青年半价票",
        "图书馆夜间开放",
        "文艺青年演出票价优惠",
        "博物馆青年讲解",
        "体育场馆青年时段",
    ),
    "区卫健局": ("免费婚检", "青年心理热线", "两癌筛查", "免费孕前检查", "流感疫苗优惠"),
    "区教育局": (
        "研究生助学金",
        "教师资格考试补贴",
        "高校毕业生支教补贴",
        "夜校免费课程",
        "子女入学绿色通道",
    ),
    "区商务局": ("青年消费券", "电商培训免费", "汽车以旧换新补贴", "夜市摊位费减免", "家电下乡补贴"),
    "区文明办": ("青年志愿者礼遇", "道德模范帮扶", "集体婚礼补助", "书店购书优惠"),
}
BENEFITS = [(partner, name) for partner, names in DEPARTMENTS.items() for name in names]


class Publishing:
    """One year's items made public, with the positions of the job bulletins."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.chance = Chance(f"publishing {year}")
        self.posts = Register("GZH", year, ("三审三校单",))
        self.media = Register("MT", year, ("版面截图",))
        self.bulletins = Register("JY", year, ("岗位信息汇总表",))
        self.policies = Register("ZC", year, ("政策文件", "审签单"))
        self.positions: list[Row] = []
        self._post()
        self._place_in_media()
        self._announce_jobs()
        self._list_policies()
        self._notify()

    # The official account.

    def _post(self) -> None:
        originals = [("是", "已发布", "")] * volume("original_posts", self.year)
        reprints = [("否", "已发布", "")] * volume("reprinted_posts", self.year)
        others = [("是", "已撤回", "")]
        others += [("是", "起草中", "草稿"), ("是", "已发布", "待确认"), ("否", "已发布", "作废")] * 4
        every = [*originals, *reprints, *others]
        self.chance.shuffle(every)
        days = spread(self.chance, year_days(self.year), len(every))
        for day, (original, stage, state) in zip(days, every, strict=True):
            headline, _subject, theme = self.chance.choice(HEADLINES)
            self.posts.add(
                状态=state,
                类别="公众号文章",
                系列=ACCOUNT,
                标题=f"{headline}（{day.month}月{day.day}日）",
                组织编码=ROOT,
                日期=day,
                进展=stage,
                作者或部门="宣传部" if original == "是" else "转载自上级团组织",
                原创=original,
                主题=theme,
                题材="",
            )

    # Outside media: the first placement counts, its reprints stand under it.

    def _place_in_media(self) -> None:
        number, named = volume("reform_cases", self.year), volume("named_outlets", self.year)
        days = spread(self.chance, year_workdays(self.year), number)
        for place, day in enumerate(days):
            outlet = NAMED_OUTLETS[place % 2] if place < named else OTHER_OUTLETS[place % 4]
            title = f"{CASES[place % len(CASES)]}（{place // len(CASES) + 1}）"
            first = self._item(title, day, outlet, "改革案例")
            if place % 2:
                self._item(title, day + 3 * DAY, "市团委公众号", "改革案例", 转载自登记号=first)
            if place == number - 1:
                self._item(title, day + 2 * DAY, "甘肃青年", "改革案例", 转载自登记号=first)
        self._item("改革案例征集稿", Day(self.year, 11, 1), "团建头条", "改革案例", 进展="起草中")
        self._item("改革案例重复登记稿", Day(self.year, 6, 1), "省级日报", "改革案例", 状态="作废")
        for day in spread(self.chance, year_workdays(self.year), 24):
            headline, subject, _theme = self.chance.choice(HEADLINES)
            outlet = self.chance.choice((*OTHER_OUTLETS, *NAMED_OUTLETS))
            self._item(f"青河：{headline}（{day:%m%d}）", day, outlet, subject)

    def _item(self, title: str, day: Day, outlet: str, subject: str, **cells: Any) -> str:
        stage = cells.pop("进展", "已发布")
        return self.media.add(
            类别="媒体刊发",
            标题=title,
            组织编码=ROOT,
            日期=min(day, Day(self.year, 12, 29)),
            进展=stage,
            媒体=outlet,
            作者或部门="宣传部",
            题材=subject,
            **cells,
        )

    # Jobs: the same post in a later bulletin is one post.

    def _announce_jobs(self) -> None:
        number = volume("bulletins", self.year)
        days = spread(self.chance, year_workdays(self.year), number)
        listings = self._listings(number * PER_BULLETIN)
        for issue, day in enumerate(days, 1):
            bulletin = self._bulletin(issue, day)
            for job in listings[(issue - 1) * PER_BULLETIN : issue * PER_BULLETIN]:
                self._list_job(bulletin, job, day)
        again = self._bulletin(57, days[56] + DAY, 标题="就业信息第57期（更正重发）")
        for job in listings[56 * PER_BULLETIN : 57 * PER_BULLETIN]:
            self._list_job(again, job, days[56])
        draft = self._bulletin(number + 1, Day(self.year, 12, 29), 状态="草稿", 进展="起草中")
        recalled = self._bulletin(number + 2, Day(self.year, 5, 18), 进展="已撤回")
        for place, bulletin in enumerate((draft, recalled)):
            self._list_job(bulletin, ("虚设商行", f"临时工{place}", 40), Day(self.year, 12, 28))

    def _listings(self, number: int) -> list[tuple[str, str, int]]:
        """Employer, post and openings of every listing; an earlier one now and then comes again."""
        repeats = int(number * REPEATED)
        every = [(employer, job) for employer in EMPLOYERS for job in JOBS]
        different = self.chance.sample(every, number - repeats)
        openings = self.chance.parts(volume("openings", self.year), len(different), least=2, spread=0.9)
        jobs = [(*job, count) for job, count in zip(different, openings, strict=True)]
        listed = jobs[: len(jobs) // 2]
        rest = jobs[len(jobs) // 2 :] + self.chance.sample(listed, repeats)
        self.chance.shuffle(rest)
        return listed + rest

    def _bulletin(self, issue: int, day: Day, **cells: Any) -> str:
        told = {
            "类别": "就业信息推送",
            "标题": f"就业信息第{issue}期",
            "组织编码": ROOT,
            "日期": day,
            "进展": "已发布",
            "期号": issue,
        }
        return self.bulletins.add(**{**told, **cells})

    def _list_job(self, bulletin: str, job: tuple[str, str, int], day: Day) -> None:
        employer, post, openings = job
        self.positions.append(
            {
                "登记号": bulletin,
                "用人单位": employer,
                "岗位": post,
                "招聘人数": openings,
                "薪资": f"{3000 + 500 * (len(employer + post) % 7)}元起",
                "截止日期": day + 30 * DAY,
            }
        )

    # Policies, notices, briefings.

    def _list_policies(self) -> None:
        number = volume("policies", self.year)
        days = spread(self.chance, year_workdays(self.year), number)
        for place, (day, (partner, name)) in enumerate(zip(days, BENEFITS, strict=False)):
            until = Day(self.year + 1 + place % 2, 12, 31) if place % 3 else None
            self._policy(name, day, partner, 有效期至=until)
        self._policy("青年乘车优惠", Day(self.year, 10, 10), "区商务局", 状态="草稿", 进展="起草中")
        self._policy("青年健身卡优惠", Day(self.year, 4, 10), "区文旅局", 状态="作废")
        self._policy("夜市消费满减", Day(self.year, 6, 10), "区商务局", 进展="已撤回")

    def _policy(self, name: str, day: Day, partner: str, **cells: Any) -> None:
        stage = cells.pop("进展", "已发布")
        self.policies.add(
            类别="青年优惠政策",
            标题=f"{name}（{self.year}年）",
            组织编码=ROOT,
            日期=day,
            进展=stage,
            作者或部门=partner,
            联合单位=partner,
            对象=self.chance.choice(("大学生", "企业青年", "社区青年", "机关青年")),
            **cells,
        )

    def _notify(self) -> None:
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), 14)):
            name = ("入团公示", "资助对象公示", "评优公示", "团代表候选人公示")[place % 4]
            self.policies.add(
                类别="公示公告", 标题=f"{name}（第{place + 1}号）", 组织编码=ROOT, 日期=day, 进展="已发布"
            )
        for issue, day in enumerate(spread(self.chance, year_workdays(self.year), 12), 1):
            self.policies.add(
                类别="工作简报",
                标题=f"青河共青团工作简报第{issue}期",
                组织编码=ROOT,
                日期=day,
                进展="已发布",
                期号=issue,
            )
