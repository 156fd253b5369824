"""Decide what happens to a document: show it, store it without showing it, or ignore it. Pure.

Where IPTC's rules leave a choice: a kill is final, whichever version it names and whenever it
comes, until a person ingests the article again. While an article is withheld, no version of it is
shown. It is released when its embargo ends, by a later version, or by hand; a version that was
released by hand stays released when it arrives again unchanged.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from bot.articles.identity import has_stable_origin, is_from_file
from bot.articles.known_article import HiddenVersion, KnownArticle
from bot.articles.metadata import all_metadata, known_metadata
from bot.articles.recognition import Authority
from bot.articles.steps import HistoryUpdate
from bot.model import Article, Document

Status = Literal["new", "updated", "unchanged", "withdrawn", "withheld"]

KILL_REASON = "killed by its publisher"

VERSION_FIELDS = ("revision", "modified_at", "excerpt", "note")
"""Fields that describe one version; the next version does not inherit them."""

DATE_FIELDS = ("published", "published_on", "published_at")
DESCRIPTION_FIELDS = ("title", "outlet", "byline", "language", *DATE_FIELDS)
"""Fields that a document from any source may fill in if they are unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a document: show it (`shown`), store it unshown (`history`), or neither.

    `article_id` names its article, or the article that keeps it out; `reason` says why it is not
    shown. `reinstates` means that it is shown although it had been withdrawn.
    """

    status: Status
    article_id: str
    shown: Article | None = None
    history: HistoryUpdate | None = None
    reason: str | None = None
    reinstates: bool = False


def decide(document: Document, on_file: KnownArticle, *, now: datetime, again: bool) -> Decision:
    """Decide what to do with a document, given what is known of its article.

    `again` (a person ingests it again) brings withdrawn articles back; embargoes still hold.
    """
    if on_file.authority is Authority.ADDS_ONLY and not (again and _was_withdrawn(on_file)):
        return _add_only(document, on_file, now)
    if document.status == "canceled":
        return _decide_killed(document, on_file)
    bar, hidden = on_file.exclusion, on_file.hidden
    if bar and (bar.state == "withheld" or not again):
        status: Status = "withheld" if bar.state == "withheld" else "withdrawn"
        return Decision(status=status, article_id=bar.article_id, reason=bar.reason)
    was_withdrawn = _was_withdrawn(on_file)
    if hidden and was_withdrawn and not again:
        return _stay_withdrawn(document, on_file, hidden)
    pending = hidden if hidden and not was_withdrawn else None
    head = on_file.article or (pending.document if pending else None)
    if head and on_file.authority is not Authority.TAKES_OVER and _is_older(document, head):
        return _late_version(document, on_file)
    if _is_withheld(document, now):
        if on_file.article and any(_is_same(document, one) for one in on_file.released):
            return _unchanged(on_file)
        return _decide_withheld(document, on_file)
    if pending and on_file.matched_by == "text":
        # The same text from another source does not lift the publisher's embargo.
        return Decision(status="withheld", article_id=on_file.article_id, reason=pending.reason)
    decision = _decide_shown(document, on_file)
    return replace(decision, reinstates=again and (was_withdrawn or bar is not None))


def _is_withheld(document: Document, now: datetime) -> bool:
    """Tell whether a document may not be shown yet. If it is withheld and has an embargo time, it
    is released at that time, as IPTC's guidelines on `embargoed` say."""
    return document.embargo > now if document.embargo else document.status == "withheld"


def _is_older(document: Document, than: Document) -> bool:
    """Tell whether a document is an earlier version than another, if both say which they are."""
    for one, other in (
        (document.revision, than.revision),
        (_seconds(document.modified_at), _seconds(than.modified_at)),
    ):
        if one is not None and other is not None and one != other:
            return one < other
    return False


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _was_withdrawn(on_file: KnownArticle) -> bool:
    return on_file.hidden is not None and on_file.hidden.state == "withdrawn"


def _add_only(document: Document, on_file: KnownArticle, now: datetime) -> Decision:
    """Fill in unknown metadata of an article from another source, and change nothing else."""
    hidden, there = on_file.hidden, on_file.article
    if hidden:
        status: Status = "withdrawn" if hidden.state == "withdrawn" else "withheld"
        return Decision(status=status, article_id=on_file.article_id, reason=hidden.reason)
    if document.status == "canceled":
        unchanged = Decision(status="unchanged", article_id=on_file.article_id)
        return replace(unchanged, reason="only its own source can withdraw it")
    if there is None or there.text_sha != document.text_sha or _is_withheld(document, now):
        return _unchanged(on_file)
    added = replace(there, **_missing_metadata(document, there))
    return _unchanged(on_file) if added == there else _show("updated", added)


def _missing_metadata(document: Document, there: Article) -> dict[str, Any]:
    """The document's metadata that the article lacks.

    The date fields are taken together or not at all. Id, address and revision are never taken: with
    these a source without authority could gain it.
    """
    names = (
        set(DESCRIPTION_FIELDS)
        - known_metadata(there).keys()
        - (set(DATE_FIELDS) if there.published else set())
    )
    return {name: value for name, value in known_metadata(document).items() if name in names}


# -- shown


def _decide_shown(document: Document, on_file: KnownArticle) -> Decision:
    there = on_file.article
    if there is None:
        article = Article(
            id=on_file.article_id, version=_number(document, on_file), **asdict(document)
        )
        return _show("new", article)
    if there.text_sha == document.text_sha:
        mended = _with_new_metadata(there, document, on_file)
        return _unchanged(on_file) if mended == there else _show("updated", mended)
    if document.excerpt and not there.excerpt and on_file.authority is not Authority.TAKES_OVER:
        return _unchanged(on_file)  # a part of it is no later version of the whole
    if document.text_sha in on_file.texts and not _is_repost_intended(document, there, on_file):
        return _unchanged(on_file)  # an earlier version that is posted again
    # The whole of what was an excerpt corrects nothing: it is the same version.
    is_whole = there.excerpt and not document.excerpt
    number = there.version if is_whole else on_file.number + 1
    return _show("updated", replace(_next(there, document), version=number))


def _number(document: Document, on_file: KnownArticle) -> int:
    """The version number of a document whose article is not shown: that of the withheld version if
    the texts are equal, else the next."""
    pending = on_file.hidden
    if pending and pending.state == "withheld" and pending.document.text_sha == document.text_sha:
        return pending.number
    return on_file.number + 1


def _show(status: Status, article: Article) -> Decision:
    return Decision(status=status, article_id=article.id, shown=article)


def _unchanged(on_file: KnownArticle) -> Decision:
    return Decision(status="unchanged", article_id=on_file.article_id, history=_new_keys(on_file))


def _new_keys(on_file: KnownArticle) -> HistoryUpdate | None:
    """Store the document's new keys for its article, if there are any."""
    if not on_file.new_keys:
        return None
    return HistoryUpdate(article_id=on_file.article_id, keys=on_file.new_keys)


def _with_new_metadata(there: Article, document: Document, on_file: KnownArticle) -> Article:
    """The article with the metadata of a document that has the same text.

    The same file may change or remove metadata, the publisher may change it, and any other copy may
    only add.
    """
    if there.origin == document.origin and is_from_file(document):
        return replace(there, **all_metadata(document))
    if on_file.authority is Authority.TAKES_OVER:
        return _next(there, document)
    if on_file.matched_by in ("guid", "url"):
        known = known_metadata(document)
        # Two feeds may give one article two ids: keep the first, or each poll would change it.
        return replace(there, **known | {"guid": there.guid or document.guid})
    return replace(there, **known_metadata(document) | known_metadata(there))


def _next(there: Article, document: Document) -> Article:
    """The next version of an article; metadata that the publisher does not repeat stays."""
    known: dict[str, Any] = all_metadata(document)
    if not _is_from_its_file(document, there):
        known = known_metadata(there) | known_metadata(document)
        known |= {name: getattr(document, name) for name in VERSION_FIELDS}
    return replace(there, **known, origin=document.origin, text=document.text)


def _is_repost_intended(document: Document, there: Article, on_file: KnownArticle) -> bool:
    """Tell whether an earlier text is meant to be current again: by the publisher's version
    numbers, or because its file was changed back."""
    is_nearer = on_file.authority is Authority.TAKES_OVER
    return is_nearer or _is_from_its_file(document, there) or _is_older(there, document)


def _is_from_its_file(document: Document, there: Article) -> bool:
    return document.origin == there.origin and has_stable_origin(document)


# -- not shown


def _decide_killed(document: Document, on_file: KnownArticle) -> Decision:
    reason = f"{KILL_REASON}: {document.note}" if document.note else KILL_REASON
    hidden, is_there = on_file.hidden, bool(on_file.article or on_file.hidden)
    # The text of a kill is a notice to editors, and the same for many kills.
    notice = replace(document, text="")
    if hidden and hidden.state == "withdrawn":
        reason, kept = hidden.reason or reason, _new_keys(on_file)
    elif not is_there:
        kept = _history(on_file, notice, state="withdrawn", reason=reason)
    elif on_file.authority is Authority.TAKES_OVER:
        # Another source brought the article: store its publisher's withdrawal beside it.
        kept = _history(on_file, notice, state="withdrawn", reason=reason, demoted_to="withdrawn")
    else:
        kept = _history(on_file, demoted_to="withdrawn", reason=reason)
    return Decision(status="withdrawn", article_id=on_file.article_id, history=kept, reason=reason)


def _stay_withdrawn(document: Document, on_file: KnownArticle, hidden: HiddenVersion) -> Decision:
    """Keep out a document whose article was withdrawn; store it in the history, so that its text is
    recognised from now on."""
    kept = _new_keys(on_file)
    if document.text_sha not in on_file.texts:
        kept = _history(on_file, document, state="withdrawn", reason=hidden.reason)
    return Decision(
        status="withdrawn", article_id=on_file.article_id, history=kept, reason=hidden.reason
    )


def _late_version(document: Document, on_file: KnownArticle) -> Decision:
    """Store a version that arrives after a later one in the history only."""
    there, kept = on_file.article, _new_keys(on_file)
    is_there = there is not None and there.text_sha == document.text_sha
    if not is_there and document.text_sha not in on_file.texts:
        kept = _history(on_file, document)
    status: Status = "unchanged" if there else "withheld"
    reason = on_file.hidden.reason if on_file.hidden else None
    return Decision(status=status, article_id=on_file.article_id, history=kept, reason=reason)


def _decide_withheld(document: Document, on_file: KnownArticle) -> Decision:
    pending, kept, reason = on_file.hidden, _new_keys(on_file), _why_withheld(document)
    if not (pending and pending.state == "withheld" and _is_same(document, pending.document)):
        number = _number(document, on_file)
        is_other = on_file.article or (pending and pending.number != number)
        kept = _history(
            on_file,
            document,
            number=number,
            state="withheld",
            release_at=document.embargo,
            reason=reason,
            demoted_to="earlier" if is_other else None,
        )
    return Decision(status="withheld", article_id=on_file.article_id, history=kept, reason=reason)


def _why_withheld(document: Document) -> str:
    """Say until when nothing may be shown, with the publisher's note to editors."""
    why = "withheld by its publisher"
    if document.embargo:
        why = f"under embargo until {document.embargo.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{why}: {document.note}" if document.note else why


def _is_same(one: Document, other: Document) -> bool:
    return replace(one, origin=other.origin) == other


def _history(on_file: KnownArticle, document: Document | None = None, **how: Any) -> HistoryUpdate:
    number = on_file.number + 1 if document else 0
    known = {"article_id": on_file.article_id, "keys": on_file.new_keys, "document": document}
    return HistoryUpdate(**{"number": number} | known | how)
