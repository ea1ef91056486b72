from __future__ import annotations

import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.read.lines import tidy
from rag.read.readers import read_source
from rag.read.reading import Reading
from tests import sources
from tests.conftest import PLAN_2024

PLAIN = st.text("光明区增长快,。(一)GDP5G 0123456789.%\u3000\xa0&<>", max_size=60).map(tidy).filter(bool)
PROSE = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%。"
ARTICLE = [
    "2023年，全县地区生产总值完成312.6亿元，比上年增长5.2%。",
    "一般公共预算收入完成21.5亿元，增长3.1%。",
]
BODY = "".join(f"<p>{line}</p>" for line in ARTICLE)
TITLE = "临溪县2024年政府工作报告"


def read(tmp_path: Path, page: str | bytes) -> Reading:
    (tmp_path / "page.html").write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_source(tmp_path / "page.html")


def html(tmp_path: Path, body: str, head: str = "") -> list[str]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return [line.text for line in read(tmp_path, page).lines]


def test_html_lines_are_what_a_reader_sees(tmp_path: Path) -> None:
    assert html(tmp_path, "<div>一<div>二<p>三<br>四</div>五") == ["一", "二", "三", "四", "五"]
    assert html(tmp_path, "<p>光明\n  区<b>实现</b>&nbsp;GDP\n增长<i>8.0</i>%</p>") == [
        "光明区实现 GDP 增长8.0%"
    ]
    assert html(tmp_path, "<h1>2024年经济<br>发展计划</h1><pre>一\n二</pre>") == [
        "2024年经济发展计划",
        "一",
        "二",
    ]
    assert html(tmp_path, "<p>建成2500<sup>1</sup>座</p><p>新增<del>3</del>4家</p>") == [
        "建成2500¹座",
        "新增4家",
    ]
    assert html(tmp_path, "<p>正文</p><p style='display: none'>藏</p><select><option>选</select>") == ["正文"]


def test_html_tables(tmp_path: Path) -> None:
    table = (
        "<tr><td><p>指标</p></td><th>2019年</th></tr><tr><td>地区生产<br>总值</td><td><p>8.0%</p></td></tr>"
    )
    assert html(tmp_path, f"<table>{table}</table>") == ["指标 | 2019年", "地区生产总值 | 8.0%"]
    paragraphs = [f"第{i}段" for i in range(6)]
    content = "".join(f"<p>{p}</p>" for p in paragraphs) + f"<table>{table}</table>"
    laid_out = f"<table><tr><td>侧栏</td><td>{content}</td></tr></table>"
    assert html(tmp_path, laid_out) == [*paragraphs, "指标 | 2019年", "地区生产总值 | 8.0%"]


def test_html_lists_are_numbered(tmp_path: Path) -> None:
    assert html(tmp_path, "<ol start=2><li>加快建设<li><p>5G基站</ol>") == ["2.加快建设", "3. 5G基站"]
    style = "list-style-type: cjk-ideographic"
    assert html(tmp_path, f"<ol style='{style}'><li>目标<li>二、任务</ol><ul><li>其他</ul>") == [
        "一、目标",
        "二、任务",
        "其他",
    ]


def test_html_takes_the_marked_content(tmp_path: Path) -> None:
    prose = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%。" * 3
    page = (
        f"<h1>计划</h1><div>热点2031年</div><article><header>日期</header><p>{prose}</p></article><p>相关</p>"
    )
    assert html(tmp_path, page) == ["计划", "日期", prose]
    assert html(tmp_path, f"<p>{prose}</p><article>附记</article>") == [prose, "附记"]


def test_html_links_between_sentences_stay(tmp_path: Path) -> None:
    """A link that is never closed takes the rest of the page with it."""
    prose = "2019年光明区实现地区生产总值1020.9亿元,增长8.0%。"
    page = f"<p><a href=/>首页</a></p><p>{prose}</p><a href=x><p>新建公园63个;</p><p>{prose}</p></a><p><a href=/>返回</a></p>"
    assert html(tmp_path, page) == [prose, "新建公园63个;", prose]


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "unknown", "rot13", ""])
@pytest.mark.parametrize("used", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_html_encodings(declared: str, used: str, tmp_path: Path) -> None:
    page = f'<meta charset="{declared}"><p>镕基同志2024年增长5.1%</p>'
    assert read(tmp_path, page.encode(used)).text == "镕基同志2024年增长5.1%\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_html_with_a_character_cut_in_half(encoding: str, tmp_path: Path) -> None:
    lines = sources.part(PLAN_2024)
    page = sources.as_html(lines, encoding).replace(
        "规划计划</title>".encode(encoding), "规".encode(encoding)[:1] + b"</title>"
    )
    assert read(tmp_path, page).text.splitlines() == [tidy(line) for line in lines]


def test_html_in_traditional_chinese(tmp_path: Path) -> None:
    assert read(tmp_path, '<meta charset="big5"><p>經濟增長</p>'.encode("big5")).text == "經濟增長\n"


@given(st.lists(PLAIN, min_size=1, max_size=8))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_html_paragraphs_come_out_as_they_went_in(tmp_path: Path, lines: list[str]) -> None:
    assert html(tmp_path, "".join(f"<p>{escape(line)}</p>" for line in lines)) == lines


# the article alone


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var plan = '生产总值222亿元。'</script>",
        "<!-- 全县生产总值222亿元 -->",
        "<template><p>全县生产总值222亿元。</p></template>",
        "<div style='display:none'>全县生产总值222亿元。</div>",
        "<p style='visibility: hidden'>全县生产总值222亿元。</p>",
        "<p style='font-size:0'>全县生产总值222亿元。</p>",
        "<p style='text-decoration: line-through'>全县生产总值222亿元。</p>",
        "<p class='old first'>全县生产总值222亿元。</p>",
        "<div class=list><p>全县生产总值222亿元。</p></div>",
        "<p id=draft>全县生产总值222亿元。</p>",
    ],
)
def test_html_leaves_out_what_is_hidden(hidden: str, tmp_path: Path) -> None:
    style = """<style>/* .a{ */ @media print { p { display: none } } p { color: red }
.old, #draft { display : none !important } .list p { visibility:hidden } a:hover{display:none} body{display:none}</style>"""
    assert html(tmp_path, f"<div>{BODY}{hidden}</div>", style) == ARTICLE


def test_html_shows_what_a_later_rule_shows(tmp_path: Path) -> None:
    style = "<style>.tab{display:none}.tab.on{display:block}</style>"
    tabs = "<div class='tab'><p>旧文,增长9%。</p></div><div class='tab on'><p>新文,增长5%。</p></div>"
    assert html(tmp_path, tabs, style) == ["新文,增长5%。"]


@pytest.mark.parametrize(
    "beside",
    [
        "<nav><p>热点：全县新增就业9999个，创下历史新高，全年超额完成任务。</p></nav>",
        "<aside><p>全县新增就业9999个，创下历史新高，全年超额完成任务。</p></aside>",
        "<div class='side-bar'><p>全县新增就业9999个，创下历史新高，全年超额完成任务。</p></div>",
        "<div id=hotNews><p>全县新增就业9999个，创下历史新高，全年超额完成任务。</p></div>",
        "<div>热点：全县新增就业9999个，创下历史新高，全年超额完成任务。</div>",
        "<p>推荐：全县新增就业9999个，创下历史新高，全年超额完成任务。</p>",
        "<div><h3>相关阅读</h3><p>临溪县2022年地区生产总值完成290亿元，比上年增长6.1%。</p></div>",
        "<ul><li><a href=1>临溪县2022年政府工作报告</a></li><li><a href=2>图解：增长9.9%</a></li></ul>",
        "<div class='share'>分享到：微信 微博</div>",
        "<footer>版权所有：临溪县人民政府，未经许可不得转载，违者必究。</footer>",
    ],
)
@pytest.mark.parametrize("order", ["before", "behind"])
def test_html_leaves_out_what_stands_beside_the_article(beside: str, order: str, tmp_path: Path) -> None:
    article = f"<div id=zoom>{BODY}</div>"
    assert html(tmp_path, beside + article if order == "before" else article + beside) == ARTICLE


def test_html_takes_title_and_byline_above_the_article(tmp_path: Path) -> None:
    page = f"""<head><title>{TITLE}_政府信息公开_临溪县人民政府</title></head><body>
<div class=top><h1>临溪县人民政府</h1></div><div class=path>当前位置：<a href=/>首页</a> &gt; {TITLE}</div>
<div class=box><h2>{TITLE}</h2><div class=info>发布时间：2024-01-20 来源：县政府办</div>
<div class=text>{BODY * 2}</div></div><div class=bottom>主办：临溪县人民政府</div>"""
    reading = read(tmp_path, page)
    assert [line.text for line in reading.lines] == [
        TITLE,
        "发布时间：2024-01-20 来源：县政府办",
        *ARTICLE * 2,
    ]
    assert (reading.title, reading.published, reading.lines[0].level) == (TITLE, "2024-01-20", 2)


def test_html_keeps_an_article_in_several_boxes(tmp_path: Path) -> None:
    pages = f"<div class=page>{BODY}</div>"
    assert html(tmp_path, f"<div class=all>{pages * 3}</div>") == ARTICLE * 3
    notes = "<div class=notes><p>注：1.地区生产总值绝对数按现价计算，增长速度按不变价格计算。</p></div>"
    assert html(tmp_path, f"<div class=text>{BODY * 4}</div>{notes}")[-1].startswith("注：1.")
    foot = notes.replace("class=notes", "class=foot-note")
    assert html(tmp_path, f"<div class=text>{BODY * 4}{foot}</div>")[-1].startswith("注：1.")


def test_html_of_tables_only_is_read_whole(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>科目{i}</td><td>{i * 7}</td></tr>" for i in range(3))
    assert html(tmp_path, f"<p>单位：万元</p><table>{rows}</table>") == [
        "单位：万元", "科目0 | 0", "科目1 | 7", "科目2 | 14",
    ]  # fmt: skip


# what the page says of itself


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>某市规划纲要_规划_某市人民政府</title>", "某市规划纲要"),
        ("<title>某市2021-2025年规划纲要</title>", "某市2021-2025年规划纲要"),
        ("<title>某市2025年统计公报-某市人民政府门户网站</title>", "某市2025年统计公报"),
        ("<title>某市2025年统计公报 - 搜狐</title>", "某市2025年统计公报"),
        ("<title>某市—某县一体化规划</title>", "某市—某县一体化规划"),
        ("<meta name=ArticleTitle content='某市2025年公报'><title>内容</title>", "某市2025年公报"),
        ("<meta property=og:title content='某市2025年公报'><title>别的</title>", "某市2025年公报"),
    ],
)
def test_html_title_without_its_site(head: str, title: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"<head>{head}</head><body>{BODY}</body>").title == title


@pytest.mark.parametrize(
    ("page", "published"),
    [
        ("<meta name=PubDate content='2026-04-21 18:05'>", "2026-04-21"),
        ("<meta name=publishdate content='2026年4月1日'><p>发布日期：2020-01-01</p>", "2026-04-01"),
        ("<p>发布日期：2026/04/21</p>", "2026-04-21"),
        ("<table><tr><td>发文日期：</td><td>2026-03-02</td></tr></table>", "2026-03-02"),
        ("<p>2026-05-22　出处：市统计局</p>", "2026-05-22"),
        ("<p>截至2026年5月22日，全市共有公园63个。</p>", ""),
        ("<p>发布日期：2026-13-45</p>", ""),
    ],
)
def test_html_date_of_publication(page: str, published: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{page}{BODY}").published == published


def test_html_headings_have_levels(tmp_path: Path) -> None:
    long = "<h3>2024年是极其重要的一年，我们完成了全部的目标任务，地区生产总值增长5%。</h3>"
    lines = read(tmp_path, f"<h1>报告</h1><h2>一、目标</h2>{BODY}{long}").lines
    assert [line.level for line in lines] == [1, 2, 0, 0, 0]


def test_html_figures_cut_by_markup_are_whole(tmp_path: Path) -> None:
    cut = "<p><span>202</span><span>5</span><span>年</span>完成<b>31</b><i>2.6</i>亿<font>元</font></p>"
    assert html(tmp_path, cut) == ["2025年完成312.6亿元"]


# tables


def test_html_merged_cells_stand_in_every_row_and_column(tmp_path: Path) -> None:
    table = """<table><tr><td colspan=3>单位：亿元</td></tr><tr><th rowspan=2>指标<th colspan=2>2023年
<tr><th>总量<br>(亿元)<th>增速(%)<tr><td>地区生产总值<td>312.6<td>5.2<tr><td colspan=3>其中：<tr><td>第一产业<td>30<td></table>"""
    lines = read(tmp_path, table).lines
    assert [line.cells for line in lines] == [
        (),
        ("指标", "2023年", "2023年"),
        ("指标", "总量(亿元)", "增速(%)"),
        ("地区生产总值", "312.6", "5.2"),
        ("其中：", "其中：", "其中："),
        ("第一产业", "30", ""),
    ]
    assert [lines[0].text, lines[4].text] == ["单位：亿元", "其中："]


def test_html_tables_without_measure_are_quick(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td rowspan=9000>a<td>{i}<td colspan=1000>b" for i in range(3000))
    deep = "<table><tr><td>" * 1200 + "<p>文</p>" * 2000
    started = time.perf_counter()
    assert read(tmp_path, f"<table>{rows}</table>").lines
    assert read(tmp_path, deep).lines
    assert time.perf_counter() - started < 20


# pages without a text


def test_html_page_whose_text_is_pictures_is_refused(tmp_path: Path) -> None:
    head = f"<head><title>{TITLE}</title></head>"
    links = "".join(f"<li><a href={i}>栏目{i}</a></li>" for i in range(30))
    page = f"{head}<ul>{links}</ul><h1>{TITLE}</h1><p>发布时间：2024-01-20</p><div><img src=1.png></div><p>智能问答</p>"
    with pytest.raises(SourceError, match="a title and no text"):
        read(tmp_path, page)


@pytest.mark.parametrize(
    "text", ["正在检查您的浏览器，请稍候。", "Checking your browser before accessing. Please wait."]
)
def test_html_check_of_the_browser_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read(tmp_path, f"<title>请稍候</title><p>{text}</p><script>x</script>")
