"""How feeds, pages and wire files are printed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

from tests.simulations.feeds.timeline import HOUR, Delivery, Feed, Story, moment
from tests.simulations.stories import paragraphs

Address = Callable[[Feed], str]

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/3.0/"'
)
DECLARED = {"utf-8": ' encoding="utf-8"', "wrong": ' encoding="iso-8859-1"'}


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed as it is printed at a time: a story's version, or (`killed`) when it was
    taken back."""

    guid: str
    story: int = -1
    version: int = 0
    link: str = ""
    title: str = ""
    text: Sequence[str] = ()
    published: float = 0.0
    updated: float = 0.0
    embargo: float | None = None
    is_excerpt: bool = False
    outlet: str = ""
    killed: float | None = None


def guid(story: Story) -> str:
    """Some feeds number their stories, and each may do so."""
    if story.feed % 3 == 0:
        return f"story-{story.number % 1_000}"
    return f"urn:post:{story.feed}:{story.number}"


def link(story: Story, site: str) -> str:
    folder = "private" if story.page == "disallowed" else "story"
    return f"{site}/{folder}/{story.number}"


def title(story: Story) -> str:
    return f"What became of docket {story.tells}"


def listed(story: Story, feed: Feed, site: str, at: float) -> FeedEntry:
    """What a feed says of a story."""
    changes = [*story.versions, *(since for since, _ in story.embargoes)]
    changes += [story.redated] if story.redated else []
    version = story.version(at)
    told = guid(story) if story.has_guid else ""
    address = link(story, site)
    if story.renamed and at >= story.renamed:
        told += ":again"
    if story.is_back(at) and story.after_kill in ("guid", "both"):
        told += ":2"
        address += "-again" if story.after_kill == "both" else ""
    is_redated = story.redated is not None and at >= story.redated
    return FeedEntry(
        guid=told,
        story=story.number,
        version=version,
        link=address,
        title=title(story),
        text=story.text(version)[:1] if feed.full_text else story.text(version),
        published=story.published + (HOUR if is_redated else 0),
        updated=max(one for one in changes if one <= at),
        embargo=story.embargo(at),
        is_excerpt=feed.full_text,
    )


def feed_text(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    """A whole feed."""
    return {"rss": _rss, "atom": _atom, "json": _json}[feed.format](feed, entries, site)


def _html(text: Sequence[str]) -> str:
    return "".join(f"<p>{escape(one, quote=False)}</p>" for one in text)


def _rss(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{one.link}</link>"
        + (f'<guid isPermaLink="false">{one.guid}</guid>' if one.guid else "")
        + f"<pubDate>{format_datetime(moment(one.published))}</pubDate>"
        + _embargo(one)
        + f"<description>{escape(one.text[0])}</description>"
        + ("" if one.is_excerpt else
           f"<content:encoded>{escape(_html(one.text))}</content:encoded>")
        + "</item>\n"
        for one in entries
    )  # fmt: skip
    return (
        f'<?xml version="1.0"{DECLARED.get(feed.charset, "")}?>\n'
        f'<rss version="2.0" {NAMESPACES}><channel><title>{feed.outlet}</title>'
        f"<link>{site}</link><language>en</language>\n{items}</channel></rss>\n"
    )


def _atom(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    return (
        f'<?xml version="1.0"{DECLARED.get(feed.charset, "")}?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" '
        f'xmlns:at="http://purl.org/atompub/tombstones/1.0" {NAMESPACES}>'
        f"<title>{feed.outlet}</title><id>urn:post:{feed.number}</id>"
        f'<link rel="alternate" href="{site}/"/>\n{"".join(map(_atom_entry, entries))}</feed>\n'
    )


def _atom_entry(one: FeedEntry) -> str:
    if one.killed is not None:
        return f'<at:deleted-entry ref="{one.guid}" when="{_iso(one.killed)}"/>\n'
    tag = "summary" if one.is_excerpt else "content"
    body = escape(one.text[0]) if one.is_excerpt else escape(_html(one.text))
    return (
        f"<entry><title>{escape(one.title)}</title>"
        + (f"<id>{one.guid}</id>" if one.guid else "")
        + (f'<link href="{one.link}"/>' if one.link else "")
        + f"<published>{_iso(one.published)}</published><updated>{_iso(one.updated)}</updated>"
        + _embargo(one)
        + (f"<source><title>{one.outlet}</title></source>" if one.outlet else "")
        + f'<{tag} type="html">{body}</{tag}></entry>\n'
    )


def _embargo(one: FeedEntry) -> str:
    if one.embargo is None:
        return ""
    return f"<prism:embargoDate>{_iso(one.embargo)}</prism:embargoDate>"


def _json(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    items = [
        {
            **({"id": one.guid} if one.guid else {}),
            "url": one.link,
            "title": one.title,
            "date_published": _iso(one.published),
            "date_modified": _iso(one.updated),
            **({"summary": one.text[0]} if one.is_excerpt else {"content_html": _html(one.text)}),
        }
        for one in entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.outlet,
        "home_page_url": site,
        "language": "en",
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _iso(at: float) -> str:
    return moment(at).isoformat(timespec="milliseconds")


def page(story: Story, version: int) -> str:
    """A story's page on its site."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title(story)}</title>'
        '<meta charset="utf-8"><meta property="og:type" content="article"></head><body>'
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>{title(story)}</h1>{_html(story.text(version))}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


# -- the wire


def wire_text(item: int, revision: int) -> str:
    return "\n\n".join(paragraphs(item, revision, random.Random(item)))


def wire_file(one: Delivery) -> str:
    """An item of a wire in one version, in its format."""
    return {"ninjs": _ninjs, "newsml": _newsml, "nitf": _nitf}[one.format](one)


def _made(one: Delivery) -> float:
    """When a version was made: what comes out of order was not made so."""
    return one.item * 60.0 + one.revision * 600.0 - 70_000 * 60.0


def _ninjs(one: Delivery) -> str:
    stated = {
        "uri": f"urn:wire:{one.item}",
        "type": "text",
        "version": str(one.revision),
        "versioncreated": _iso(_made(one)),
        "pubstatus": "canceled" if one.is_kill else "usable",
        "copyrightholder": "Halyard News Agency",
        "language": "en",
    }
    if not one.is_kill:
        stated["headline"] = f"Wire item {one.item}"
        stated["body_text"] = wire_text(one.item, one.revision)
    if one.embargo is not None:
        stated["embargoed"] = _iso(one.embargo)
    return json.dumps(stated)


def _newsml(one: Delivery) -> str:
    embargo = f"<embargoed>{_iso(one.embargo)}</embargoed>" if one.embargo is not None else ""
    status = "canceled" if one.is_kill else "usable"
    body = ""
    if not one.is_kill:
        body = (
            f"<contentMeta><headline>Wire item {one.item}</headline></contentMeta><contentSet>"
            '<inlineXML contenttype="application/xhtml+xml">'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Wire</title></head><body>'
            f"{_html(wire_text(one.item, one.revision).split(chr(10) * 2))}</body></html>"
            "</inlineXML></contentSet>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" xml:lang="en" '
        f'guid="urn:wire:{one.item}" version="{one.revision}"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider literal="Corran Press"/>'
        f"<versionCreated>{_iso(_made(one))}</versionCreated>{embargo}"
        f'<pubStatus qcode="stat:{status}"/></itemMeta>{body}</newsItem>'
    )


def _nitf(one: Delivery) -> str:
    stamp = moment(_made(one)).strftime("%Y%m%dT%H%M%S+0000")
    status, release = "usable", ""
    if one.embargo is not None:
        status = "embargoed"
        release = f'<date.release norm="{moment(one.embargo):%Y%m%dT%H%M%S}+0000"/>'
    if one.is_kill:
        status = "canceled"
    text = wire_text(one.item, one.revision).split("\n\n")
    body = "" if one.is_kill else _html(text)
    return (
        f'<nitf xml:lang="en"><head><docdata management-status="{status}">'
        f'<doc-id id-string="wire-{one.item}" regsrc="halyard.example"/>'
        f'<date.issue norm="{stamp}"/>{release}<du-key key="W{one.item}" '
        f'version="{one.revision}"/></docdata></head><body><body.head><hedline>'
        f"<hl1>Wire item {one.item}</hl1></hedline></body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )
