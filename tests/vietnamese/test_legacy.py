"""Texts in the codes of the 1990s are recognised, proper texts in any language are not suspected."""

from __future__ import annotations

import pytest

from generator.vietnamese import looks_like_legacy_encoding

# Encoded with glibc's TCVN table, capitals with a tone as the fonts of capitals want them.
TCVN3 = [
    "Tæng kÕt c«ng t¸c thi ®ua",
    "Khèi thi ®ua c¸c Bé, ngµnh tæng hîp",
    "ñy ban nh©n d©n tØnh S¬n La",
    "Së V¨n hãa, ThÓ thao vµ Du lÞch",
    "Ng©n hµng Ph¸t triÓn ViÖt Nam",
    "§éc lËp - Tù do - H¹nh phóc",
    "Ban Thi ®ua - Khen th\xadëng Trung \xad¬ng",
    "Héi nghÞ ký kÕt giao \xadíc thi ®ua n¨m 2016",
    "Bé Y tÕ",
    "Kho b¹c Nhµ n\xadíc",
    "NguyÔn V¨n §Ønh",
    "Trao tÆng 100 triÖu ®ång cho c¸c hé nghÌo",
    "C«ng an huyÖn Ph\xadíc S¬n, Tiªn Ph\xadíc",
    "Hµ Néi",
    "®ång chÝ Chñ tÞch",
    "Thõa Thiªn - HuÕ",
    "“B»ng khen cña Thñ t\xadíng ChÝnh phñ”",
    "TæNG KÕT C¤NG T¸C",
]

# Encoded with the table of xvnkb (vni.h).
VNI = [
    "Toång keát coâng taùc thi ñua",
    "Khoái thi ñua caùc Boä, ngaønh toång hôïp",
    "UÛy ban nhaân daân tænh Sôn La",
    "Sôû Vaên hoùa, Theå thao vaø Du lòch",
    "Ngaân haøng Phaùt trieån Vieät Nam",
    "Ñoäc laäp - Töï do - Haïnh phuùc",
    "Ban Thi ñua - Khen thöôûng Trung öông",
    "Hoäi nghò kyù keát giao öôùc thi ñua naêm 2016",
    "Boä Y teá",
    "Kho baïc Nhaø nöôùc",
    "Nguyeãn Vaên Ñænh",
    "Trao taëng 100 trieäu ñoàng cho caùc hoä ngheøo",
    "Coâng an huyeän Phöôùc Sôn, Tieân Phöôùc",
    "Haø Noäi",
    "ñoàng chí Chuû tòch",
    "Thöøa Thieân - Hueá",
    "“Baèng khen cuûa Thuû töôùng Chính phuû”",
    "TOÅNG KEÁT COÂNG TAÙC",
]

VIETNAMESE = [
    "Tổng kết công tác thi đua",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Ủy ban nhân dân tỉnh Sơn La",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Bà Lê Thanh Bình, phó phòng",
    "lá cờ, quê nhà, bé bỏng, tôi là",
    "Bé Hoà và ông Tân làm công tác xã",
    "Không có ý kiến khác",
    "Kroong, Êđê, ôtô, Đắk Lắk",
    "\u00d0à Nẵng và Q\u00d0-BNV",
    "to\u0302\u0309ng ke\u0302\u0301t",
    "đồng chí Chủ tịch “Huân chương Lao động hạng Nhì”",
    "UBND, HĐND, TĐKT",
    "15 m², 10 µm, ½ số vé, 5 °C, § 2, © 2016, Word®",
]

FRENCH = [
    "Où est la gare ?",
    "Évaluation générale des résultats de l’année",
    "«\xa0été\xa0» et «été»",
    "Le thé est né du goût, le coût est dû en août",
    "Noël à Hanoï, île Maurice, maïs naïf",
    "Là où il y a du café, il y a dé à coudre",
    "dû, sûr, crû, mû",
    "Agence française de développement",
    "Thaï, Raphaël, Saül, Michaël",
    "La forêt, l’hôtel, la fête, le rôle",
    "République socialiste du Viêt Nam",
    "Où ? Là-bas !",
]

ENGLISH = [
    "Annual review of the emulation block",
    "The naïve café, a résumé, a façade",
    "“Smart quotes” – and dashes… £5 ¥100 €3",
    "Ministry of Home Affairs ©2016 Acme®",
    "doppelgänger, über, Zürich, Köln",
    "señor, año, mañana, El Niño, ñandú",
    "não, São Paulo, ação, coração",
    "3×4 cm, 20 ÷ 5, ±2, 1½ hours",
    "Ångström, Øresund, smörgåsbord, rødgrød",
    "Müller-Strauß, Größe, Tür",
    "co·operate, 10 µg, x²",
    "",
]


@pytest.mark.parametrize("text", TCVN3)
def test_tcvn3_is_recognised(text):
    assert looks_like_legacy_encoding(text) == "TCVN3"


@pytest.mark.parametrize("text", VNI)
def test_vni_is_recognised(text):
    assert looks_like_legacy_encoding(text) == "VNI"


@pytest.mark.parametrize("text", VIETNAMESE + FRENCH + ENGLISH)
def test_proper_text_is_not_suspected(text):
    assert looks_like_legacy_encoding(text) is None


@pytest.mark.parametrize("texts", [VIETNAMESE, FRENCH, ENGLISH])
def test_much_proper_text_is_not_suspected(texts):
    assert looks_like_legacy_encoding("\n".join(texts)) is None


def test_a_single_word_counts_if_nothing_else_explains_it():
    assert [looks_like_legacy_encoding(word) for word in ("kÕt", "c«ng", "ñua", "Boä")] == [
        "TCVN3",
        "TCVN3",
        "VNI",
        "VNI",
    ]
    assert [looks_like_legacy_encoding(word) for word in ("Tæng", "hé", "Où", "Ñu ñoño")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Conference report: kÕt qu¶ of the meeting", "TCVN3"),
        ("kÕt qu¶ Straße", "TCVN3"),
        ("kÕt Straße", None),
        ("kÕt qu¶ Straße Größe", None),
    ],
)
def test_foreign_words_may_be_half_as_many_and_plain_ones_do_not_count(text, encoding):
    assert looks_like_legacy_encoding(text) == encoding


def test_a_legacy_quotation_in_proper_text_is_not_enough():
    assert looks_like_legacy_encoding("Tệp cũ có tên “Tæng kÕt” và được đổi tên sau hội nghị ấy") is None
