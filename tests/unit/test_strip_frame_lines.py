"""Lines that only say when, where from, by whom - and lines that merely begin so."""

from __future__ import annotations

import time

import pytest

from etl.strip import marks


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("2024年09月14日 20:31　来源：中国新闻网", "dateline"),
        ("周四, 18/07/2024 | 09:15:22 [GMT +7]", "dateline"),
        ("Thứ Ba, 05/03/2024 - 07:30 GMT+7", "dateline"),
        ("发布日期：2021年8月10日，星期二", "dateline"),
        ("作者：明俊 · 2025年03月17日 · 阅读 3 分钟", "dateline"),
        ("二〇二四年三月八日", "dateline"),
        ("12.05.2021 | 记者：阮明 | 字号：大 中 小", "dateline"),
        ("乂安广播电视台 - 28/10/2016", "dateline"),
        ("老街日报 | 12/03/2020 08:11", "dateline"),
        ("（2024年6月3日—6月9日）发布：2024-06-09", "dateline"),
        ("来源：云南日报", "byline"),
        ("图文：青书", "byline"),
        ("本文责编：潘氏秋", "byline"),
        ("秋姮（编译）", "byline"),
        ("编辑 张伟", "byline"),
        ("（本报记者 明俊）", "byline"),
        ("【打印本页】 【关闭窗口】", "nav"),
        ("打印 | 发送 | 评论 (0)", "nav"),
        ("字号: 小 中 大", "nav"),
        ("首页 → 国际新闻 → 正文", "nav"),
        ("您现在的位置：首页>>要闻", "nav"),
        ("新闻 | 政治 | 经济 | 社会", "nav"),
        ("标签：河内 植树 民间外交", "nav"),
        ("[首页](https://example.vn/) / [环境](https://example.vn/env)", "nav"),
        ("谅山日报（LSO）", "nav"),
        ("※ 延伸閱讀", "related"),
        ("• 茶農合作社換新機器 收成增三成 2022/8/14", "related"),
        ("◎ 漁村小學添圖書室 (14.08.2022)", "related"),
        ("退订 | 转发给好友 | 电话：0234 3822 115", "nav"),
        ("你可能还喜欢", "related"),
        ("【相关报道】", "related"),
        ("Tin cùng chuyên mục:", "related"),
        ("上一篇:胡志明市妇联向海岛捐赠淡水设备", "related"),
        ("[金瓯省红树林恢复项目获资助500万美元](https://example.vn/2)", "related"),
    ],
)
def test_a_line_that_names_itself(line: str, role: str) -> None:
    found = marks.find(line)
    assert found is not None
    assert found[0].value == role


@pytest.mark.parametrize(
    "line",
    [
        "2024年9月14日,代表团抵达河内。",
        "记者：您怎么看这次合作?",
        "来源于人民的力量",
        "图为会议现场。",
        "编辑部向读者致谢并公布明年计划",
        "首页新闻回顾:友谊之路",
        "相关部门将继续推进项目",
        "更多学校受益于援助项目",
        "平阳省与山口县签署合作备忘录",
        "最新数据显示援助额增长",
    ],
)
def test_a_line_of_the_article_does_not_name_itself(line: str) -> None:
    assert marks.find(line) is None


def test_long_hostile_lines_take_no_time() -> None:
    started = time.perf_counter()
    for text in ("|" * 120, "来源：" * 40, "大 " * 60, "[a](b) " * 17, "2024-" * 24, "阅读" * 60):
        for _ in range(50):
            marks.find(text)
    assert time.perf_counter() - started < 2
