"""NewsML-G2, IPTC's envelope of news (iptc.org/std/NewsML-G2/guidelines).

A file is an item, or a message with several. Elements are known by their local names: providers
extend the standard in namespaces of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, nitf, xml
from bot.ingest.formats.wire import Story, no_story, part_of, pub_status
from bot.ingest.formats.xml import every, first, local, said, words
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

_KINDS = {
    "packageItem": "a package that only points to other items",
    "conceptItem": "a concept",
    "knowledgeItem": "a list of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of vocabularies",
}
_ROOTS = ("newsItem", "newsMessage", "NewsML", *_KINDS)
_TEXTS = ("", "text", "composite")
_STRICTEST = ("canceled", "withheld", "usable")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def recognises(head: bytes) -> bool:
    """Whether these first bytes are NewsML's."""
    return xml.root_name(head) in _ROOTS


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an item, or all items of a message.

    Yields a Refusal for each that is no story: a picture, a package that only points, a concept.
    Raises Refusal for what is no well-formed NewsML-G2.
    """
    root = xml.parse(raw)
    if local(root) not in _ROOTS:
        raise Refusal(f"it is not NewsML-G2: its root is <{local(root)}>", "Check what it is")
    if local(root) == "NewsML":
        raise Refusal("it is NewsML 1, which is not supported", "Ask for NewsML-G2, NITF or ninjs")
    if local(root) != "newsMessage":
        yield _item(root, 0)
        return
    items = [one for holder in every(root, "itemSet") for one in holder]
    for number, item in enumerate(items, 1):
        yield _item(item, number)


def _item(item: Element, number: int) -> ParsedArticle | Refusal:
    place = item.get("guid") or (f"item {number}" if number else "")
    if local(item) != "newsItem":
        kind = _KINDS.get(local(item), f"<{local(item)}>")
        return no_story(f"it is not news but {kind}", place)
    kind = _last(_code(first(item, "itemMeta", "itemClass")))
    if kind not in _TEXTS:
        return no_story(f"it is not text but of the class {kind[:40]}", place)
    text, story = _text(item), _story(item)
    if not text and pub_status(story.status) == "usable" and _is_elsewhere(item):
        return no_story("it only points to its text", place)
    return part_of(story, text, number)


def _story(item: Element) -> Story:
    document = next(_documents(item), None)
    inner = Story() if document is None else nitf.story_of(document)
    outer = _envelope(item)
    known = {key: value for key, value in outer._asdict().items() if value not in ("", None)}
    statuses = {pub_status(outer.status), pub_status(inner.status)}
    strictest = next(one for one in _STRICTEST if one in statuses)
    return inner._replace(**{**known, "status": strictest, "url": known.get("url", "")})


def _envelope(item: Element) -> Story:
    """What the item says of itself, which comes before what a document in it says."""
    embargoed = first(item, "itemMeta", "embargoed")
    return Story(
        guid=item.get("guid", "").strip(),
        version=item.get("version", "").strip(),
        title=said(item, "contentMeta", "headline") or said(item, "itemMeta", "title"),
        outlet=_outlet(item),
        byline=said(item, "contentMeta", "by") or _creators(item),
        published=said(item, "itemMeta", "firstCreated")
        or said(item, "contentMeta", "contentCreated"),
        modified=said(item, "itemMeta", "versionCreated")
        or said(item, "contentMeta", "contentModified"),
        language=_language(item),
        url=_web(item),
        note=_note(item),
        status=_code(first(item, "itemMeta", "pubStatus")),
        # An empty one is read as an embargo without a known end: the other reading could leak.
        embargo=None if embargoed is None else words(embargoed) or "until further notice",
    )


def _text(item: Element) -> str:
    """The fullest of the item's renditions."""
    texts = [nitf.text_of(document) for document in _documents(item)]
    for holder in every(item, "contentSet", "inlineXML"):
        texts += [markup.read_tree(one) for one in holder if local(one) != "nitf"]
    texts += [_plain(one) for one in every(item, "contentSet", "inlineData")]
    return max(texts, key=len, default="")


def _documents(item: Element) -> Iterator[Element]:
    return every(item, "contentSet", "inlineXML", "nitf")


def _plain(inline: Element) -> str:
    kind, source = inline.get("contenttype", "").lower(), inline.text or ""
    if inline.get("encoding") or (kind and not kind.startswith("text/")):
        return ""  # an image, as a rule
    return markup.read(source) if "html" in kind else markup.read_plain(source)


def _is_elsewhere(item: Element) -> bool:
    return first(item, "contentSet", "remoteContent") is not None


def _web(item: Element) -> str:
    """The address of the same text as a page."""
    for remote in every(item, "contentSet", "remoteContent"):
        if "html" in remote.get("contenttype", "") and remote.get("href"):
            return remote.get("href", "").strip()
    return ""


def _code(element: Element | None) -> str:
    """A property's value: a code, an address or a word."""
    if element is None:
        return ""
    return next(filter(None, map(element.get, ("qcode", "uri", "literal"))), None) or words(element)


def _last(code: str) -> str:
    """What a code says without its scheme: "ninat:text" and ".../ninature/text" are "text"."""
    return code.replace("/", ":").rpartition(":")[2].strip().lower()


def _named(element: Element | None) -> str:
    """The name of a party: its name as printed, or else the word or code that stands for it."""
    if element is None:
        return ""
    literal = element.get("literal", "")
    return said(element, "name") or literal or element.get("qcode", "").partition(":")[2]


def _outlet(item: Element) -> str:
    parties = (
        first(item, "itemMeta", "provider"),
        first(item, "rightsInfo", "copyrightHolder"),
        first(item, "contentMeta", "infoSource"),
    )
    return next(filter(None, map(_named, parties)), "")


def _creators(item: Element) -> str:
    creators = (said(one, "name") for one in every(item, "contentMeta", "creator"))
    return ", ".join(dict.fromkeys(filter(None, creators)))


def _language(item: Element) -> str:
    language = first(item, "contentMeta", "language")
    inline = first(item, "contentSet", "inlineXML")
    stated = "" if language is None else language.get("tag", "")
    inner = "" if inline is None else inline.get(_XML_LANGUAGE, "")
    return stated or inner or item.get(_XML_LANGUAGE, "")


def _note(item: Element) -> str:
    """What it tells editors; a bare signal ("sig:correction") is the least that it can."""
    notes = [words(one) for one in every(item, "itemMeta", "edNote")]
    signals = [_last(_code(one)) for one in every(item, "itemMeta", "signal")]
    return "; ".join(filter(None, notes)) or ", ".join(filter(None, signals))
