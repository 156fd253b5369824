"""One story as a feed of each form, and the parts that cases in another file put together."""

from __future__ import annotations

import base64
from typing import NamedTuple

URL = "https://tidewater.example/feed"


class Story(NamedTuple):
    """What a feed says of its article."""

    title: str = "Quay shut: “for good”"
    text: str = "The quay is shut, the harbour office said.\n\n“We wait,” said Tilda Roe."
    url: str = "https://tidewater.example/quay"
    date: str = "2026-11-03T08:30:00+01:00"
    byline: str = "Edda Marsh"
    guid: str = "https://tidewater.example/quay"


class Case(NamedTuple):
    what: str
    raw: bytes
    story: Story = Story()


TITLE = "<title>Quay shut: “for good”</title>"
LINK = "<link>https://tidewater.example/quay</link>"
GUID = "<guid>https://tidewater.example/quay</guid>"
DATE = "<pubDate>Tue, 03 Nov 2026 08:30:00 +0100</pubDate>"
AUTHOR = "<author>Edda Marsh</author>"
BODY = (
    "&lt;p&gt;The quay is shut, the harbour office said.&lt;/p&gt;"
    "&lt;p&gt;“We wait,” said Tilda Roe.&lt;/p&gt;"
)
DESCRIPTION = f"<description>{BODY}</description>"
REST = f"{LINK}{GUID}{DATE}{AUTHOR}"
"""An item's metadata besides the title."""

PARAGRAPHS = "<p>The quay is shut, the harbour office said.</p><p>“We wait,” said Tilda Roe.</p>"
XHTML = f'<div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div>'
ATOM_NAMESPACE = 'xmlns="http://www.w3.org/2005/Atom"'
ATOM_LINK = '<link href="https://tidewater.example/quay"/>'
ATOM_REST = (
    f"{ATOM_LINK}<id>https://tidewater.example/quay</id><author><name>Edda Marsh</name></author>"
    "<published>2026-11-03T08:30:00+01:00</published><updated>2026-11-03T09:00:00Z</updated>"
)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "georss": "http://www.georss.org/georss",
    "thr": "http://purl.org/syndication/thread/1.0",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
}
DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def rss(item: str, *, declared: str = DECLARED, prologue: str = "", ending: str = "") -> bytes:
    return (
        f'{prologue}<rss version="2.0"{declared}><channel><title>The Tidewater Post</title>'
        f"<link>https://tidewater.example/</link><item>{item}</item></channel></rss>{ending}"
    ).encode()


def atom(
    entry: str, *, attributes: str = ATOM_NAMESPACE, feed: str = "", prologue: str = ""
) -> bytes:
    return (
        f"{prologue}<feed {attributes}><title>The Tidewater Post</title>"
        f'<link href="https://tidewater.example/"/>{feed}<entry>{entry}</entry></feed>'
    ).encode()


def rdf(item: str, namespace: str) -> bytes:
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}"'
        f"{DECLARED}><channel><title>The Tidewater Post</title>"
        "<link>https://tidewater.example/</link></channel>"
        f'<item rdf:about="https://tidewater.example/quay">{item}</item></rdf:RDF>'
    ).encode()


def recoded(raw: bytes, encoding: str) -> bytes:
    return raw.decode().encode(encoding)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ITEM = f"{TITLE}{REST}{DESCRIPTION}"
ENTRY = f'{TITLE}{ATOM_REST}<content type="html">{BODY}</content>'
DC = "<dc:creator>Edda Marsh</dc:creator><dc:date>2026-11-03T08:30+01:00</dc:date>"
ATOM_03 = 'version="0.3" xmlns="http://purl.org/atom/ns#"'
ATOM_03_REST = (
    '<link rel="alternate" type="text/html" href="https://tidewater.example/quay"/>'
    "<id>https://tidewater.example/quay</id><author><name>Edda Marsh</name></author>"
    "<issued>2026-11-03T08:30:00+01:00</issued><modified>2026-11-03T09:00:00Z</modified>"
)
STORY = Story()

FORMS = [
    Case("RSS 2.0", rss(ITEM)),
    Case("RSS 0.91 with its DTD", rss(
        ITEM,
        prologue='<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS '
        '0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
    )),
    Case("RSS 0.90", rdf(
        f"{TITLE}{LINK}{DESCRIPTION}{DC}", "http://my.netscape.com/rdf/simple/0.9/"
    )),
    Case("RSS 1.0", rdf(f"{TITLE}{LINK}{DESCRIPTION}{DC}", "http://purl.org/rss/1.0/")),
    Case("RSS 1.0 that links only by rdf:about", rdf(
        f"{TITLE}{DESCRIPTION}{DC}", "http://purl.org/rss/1.0/"
    )),
    Case("RSS 1.1", (
        '<Channel xmlns="http://purl.org/net/rss1.1#" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f'{DECLARED}><title>T</title><items rdf:parseType="Collection">'
        f'<item rdf:about="https://tidewater.example/quay">{TITLE}{LINK}{DESCRIPTION}{DC}</item>'
        "</items></Channel>"
    ).encode()),
    Case("names in capitals", (
        f'<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>{STORY.title}</TITLE>'
        "<LINK>https://tidewater.example/quay</LINK>"
        '<GUID ISPERMALINK="TRUE">https://tidewater.example/quay</GUID>'
        "<PUBDATE>Tue, 03 Nov 2026 08:30:00 +0100</PUBDATE><AUTHOR>Edda Marsh</AUTHOR>"
        f"<DESCRIPTION>{BODY}</DESCRIPTION></ITEM></CHANNEL></RSS>"
    ).encode()),
    Case("CDF", (
        '<CHANNEL HREF="https://tidewater.example/"><TITLE>The Tidewater Post</TITLE>'
        '<ITEM HREF="https://tidewater.example/quay" LASTMOD="2026-11-03T08:30:00+01:00">'
        f"<TITLE>{STORY.title}</TITLE><ABSTRACT>{BODY}</ABSTRACT></ITEM></CHANNEL>"
    ).encode(), STORY._replace(byline="", guid="")),
    Case("Atom 1.0", atom(ENTRY)),
    Case("an Atom entry alone", f"<entry {ATOM_NAMESPACE}>{ENTRY}</entry>".encode()),
    Case("Atom 0.3 with escaped markup", atom(
        f'{TITLE}{ATOM_03_REST}<content type="text/html" mode="escaped">{BODY}</content>',
        attributes=ATOM_03,
    )),
    Case("Atom 0.3 with elements", atom(
        f'{TITLE}{ATOM_03_REST}<content type="application/xhtml+xml" mode="xml">{XHTML}</content>',
        attributes=ATOM_03,
    )),
    Case("Atom 0.3 in base64", atom(
        f"{TITLE}{ATOM_03_REST}"
        f'<content type="text/html" mode="base64">{encoded(PARAGRAPHS)}</content>',
        attributes=ATOM_03,
    )),
]  # fmt: skip
