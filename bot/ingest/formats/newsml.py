"""NewsML-G2, IPTC's envelope for news (iptc.org/std/NewsML-G2/guidelines).

A file is an item, or a message with several items. Elements are identified by their local names,
since providers extend the standard in namespaces of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, nitf, xml
from bot.ingest.formats.wire import Story, make_article, name_place, skip_refusal
from bot.ingest.formats.xml import find_all, find_first, local_name, text_at, text_of
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

_ROOTS = ("newsItem", "newsMessage", "NewsML", "packageItem", "conceptItem", "planningItem")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is NewsML."""
    return xml.root_name(head) in _ROOTS


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an item, or all items of a message.

    Yields a Refusal for each item that is not an article: a picture, a package that only links, a
    concept. Raises Refusal unless it is well-formed NewsML-G2.
    """
    root = xml.parse(raw)
    name = local_name(root)
    if name not in _ROOTS or name == "NewsML":  # the root of NewsML 1
        cause = f"it is not NewsML-G2: its root is <{name}>"
        raise Refusal(cause, "Ask for NewsML-G2, NITF or ninjs")
    item_sets = [[root]] if name != "newsMessage" else find_all(root, "itemSet")
    for number, item in enumerate(chain.from_iterable(item_sets), 1):
        yield _read_item(item, 0 if item is root else number)


def _read_item(item: Element, number: int) -> ParsedArticle | Refusal:
    place = name_place(item.get("guid", ""), number)
    if local_name(item) != "newsItem":
        return skip_refusal(f"it is not news but a <{local_name(item)}>", place)
    item_class = _code(find_first(item, "itemMeta", "itemClass"))
    if item_class not in ("", "text", "composite"):
        return skip_refusal(f"it is not text but of the class {item_class[:40]}", place)
    documents = list(find_all(item, "contentSet", "inlineXML", "nitf"))
    envelope = _read_envelope(item)
    inner = nitf.read_story(documents[0]) if documents else Story()
    stated = {key: value for key, value in envelope._asdict().items() if value}
    story = inner._replace(**stated).restrict(inner)
    texts = [nitf.extract_body(document) for document in documents]
    for inline in find_all(item, "contentSet", "inlineXML"):
        texts += [markup.extract_tree_text(one) for one in inline if local_name(one) != "nitf"]
    texts += map(_inline_text, find_all(item, "contentSet", "inlineData"))
    return make_article(story, max(texts, key=len, default=""), number)


def _read_envelope(item: Element) -> Story:
    creators = [text_at(creator, "name") for creator in find_all(item, "contentMeta", "creator")]
    language = find_first(item, "contentMeta", "language")
    notes = filter(None, map(text_of, find_all(item, "itemMeta", "edNote")))
    signals = filter(None, map(_code, find_all(item, "itemMeta", "signal")))
    embargoed = find_first(item, "itemMeta", "embargoed")
    return Story(
        guid=item.get("guid", "").strip(),
        version=item.get("version", "").strip(),
        title=text_at(item, "contentMeta", "headline") or text_at(item, "itemMeta", "title"),
        outlet=_party_name(item, "itemMeta", "provider")
        or _party_name(item, "rightsInfo", "copyrightHolder"),
        byline=text_at(item, "contentMeta", "by")
        or ", ".join(dict.fromkeys(filter(None, creators))),
        published=text_at(item, "itemMeta", "firstCreated")
        or text_at(item, "contentMeta", "contentCreated"),
        modified=text_at(item, "itemMeta", "versionCreated")
        or text_at(item, "contentMeta", "contentModified"),
        language=xml.attribute(language, "tag") or item.get(xml.LANGUAGE, ""),
        note="; ".join(notes) or ", ".join(signals),
        statuses=(_code(find_first(item, "itemMeta", "pubStatus")),),
        # An empty element counts as an embargo without an end: ignoring it could leak the story.
        embargoes=() if embargoed is None else (text_of(embargoed),),
    )


def _inline_text(inline: Element) -> str:
    media_type, source = inline.get("contenttype", "").lower(), inline.text or ""
    if inline.get("encoding") or (media_type and not media_type.startswith("text/")):
        return ""  # usually an image
    return markup.extract_text(source) if "html" in media_type else markup.clean_plain_text(source)


def _code(element: Element | None) -> str:
    """Return a property without its scheme: "ninat:text" and ".../ninature/text" are "text"."""
    values = (xml.attribute(element, name) for name in ("qcode", "uri", "literal"))
    code = next(filter(None, values), None) or text_of(element)
    return code.replace("/", ":").rpartition(":")[2].strip().lower()


def _party_name(item: Element, *path: str) -> str:
    """Return a party's printed name, or else its literal."""
    return text_at(item, *path, "name") or xml.attribute(find_first(item, *path), "literal")
