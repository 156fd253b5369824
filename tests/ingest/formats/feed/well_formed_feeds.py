"""Feeds that are well-formed, but unusual in what their elements are called or hold."""

from __future__ import annotations

from tests.ingest.formats.feed.story_feeds import (
    ATOM_03,
    ATOM_03_REST,
    ATOM_LINK,
    ATOM_NAMESPACE,
    ATOM_REST,
    AUTHOR,
    BODY,
    DATE,
    DC,
    DESCRIPTION,
    ENTRY,
    GUID,
    ITEM,
    LINK,
    PARAGRAPHS,
    REST,
    STORY,
    TITLE,
    URL,
    XHTML,
    Case,
    atom,
    rss,
)

NAMING = [
    Case("Atom without its namespace", atom(ENTRY, attributes="")),
    Case("Atom in a wrong namespace", atom(ENTRY, attributes='xmlns="http://atom.example/"')),
    Case("Atom's namespace in other letters", atom(
        ENTRY, attributes='xmlns="https://www.W3.org/2005/Atom/"'
    )),
    Case("Atom with a prefix", (
        f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>{STORY.title}</a:title>'
        '<a:link href="https://tidewater.example/quay"/><a:id>https://tidewater.example/quay</a:id>'
        "<a:author><a:name>Edda Marsh</a:name></a:author>"
        f'<a:published>2026-11-03T08:30:00+01:00</a:published><a:content type="html">{BODY}'
        "</a:content></a:entry></a:feed>"
    ).encode()),
    Case("RSS in a namespace", rss(
        ITEM, declared=' xmlns="http://backend.userland.com/rss2" xmlns:m="m"'
    )),
    Case("RSS in Atom's namespace", rss(ITEM, declared=f" {ATOM_NAMESPACE}")),
    Case("a prefix that is not declared", rss(
        f'{ITEM}<media:content url="https://tidewater.example/a.png"/>', declared=""
    )),
    Case("undeclared prefixes of the author, text and date", rss(
        f"{TITLE}{LINK}{GUID}{DC}<content:encoded>{BODY}</content:encoded>", declared=""
    )),
    Case("an undeclared prefix of an attribute", rss(
        f'<title x:id="1">{STORY.title}</title>{REST}{DESCRIPTION}', declared=""
    )),
    Case("a usual namespace under another prefix", rss(
        f"{TITLE}{LINK}{GUID}{DATE}<d:creator>Edda Marsh</d:creator><c:encoded>{BODY}</c:encoded>",
        declared=' xmlns:d="http://purl.org/dc/elements/1.1/" '
        'xmlns:c="http://purl.org/rss/1.0/modules/content/"',
    )),
    Case("an old namespace under the usual prefix", rss(
        f"{TITLE}{LINK}{GUID}{DC}{DESCRIPTION}",
        declared=' xmlns:dc="http://purl.org/metadata/dublin_core#"',
    )),
    Case("Atom's elements in RSS", rss(
        f"{TITLE}<atom:link href='https://tidewater.example/quay'/>{GUID}"
        "<atom:published>2026-11-03T08:30:00+01:00</atom:published>"
        f"<atom:author><atom:name>Edda Marsh</atom:name></atom:author>{DESCRIPTION}"
    )),
    Case("another vocabulary's title, link and description", rss(
        f'<x:title>Advert</x:title><x:link>https://ads.example/</x:link>{ITEM}'
        f"<x:description>{'Buy a boat. ' * 20}</x:description>",
        declared=' xmlns:x="http://ads.example/ns"',
    )),
    Case("modules that say nothing about the story", rss(
        f"<slash:comments>7</slash:comments><georss:point>54.1 -3.2</georss:point>{ITEM}"
        '<thr:total>7</thr:total><category>Ports</category><comments>/c</comments>'
    )),
    Case("items beside the channel", (
        f'<rss version="0.92"><channel><title>T</title></channel><item>{ITEM}</item></rss>'
    ).encode()),
    Case("a second channel", (
        '<rss version="2.0"><channel><title>T</title></channel>'
        f"<channel><item>{ITEM}</item></channel></rss>"
    ).encode()),
]  # fmt: skip

TEXTS = [
    Case("a title that holds elements", rss(
        f"<title>Quay <b>shut</b>: <i>“for good”</i></title>{REST}{DESCRIPTION}"
    )),
    Case("a title in XHTML", atom(
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Quay <b>shut</b>: “for '
        f'good”</div></title>{ATOM_REST}<content type="xhtml">{XHTML}</content>'
    )),
    Case("a title in CDATA with markup", rss(
        f"<title><![CDATA[Quay <em>shut</em>: &ldquo;for&nbsp;good&rdquo;]]></title>{REST}"
        f"<description><![CDATA[{PARAGRAPHS}]]></description>"
    )),
    Case("a title that names a tag", rss(
        f"<title>Why &lt;title&gt; is shut</title>{REST}{DESCRIPTION}"
    ), STORY._replace(title="Why <title> is shut")),
    Case("a title with a less-than sign", rss(
        f"<title>Boats &lt; 20 ft: AT&amp;amp;T pays</title>{REST}{DESCRIPTION}"
    ), STORY._replace(title="Boats < 20 ft: AT&T pays")),
    Case("a title of Dublin Core", rss(f"<dc:title>{STORY.title}</dc:title>{REST}{DESCRIPTION}")),
    Case("a title of Media RSS", rss(
        f"<media:title>{STORY.title}</media:title>{REST}{DESCRIPTION}"
    )),
    Case("a description of unescaped elements", rss(
        f"{TITLE}{REST}<description>{PARAGRAPHS}</description>"
    )),
    Case("a description of XHTML", rss(f"{TITLE}{REST}<description>{XHTML}</description>")),
    Case("elements beside escaped ones", rss(
        f"{TITLE}{REST}<description>&lt;p&gt;The quay is shut, the harbour office said.&lt;/p&gt;"
        "<p>“We wait,” said <b>Tilda</b> Roe.</p></description>"
    )),
    Case("a text that was escaped twice", rss(
        f"{TITLE}{REST}<description>{BODY.replace('&', '&amp;')}</description>"
    )),
    Case("escaped markup in CDATA", rss(
        f"{TITLE}{REST}<description><![CDATA[{BODY}]]></description>"
    )),
    Case("references that were escaped twice", rss(
        f"<title>Quay shut: &amp;amp;#8220;for good&amp;amp;rdquo;</title>{REST}{DESCRIPTION}"
    )),
    Case("Windows-1252 as character references", rss(
        f"<title>Quay shut: &#147;for good&#148;</title>{REST}{DESCRIPTION}"
    )),
    Case("the longest of several texts", rss(
        f"{TITLE}{REST}<description>Shut.</description><content:encoded>{BODY}</content:encoded>"
        "<itunes:summary>The quay is shut.</itunes:summary>"
    )),
    Case("a body of XHTML in RSS", rss(
        f'{TITLE}{REST}<body xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</body>'
    )),
    Case("a picture in base64", atom(
        f'{TITLE}{ATOM_REST}<summary>It is shut.</summary>'
        '<content type="image/png">iVBORw0KGgoAAAAN</content>'
    ), STORY._replace(text="It is shut.")),
    Case("HTML that is called text", atom(f"{TITLE}{ATOM_REST}<content>{BODY}</content>")),
    Case("a media type for HTML with a parameter", atom(
        f'{TITLE}{ATOM_REST}<content type="Text/HTML; charset=utf-8">{BODY}</content>'
    )),
    Case("the longest of several alternatives", atom(
        f'{TITLE}{ATOM_03_REST}<content type="multipart/alternative">'
        '<content type="text/plain">The quay is shut.</content>'
        f'<content type="text/html" mode="escaped">{BODY}</content></content>',
        attributes=ATOM_03,
    )),
    Case("an address in a title", rss(
        f"<title>Mail &lt;a@tidewater.example&gt;</title>{REST}{DESCRIPTION}"
    ), STORY._replace(title="Mail <a@tidewater.example>")),
    Case("plain text with two paragraphs", atom(
        f"{TITLE}{ATOM_REST}<content type='text'>{STORY.text}</content>"
    )),
    Case("a video's description", rss(
        f'{TITLE}{REST}<media:group><media:content url="/a.mp4" type="video/mp4"/>'
        f"<media:description>{STORY.text}</media:description></media:group>"
    ), STORY._replace(text=" ".join(STORY.text.split()))),
    Case("a picture's description", rss(
        f"{TITLE}{REST}<media:content url='/a.png'><media:description>"
        f"{'A quay, seen from the sea. ' * 9}</media:description></media:content>{DESCRIPTION}"
    )),
]  # fmt: skip

LINKS = [
    Case("a link in an attribute", rss(
        f'{TITLE}<link href="https://tidewater.example/quay"/>{GUID}{DATE}{AUTHOR}{DESCRIPTION}'
    )),
    Case("a permalink instead of a link", rss(f"{TITLE}{GUID}{DATE}{AUTHOR}{DESCRIPTION}")),
    Case("an id that is no permalink", rss(
        f'{TITLE}{LINK}<guid isPermaLink="false">17</guid>{DATE}{AUTHOR}{DESCRIPTION}'
    ), STORY._replace(guid=f"{URL}#17")),
    Case("an address that is said to be no permalink", rss(
        f'{TITLE}<guid isPermaLink="False">https://tidewater.example/quay</guid>{DATE}{AUTHOR}'
        f"{DESCRIPTION}"
    ), STORY._replace(url="")),
    Case("a link through a service", rss(
        f"{TITLE}<link>https://feeds.example/~r/17</link>{GUID}{DATE}{AUTHOR}{DESCRIPTION}"
        "<feedburner:origLink>https://tidewater.example/quay</feedburner:origLink>"
    )),
    Case("a link in CDATA on its own line", rss(
        f"{TITLE}<link>\n <![CDATA[ https://tidewater.example/quay ]]>\n</link>{GUID}{DATE}{AUTHOR}"
        f"{DESCRIPTION}"
    )),
    Case("a permalink without its site", rss(
        f"{TITLE}<guid>/quay</guid>{DATE}{AUTHOR}{DESCRIPTION}"
    ), STORY._replace(guid=f"{URL}#/quay")),
    Case("a link that was escaped twice", rss(
        f"{TITLE}<link>https://tidewater.example/?a=1&amp;amp;b=2</link>{GUID}{DATE}{AUTHOR}"
        f"{DESCRIPTION}"
    ), STORY._replace(url="https://tidewater.example/?a=1&b=2")),
    Case("an id instead of a link", atom(
        f'{TITLE}{ATOM_REST.replace(ATOM_LINK, "")}<content type="html">{BODY}</content>'
    )),
    Case("a relative link in RSS", rss(
        f"{TITLE}<link>quay</link>{GUID}{DATE}{AUTHOR}{DESCRIPTION}"
    )),
    Case("bases that add up", atom(
        f'<title xml:base="https://else.example/">{STORY.title}</title>'
        f'{ATOM_REST.replace(ATOM_LINK, "")}<link xml:base="b/" href="../quay"/>'
        f'<content type="html">{BODY}</content>',
        attributes=f'{ATOM_NAMESPACE} xml:base="https://tidewater.example/a/"',
    ), STORY._replace(url="https://tidewater.example/a/quay")),
    Case("links of several kinds", atom(
        '<link rel="self" href="/e/17.atom"/><link rel="replies" type="text/html" href="/replies"/>'
        '<link rel="alternate" type="application/pdf" href="/quay.pdf"/>'
        f'{TITLE}{ATOM_REST.replace(ATOM_LINK, "")}'
        '<link rel="http://www.iana.org/assignments/relation/alternate" type="text/html" '
        f'href="/quay"/><content type="html">{BODY}</content>'
    )),
    Case("a page that is no HTML", atom(
        f'{TITLE}{ATOM_REST.replace(ATOM_LINK, "")}'
        '<link rel="alternate" type="text/plain" href="/quay"/>'
        f'<content type="html">{BODY}</content>'
    )),
    Case("content elsewhere", atom(
        f'{TITLE}{ATOM_REST.replace(ATOM_LINK, "")}<summary type="html">{BODY}</summary>'
        '<content type="text/html" src="https://tidewater.example/quay"/>'
    )),
]  # fmt: skip

BYLINE_SOURCES = {
    "RSS's form": "<author>desk@tidewater.example (Edda Marsh)</author>",
    "e-mail's form": "<author>Edda Marsh &lt;desk@tidewater.example&gt;</author>",
    "a name before an address in brackets": "<author>Edda Marsh (desk@tidewater.example)</author>",
    "Dublin Core": "<dc:creator><![CDATA[By Edda Marsh]]></dc:creator>",
    "a podcast's": "<itunes:author>Edda Marsh</itunes:author>",
    "Atom's elements": "<author><name>Edda Marsh</name><email>e@tidewater.example</email></author>",
    "one name twice": f"{AUTHOR}<dc:creator>Edda Marsh</dc:creator>",
}
BYLINES = [
    Case(f"author: {what}", rss(f"{TITLE}{LINK}{GUID}{DATE}{author}{DESCRIPTION}"))
    for what, author in BYLINE_SOURCES.items()
] + [
    Case("author: the feed's", atom(
        ENTRY.replace("<author><name>Edda Marsh</name></author>", ""),
        feed="<author><name>Edda Marsh</name></author>",
    )),
    Case("author: two", atom(f"{ENTRY}<author><name>Tom Aske</name></author>"),
         STORY._replace(byline="Edda Marsh, Tom Aske")),
]  # fmt: skip

DATES = [
    Case("date: only updated", atom(
        ENTRY.replace("<published>2026-11-03T08:30:00+01:00</published>", "")
    ), STORY._replace(date="2026-11-03T09:00:00+00:00")),
    Case("date: the second, since the first is none", rss(
        f"{TITLE}{LINK}{GUID}<pubDate>soon</pubDate>{DC}{DESCRIPTION}"
    )),
    Case("date: of PRISM", rss(
        f"{TITLE}{LINK}{GUID}{AUTHOR}{DESCRIPTION}"
        "<prism:publicationDate>2026-11-03T08:30:00+01:00</prism:publicationDate>"
    )),
    Case("date: of Dublin Core's terms", rss(
        f"{TITLE}{LINK}{GUID}{AUTHOR}{DESCRIPTION}"
        "<dcterms:issued>2026-11-03T08:30:00+01:00</dcterms:issued>"
    )),
    Case("date: in words, without a zone", rss(
        f"{TITLE}{LINK}{GUID}{AUTHOR}{DESCRIPTION}<pubDate>3. November 2026, 8:30 Uhr</pubDate>"
    ), STORY._replace(date="2026-11-03T08:30:00")),
]  # fmt: skip

WELL_FORMED = [*NAMING, *TEXTS, *LINKS, *BYLINES, *DATES]
