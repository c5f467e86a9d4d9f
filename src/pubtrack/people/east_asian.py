"""Chinese, Korean and Vietnamese names in Latin letters: which words are family names, how given names divide."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    # Mandarin (Hanyu Pinyin)
    """ai an ao ba bai ban bao bei bi bian bo bu cai cang cao cen chai chang che chen cheng chi chong chu chuai cong
    cui dai dan dang deng di diao ding dong dou du duan e fan fang fei feng fu gan gao ge geng gong gou gu guan guang
    gui guo hai han hang hao he hei heng hong hou hu hua huai huan huang hui huo ji jia jian jiang jiao jie jin jing
    ju jue kan kang ke kong kou kuai kuang kui lai lan lang lao le lei leng li lian liang liao lin ling liu long lou
    lu lü lv luan luo lyu ma man mao mei meng mi miao min ming mo mou mu na nan ni nie ning niu nong ou ouyang pan
    pang pei peng pi piao ping pu qi qian qiang qiao qin qing qiu qu quan que ran rao ren rong ru ruan rui sang sha
    shan shang shao she shen sheng shi shu shui si sima situ song su sui sun tai tan tang tao teng tian tong tu wan
    wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue xun yan yang yao ye yi yin ying
    yong you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuge zhuo zong
    zou zu zuo shangguan huangfu murong dongfang linghu"""
    # Hong Kong, Taiwan, Singapore, Malaysia, overseas
    """ au aw chan chang chao chau chee chen cheng cheong cheung chew chia chiang chiang chien chin ching chiu choi
    chong choo chou chow choy chu chua chuang chui chung eng fok fong foo fung gan goh hew ho hoi hon hong hsia hsiao
    hsieh hsiung hsu hsueh hui hung ip jen jiang jong juan jung kam kan kao keung kho khoo ko koh kong koo kuan kuo
    kwan kwok kwong lai lam lau law lay lee leong leung liang liao liaw lien liew lim lin lo loh long loo loong looi
    low loy lu lui luk lum lun mak man mao mok mui mun ng ngai ngan ong ooi oon pang pao phang phua poon pun quek
    seah seow shek shen shih shiu shum shyu sim sin sit siu so soh soo soong su sui sung sze szeto tam tan tang tay
    teh teo teoh thong tien ting to toh tong tsai tsang tsao tse tseng tso tsoi tsou tsui tsung tu tung tzeng wai wan
    wee wei woo wong woon wu yam yan yang yap yau yee yeh yen yeo yeoh yep yeung yew yick yim yin yip yiu yong yoon
    young yu yue yuen yung zee zen"""
    # Korean
    """ ahn an bae baek bahk bak ban bang bong byeon byun cha chae cheon cheong chin cho choe choi choo chu chun chung
    do eo eom eun gil go gong gu gwak gwon ha hahn ham han heo hong huh hur hwang hyun im in jang je jee jeon jeong
    ji jin jo joo ju jun jung kang ki kil kim ko koh kong koo kook ku kwak kwon lee lim ma maeng min mo moon mun
    myeong myung na nahm nam no noh oh ok paik park pak pyo pyun ra rah ran rhee rhim rim ro roh ryoo ryu seo seok
    seol seon seong shim shin si sim sin so sohn son song suh suk sul sun sung tak tae uhm um wang wi won woo yang
    yeo yeom yim yeon yi yong yoo yoon youn yu yuk yun"""
    # Vietnamese
    """ an au bach banh bui cao chau chu cung dam dang dao diep dinh do doan dong du duong giang giap ha ho hoang hong
    huynh ken khuat khuu kieu kim la lac lai lam le lieu luc luong luu ly mac mach mai mau nghiem ngo nguy nguyen
    nham ninh nong ong pham phan phi pho phung quach quan ta tang thach thai than thi thieu to ton tong tran trang
    trieu trinh truong tu ung van vi viem vien vo vong vu vuong""".split()
)
"""Family names, folded. They leave out no common one: a word that is missing counts as a given name."""

ALSO_WESTERN = frozenset(("dan", "gil", "jean", "jo", "jun", "ken", "kim", "lee", "mai", "may", "min", "tim", "young"))
"""Those that are given names elsewhere, so that "Lee Minho" may be a Lee or a Minho."""

_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxzcsrwyv]|zh|ch|sh|ph|th|tr|kh|gh|gi|nh|ngh?|qu|kw|hw|gw)?"
    "(?:iao|uai|iou|uei|yeo|yae|uye|uyo|uou|[aeiouy]{1,2}|ü|v)"
    "(?:ng|nh|n|m|ch|c|k|p|t|l|h|b|(?<=e)r)?"
)
_ONE = re.compile(_SYLLABLE)
_FEW = re.compile(f"(?:{_SYLLABLE}){{1,3}}")


def is_syllable(word: str) -> bool:
    """Whether the folded `word` can be one syllable of a Chinese, Korean or Vietnamese name."""
    return _ONE.fullmatch(word) is not None


def is_given_name(word: str) -> bool:
    """Whether the folded `word` can be a given name of one to three such syllables."""
    return len(word) <= 14 and _FEW.fullmatch(word) is not None


def divisions(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to read the folded `word` as two syllables: "zhexiao" as zhe and xiao; none for one like "xian"."""
    if len(word) > 14 or is_syllable(word):
        return ()
    cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
    return tuple((left, right) for left, right in cuts if is_syllable(left) and is_syllable(right))
