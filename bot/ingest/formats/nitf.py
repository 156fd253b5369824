"""NITF 2 and 3, IPTC's older markup of stories (iptc.org/standards/nitf)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.wire import Story, part_of, pub_status
from bot.ingest.formats.xml import every, first, said, words
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import instant

_TABLES = frozenset({"table"})
_NO_TIME = re.compile(r"T0{4,6}(?:[+-]\d{2}:?\d{2}|Z)?$")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def recognises(head: bytes) -> bool:
    """Whether these first bytes are an NITF document's."""
    return xml.root_name(head) == "nitf"


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document. One that cancels another yields the other's end first.

    Raises Refusal for what is no well-formed NITF.
    """
    root = xml.parse(raw)
    if xml.local(root) != "nitf":
        raise Refusal(f"it is not NITF: its root is <{xml.local(root)}>", "Check what it is")
    docdata = _docdata(root)
    if ended := docdata.get("management-idref-status"):
        other = _id(docdata, docdata.get("management-doc-idref", ""))
        if other and pub_status(ended) != "usable":
            yield part_of(Story(guid=other, status=ended), "")
            if not text_of(root):
                return
    text, story = text_of(root), story_of(root)
    if not text and (abstract := first(root, "body", "body.head", "abstract")) is not None:
        text, story = markup.read_tree(abstract), story._replace(is_excerpt=True)
    yield part_of(story, text)


def story_of(root: Element) -> Story:
    """What a document says of itself, as printed."""
    docdata = _docdata(root)
    return Story(
        guid=_guid(docdata),
        version=_attribute(docdata, "du-key", "version")
        or _attribute(docdata, "du-key", "generation"),
        title=said(root, "body", "body.head", "hedline", "hl1") or said(root, "head", "title"),
        outlet=_outlet(root, docdata),
        byline=_byline(root),
        published=_day(_attribute(docdata, "date.issue", "norm"))
        or _day(_attribute(root, "head", "pubdata", "date.publication"))
        or _attribute(docdata, "date.release", "norm"),
        modified=_modified(docdata),
        language=root.get(_XML_LANGUAGE, "") or root.get("lang", ""),
        url=_attribute(root, "head", "pubdata", "ex-ref"),
        note=_note(docdata),
        status=docdata.get("management-status", ""),
        embargo=_embargo(docdata),
    )


def text_of(root: Element) -> str:
    """The body's text; headline, byline, tables, captions and notes are no part of it."""
    body = first(root, "body", "body.content")
    if body is None:
        body = first(root, "body")
    return "" if body is None else markup.read_tree(body, without=_TABLES)


def _docdata(root: Element) -> Element:
    found = first(root, "head", "docdata")
    return Element("docdata") if found is None else found


def _attribute(element: Element, *path: str) -> str:
    """The attribute, named last, of the first element at the end of a path that has it."""
    values = (one.get(path[-1], "").strip() for one in every(element, *path[:-1]))
    return next(filter(None, values), "")


def _guid(docdata: Element) -> str:
    """An update has an id of its own and names the document that it takes the place of."""
    replaced = docdata.get("management-doc-idref", "").strip()
    is_update = pub_status(docdata.get("management-idref-status", "")) == "usable"
    id_ = replaced if replaced and is_update else _attribute(docdata, "doc-id", "id-string")
    return _id(docdata, id_)


def _id(docdata: Element, id_: str) -> str:
    """An id with who gave it, since it is a number of theirs."""
    giver = _attribute(docdata, "doc-id", "regsrc")
    return f"{giver}:{id_}" if id_ and giver and ":" not in id_ else id_


def _outlet(root: Element, docdata: Element) -> str:
    return (
        _attribute(root, "head", "pubdata", "name")
        or said(root, "body", "body.head", "distributor")
        or _attribute(docdata, "doc.copyright", "holder")
        or _attribute(docdata, "doc.rights", "owner")
    )


def _byline(root: Element) -> str:
    """Persons by their marks; else the line without its second element, the writer's post."""
    names: list[str] = []
    for line in every(root, "body", "body.head", "byline"):
        persons = [words(one) for one in every(line, "person")]
        posts = [words(one) for one in every(line, "byttl")]
        bare = words(line)
        for post in posts:
            bare = bare.removesuffix(post).rstrip(" ,")
        names += persons or [bare]
    return ", ".join(filter(None, names))


def _day(norm: str) -> str:
    """The spec's T000000 says that no time is known, so only the day is."""
    return _NO_TIME.sub("", norm)


def _modified(docdata: Element) -> str:
    """The last revision; of an unrevised document, when it was issued."""
    revisions = [one.get("norm", "") for one in every(docdata, "revision-history")]
    dated = [(moment, norm) for norm in revisions if (moment := instant(norm))]
    return max(dated)[1] if dated else _attribute(docdata, "date.issue", "norm")


def _note(docdata: Element) -> str:
    notes = [one.get("info", "").strip() for one in every(docdata, "ed-msg")]
    notes += [one.get("info", "").strip() for one in every(docdata, "correction")]
    return "; ".join(filter(None, notes))


def _embargo(docdata: Element) -> str | None:
    """When it may be released, which is at once where nothing is said."""
    release = _attribute(docdata, "date.release", "norm")
    if docdata.get("management-status", "").strip().lower() == "embargoed":
        return release
    return release if instant(release) else None
