"""Feeds that are not well-formed XML, or not encoded as they declare."""

from __future__ import annotations

from tests.ingest.formats.feed.story_feeds import (
    AUTHOR,
    DATE,
    DESCRIPTION,
    ITEM,
    LINK,
    PARAGRAPHS,
    REST,
    STORY,
    TITLE,
    Case,
    recoded,
    rss,
)

MARKUP = [
    Case("tags of HTML that are not closed", rss(
        f"{TITLE}{REST}<description><p>The quay is shut, the harbour office said.<br>"
        "<img src=a.png><p>“We wait,” said <b>Tilda Roe.</description>"
    )),
    Case("tags closed in the wrong order", rss(
        f"{TITLE}{REST}<description><p>The quay is <b>shut, <i>the</b></i> harbour office said.</p>"
        "</span><p>“We wait,” said Tilda Roe.</p></description>"
    )),
    Case("attributes without quotation marks", rss(
        f'{TITLE}{LINK}<guid isPermaLink=true>https://tidewater.example/quay</guid>{DATE}{AUTHOR}'
        f"{DESCRIPTION}"
    ).replace(b'version="2.0"', b"version=2.0")),
    Case("an attribute twice", rss(ITEM).replace(b'version="2.0"', b'version="2.0" version="2.0"')),
    Case("bare ampersands and less-than signs", rss(
        f"<title>Boats < 20 ft: AT&T pays</title>{REST}{DESCRIPTION}"
    ), STORY._replace(title="Boats < 20 ft: AT&T pays")),
    Case("entities of HTML", rss(
        f"<title>Quay shut:&nbsp;&ldquo;for good&rdquo;</title>{REST}{DESCRIPTION}"
    )),
    Case("control characters", rss(
        f"<title>Quay\x0b shut\x00: “for good”</title>{REST}{DESCRIPTION}"
    )),
    Case("references to no character", rss(
        f"<title>Quay&#0; shut&#xFFFF;: “for good”&#99999999;</title>{REST}{DESCRIPTION}"
    )),
    Case("a comment with two hyphens inside", rss(f"<!-- a -- b -->{ITEM}")),
    Case("something after the feed", rss(ITEM, ending="<!-- 0.2 s --><script>track()</script>")),
    Case("a server's warning before the feed", rss(
        ITEM, prologue='Warning: no cache in /srv/feed.php on line 3\n<?xml version="1.0"?>'
    )),
    Case("two XML declarations", rss(
        ITEM, prologue='\n<?xml version="1.0"?>\n<?xml version="1.0"?>\n'
    )),
    Case("XML 1.1", rss(ITEM, prologue='<?xml version="1.1" encoding="UTF-8"?>')),
    Case("PHP that was not run", rss(f"<?php echo $item ?>{ITEM}<b>")),
    Case("HTML's entities, declared by their standard", rss(
        f"<title>Quay shut: &ldquo;for good&rdquo;</title>{REST}{DESCRIPTION}",
        prologue='<!DOCTYPE rss [<!ENTITY % HTMLspecial PUBLIC "-//W3C//ENTITIES Special for '
        'XHTML//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml-special.ent">%HTMLspecial;]>',
    )),
    Case("an empty declaration of entities", rss(
        f"{ITEM}<!-- &; -->", prologue="<!DOCTYPE rss [ ]>"
    )),
    Case("a comment without its end", rss(ITEM, ending="<!-- 0.2 s</html>")),
    Case("HTML's document type", rss(ITEM, prologue="<!DOCTYPE html>\n")),
    Case("a prefix of no namespace", rss(f"{ITEM}<x:y>z</x:y>", declared=' xmlns:x=""')),
    Case("an item that is commented out", rss(f"<!-- <item><title>No</title></item> -->{ITEM} & ")),
    Case("an item's tags in a text", rss(
        f"{TITLE}{REST}<description><![CDATA[{PARAGRAPHS}</item><item>]]></description><b>"
    )),
]  # fmt: skip

DECLARATION = '<?xml version="1.0" encoding="{}"?>'
DECLARED_ENCODINGS = ["utf-16", "utf-32", "gb18030", "windows-1252", "utf-8-sig", "utf-16-le"]
DECLARED_ENCODINGS += ["mac-roman", "cp1250"]
RUSSIAN = "Причал закрыт, сообщила администрация порта. Мы ждём, сказала местная жительница."
JAPANESE = "港湾局は埠頭を閉鎖したと発表した。「私たちは待っています」とロー氏は語った。"
GREEK = "Η αποβάθρα έκλεισε, ανακοίνωσε το λιμεναρχείο. «Περιμένουμε», είπε η Τίλντα Ρόου."
KOREAN = "항만 당국은 부두를 폐쇄했다고 밝혔다. 우리는 기다리고 있다고 로 씨는 말했다."
CHINESE = "港务局表示，码头已经关闭。蒂尔达·罗说，我们正在等待，他们没有告诉我们任何消息。"
FRENCH = "Le quai est fermé, a déclaré la capitainerie. « Nous espérons », a ajouté Édith Müller."
UNDECLARED = [
    ("windows-1251", "", RUSSIAN),
    ("koi8-r", "", RUSSIAN),
    ("koi8-r", "ru", RUSSIAN),
    ("shift_jis", "", JAPANESE),
    ("euc-jp", "ja", JAPANESE),
    ("windows-1253", "", GREEK),
    ("euc-kr", "", KOREAN),
    ("gb18030", "zh-cn", CHINESE),
    ("windows-1252", "", FRENCH),
]
WRONG_ENCODINGS = [
    Case("a few bytes of Windows-1252 in UTF-8", rss(
        f"<title>Quay shut: «for good»</title>{REST}{DESCRIPTION}"
    ).replace("«for good»".encode(), b"\x93for good\x94")),
    Case("UTF-8 that is called Latin-1", rss(ITEM, prologue=DECLARATION.format("iso-8859-1"))),
    Case("UTF-8 that is called UTF-16", rss(ITEM, prologue=DECLARATION.format("utf-16"))),
    Case("an encoding that does not exist", rss(ITEM, prologue=DECLARATION.format("klingon"))),
]  # fmt: skip
ENCODINGS = [
    Case(f"encoding: {encoding}", recoded(
        rss(ITEM, prologue=DECLARATION.format(encoding)), encoding
    ))
    for encoding in DECLARED_ENCODINGS
] + [
    Case(f"encoding: undeclared {encoding} {language}", recoded(
        rss(
            f"<title>{text}</title>{REST}<description>{text}</description>"
            f"<dc:language>{language}</dc:language>"
        ),
        encoding,
    ), STORY._replace(title=text, text=text))
    for encoding, language, text in UNDECLARED
]  # fmt: skip

BROKEN = [*MARKUP, *WRONG_ENCODINGS, *ENCODINGS]
