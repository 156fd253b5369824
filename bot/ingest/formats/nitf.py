"""NITF 2 and 3, IPTC's older markup for stories (iptc.org/standards/nitf)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.wire import Story, make_article, parse_status
from bot.ingest.formats.xml import find_all, find_first, text_at, text_of
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant

_DOCDATA = ("head", "docdata")
_PUBDATA = ("head", "pubdata")
_BYLINE = ("body", "body.head", "byline")
_MIDNIGHT = re.compile(r"T0{4,6}(?!\d).*")
"""What the specification uses for an unknown time."""


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an NITF document."""
    return xml.root_name(head) == "nitf"


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document. If it cancels another document, that cancellation is yielded first.

    Raises Refusal unless it is well-formed NITF.
    """
    root = xml.parse(raw)
    if xml.local_name(root) != "nitf":
        raise Refusal(f"it is not NITF: its root is <{xml.local_name(root)}>", "Check what it is")
    text, story = extract_body(root), read_story(root)
    other_id, other_status = _other_document(root)
    if other_id and parse_status(other_status) != "usable":
        yield make_article(Story(guid=other_id, statuses=(other_status,)), "")
        if not text:
            return
    if not text and (abstract := find_first(root, "body", "body.head", "abstract")) is not None:
        text, story = markup.extract_tree_text(abstract), story._replace(is_excerpt=True)
    yield make_article(story, text)


def read_story(root: Element) -> Story:
    """Read a document's metadata, as printed. An update has the id of the document it updates."""
    other_id, other_status = _other_document(root)
    is_update = other_id and parse_status(other_status) == "usable"
    status = _attribute(root, *_DOCDATA, "management-status")
    issued = _attribute(root, *_DOCDATA, "date.issue", "norm")
    released = _attribute(root, *_DOCDATA, "date.release", "norm")
    revised = [one.get("norm", "") for one in find_all(root, *_DOCDATA, "revision-history")]
    dated_revisions = [(moment, norm) for norm in revised if (moment := parse_instant(norm))]
    notes = (*find_all(root, *_DOCDATA, "ed-msg"), *find_all(root, *_DOCDATA, "correction"))
    persons = [text_of(one) for one in find_all(root, *_BYLINE, "person")]
    bylines = [
        markup.extract_tree_text(one, skipped=frozenset({"byttl"})).rstrip(" ,")
        for one in find_all(root, *_BYLINE)
    ]
    return Story(
        guid=other_id if is_update else _qualify_id(root, "doc-id", "id-string"),
        version=_attribute(root, *_DOCDATA, "du-key", "version"),
        title=text_at(root, "body", "body.head", "hedline", "hl1")
        or text_at(root, "head", "title"),
        outlet=_attribute(root, *_PUBDATA, "name")
        or text_at(root, "body", "body.head", "distributor")
        or _attribute(root, *_DOCDATA, "doc.copyright", "holder"),
        byline=", ".join(filter(None, persons or bylines)),
        published=_MIDNIGHT.sub("", issued)
        or _MIDNIGHT.sub("", _attribute(root, *_PUBDATA, "date.publication")),
        modified=max(dated_revisions)[1] if dated_revisions else issued,
        language=root.get(xml.LANGUAGE, "") or root.get("lang", ""),
        url=_attribute(root, *_PUBDATA, "ex-ref"),
        note="; ".join(filter(None, (note.get("info", "").strip() for note in notes))),
        statuses=(status,),
        embargoes=(released,) if status.lower() == "embargoed" or parse_instant(released) else (),
    )


def extract_body(root: Element) -> str:
    """Extract the body's text, without headline, byline, tables, captions and notes."""
    body = find_first(root, "body")
    return "" if body is None else markup.extract_tree_text(body, skipped=frozenset({"table"}))


def _attribute(root: Element, *path: str) -> str:
    """Return the attribute `path[-1]` of the first element at `path[:-1]` that has it."""
    values = (match.get(path[-1], "").strip() for match in find_all(root, *path[:-1]))
    return next(filter(None, values), "")


def _other_document(root: Element) -> tuple[str, str]:
    """Return the id of the document that this one updates or ends, and its new status."""
    status = _attribute(root, *_DOCDATA, "management-idref-status")
    return _qualify_id(root, "management-doc-idref"), status


def _qualify_id(root: Element, *path: str) -> str:
    """Return the id at a path, with its issuer in front, since it is only unique there."""
    id_ = _attribute(root, *_DOCDATA, *path)
    issuer = _attribute(root, *_DOCDATA, "doc-id", "regsrc")
    return f"{issuer}:{id_}" if id_ and issuer and ":" not in id_ else id_
