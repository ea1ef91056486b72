"""Places: their hierarchy, their names, and which of them a text names."""

from time import perf_counter

import pytest

from rag.language import (
    Place,
    ancestors,
    find_places,
    is_within,
    level_of,
    named,
    unlisted_place,
)
from rag.language.gazetteer import places

PROVINCES = """北京市 北京 京 Beijing|天津市 天津 津 Tianjin|河北省 河北 冀 Hebei|山西省 山西 晋 Shanxi
内蒙古自治区 内蒙古 蒙 Inner_Mongolia|辽宁省 辽宁 辽 Liaoning|吉林省 吉林 吉 Jilin|黑龙江省 黑龙江 黑 Heilongjiang
上海市 上海 沪 Shanghai|江苏省 江苏 苏 Jiangsu|浙江省 浙江 浙 Zhejiang|安徽省 安徽 皖 Anhui|福建省 福建 闽 Fujian
江西省 江西 赣 Jiangxi|山东省 山东 鲁 Shandong|河南省 河南 豫 Henan|湖北省 湖北 鄂 Hubei|湖南省 湖南 湘 Hunan
广东省 广东 粤 Guangdong|广西壮族自治区 广西 桂 Guangxi|海南省 海南 琼 Hainan|重庆市 重庆 渝 Chongqing
四川省 四川 蜀 Sichuan|贵州省 贵州 黔 Guizhou|云南省 云南 滇 Yunnan|西藏自治区 西藏 藏 Tibet|陕西省 陕西 陕 Shaanxi
甘肃省 甘肃 陇 Gansu|青海省 青海 青 Qinghai|宁夏回族自治区 宁夏 宁 Ningxia|新疆维吾尔自治区 新疆 新 Xinjiang
香港特别行政区 香港 港 Hong_Kong|澳门特别行政区 澳门 澳 Macau|台湾省 台湾 台 Taiwan""".replace(
    "\n", "|"
).split("|")

CITIES = """石家庄市 太原市 呼和浩特市 沈阳市 大连市 长春市 哈尔滨市 南京市 苏州市 杭州市 宁波市 合肥市 阜阳市 福州市 厦门市
南昌市 济南市 青岛市 郑州市 洛阳市 武汉市 襄阳市 长沙市 常德市 广州市 深圳市 南宁市 海口市 成都市 贵阳市 昆明市 普洱市 拉萨市
西安市 兰州市 西宁市 银川市 固原市 乌鲁木齐市 克拉玛依市 和田地区 喀什地区 锡林郭勒盟 楚雄彝族自治州"""

# what stands here as an ordinary word, or as a part of another name, and is no place
NO_PLACES = """和平 和平发展 东方 光明前景 合作共赢 平安建设 无为而治 互助共济 共和国 城市 城区 郊区 矿区 市区 县区 老城区改造
全市 全省 全县 我市 我省 各县 各区县 市场 市民 省级 县域经济 区域协调 地区生产总值 社区 园区 景区 开发区 高新区 集聚区 超市
上海合作组织 中国共产党 中国特色社会主义 全国人民代表大会 全国人大 全国政协 北京时间 南京路 长白山 长治久安 文山会海
科技创新平台 提高邮政服务 弘扬中华优秀传统文化 回迁安置 城镇安置 科教兴国 金融安全 拓宽城乡渠道 半壁江山 南亚东南亚
新增城市绿地 顺应城市发展 壮大园区经济 健全大安全大应急 面向全球 均衡水平 制定西部规划 重大理论 创新乡村治理 确保定点
省和县(区) 太湖治理 三峡工程 东海海域 西湖龙井 泰山压顶 白银价格 健康安康 阿里巴巴 云计算 牡丹花开 江南水乡 道路桥梁
建成都市圈 推广东西 黄河南岸 出海口 大理石 日照时数 交通辽阔 沿海南下 皖 沪宁 新区建设 合作社"""


def names(text: str) -> list[str]:
    return [mention.places[0].name for mention in find_places(text)]


@pytest.mark.parametrize("row", PROVINCES)
def test_a_province_by_each_of_its_names(row: str) -> None:
    full, short, letter, english = row.replace("_", " ").split(" ", 3)
    for name in (full, short, letter, english, english.upper()):
        assert named(name)[0].name == full, name
    assert [place.name for place in ancestors(named(full)[0])] == ["全国"]
    assert names(f"2024年{short}的增速") == names(f"{full}2024年政府工作报告") == [full]
    assert names(f"What was {english}'s GDP in 2024?") == [full]


@pytest.mark.parametrize("full", CITIES.split())
def test_a_city_by_full_and_short_name(full: str) -> None:
    (city,) = (place for place in named(full) if place.level == "city")
    assert names(f"{full}2025年国民经济") == names(f"2025年{full}统计公报") == [full]
    assert city in named(city.short)
    assert city in named(city.english[0])
    assert full in names(f"{city.short}2025年的财政收入")[0]


@pytest.mark.parametrize("text", NO_PLACES.split())
def test_ordinary_words_are_no_places(text: str) -> None:
    assert names(text) == []
    assert unlisted_place(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("深圳市光明区2023年", [("深圳市光明区", ["光明区@深圳市"])]),
        ("深圳光明2023年", [("深圳光明", ["光明区@深圳市"])]),
        ("广东省深圳市光明区", [("广东省深圳市光明区", ["光明区@深圳市"])]),
        ("北京市朝阳区", [("北京市朝阳区", ["朝阳区@北京市"])]),
        ("长春朝阳区", [("长春朝阳区", ["朝阳区@长春市"])]),
        ("朝阳区", [("朝阳区", ["朝阳区@北京市", "朝阳区@长春市"])]),
        ("朝阳市", [("朝阳市", ["朝阳市@辽宁省"])]),
        ("云南楚雄", [("云南楚雄", ["楚雄彝族自治州@云南省", "楚雄市@楚雄彝族自治州"])]),
        ("楚雄市", [("楚雄市", ["楚雄市@楚雄彝族自治州"])]),
        ("楚雄州", [("楚雄州", ["楚雄彝族自治州@云南省"])]),
        ("和县2025年", [("和县", ["和县@马鞍山市"])]),
        ("马鞍山市和县", [("马鞍山市和县", ["和县@马鞍山市"])]),
        ("呼和浩特市新城区", [("呼和浩特市新城区", ["新城区@呼和浩特市"])]),
        ("襄樊市", [("襄樊市", ["襄阳市@湖北省"])]),
        ("北京、上海", [("北京", ["北京市@全国"]), ("上海", ["上海市@全国"])]),
        ("海南2025年", [("海南", ["海南省@全国"])]),
        ("吉林2025年", [("吉林", ["吉林省@全国", "吉林市@吉林省"])]),
        ("我国粮食产量", [("我国", ["全国@"])]),
        ("新疆和田地区", [("新疆和田地区", ["和田地区@新疆维吾尔自治区"])]),
        ("台湾台北", [("台湾台北", ["台北市@台湾省"])]),
        ("石河子市", [("石河子市", ["石河子市@新疆维吾尔自治区"])]),
        ("Guangming District, Shenzhen", [("Guangming District, Shenzhen", ["光明区@深圳市"])]),
        ("the Communist Party of China", []),
        ("Xi'an City", [("Xi'an City", ["西安市@陕西省"])]),
        ("Guangxi Zhuang Autonomous Region", [("Guangxi Zhuang Autonomous Region", ["广西壮族自治区@全国"])]),
    ],
)
def test_mentions(text: str, found: list[tuple[str, list[str]]]) -> None:
    def shown(place: Place) -> str:
        return f"{place.name}@{next((above.name for above in ancestors(place)), '')}"

    assert [(m.text, [shown(place) for place in m.places]) for m in find_places(text)] == found
    assert all(text[m.start : m.end] == m.text for m in find_places(text))


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("申", "上海市"),
        ("川", "四川省"),
        ("内蒙", "内蒙古自治区"),
        ("中国", "全国"),
        ("China", "全国"),
        ("思茅市", "普洱市"),
        ("大庸", "张家界市"),
        ("Shaanxi", "陕西省"),
        ("Shanxi", "山西省"),
        ("xi’an", "西安市"),
        ("anhui province", "安徽省"),
        ("Guangming District", "光明区"),
        ("Chuxiong Yi Autonomous Prefecture", "楚雄彝族自治州"),
        ("Changzhi", "长治市"),
        ("深圳市光明区", "光明区"),
        ("安徽合肥", "合肥市"),
        ("御道口", "御道口牧场管理区"),
    ],
)
def test_named(name: str, full: str) -> None:
    assert named(name)[0].name == full


def test_no_name_of_nothing() -> None:
    assert named("青禾市") == named("Atlantis") == named("") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("青禾市2025年国民经济和社会发展计划", "青禾市"),
        ("2025年青禾市国民经济和社会发展统计公报", "青禾市"),
        ("关于青禾市2025年预算执行情况的报告", "青禾市"),
        ("临溪县人民政府工作报告", "临溪县"),
        ("临江省2023年政府工作报告", "临江省"),
        ("江南省青禾市2025年", "青禾市"),
        ("安徽省青禾市2025年", "青禾市"),
        ("苍澜自治州2025年", "苍澜自治州"),
        ("合肥高新区2025年工作要点", "合肥高新区"),
        ("青禾高新区管委会", "青禾高新区"),
        ("青禾经济技术开发区2025年", "青禾经济技术开发区"),
        ("合肥市2025年", ""),
        ("雄安新区2025年", ""),
        ("青岛西海岸新区2025年", ""),
        ("全市2025年预算", ""),
        ("高新区2025年", ""),
        ("城市更新2025年计划", ""),
        ("沿海地区2025年", ""),
        ("国家级高新区2025年", ""),
        ("政府工作报告", ""),
        ("", ""),
    ],
)
def test_places_in_no_list(text: str, place: str) -> None:
    assert unlisted_place(text) == place


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("全国", "nation"),
        ("临江省", "province"),
        ("青禾市", "city"),
        ("楚雄市", "district"),
        ("苍澜自治州", "city"),
        ("临溪县", "district"),
        ("青禾高新区", "district"),
        ("安徽", "province"),
        ("政府", None),
    ],
)
def test_levels(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_the_hierarchy_is_whole() -> None:
    table = places()
    counts = {level: sum(place.level == level for place in table.values()) for level in ("province", "city")}
    assert counts["province"] == 35  # with the corps of Xinjiang
    assert counts["city"] > 340
    assert len(table) > 3300
    assert all(ancestors(place)[-1].name == "全国" for place in table.values() if place.parent)
    hefei, anhui = named("合肥市")[0], named("安徽省")[0]
    assert is_within(hefei, anhui)
    assert is_within(anhui, anhui)
    assert not is_within(anhui, hefei)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("关于常德市2025年预算执行情况与2026年全市及市级预算（草案）的报告", "常德市"),
        ("关于楚雄市2025年地方财政预算执行情况和2026年地方财政预算草案的报告（书面）", "楚雄市"),
        ("关于鄂州市2025年预算执行情况和2026年预算草案的报告", "鄂州市"),
        ("关于阜新市2025年财政决算的报告", "阜新市"),
        ("关于洛阳市2025年预算执行情况和2026年预算（草案）的报告", "洛阳市"),
        ("关于普洱市2025年地方财政预算执行情况和2026年地方财政预算草案的报告（摘要）", "普洱市"),
        ("关于三门峡市2018年财政预算执行情况和2019年财政预算（草案）的报告", "三门峡市"),
        ("哈密市2025年国民经济和社会发展统计公报", "哈密市"),
        ("合肥市2025年国民经济和社会发展统计公报", "合肥市"),
        ("2025年焦作市国民经济和社会发展统计公报", "焦作市"),
        ("2025年沈阳市国民经济和社会发展统计公报", "沈阳市"),
        ("乌鲁木齐市2025年国民经济和社会发展统计公报", "乌鲁木齐市"),
        ("乌海市2025年国民经济和社会发展统计公报", "乌海市"),
        ("2025年新乡市国民经济和社会发展统计公报", "新乡市"),
        ("银川市2025年国民经济和社会发展统计公报", "银川市"),
        ("2025年周口市国民经济和社会发展统计公报", "周口市"),
        (
            "关于承德市2025年市本级预算和市总预算执行情况与2026年市本级预算和市总预算草案的报告（书面）",
            "承德市",
        ),
        ("关于2024年海南省省级一般公共预算收入预算的说明", "海南省"),
        ("2025年度和田地区政府决算公开", "和田地区"),
        ("关于淮安市2025年预算执行情况与2026年预算草案的报告", "淮安市"),
        ("喀什地区2025年国民经济和社会发展统计公报", "喀什地区"),
        ("张家界市2025年国民经济和社会发展统计公报", "张家界市"),
        ("2025年安徽省政府工作报告", "安徽省"),
        ("2025年贵州省政府工作报告", "贵州省"),
        ("2025年湖北省政府工作报告", "湖北省"),
        ("2025年湖南省政府工作报告", "湖南省"),
        ("2025年江苏省政府工作报告", "江苏省"),
        ("2025年吉林省政府工作报告", "吉林省"),
        ("2025年内蒙古自治区政府工作报告", "内蒙古自治区"),
        ("2025年青海省政府工作报告", "青海省"),
        ("关于2025年全市及市本级财政预算执行情况和2026年全市及市本级财政预算草案的报告", ""),
        ("国务院办公厅关于印发“十四五”现代物流发展规划的通知", ""),
        ("关于国民经济和社会发展“九五”计划和２０１０年远景目标纲要的报告", ""),
        ("政府工作报告", ""),
        ("行政院施政報告（口頭報告）", ""),
        ("行政院施政報告", ""),
        ("关于一九五八年度国民经济计划草案的报告", ""),
        ("关于１９８０、１９８１年国民经济计划安排的报告", ""),
    ],
)
def test_the_places_of_real_titles(title: str, place: str) -> None:
    assert names(title) == ([place] if place else [])
    assert unlisted_place(title) == ""


def test_finding_is_fast() -> None:
    text = "推进合肥、芜湖等地建设,加快长三角一体化发展,全面落实国家战略,提升城市能级。" * 30
    find_places(text)
    started = perf_counter()
    for _ in range(10):
        find_places(text[:1000])
    assert (perf_counter() - started) / 10 < 0.01  # about 0.4 ms where nothing else runs
