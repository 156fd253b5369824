"""Judge each quotation of a draft by what is in print. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from bot.desk.alignment import Change, Comparison, Difference
from bot.desk.draft import Quoted
from bot.desk.speakers import PrintedArticle, is_chain_lost, is_force_changed, is_same_speaker
from bot.desk.words import Word, text_words, weight
from bot.languages.table import printed_words
from bot.model import Claim, Span
from bot.search.engine.words import stem
from bot.text.spans import overlap

Finding = Literal[
    "altered", "another_speaker", "source_gone", "chain_lost", "force_changed", "not_sure",
    "not_found", "paraphrase", "word_for_word",
]  # fmt: skip
"""What is said of a quotation, the worst first."""
FINDINGS: Sequence[Finding] = get_args(Finding)
CHANGES: Sequence[Change] = get_args(Change)
NEAR_SCORE = 0.03
"""How much less than the best another printed wording may score to be preferred for its speaker."""
MIN_HALF, MIN_SHARE, MIN_SAME = 0.5, 0.6, 0.75
"""The share of a paraphrase's weight that a passage must have to be about the same, and to be
surely the same."""


MAX_JOINED_SCORE = 0.62
"""A quotation of which one passage has more is not made of two."""
MIN_PART, MAX_ADDED = 3, 2
"""The fewest words of each part of a joined quotation, and the most between them: "and"."""
MIN_FACT_WEIGHT, MIN_CHAIN_WEIGHT = 2.4, 3.5
"""What the draft says in its own voice must have more in common with print, the more so if only its
source is missing."""


class GoneSource(NamedTuple):
    """An article whose words are no longer shown, or not yet: "earlier", "withdrawn" or
    "withheld", with the outlet."""

    state: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """What is found about one quotation or paraphrase of a draft.

    `finding` is the worst of `findings`. `printed` are the offsets of the nearest wording in the
    article, and `claim` the claim there.
    """

    quoted: Quoted
    findings: tuple[Finding, ...]
    article: PrintedArticle | None = None
    claim: Claim | None = None
    printed: Span = (0, 0)
    differences: tuple[Difference, ...] = ()
    gone: GoneSource | None = None
    is_quoted: bool = True

    @property
    def finding(self) -> Finding:
        """The worst that is found."""
        return self.findings[0]

    @property
    def change(self) -> Change | None:
        """The worst difference."""
        changes = [difference.change for difference in self.differences]
        return min(changes, key=CHANGES.index, default=None)


def is_shown(row: Row) -> bool:
    """Whether a row is shown: what the draft says in its own voice, only if it is in print and
    differs."""
    shown = "altered", "chain_lost", "force_changed"
    return row.quoted.kind != "fact" or row.finding in shown


class Judge(NamedTuple):
    """Judges the quotations of one draft. `canonical` maps names to their speakers'."""

    draft: str
    canonical: Mapping[str, str]

    def judge(self, quoted: Quoted, articles: Sequence[PrintedArticle]) -> Row:
        """Return the best row that any of these articles allows."""
        rows = [self._row(quoted, article) for article in articles]
        found = [row for row in rows if row]
        if quoted.kind == "quotation" and (joined := self._joined(quoted, articles, found)):
            return joined
        if not found:
            return Row(quoted, ("not_found",))
        best = max(score for score, _ in found)
        near = [row for score, row in found if score >= best - NEAR_SCORE]
        return max(near, key=lambda row: FINDINGS.index(row.finding))

    def _row(self, quoted: Quoted, article: PrintedArticle) -> tuple[float, Row] | None:
        if quoted.kind != "quotation":
            loose = self._loose_row(quoted, article)
            if quoted.kind == "fact" or (loose and loose[0] >= MIN_SAME):
                return loose
            return self._reordered_row(quoted, article) or loose
        comparison = article.text.compare(quoted.words)
        if comparison is None:
            return None
        claim = claim_at(comparison.printed, article.claims)
        findings: list[Finding] = ["altered"] if comparison.differences else []
        findings += self._speaker_findings(quoted, claim, article)
        row = Row(
            quoted,
            _sorted(findings, "word_for_word"),
            article,
            claim,
            comparison.printed,
            comparison.differences,
            is_quoted=comparison.is_quoted,
        )
        return comparison.score, row

    def _speaker_findings(
        self, quoted: Quoted, claim: Claim | None, article: PrintedArticle
    ) -> Iterable[Finding]:
        if claim is None:
            yield "not_sure"
            return
        place = self.draft[slice(*quoted.place)]
        lost = is_chain_lost(quoted.claim, claim, article, place)
        same = is_same_speaker(quoted.claim, claim, self.canonical, article)
        if same is False:
            yield "another_speaker"
        if lost:
            yield "chain_lost"
        elif same is None:
            yield "not_sure"
        if is_force_changed(quoted.claim, claim):
            yield "force_changed"

    def _joined(
        self,
        quoted: Quoted,
        articles: Sequence[PrintedArticle],
        found: Sequence[tuple[float, Row]],
    ) -> Row | None:
        """Return the row of two quotations from different places that were made one."""
        if any(score > MAX_JOINED_SCORE for score, _ in found):
            return None
        words = [word for word in quoted.words if word.key.isalnum() or "'" in word.key]
        size = _longest(words, articles)
        rests = [words[size + added :] for added in range(MAX_ADDED + 1)]
        rest = next((one for one in rests if any(a.text.contains(one) for a in articles)), [])
        if min(size, len(rest)) < MIN_PART:
            return None
        home = next(one for one in articles if one.text.contains(words[:size]))
        comparison = home.text.compare(words[:size])
        if comparison is None:
            return None
        end = comparison.printed[1]
        joint = Difference("joined", (rest[0].start, rest[-1].end), (end, end))
        claim = claim_at(comparison.printed, home.claims)
        findings = ["altered", *self._speaker_findings(quoted, claim, home)]
        return Row(quoted, _sorted(findings), home, claim, comparison.printed, (joint,))

    def _reordered_row(self, quoted: Quoted, article: PrintedArticle) -> tuple[float, Row] | None:
        """Return the row of a paraphrase that has most of a claim of the same speaker, in any
        order, if it changes a figure or drops a doubt."""
        words, own = quoted.words, {stem(word.key) for word in quoted.words}
        plain = [word for word in words if not word.is_figure]
        figures = {word.key for word in words if word.is_figure}
        total = sum(weight(word.key) for word in plain) or 1.0
        for claim in article.claims:
            if not is_same_speaker(quoted.claim, claim, self.canonical, article):
                continue
            printed = text_words(claim.text)
            stems = {stem(word.key) for word in printed}
            score = sum(weight(word.key) for word in plain if stem(word.key) in stems) / total
            if score < MIN_SHARE:
                continue
            span = claim.spans[0][0], claim.spans[-1][1]
            others = {word.key for word in printed if word.is_figure}
            if others - figures and not figures <= {word.key for word in article.text.words}:
                change = (Difference("figure", quoted.span, span),)
                return score, Row(quoted, ("altered",), article, claim, span, change)
            if stems & printed_words.DOUBTFUL and not own & printed_words.DOUBTFUL:
                return score, Row(quoted, ("force_changed",), article, claim, span)
        return None

    def _loose_row(self, quoted: Quoted, article: PrintedArticle) -> tuple[float, Row] | None:
        """Return the row of what a draft says in its own words."""
        comparison = article.text.compare_loosely(quoted.words)
        is_fact = quoted.kind == "fact"
        if comparison is None or (is_fact and comparison.same_weight < MIN_FACT_WEIGHT):
            return None
        score, claim = comparison.score, claim_at(comparison.printed, article.claims)
        findings: list[Finding] = []
        differences = comparison.differences
        if _is_denied(quoted.claim) or _is_denied(claim):
            differences = tuple(one for one in differences if one.change != "negation")
        findings += ["force_changed" if one.change == "doubt" else "altered" for one in differences]
        if claim and quoted.kind == "paraphrase":
            findings += self._speaker_findings(quoted, claim, article)
            if score < MIN_SAME and {"another_speaker", "chain_lost"} & {*findings}:
                findings = [*({*findings} - {"another_speaker", "chain_lost"}), "not_sure"]
        elif claim and _has_most(comparison, claim):
            place = self.draft[slice(*quoted.place)]
            findings += ["chain_lost"] * bool(is_chain_lost(None, claim, article, place))
        kept: Finding = "paraphrase" if score >= MIN_SHARE else "not_found"
        if article.text.contains(quoted.words):
            kept = "word_for_word"
        if quoted.kind == "paraphrase" and kept == "not_found" and not differences:
            findings = []
        changes = tuple(one for one in differences if one.change != "doubt")
        row = Row(quoted, _sorted(findings, kept), article, claim, comparison.printed, changes)
        return score, row


def _has_most(comparison: Comparison, claim: Claim) -> bool:
    """Whether a passage that is like one of a draft has most of a claim, and little else."""
    content = sum(weight(word.key) for word in text_words(claim.text))
    start, end = comparison.printed
    within = overlap((comparison.printed,), claim.spans)
    least = max(MIN_HALF * content, MIN_CHAIN_WEIGHT)
    return comparison.same_weight >= least and within >= MIN_SAME * (end - start)


def _is_denied(claim: Claim | None) -> bool:
    return claim is not None and (claim.negative or claim.stance == "denied")


def _sorted(findings: Iterable[str], otherwise: Finding = "not_sure") -> tuple[Finding, ...]:
    return tuple(one for one in FINDINGS if one in findings) or (otherwise,)


def claim_at(span: Span, claims: Sequence[Claim]) -> Claim | None:
    """Return the attribution that has most of a printed span, the shortest of several."""
    shares = [
        (overlap((span,), claim.spans), -sum(end - start for start, end in claim.spans), claim)
        for claim in claims
        if claim.kind == "attribution"
    ]
    most = max((share for share, _, _ in shares), default=0)
    if most * 2 < span[1] - span[0]:
        return None
    near = [one for one in shares if one[0] >= 0.9 * most]
    return max(near, key=lambda one: one[1])[2]


def _longest(words: Sequence[Word], articles: Sequence[PrintedArticle]) -> int:
    """Return how many of the first words are printed in one article, in sequence."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if any(article.text.contains(words[:middle]) for article in articles):
            low = middle
        else:
            high = middle - 1
    return low
