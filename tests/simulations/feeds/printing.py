"""Write feeds, pages and wire files."""

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
    """An entry of a feed: a version of a story, or its withdrawal (at `killed`)."""

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
    """Return a story's guid; every third feed uses bare numbers, which need not be unique."""
    if story.feed % 3 == 0:
        return f"story-{story.number % 1_000}"
    return f"urn:post:{story.feed}:{story.number}"


def link(story: Story, site: str) -> str:
    folder = "private" if story.page == "disallowed" else "story"
    return f"{site}/{folder}/{story.number}"


def title(story: Story) -> str:
    return f"What became of docket {story.text_of}"


def feed_entry(story: Story, feed: Feed, site: str, at: float) -> FeedEntry:
    """Return a story's entry in its feed at a time."""
    changes = [*story.versions, *(since for since, _ in story.embargoes)]
    changes += [story.redated] if story.redated else []
    version = story.version(at)
    entry_guid = guid(story) if story.has_guid else ""
    address = link(story, site)
    if story.renamed and at >= story.renamed:
        entry_guid += ":again"
    if story.is_relisted(at) and story.after_kill in ("guid", "both"):
        entry_guid += ":2"
        address += "-again" if story.after_kill == "both" else ""
    is_redated = story.redated is not None and at >= story.redated
    return FeedEntry(
        guid=entry_guid,
        story=story.number,
        version=version,
        link=address,
        title=title(story),
        text=story.text(version)[:1] if feed.full_text else story.text(version),
        published=story.published + (HOUR if is_redated else 0),
        updated=max(change for change in changes if change <= at),
        embargo=story.embargo(at),
        is_excerpt=feed.full_text,
    )


def feed_text(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    """Write a whole feed."""
    return {"rss": _rss, "atom": _atom}[feed.format](feed, entries, site)


def _html(text: Sequence[str]) -> str:
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text)


def _rss(feed: Feed, entries: Sequence[FeedEntry], site: str) -> str:
    items = "".join(
        f"<item><title>{escape(entry.title)}</title><link>{entry.link}</link>"
        + (f'<guid isPermaLink="false">{entry.guid}</guid>' if entry.guid else "")
        + f"<pubDate>{format_datetime(moment(entry.published))}</pubDate>"
        + _embargo(entry)
        + f"<description>{escape(entry.text[0])}</description>"
        + ("" if entry.is_excerpt else
           f"<content:encoded>{escape(_html(entry.text))}</content:encoded>")
        + "</item>\n"
        for entry in entries
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


def _atom_entry(entry: FeedEntry) -> str:
    if entry.killed is not None:
        return f'<at:deleted-entry ref="{entry.guid}" when="{_iso(entry.killed)}"/>\n'
    tag = "summary" if entry.is_excerpt else "content"
    body = escape(entry.text[0]) if entry.is_excerpt else escape(_html(entry.text))
    return (
        f"<entry><title>{escape(entry.title)}</title>"
        + (f"<id>{entry.guid}</id>" if entry.guid else "")
        + (f'<link href="{entry.link}"/>' if entry.link else "")
        + f"<published>{_iso(entry.published)}</published><updated>{_iso(entry.updated)}</updated>"
        + _embargo(entry)
        + (f"<source><title>{entry.outlet}</title></source>" if entry.outlet else "")
        + f'<{tag} type="html">{body}</{tag}></entry>\n'
    )


def _embargo(entry: FeedEntry) -> str:
    if entry.embargo is None:
        return ""
    return f"<prism:embargoDate>{_iso(entry.embargo)}</prism:embargoDate>"


def _iso(at: float) -> str:
    return moment(at).isoformat(timespec="milliseconds")


def page(story: Story, version: int) -> str:
    """Write a story's page on its site."""
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


def wire_file(delivery: Delivery) -> str:
    """Write a wire item in the format of its delivery."""
    return {"ninjs": _ninjs, "newsml": _newsml, "nitf": _nitf}[delivery.format](delivery)


def _created_at(delivery: Delivery) -> float:
    """Return when a revision was written; even if delivered out of order, a later one is newer."""
    return delivery.item * 60.0 + delivery.revision * 600.0 - 70_000 * 60.0


def _ninjs(delivery: Delivery) -> str:
    item = {
        "uri": f"urn:wire:{delivery.item}",
        "type": "text",
        "version": str(delivery.revision),
        "versioncreated": _iso(_created_at(delivery)),
        "pubstatus": "canceled" if delivery.is_kill else "usable",
        "copyrightholder": "Halyard News Agency",
        "language": "en",
    }
    if not delivery.is_kill:
        item["headline"] = f"Wire item {delivery.item}"
        item["body_text"] = wire_text(delivery.item, delivery.revision)
    if delivery.embargo is not None:
        item["embargoed"] = _iso(delivery.embargo)
    return json.dumps(item)


def _newsml(delivery: Delivery) -> str:
    embargo = (
        f"<embargoed>{_iso(delivery.embargo)}</embargoed>" if delivery.embargo is not None else ""
    )
    status = "canceled" if delivery.is_kill else "usable"
    body = ""
    if not delivery.is_kill:
        body = (
            f"<contentMeta><headline>Wire item {delivery.item}</headline></contentMeta><contentSet>"
            '<inlineXML contenttype="application/xhtml+xml">'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Wire</title></head><body>'
            f"{_html(wire_text(delivery.item, delivery.revision).split(chr(10) * 2))}</body></html>"
            "</inlineXML></contentSet>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" xml:lang="en" '
        f'guid="urn:wire:{delivery.item}" version="{delivery.revision}"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider literal="Corran Press"/>'
        f"<versionCreated>{_iso(_created_at(delivery))}</versionCreated>{embargo}"
        f'<pubStatus qcode="stat:{status}"/></itemMeta>{body}</newsItem>'
    )


def _nitf(delivery: Delivery) -> str:
    stamp = moment(_created_at(delivery)).strftime("%Y%m%dT%H%M%S+0000")
    status, release = "usable", ""
    if delivery.embargo is not None:
        status = "embargoed"
        release = f'<date.release norm="{moment(delivery.embargo):%Y%m%dT%H%M%S}+0000"/>'
    if delivery.is_kill:
        status = "canceled"
    text = wire_text(delivery.item, delivery.revision).split("\n\n")
    body = "" if delivery.is_kill else _html(text)
    return (
        f'<nitf xml:lang="en"><head><docdata management-status="{status}">'
        f'<doc-id id-string="wire-{delivery.item}" regsrc="halyard.example"/>'
        f'<date.issue norm="{stamp}"/>{release}<du-key key="W{delivery.item}" '
        f'version="{delivery.revision}"/></docdata></head><body><body.head><hedline>'
        f"<hl1>Wire item {delivery.item}</hl1></hedline></body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )
