"""What is to become of a document: shown, kept from being shown, or nothing. Pure.

Where IPTC's rules leave a choice: a kill is final, whichever version it names and whenever it
comes, until a person takes the article in again. Of what is withheld nothing is shown, neither an
earlier version. It is released at the hour that its embargo names, by a later version or by hand:
what was released by hand stays so when it comes once more as it was.
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
"""What is said of one version, and not of the next unless it says so too."""

DATE_FIELDS = ("published", "published_on", "published_at")
DESCRIPTION_FIELDS = ("title", "outlet", "byline", "language", *DATE_FIELDS)
"""What anybody may add where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a document: `shown` as an article, `kept` otherwise, or neither.

    `article_id` is that of the article that it is, or of the one for whose sake it stays out;
    `reason` says why it is not shown. One that `reinstates` is shown though it was taken back.
    """

    status: Status
    article_id: str
    shown: Article | None = None
    history: HistoryUpdate | None = None
    reason: str | None = None
    reinstates: bool = False


def decide(document: Document, on_file: KnownArticle, *, now: datetime, again: bool) -> Decision:
    """Decide about a document, given what is known of the article that it is.

    With `again`, what was taken back comes in anew; an embargo holds all the same.
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
        # The same text from who knows where does not lift its publisher's embargo.
        return Decision(status="withheld", article_id=on_file.article_id, reason=pending.reason)
    decision = _decide_shown(document, on_file)
    return replace(decision, reinstates=again and (was_withdrawn or bar is not None))


def _is_withheld(document: Document, now: datetime) -> bool:
    """Tell whether a document may not be shown yet. One that is withheld and names an hour is
    released then: so IPTC's guidelines on `embargoed`."""
    return document.embargo > now if document.embargo else document.status == "withheld"


def _is_older(document: Document, than: Document) -> bool:
    """Tell whether a document is an earlier version than another, as far as both are dated."""
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
    """Only add to an article that came from elsewhere what is not known of it."""
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
    """What a document says of an article of which it is not known; what is known of its date stays
    one. By an id, an address or a revision, who is not heard could come to be."""
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
    """The version that a document is, of an article of which nothing is shown: the one that is
    withheld, where it has that one's text, or the next."""
    pending = on_file.hidden
    if pending and pending.state == "withheld" and pending.document.text_sha == document.text_sha:
        return pending.number
    return on_file.number + 1


def _show(status: Status, article: Article) -> Decision:
    return Decision(status=status, article_id=article.id, shown=article)


def _unchanged(on_file: KnownArticle) -> Decision:
    return Decision(status="unchanged", article_id=on_file.article_id, history=_new_keys(on_file))


def _new_keys(on_file: KnownArticle) -> HistoryUpdate | None:
    """Let an article be known by what a document brings for that, if it brings anything."""
    if not on_file.new_keys:
        return None
    return HistoryUpdate(article_id=on_file.article_id, keys=on_file.new_keys)


def _with_new_metadata(there: Article, document: Document, on_file: KnownArticle) -> Article:
    """An article with what a document of the same text says of it.

    The same file may change or take away what was known, its publisher may change it, and another
    copy of it can only add.
    """
    if there.origin == document.origin and is_from_file(document):
        return replace(there, **all_metadata(document))
    if on_file.authority is Authority.TAKES_OVER:
        return _next(there, document)
    if on_file.matched_by in ("guid", "url"):
        known = known_metadata(document)
        # Two feeds may give one article two ids: the first is kept, or each would bring a change.
        return replace(there, **known | {"guid": there.guid or document.guid})
    return replace(there, **known_metadata(document) | known_metadata(there))


def _next(there: Article, document: Document) -> Article:
    """The next version of an article: what its publisher does not say anew stays known."""
    known: dict[str, Any] = all_metadata(document)
    if not _is_from_its_file(document, there):
        known = known_metadata(there) | known_metadata(document)
        known |= {name: getattr(document, name) for name in VERSION_FIELDS}
    return replace(there, **known, origin=document.origin, text=document.text)


def _is_repost_intended(document: Document, there: Article, on_file: KnownArticle) -> bool:
    """Tell whether a text that was there earlier is meant to be there again: by its publisher's
    own count, or because the file that it is from was changed back."""
    is_nearer = on_file.authority is Authority.TAKES_OVER
    return is_nearer or _is_from_its_file(document, there) or _is_older(there, document)


def _is_from_its_file(document: Document, there: Article) -> bool:
    return document.origin == there.origin and has_stable_origin(document)


# -- not shown


def _decide_killed(document: Document, on_file: KnownArticle) -> Decision:
    reason = f"{KILL_REASON}: {document.note}" if document.note else KILL_REASON
    hidden, is_there = on_file.hidden, bool(on_file.article or on_file.hidden)
    # A kill's text is a notice to editors, and like that of other kills.
    notice = replace(document, text="")
    if hidden and hidden.state == "withdrawn":
        reason, kept = hidden.reason or reason, _new_keys(on_file)
    elif not is_there:
        kept = _history(on_file, notice, state="withdrawn", reason=reason)
    elif on_file.authority is Authority.TAKES_OVER:
        # Others brought the article: that its own publisher took it back is kept beside it.
        kept = _history(on_file, notice, state="withdrawn", reason=reason, demoted_to="withdrawn")
    else:
        kept = _history(on_file, demoted_to="withdrawn", reason=reason)
    return Decision(status="withdrawn", article_id=on_file.article_id, history=kept, reason=reason)


def _stay_withdrawn(document: Document, on_file: KnownArticle, hidden: HiddenVersion) -> Decision:
    """Keep a document out whose article was taken back, in the history, where also its text is
    known again from then on."""
    kept = _new_keys(on_file)
    if document.text_sha not in on_file.texts:
        kept = _history(on_file, document, state="withdrawn", reason=hidden.reason)
    return Decision(
        status="withdrawn", article_id=on_file.article_id, history=kept, reason=hidden.reason
    )


def _late_version(document: Document, on_file: KnownArticle) -> Decision:
    """An earlier version that comes after a later one only goes into the history."""
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
    """Say until when nothing may be shown, with what the publisher tells editors."""
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
