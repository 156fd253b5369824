"""The frozen values that travel between the rooms. Standard library only.

Document → Article → Extraction (Attribution, Statement) → Claim → Hit → Answer, and Digest.

A span is a half-open pair of code point offsets into `Article.text`; a tuple of spans is sorted
and its spans do not overlap. All datetimes are aware and in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple

Span = tuple[int, int]
Spans = tuple[Span, ...]

ClaimKind = Literal["attribution", "statement", "passage"]
"""A passage is a paragraph of an article in a language that the extractor does not know: text to
search in, in which nobody has looked for claims."""
AttributionType = Literal["direct", "indirect", "mixed"]
SourceKind = Literal["named", "described", "unnamed", "none"]
Stance = Literal["said", "claimed", "denied", "confirmed", "warned", "believes", "ordered", "asked"]
PubStatus = Literal["usable", "withheld", "canceled"]
"""IPTC's words (cv.iptc.org/newscodes/pubstatusg2): to be shown, not to be shown until further
notice, and never again."""

FeedAdder = Literal["config", "slack", "cli"]
FeedState = Literal["active", "paused", "gone", "unlisted"]
"""One that is unlisted was in feeds.yml and is there no more: all that is known of it waits for it
to come back."""

GoneReason = Literal["changed", "withdrawn", "withheld", "removed", "corrected"]
"""Its article's present version has not got the claim; its publisher took the article back, or
holds it back for now; somebody here took it out; people found it to be no claim."""

CorrectionState = Literal["suggested", "accepted", "declined", "undone"]
RulingKind = Literal["accepted", "declined", "undone"]

ShareKind = Literal["share", "cite"]

Pace = Literal["at_once", "hourly", "daily"]
WatchState = Literal["active", "paused", "ended"]

PIECE_SEPARATOR = " … "


def pieces(text: str, spans: Spans) -> str:
    """Print the spans of a text, pieces joined by " … " as the bot shows them."""
    return PIECE_SEPARATOR.join(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it came in, with what is known of it; what is not known is None.

    `origin` says where it came from (a path or an address, and "#" with the place in it where it
    holds several), `text` is kept to the character. `published` is the
    date or date-time as the outlet printed it, in ISO 8601 and the outlet's own zone;
    `published_on` is its calendar day, `published_at` the instant, where one is known.
    `guid` is the publisher's own id of the story, the same in all of its versions; `revision` is
    the publisher's number of this version and `modified_at` when it was made. Before `embargo`
    the document may be found nowhere. `excerpt` says that the text is only what a feed gives of
    it, and `note` is what the publisher tells editors ("CORRECTS spelling of name").
    One that is `canceled` may come without a text.
    """

    origin: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    url: str | None = None
    language: str | None = None
    sample: bool = False
    guid: str | None = None
    revision: int | None = None
    modified_at: datetime | None = None
    status: PubStatus = "usable"
    embargo: datetime | None = None
    excerpt: bool = False
    note: str | None = None

    @property
    def text_sha(self) -> str:
        """SHA-256 of the text's UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Document):
    """A document that has been filed under an id.

    `version` counts from 1 what its publisher has made of it, in the order in which it came;
    `copy_of` is the id of the article that printed much the same text first.
    """

    id: str
    version: int = 1
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content: who said what, with which word.

    `speaker` is the best guess at the person or body behind `source` (None: nobody is given);
    `via` names who stands between the speaker and the article, nearest to the speaker first;
    `inside` is the id of the attribution whose content holds this one. `negative` marks what was
    not said ("declined to comment"). `said_on` is the day on which it was said, where the text
    gives one; `said_on_inferred` says that its year is a guess.
    `unsure` says that the source is a guess: it is shown as the nearest in the text, not as who
    said it. `confidence` is the probability that content and source are right.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    type: AttributionType
    speaker: str | None
    source_kind: SourceKind
    stance: Stance = "said"
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    unsure: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence in the article's own voice; `near` is the id of the nearest attribution of the
    same passage, which is context and never the source. `checkable` says how well it can be
    checked, from 0 to 1."""

    content: Spans
    near: str | None = None
    checkable: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was found in one article, in reading order.

    `paragraphs` are all of the article's, headings and furniture included.
    """

    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    paragraphs: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The attribution nearest to a statement, or to which "this" points: `speaker` said `text`.

    `report` is the outlet in whose report both seem to stand. Context only, never the source.
    """

    speaker: str
    text: str
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An attribution or a statement, filed for search.

    `text` is the content as printed, pieces joined by " … "; `source` and `cue` are as printed, and
    stand at `source_spans` and `cue_spans`, where that is known. `outer_cue` is the cue of the
    claim that this one is `inside`, where that one denies, asks or believes it, and does not vouch
    for it.
    A claim that was made elsewhere and imported has no `spans`, and may carry its maker's own
    reference in `ref`. `paragraph` counts from 1. `type` is None for statements, and for imported
    attributions whose type is not known. `known_as` is the name that stands for the speaker in all
    articles, where this one prints less of it. `confidence` is that of an attribution,
    `checkable` how well a statement of an article can be checked. `corrected` says that people
    have mended what was found, here or in another claim whose new name or words stand here.
    `printed` is a hash of the sentences that print it, None where it is not known.
    """

    id: str
    article_id: str
    kind: ClaimKind
    text: str
    spans: Spans = ()
    paragraph: int | None = None
    ref: str | int | None = None
    type: AttributionType | None = None
    speaker: str | None = None
    source: str | None = None
    cue: str | None = None
    source_kind: SourceKind = "none"
    stance: Stance | None = None
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    near: Near | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    unsure: bool = False
    confidence: float = 1.0
    checkable: float | None = None
    corrected: bool = False
    known_as: str | None = None
    source_spans: Spans = ()
    cue_spans: Spans = ()
    outer_cue: str | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The printed sentences in which a claim stands.

    `spans` are whole sentences of the article's text, in order; `text` is what they print, with
    " […] " between two that do not follow on each other. `source`, `cue` and `content` are spans of
    `text`; the cue has the words with it that negate it ("did not dispute"). `via` are those of
    whoever passed it on, where they stand in a sentence before. `introduction` is the name of its
    speaker with what the article says of them, wherever it says it: "Sun Yun, the director".
    """

    spans: Spans
    text: str
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    via: Spans = ()
    introduction: str | None = None


class Entry(NamedTuple):
    """What the search index needs to know of a claim."""

    claim_id: str
    article_id: str
    text: str
    speaker: str | None = None
    source: str | None = None
    cue: str | None = None
    outlet: str | None = None
    published_on: date | None = None
    kind: ClaimKind = "attribution"
    type: AttributionType | None = None
    source_kind: SourceKind = "none"
    stance: Stance | None = None
    via: Sequence[str] | None = None
    language: str | None = None
    title: str | None = None
    negative: bool = False
    roles: Sequence[str] | None = None
    """What its article says that the speaker is, as printed."""


class Headline(NamedTuple):
    """What the search index needs to know of an article; `opening` is how its text begins."""

    article_id: str
    title: str | None = None
    opening: str = ""
    outlet: str | None = None
    byline: str | None = None
    published_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """What an answer shows of an article: all but its text."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    published_on: date | None
    url: str | None
    sample: bool
    opening: str
    """The article's first words, by which an untitled one is shown."""
    language: str | None = None
    copy_of: str | None = None
    """The id of the article that printed much the same text first."""
    version: int = 1
    modified_at: datetime | None = None
    excerpt: bool = False
    corrected: bool = False
    """Whether people have corrected its title, outlet or date."""

    @property
    def family(self) -> str:
        """What an article and its copies have in common: the id of the first of them."""
        return self.copy_of or self.id

    @classmethod
    def of(cls, article: Article) -> ArticleCard:
        """The card of an article whose text is at hand: without its first words."""
        names = (one.name for one in fields(cls) if one.name not in ("opening", "corrected"))
        return cls(opening="", **{name: getattr(article, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched: how many articles and claims, published from when to when."""

    articles: int
    claims: int
    first: date | None
    last: date | None
    undated: int = 0
    """Articles without a publication date; a date filter never matches them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One claim that answers a query. `matched` are spans of `claim.text` to show in bold, and
    `matched_in_passage` those of its passage; a claim that was made elsewhere has no passage."""

    claim: Claim
    article: ArticleCard
    score: float
    matched: Spans = ()
    by_meaning: bool = False
    """Whether it was found by its meaning alone, without the words asked for."""
    passage: Passage | None = None
    matched_in_passage: Spans = ()
    role: str | None = None
    """What its article says elsewhere that the speaker is, where that was asked for."""


DisputeOrder = Literal["earlier", "later", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The other side of a dispute, as one of the two rows has it.

    `is_denial` says that `hit` denies the row; else the row denies `hit`. `half` has the words of
    the denied side that are denied, where that is only a part of it. `order` says when `hit` was
    published, compared with the first report of the row.
    """

    hit: Hit
    is_denial: bool
    half: str | None = None
    order: DisputeOrder = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The claims of an answer that report one statement, the first report first, and its disputes
    with other claims of the answer. `beside` are the other rows that are shown with it: their first
    claims stand in one sentence with its own."""

    hits: tuple[Hit, ...]
    disputes: tuple[Dispute, ...] = ()
    beside: tuple[Row, ...] = ()

    @property
    def shown(self) -> tuple[Hit, ...]:
        """The claims that have a who-line of their own: the first of it, and of those beside."""
        return (self.hits[0], *(row.hits[0] for row in self.beside))


class Holder(NamedTuple):
    """Somebody who has a role in articles: how many claims of an answer are theirs in it, and from
    when to when these were published."""

    name: str
    claims: int
    first: date | None = None
    last: date | None = None


class Role(NamedTuple):
    """A role that was asked for, as typed, and who has it, the one with most claims first."""

    typed: str
    holders: tuple[Holder, ...]


class Count(NamedTuple):
    """One value of a facet, and how many of the claims that were found have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The claims that a query finds, counted by who spoke, where, in which month ("2022-12") and
    how; the commonest values of each first."""

    speaker: tuple[Count, ...] = ()
    outlet: tuple[Count, ...] = ()
    month: tuple[Count, ...] = ()
    type: tuple[Count, ...] = ()

    def named(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """The facets, each with its name."""
        return tuple((name, getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One sentence of a pasted passage, and the claims that say much the same, the best first."""

    sentence: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one query.

    `read_as` is the query as it was read, in the query language; `corrections` are the (typed,
    read) pairs of words that were taken for slips. `undated_left_out` counts the articles that a
    date filter could not judge. `suggestions` are queries that would find something; `offers` those
    in which words of the language are read as others, where nothing is found as typed. `also_read`
    are other readings of a mistyped query that some of the claims answer; `loose` says that no
    claim holds all of the words, and that the hits hold most of those that say something, or half
    of many. `is_question` says that the query was a question, and read as `read_as`; `close` that
    the hits come closest to a text, and may say something else.
    `language` is that of a query in another language than the articles', of which only names and
    figures were searched. Where nothing is found, `missing` are the (operator, value) pairs that
    the archive does not have, and `without` the filters without which so many claims are found.
    `took_ms` runs from the query's text to the ranked claim ids. `behind` says that the index has
    not come to the store's state, and `rebuilding` that it is being built anew, so that claims may
    be missing. `facets` are counted where they were asked for. Of a passage of several sentences,
    `sections` answer each that found something, the best first; `hits` are all of theirs, and
    `total` is the number of the sections; what follows the first fifty sentences is left out and
    counted in `sentences_left_out`; `unfound` are those of the others that found nothing. `rows`
    hold the best hits of all, however few are in `hits`, those that report one statement together;
    where an answer is paged by rows, `hits` are the first of each, and `row_count` says how many
    there are in all. `roles` say who has those that `by:` asks for. `articles` are, on the first
    page, the best of those that the query is about, by their titles; `has_more_articles` says that
    there are others.
    """

    query: str
    read_as: str
    total: int
    hits: tuple[Hit, ...]
    searched: Coverage
    took_ms: float
    corrections: tuple[tuple[str, str], ...] = ()
    undated_left_out: int = 0
    suggestions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    also_read: tuple[str, ...] = ()
    loose: bool = False
    is_question: bool = False
    close: bool = False
    language: str | None = None
    missing: tuple[tuple[str, str], ...] = ()
    without: tuple[tuple[str, int], ...] = ()
    behind: bool = False
    rebuilding: bool = False
    facets: Facets | None = None
    sections: tuple[Section, ...] = ()
    sentences_left_out: int = 0
    unfound: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    row_count: int = 0
    roles: tuple[Role, ...] = ()
    articles: tuple[ArticleCard, ...] = ()
    has_more_articles: bool = False

    @property
    def nearest(self) -> tuple[str, ...]:
        """Where nothing is found, the queries that would find something, the nearest first."""
        return tuple(dict.fromkeys((*self.offers, *self.suggestions)))

    @property
    def was_read(self) -> bool:
        """Whether what was typed is not what was searched for, but read as that."""
        return self.is_question or bool(self.corrections)

    @property
    def length(self) -> int:
        """How many rows, or sentences of a passage, there are to page through."""
        return self.row_count or self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The paragraph that a claim stands in, with the claim's own part as spans of it.

    `before` and `after` are the neighbouring paragraphs, None at the article's ends.
    """

    hit: Hit
    paragraph: str
    marked: Spans
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A claim that a person posts, as it is shown or cited: into which channel, by whom.

    `press` is the ts of the message whose button it was: the same press twice is one share. One
    that stood in a thread is shared into it, `thread_ts`.
    """

    team: str
    channel: str
    press: str
    claim_id: str
    person: str
    thread_ts: str | None = None
    kind: ShareKind = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Why a claim is not there any more, since which day (UTC). `outlet` is whose article it was,
    where that is known."""

    reason: GoneReason
    on: date
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A claim of a message that has been posted, as it stands by now: the `hit`, which may have
    `changed` since, or why it is `gone`. Neither, where it is gone and nothing is known of it. Of a
    correction of an article, its `card` as it reads."""

    hit: Hit | None = None
    changed: bool = False
    gone: Gone | None = None
    card: ArticleCard | None = None

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it may be shown any more."""
        return self.hit is None and self.card is None


class Marked(NamedTuple):
    """Words of an article's text, each piece with its span; of words whose place is not known
    there are no `spans`."""

    spans: Spans
    words: tuple[str, ...]

    def __str__(self) -> str:
        return PIECE_SEPARATOR.join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person has decided about a correction, when, and why, where they say so."""

    ruling: RulingKind
    person: str
    person_name: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says of a claim or an article that is to be read instead of what was found.

    `changes` are by the claim's field how it should read, and `before` the same fields as they read
    when it was suggested: "speaker" (a str, None: nobody is given), "source", "cue" and "content"
    (Marked; a source or cue that no words give is None), "type", "stance", "source_kind", "kind"
    ("attribution" or "statement"), and "rejected" (True: it is no claim). Of an article, whose id
    then stands as `claim_id`, they are "title", "outlet" and "published" (a day in ISO 8601), each
    None where it is not known. `press` is of the modal: sent twice, it is one. `others` are the
    claims of other articles that it applies to as well, decided and undone together with it; each
    of these has a correction of its own, `made_with` this one. `rulings` are in their order, and
    the last says the `state`; `number` is that of the store's change with which it was accepted, if
    it stands: of two that mend one field the later counts. One that `waits` stands, but the present
    version of its article has not got its words.
    """

    id: str
    team: str
    press: str
    claim_id: str
    article_id: str
    changes: Mapping[str, Any]
    before: Mapping[str, Any]
    reason: str
    person: str
    person_name: str
    suggested_at: datetime
    state: CorrectionState = "suggested"
    number: int | None = None
    rulings: tuple[Ruling, ...] = ()
    waits: bool = False
    made_with: str | None = None
    others: tuple[str, ...] = ()

    @property
    def is_of_article(self) -> bool:
        """Whether it mends an article's title, outlet or date, and no claim."""
        return self.claim_id == self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """A claim, as a `hit` of no query, with what a person needs to mend it.

    `paragraph` is the text of those that it runs over, from `start` in the article on; `words` are
    its words as spans of the article's text. `source`, `cue` and `content` are ranges of `words`
    (half-open), as they read now; none where they stand elsewhere or nowhere. `speakers` are those
    whom the article quotes, the most quoted first. A claim that was made elsewhere has no words.
    """

    hit: Hit
    paragraph: str
    start: int
    words: Spans
    source: Spans
    cue: Spans
    content: Spans
    speakers: tuple[str, ...]

    @property
    def claim(self) -> Claim:
        """The claim as it reads."""
        return self.hit.claim

    @property
    def article(self) -> ArticleCard:
        """Its article's card."""
        return self.hit.article


NameRulingKind = Literal["merged", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRuling:
    """What somebody has said of names: that they are one speaker's, or never are.

    Of those `merged` there is one side, and its first name stands for all. Of those `split` no
    name of one side is that of a speaker on another. `press` tells one asking from the next: the
    same press twice is one ruling. `undone_by` is who took it back, at `undone_at`.
    """

    id: str
    team: str
    press: str
    kind: NameRulingKind
    sides: tuple[tuple[str, ...], ...]
    person: str
    person_name: str
    ruled_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often somebody is quoted: claims by the form of their content, copies of an article
    counted once; `total` also has those of which no form is known. `denials` are among them, in
    whatever form, and so are `refusals`, of which no form is counted; `articles` are those they
    stand in, published from `first` to `last`."""

    total: int
    direct: int = 0
    mixed: int = 0
    indirect: int = 0
    denials: int = 0
    refusals: int = 0
    articles: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a speaker is, as articles have it.

    `name` stands for them, `aliases` are the other names that articles print, `descriptions` what
    these print beside a name, word for word, each with one article that does, the newest first.
    `hits` are what they said lately, and `about` the words that mark what they talk about against
    everybody else's, each with how many of their claims hold it. `rulings` are those in force that
    people have made of these names. `read_from` is what was typed, where that was taken for a slip.
    """

    name: str
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, ArticleCard], ...] = ()
    tally: Tally
    about: tuple[Count, ...] = ()
    hits: tuple[Hit, ...] = ()
    rulings: tuple[NameRuling, ...] = ()
    read_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWants:
    """What a channel wants of its digest beside its hour.

    `days` are weekdays by ISO 8601 (1 is Monday), none of them meaning all. `topics` are queries
    whose claims have a section of their own; with `outlets` only claims of these are shown.
    `claims` is how many are shown (5, 10 or 20; None: as settings say), `language` that of its
    dates, by its code in BCP 47. None is posted on the local day `skip`, nor before the local day
    `paused_until`.
    """

    days: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    claims: int | None = None
    language: str = "en"
    skip: date | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's daily digest: at which local time of which zone, and who set it.

    Posting times up to `since`, when it was set as it is, do not count. It is on since `begun`
    (None: since then too). Where it was `stopped`, since nothing can be posted in its channel, that
    is Slack's code for why, and none is posted until it is set again.
    """

    team: str
    channel: str
    at: time
    zone: str
    person: str
    since: datetime
    wants: DigestWants = DigestWants()
    begun: datetime | None = None
    stopped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A search that tells of new claims.

    People call it by `number`, which no other one of its workspace has. It tells in `channel`;
    where that is its person's id, in a direct message. `pace` says how often, and `at` is the local
    time of `zone` of those that are daily. In its `quiet` hours, from the first local time to the
    second, it tells nothing. `fired` counts the statements that it has found, the last at
    `fired_at`; what had come before `made_at` it does not tell.
    """

    id: str
    number: int
    team: str
    person: str
    channel: str
    query: str
    zone: str
    made_at: datetime
    pace: Pace = "at_once"
    at: time | None = None
    quiet: tuple[time, time] | None = None
    state: WatchState = "active"
    fired: int = 0
    fired_at: datetime | None = None

    @property
    def is_private(self) -> bool:
        """Whether it tells its person alone."""
        return self.channel == self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address where an outlet lists its newest articles, and how polling it goes.

    `id` is a hash of the address that it was `added_as`; it is polled at `url`, which follows
    where the outlet moves it. `outlet` and `language` are what the newsroom says; `title` is the
    feed's own. With `full_text`, the pages of its excerpts are read too. `person` owns it, and
    hears when it breaks. `etag` and `last_modified` are what its server calls the last answer;
    `failing_since`, `failures` (in a row) and `failure` (why) are set while it cannot be read, and
    `told_at` is when its owner last heard so. `kept_out` counts what it has listed, and what stayed
    out because it had been taken back.
    """

    id: str
    url: str
    added_as: str
    added_by: FeedAdder
    added_at: datetime
    interval_seconds: int
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    full_text: bool = False
    team: str | None = None
    person: str | None = None
    state: FeedState = "active"
    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    fresh_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    failure: str | None = None
    told_at: datetime | None = None
    kept_out: int = 0

    @property
    def label(self) -> str:
        """What people know it by."""
        # What follows the path of an address may be secret, and people are shown this.
        return self.outlet or self.title or self.url.partition("?")[0]


DigestKind = Literal[
    "most_reported", "disputed", "topic", "new_voices", "numbers", "unnamed", "more", "changes"
]
"""What a section of a digest holds: statements of several outlets; those that somebody denies; what
a saved search finds; words of people who were never heard before; figures; what rests on unnamed
sources; what else there is; and claims of earlier digests that were corrected or are gone."""

ReasonKind = Literal[
    "outlets", "denied", "topic", "new_voice", "figures", "headline", "lead", "named", "described",
    "unnamed", "quoted", "partly_quoted", "said", "checkable", "fragment", "old", "not_said",
    "unsure", "within", "changed",
]  # fmt: skip


class Reason(NamedTuple):
    """What speaks for a row of a digest, or against it, and how much; `value` says of what, or how
    many, where there is something to say."""

    kind: ReasonKind
    points: float
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How many claims of some speakers came on each of several days, the latest last; `language` is
    that in which the days are printed."""

    speakers: tuple[str, ...]
    days: tuple[tuple[date, int], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRow:
    """One statement of a digest: the claim that reports it first, as it stands by now, with those
    that report it too and those that deny it, as far as they are there; `same_sentence` has others
    that are read in the sentence that it shows."""

    claim_id: str
    stands: Restated
    others: tuple[Hit, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    same_sentence: tuple[Hit, ...] = ()
    why: tuple[Reason, ...] = ()

    @property
    def statements(self) -> int:
        """How many statements are read in it."""
        return 1 + len(self.disputes) + len(self.same_sentence)

    @property
    def beside(self) -> tuple[Hit, ...]:
        """The claims that report or deny the statement too."""
        return (*self.others, *(dispute.hit for dispute in self.disputes))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """A section of a digest; `topic` is the query of one that a saved search finds."""

    kind: DigestKind
    rows: tuple[DigestRow, ...]
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The statements of the articles that arrived in [`since`, `until`), for one channel.

    `claims` and `articles` count all of them, also those beyond the rows shown, which are
    `left_out`; what several articles report counts once. `missed` are the posting times of earlier
    digests that were never posted; what arrived for them since `since` is in this one. `uncertain`
    are those of which it is not known whether Slack posted them; their claims are not. On a day
    without claims, `feeds` are read all the same, next at `next_check`. `language` is that of its
    dates, by its code; `wants` is what else its channel wanted of it.
    """

    day: date
    since: datetime
    until: datetime
    zone: str
    sections: tuple[DigestSection, ...] = ()
    claims: int = 0
    articles: int = 0
    left_out: int = 0
    missed: tuple[datetime, ...] = ()
    uncertain: tuple[datetime, ...] = ()
    feeds: int = 0
    next_check: datetime | None = None
    language: str = "en"
    wants: DigestWants = DigestWants()

    @property
    def rows(self) -> tuple[DigestRow, ...]:
        """All that it shows, in order."""
        return tuple(row for section in self.sections for row in section.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed that was asked for: how many entries it lists now, and how many of them with their
    full text; None where it was there already. `others` are the addresses of the other feeds that
    the page names."""

    feed: Feed
    entries: int | None = None
    with_full_text: int = 0
    others: tuple[str, ...] = ()
