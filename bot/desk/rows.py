"""Judge each quotation of a draft by what is in print. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from bot.desk.alignment import Change, Difference, PrintedText
from bot.desk.draft import Quoted
from bot.desk.people import is_chain_lost, is_force_changed, is_same_speaker
from bot.desk.words import Word, negation_count, text_words, weight
from bot.languages.table import printed_words
from bot.model import ArticleCard, Claim, Span
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
MIN_PARAPHRASE, NEAR_PARAPHRASE = 0.6, 0.75
"""The share of a paraphrase's weight that a printed claim must have to be about the same, and to
differ from it in a figure or a negation alone."""


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article with its words and its attributions."""

    card: ArticleCard
    text: PrintedText
    claims: Sequence[Claim]


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
        if quoted.kind == "paraphrase":
            return self._paraphrase_row(quoted, article)
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
        lost = is_chain_lost(quoted.claim, claim, article.card.outlet, place)
        if lost:
            yield "chain_lost"
        else:
            same = is_same_speaker(quoted.claim, claim, self.canonical, article.text.text)
            if same is False and lost is False:
                yield "another_speaker"
            elif not same:
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
        if any(not row.differences for _, row in found):
            return None
        words = [word for word in quoted.words if word.key.isalnum() or "'" in word.key]
        size = _longest(words, articles)
        rest = words[size:]
        if min(size, len(rest)) < 3 or not any(one.text.contains(rest) for one in articles):
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

    def _paraphrase_row(self, quoted: Quoted, article: PrintedArticle) -> tuple[float, Row] | None:
        scored = [(_share(quoted.words, claim.text), claim) for claim in article.claims]
        score, claim = max(scored, key=lambda one: one[0], default=(0.0, None))
        if claim is None or score < MIN_PARAPHRASE:
            return None
        others = text_words(claim.text)
        findings: list[Finding] = []
        differences: tuple[Difference, ...] = ()
        span = claim.spans[0][0] if claim.spans else 0, claim.spans[-1][1] if claim.spans else 0
        if change := _paraphrase_change(quoted, claim, others, score):
            findings.append("force_changed" if change == "force" else "altered")
            if change != "force":
                differences = (Difference(change, quoted.span, span),)
        if claim.kind == "attribution":
            findings += self._speaker_findings(quoted, claim, article)
            if score < NEAR_PARAPHRASE and "another_speaker" in findings:
                findings = ["not_sure"]  # they may only speak of the same
        kept: Finding = "word_for_word" if article.text.contains(quoted.words) else "paraphrase"
        return score, Row(quoted, _sorted(findings, kept), article, claim, span, differences)


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


def _share(words: Sequence[Word], text: str) -> float:
    """Return the share of the words' weight that a text has, in any order and form."""
    total = sum(weight(word.key) for word in words)
    known = {stem(word.key) for word in text_words(text)}
    return sum(weight(word.key) for word in words if stem(word.key) in known) / (total or 1.0)


def _paraphrase_change(
    quoted: Quoted, claim: Claim, others: Sequence[Word], score: float
) -> Literal["figure", "negation", "force"] | None:
    """Return what a paraphrase changes, if all else is much the same."""
    mine, theirs = ({word.key for word in words} for words in (quoted.words, others))
    figures = [{word.key for word in words if word.is_figure} for words in (quoted.words, others)]
    plain = [word for word in quoted.words if not word.is_figure]
    if figures[0] - figures[1] and figures[1] - figures[0]:
        return "figure" if _share(plain, claim.text) >= NEAR_PARAPHRASE else None
    if score < NEAR_PARAPHRASE:
        return None
    denials = [
        negation_count(words) + bool(one and (one.negative or one.stance == "denied"))
        for words, one in ((quoted.words, quoted.claim), (others, claim))
    ]
    if denials[0] % 2 != denials[1] % 2:
        return "negation"
    was_doubtful = theirs & printed_words.DOUBTFUL and not mine & printed_words.DOUBTFUL
    return "force" if was_doubtful and mine & printed_words.FIRM else None
