"""How we work: promises, grades, words, and what is not known."""

from __future__ import annotations

from guantong.evidence import Basis, Grade
from guantong.web.page import Asked, Page

GRADES = {
    Grade.OFFICIAL: "发文机关自己公布的原文，我们读到了全文或有关部分。",
    Grade.REPRINT: "官方的内容，但只见到转载、转述或报道。",
    Grade.UNOFFICIAL: "第三方文章或个人整理的资料，只作线索。",
    Grade.PENDING: "已有说法但未见依据，或是我们从字里行间读出来的，等待核实。",
}
BASES = {
    Basis.PRINTED: "数字或文字就印在出处里。",
    Basis.DERIVED: "按写明的算法算出，例如由学校类别推出项目类型。",
    Basis.INFERRED: "原文缺了一格，但印出的合计使它只能是这个数，算式一并列出。",
    Basis.CARRIED: "当年的通知没有收录，沿用 2023 年的条文推定。只沿用程序，不沿用分数和计划数。",
    Basis.MISSING: "原文在这里缺失，我们不补。",
}
PROMISES = (
    ("每个数都有出处", "页面上的每个数字都能点到文件、章节、表和行。"),
    ("不猜", "不知道的就写不知道。没有公布的专业录取线不估，没有公布的年份不套用往年。"),
    ("同一条规则，人人同答", "规则只写一遍，一个孩子和一百万个孩子用的是同一条。"),
    ("不留下孩子的信息", "不登录、不用 Cookie、没有数据库。您填的内容只在网址里，服务器不保存、不写日志。"),
)
UNKNOWN = (
    "贯通培养各校各专业历年实际录取的最低分，任何一年都没有公布。",
    "2021、2022 两年的计划和最低录取分数线；2024 年分专业的计划。",
    "2024、2025 年当年通知的全文；2026 年的官方文本。",
    "同分时先录取谁，现行的次序没有找到。",
    "北京职教高考的规则、专升本的名额和全市比例、五年制专科的完整名单、综合高中班的正式规则。",
    "2020 年中职学籍管理办法的全文，只知道 2020 年年报转述的部分。",
    "多数学校的主管部门和一部分学校所在的区：只在名称或文件里写明时才填。",
)


def method_page(asked: Asked) -> Page:
    """Return our promises, the meaning of grades and bases, the fixed words, and the known gaps."""
    asked.only()
    words = asked.desk.parts.book.decision("may_apply").words
    return Page(
        title="我们怎样回答",
        template="guantong/method.html",
        context={
            "promises": PROMISES,
            "grades": GRADES.items(),
            "bases": BASES.items(),
            "words": words,
            "unknown": UNKNOWN,
        },
        data=lambda: {
            "promises": [{"title": title, "text": text} for title, text in PROMISES],
            "grades": [{"id": grade.value, "label": grade.label, "text": text} for grade, text in GRADES.items()],
            "bases": [{"id": basis.value, "label": basis.label, "text": text} for basis, text in BASES.items()],
            "words": dict(words),
            "unknown": list(UNKNOWN),
        },
    )
