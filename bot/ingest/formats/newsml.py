"""NewsML-G2, IPTC's envelope for news (iptc.org/std/NewsML-G2/guidelines).

A file is an item, or a message with several items. Elements are identified by their local names,
since providers extend the standard in namespaces of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, nitf, xml
from bot.ingest.formats.wire import Story, make_article, parse_status, skip_refusal
from bot.ingest.formats.xml import find_all, find_first, local_name, text_at, text_of
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

_NON_NEWS_ITEMS = {
    "packageItem": "a package that only points to other items",
    "conceptItem": "a concept",
    "knowledgeItem": "a list of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of vocabularies",
}
_ROOTS = ("newsItem", "newsMessage", "NewsML", *_NON_NEWS_ITEMS)
_TEXT_CLASSES = ("", "text", "composite")
_STATUSES_STRICTEST_FIRST = ("canceled", "withheld", "usable")


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
    if name not in _ROOTS:
        raise Refusal(f"it is not NewsML-G2: its root is <{name}>", "Check what it is")
    if name == "NewsML":
        raise Refusal("it is NewsML 1, which is not supported", "Ask for NewsML-G2, NITF or ninjs")
    if name != "newsMessage":
        yield _read_item(root, 0)
        return
    items = [item for item_set in find_all(root, "itemSet") for item in item_set]
    for number, item in enumerate(items, 1):
        yield _read_item(item, number)


def _read_item(item: Element, number: int) -> ParsedArticle | Refusal:
    place = item.get("guid") or (f"item {number}" if number else "")
    name = local_name(item)
    if name != "newsItem":
        return skip_refusal(f"it is not news but {_NON_NEWS_ITEMS.get(name, f'<{name}>')}", place)
    item_class = _strip_scheme(_code(find_first(item, "itemMeta", "itemClass")))
    if item_class not in _TEXT_CLASSES:
        return skip_refusal(f"it is not text but of the class {item_class[:40]}", place)
    text, story = _longest_text(item), _read_story(item)
    has_remote_text = find_first(item, "contentSet", "remoteContent") is not None
    if not text and parse_status(story.status) == "usable" and has_remote_text:
        return skip_refusal("it only points to its text", place)
    return make_article(story, text, number)


def _read_story(item: Element) -> Story:
    """Read the envelope's metadata; take fields that it lacks from the NITF document inside it.

    The stricter of their two statuses counts; the URL is always the envelope's.
    """
    document = next(_nitf_documents(item), None)
    nitf_story = Story() if document is None else nitf.read_story(document)
    envelope = _read_envelope(item)
    stated_fields = {
        key: value for key, value in envelope._asdict().items() if value not in ("", None)
    }
    statuses = {parse_status(envelope.status), parse_status(nitf_story.status)}
    strictest = next(status for status in _STATUSES_STRICTEST_FIRST if status in statuses)
    return nitf_story._replace(**{**stated_fields, "status": strictest, "url": envelope.url})


def _read_envelope(item: Element) -> Story:
    embargoed = find_first(item, "itemMeta", "embargoed")
    return Story(
        guid=item.get("guid", "").strip(),
        version=item.get("version", "").strip(),
        title=text_at(item, "contentMeta", "headline") or text_at(item, "itemMeta", "title"),
        outlet=_outlet(item),
        byline=text_at(item, "contentMeta", "by") or _creators(item),
        published=text_at(item, "itemMeta", "firstCreated")
        or text_at(item, "contentMeta", "contentCreated"),
        modified=text_at(item, "itemMeta", "versionCreated")
        or text_at(item, "contentMeta", "contentModified"),
        language=_language(item),
        url=_page_url(item),
        note=_note(item),
        status=_code(find_first(item, "itemMeta", "pubStatus")),
        # An empty element counts as an embargo without an end: ignoring it could leak the story.
        embargo=None if embargoed is None else text_of(embargoed) or "until further notice",
    )


def _longest_text(item: Element) -> str:
    """Return the longest of the item's renditions as text."""
    texts = [nitf.extract_body(document) for document in _nitf_documents(item)]
    for inline_xml in find_all(item, "contentSet", "inlineXML"):
        texts += [
            markup.extract_tree_text(child) for child in inline_xml if local_name(child) != "nitf"
        ]
    texts += map(_inline_text, find_all(item, "contentSet", "inlineData"))
    return max(texts, key=len, default="")


def _nitf_documents(item: Element) -> Iterator[Element]:
    return find_all(item, "contentSet", "inlineXML", "nitf")


def _inline_text(inline: Element) -> str:
    media_type, source = inline.get("contenttype", "").lower(), inline.text or ""
    if inline.get("encoding") or (media_type and not media_type.startswith("text/")):
        return ""  # usually an image
    return markup.extract_text(source) if "html" in media_type else markup.clean_plain_text(source)


def _page_url(item: Element) -> str:
    """Return the address of the same text as a web page."""
    for remote in find_all(item, "contentSet", "remoteContent"):
        if "html" in remote.get("contenttype", "") and remote.get("href"):
            return remote.get("href", "").strip()
    return ""


def _code(element: Element | None) -> str:
    """Return a property's value: a code, an address or a word."""
    if element is None:
        return ""
    values = map(element.get, ("qcode", "uri", "literal"))
    return next(filter(None, values), None) or text_of(element)


def _strip_scheme(code: str) -> str:
    """Drop a code's scheme: "ninat:text" and ".../ninature/text" become "text"."""
    return code.replace("/", ":").rpartition(":")[2].strip().lower()


def _party_name(element: Element | None) -> str:
    """Return a party's printed name, or else its literal or code."""
    if element is None:
        return ""
    literal = element.get("literal", "")
    return text_at(element, "name") or literal or element.get("qcode", "").partition(":")[2]


def _outlet(item: Element) -> str:
    parties = (
        find_first(item, "itemMeta", "provider"),
        find_first(item, "rightsInfo", "copyrightHolder"),
        find_first(item, "contentMeta", "infoSource"),
    )
    return next(filter(None, map(_party_name, parties)), "")


def _creators(item: Element) -> str:
    names = (text_at(creator, "name") for creator in find_all(item, "contentMeta", "creator"))
    return ", ".join(dict.fromkeys(filter(None, names)))


def _language(item: Element) -> str:
    language = find_first(item, "contentMeta", "language")
    inline = find_first(item, "contentSet", "inlineXML")
    content_language = "" if language is None else language.get("tag", "")
    inline_language = "" if inline is None else inline.get(xml.LANGUAGE, "")
    return content_language or inline_language or item.get(xml.LANGUAGE, "")


def _note(item: Element) -> str:
    """Return the notes to editors, or else the signals ("sig:correction")."""
    notes = map(text_of, find_all(item, "itemMeta", "edNote"))
    signals = (_strip_scheme(_code(signal)) for signal in find_all(item, "itemMeta", "signal"))
    return "; ".join(filter(None, notes)) or ", ".join(filter(None, signals))
