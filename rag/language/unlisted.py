"""Names of places that are in no list: invented ones, new ones, zones.

>>> unlisted_place("青禾市2025年国民经济和社会发展计划"), unlisted_place("临溪县人民政府工作报告")
('青禾市', '临溪县')
>>> unlisted_place("攸县网岭镇人民政府工作报告"), unlisted_place("南湖街道办事处工作报告")
('网岭镇', '南湖街道')
>>> unlisted_place("合肥市2025年统计公报"), unlisted_place("城市2025年更新计划")
('', '')
"""

from __future__ import annotations

import re

from rag.language.analysis import is_dictionary_word
from rag.language.gazetteer import named
from rag.language.mentions import find_places

_LEAD = re.compile(r"(?:关于|\d{4}年度?|[二〇一三四五六七八九零]{4}年|[\s《“\"【,，]+)*")
_ZONES = (
    r"高新技术产业开发区|高新技术开发区|经济技术开发区|经济开发区|高新区|经开区|开发区|新区|示范区|合作区|保税区|"
    r"综合保税区|自由贸易试验区|自由贸易港|风景区|风景名胜区|度假区|工业园区|产业园区|管理区|试验区|农场|牧场|林场"
)
_PLAIN = r"省|市|自治区|自治州|州|自治县|县|地区|盟|自治旗|旗|区|街道|镇|民族乡|乡|苏木"
_STEM = r"[\u4e00-\u9fff]"
_AFTER = re.compile(
    r"(?:$|[\d０-９\s（(《“,，。:：、年第本全各]|[二〇一三四五六七八九零]{4}|人民|政府|人大|人代|政协|财政|统计|国民|发展|"
    r"一般公共|地区生产|政府性|教育|社会|固定资产|规模|规上|税收|进出口|外贸|工业|农业|居民|城镇|人均|新增|力争|争取|"
    r"经济|预算|决算|计划|规划|委|管委会|管理委员会|关于|十[一二三四五六]?五|“|办事处|党工委|工作|级|地方|市本级|总预算|城市|政务|GDP)"
)
_NAME = re.compile(rf"(?P<stem>{_STEM}{{2,8}}?)(?P<kind>{_ZONES}|{_PLAIN})")
# characters and words that no name of a place holds
_FUNCTION = re.compile(
    r"[全我本各该某这那其每几两多的和与及或在为了对从到由向按以并等是有将把被让使跨外内级届省市县区]|关于|推进|加快|实施"
)
# what stands before the suffix in ordinary words: 城市, 超市, 社区, 联盟, 神州, 红旗, 大县, 节省
_WORDS = re.compile(
    r"(?:高新|经开|开发|城|都|超|股|楼|上|门|夜|集|菜|资本|要素|大|中|小|强|同|地级|县级|省会|中心|示范|试点|区域|直辖|副|"
    r"百强|贫困|脱贫|产粮|农业|人口|工业|经济|旅游|文明|卫生|先进|重点|本|节|反|财|神|九|五大洲|联|同|加|欧|东|红|国|党|军|"
    r"地|社|园|山|校|厂|景|街|片|小|住宅|辖|郊|矿|灾|疫|牧|林|库|湖|港|特|专|禁|误|时|选|战|功能|核心|集聚|聚集|产业|园|老|"
    r"民族|农村|西部|东部|中部|沿海|内陆|边境|革命|保护|开发|试验|示范|自治|行政|城乡|周边|部分|有关|相关|其他|发达)$"
)
_TOWN_WORDS = re.compile(
    "(?:城|乡|小|大|村|集|全|建制|特色|中心|重点|示范|强|美丽|水|老|侨|酒|诗|进|下|返|故|家|异|城镇|农村|城市)$"
)
_LONGEST = {
    "镇": 4,
    "乡": 4,
    "街道": 4,
    "苏木": 6,
    "区": 4,
    "市": 4,
    "县": 4,
    "省": 4,
    "州": 4,
    "旗": 5,
    "盟": 4,
    "地区": 4,
}
# in English, where a name stands before its kind: Weimei Tibetan Autonomous Prefecture
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?P<name>[A-Z][a-z]+(?:['’-][A-Za-z]?[a-z]+)?(?: [A-Z][a-z]+)?"
    r" (?:Autonomous (?:Region|Prefecture|County)|Province|City|District|County|Prefecture))(?![a-z])"
)
_BARE = re.compile(r"(?:国家级?|省级|市级|县级|各类|综合|产业|工业|经济|现代|农业|自由|高新|重点)*")


def unlisted_place(text: str) -> str:
    """The name of a place in no list that stands at the start of a text such as a title, or nothing.

    What is listed before it is passed over (安徽省青禾市), except before a zone, whose name it belongs to.
    """
    if text[:40].isascii():
        english = _ENGLISH.search(text)
        return english["name"] if english else ""
    start = _LEAD.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    text = text[start:]
    listed = [mention for mention in find_places(text[:24]) if mention.start == 0]
    township = re.match("街道|镇|乡", text[listed[0].end :]) if listed else None
    if township and _AFTER.match(text, listed[0].end + township.end()):  # 南湖街道 is not 南湖区
        return text[: listed[0].end + township.end()]
    if listed and not _zone(text, listed[0].end):
        text = text[listed[0].end :]
        if not listed[0].text.endswith(("省", "市", "州", "区", "县", "盟")) or _AFTER.match(text):
            return ""
    elif listed:
        return _zone(text, listed[0].end)
    return _plain(text)


def _zone(text: str, end: int) -> str:
    """合肥高新区, 大连金普新区: a zone that bears the name of a listed place."""
    match = re.match(rf"{_STEM}{{0,5}}?(?:{_ZONES})", text[end:])
    if not match or not _AFTER.match(text, end + match.end()) or _FUNCTION.search(match.group()[:-3]):
        return ""
    return text[: end + match.end()]


def _plain(text: str) -> str:
    name = ""
    while match := _NAME.match(text):
        if not _is_name(match["stem"], match["kind"]):
            return name
        name, text = match.group(), text[match.end() :]
        if _AFTER.match(text):
            return name if not named(name) else ""
    return ""


def _is_name(stem: str, kind: str) -> bool:
    if _FUNCTION.search(stem) or len(stem) > _LONGEST.get(kind, 8):
        return False
    if len(kind) > 2 or kind == "新区":
        return bool(_BARE.sub("", stem))
    words = _TOWN_WORDS if kind in ("镇", "乡", "街道", "苏木") else _WORDS
    return not words.search(stem) and not _begins_with_word(stem)


def _begins_with_word(stem: str) -> bool:
    """Whether what would be a name begins with a verb or the like: 引进(市外资金), 请问(光明区)."""
    import rjieba  # loads a dictionary, which titles of listed places need not wait for

    word, tag = rjieba.tag(stem)[0]  # a word that it does not know is guessed to be a verb: 霜渡
    return len(word) > 1 and tag[0] in "vdcrpmtf" and is_dictionary_word(word)
