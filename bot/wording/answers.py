"""The words for articles and answers. No I/O.

Lines consist of runs, which a terminal and Slack format in their own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.articles.sites import host_of
from bot.model import Answer, ArticleCard, Coverage, Doubt, Gone
from bot.search.language.parsing import parse
from bot.search.language.query import EXACT_SIGN, ROUGH_SIGN
from bot.text.languages import is_language_supported
from bot.wording.language_names import language_name
from bot.wording.question_line import conditions_line, either, question_line
from bot.wording.runs import Run, Runs, shorten
from bot.words import say
from bot.words.dates import period, short_date

MAX_SENTENCE_LENGTH = 160
"""Characters shown of a pasted sentence above its claims."""
MAX_UNMATCHED_LENGTH = 50
"""Characters shown of a pasted sentence without claims."""
MAX_MISSING = 4
"""Words that no claim has that are named."""
MAX_UNMATCHED = 4
"""Pasted sentences without claims that are shown."""
MAX_QUERY_LENGTH = 300
MAX_CLAIMED_OUTLET_LENGTH = 60
QUOTATION_MARK = re.compile('["“”„«»]')


# -- articles


def article_line(article: ArticleCard, *, time: str | None = None) -> Runs:
    """Return the line for an article: outlet, date, linked title, notes on its text.

    Unknown parts are left out. `time` is when in a recording a claim is made.
    """
    sample = [say("articles.sample")] if article.sample else []
    day = [short_date(article.published_on)] if article.published_on else []
    moment = [say("articles.at_time", time=time)] if time else []
    outlet = list(filter(None, [outlet_name(article)]))
    start = " · ".join([*sample, *outlet, *day, *moment])
    text_notes = "".join(f" · {fact}" for fact in _text_notes(article))
    title = Run(article_label(article), link=article.url)
    runs = (Run(f"{start} · " if start else ""), title, Run(text_notes))
    return tuple(run for run in runs if run.text)


def outlet_name(article: ArticleCard) -> str | None:
    """Return who published an article; if only the article says so, that it says so."""
    if article.outlet or not article.claimed_outlet:
        return article.outlet
    claimed = shorten(article.claimed_outlet, MAX_CLAIMED_OUTLET_LENGTH)
    return say("articles.outlet_claimed", outlet=claimed)


def article_label(article: ArticleCard) -> str:
    """Return the title of an article, or its first words."""
    if article.title:
        return article.title
    if article.opening:
        return say("articles.opening", opening=article.opening)
    return say("articles.untitled")


def _text_notes(article: ArticleCard) -> Iterator[str]:
    """Yield notes on how a text differs from the article as first printed."""
    if article.version > 1:
        number, modified = str(article.version), article.modified_at
        if modified:
            day = short_date(modified.date())
            yield say("articles.version_of", number=number, day=day)
        else:
            yield say("articles.version", number=number)
    if article.excerpt:
        yield say("articles.excerpt")
    if not is_language_supported(article.language):
        yield say("articles.in_language", language=language_name(article.language))


def unread_line(read_to: int | None, characters: int) -> str | None:
    """Say how far an article of so many characters was searched; None if to its end."""
    if read_to is None:
        return None
    if read_to == 0:
        return say("articles.read_nothing")
    return say("articles.read_to", read_to=f"{read_to:,}", characters=f"{characters:,}")


def headline_line(article: ArticleCard) -> Runs:
    """Return the line for an article that an answer is about, starting with its title."""
    day = [short_date(article.published_on)] if article.published_on else []
    sample = [say("articles.sample")] if article.sample else []
    review = [say("review.unreviewed")] if article.is_unreviewed else []
    review += [say("review.doubtful_mark")] if article.is_doubtful else []
    outlet = list(filter(None, [outlet_name(article)]))
    details = "".join(f" · {detail}" for detail in (*outlet, *day, *sample, *review))
    return (Run(article_label(article), link=article.url), *([Run(details)] if details else []))


def review_note(article: ArticleCard, people: Sequence[str]) -> str | None:
    """Say why an article has to be reviewed, and who brought it; None if it need not be."""
    notes = [doubt_note(article.doubt)] if article.is_doubtful else []
    if article.is_unreviewed and people:
        notes.insert(0, say("review.unreviewed_by", people=", ".join(people)))
    elif article.is_unreviewed:
        notes.insert(0, say("review.unreviewed"))
    return " · ".join(notes) or None


def doubt_note(doubt: Doubt | None) -> str:
    """Say why an article may have been read wrongly."""
    return say("review.doubtful", why=say(f"review.doubt_{doubt or 'unknown_reason'}"))


def claimed_outlet_note(article: ArticleCard) -> str | None:
    """Say which outlet an article says it is from, if nothing else supports that, and where it came
    from."""
    if not article.claimed_outlet:
        return None
    claimed = shorten(article.claimed_outlet, MAX_CLAIMED_OUTLET_LENGTH)
    if host := host_of(article.origin):
        return say("review.claimed", claimed=claimed, host=host)
    return say("review.claimed_file", claimed=claimed)


def article_line_with_outlets(article: ArticleCard, outlets: Iterable[str]) -> Runs:
    """Return the line for an article, with the other outlets that print its claims."""
    outlets_note = other_outlets_line(tuple(dict.fromkeys(outlets)))
    return (
        (*article_line(article), Run(f" · {outlets_note}"))
        if outlets_note
        else article_line(article)
    )


def other_outlets_line(outlets: Sequence[str]) -> str | None:
    """Say in which other outlet a claim is printed, or in how many."""
    if len(outlets) < 2:
        return say("articles.also_in", outlet=outlets[0]) if outlets else None
    return say("articles.also_in_outlets", n=len(outlets))


# -- answers


def with_noun(number: int, noun: str) -> str:
    """Return a number with its noun, one of nouns.yml: 1 claim, 1,204 claims."""
    return say(f"nouns.{noun}", n=number)


def articles_above(answer: Answer) -> tuple[ArticleCard, ...]:
    """Return the articles to name above an answer: none if all its claims are from the only one."""
    claims_from = {hit.article.id for hit in answer.hits}
    is_named_below = claims_from == {article.id for article in answer.articles}
    return () if is_named_below and len(claims_from) == 1 else answer.articles


def about_line(answer: Answer) -> str:
    """Return the line above the articles about a query: how many there are."""
    if answer.has_more_articles:
        return say("answers.about_more", n=len(answer.articles))
    return say("answers.about", n=len(answer.articles))


def query_line(answer: Answer) -> str | None:
    """Return the first line of an answer, which says how its query was interpreted if that
    differs from what was typed; otherwise None."""
    if answer.sections or not answer.total:
        return None
    sentences = []
    if answer.corrections:
        typed = shorten(
            ", ".join(f"“{typed}”" for typed, _ in answer.corrections), MAX_QUERY_LENGTH
        )
        shown = conditions_line(answer.read_as)
        sentences.append(say("answers.not_as_typed", typed=typed, shown=shown))
    elif not answer.is_question and _normalised_words(answer.read_as) != _normalised_words(
        answer.query
    ):
        sentences.append(say("answers.read_as", read=shorten(answer.read_as, MAX_QUERY_LENGTH)))
    if missing := missing_line(answer):
        sentences.append(missing)
        if answer.is_question and not answer.corrections:
            sentences.append(question_line(answer))
    elif answer.is_question and parse(answer.read_as, date.max).has_dates:
        sentences.append(question_line(answer))
    elif answer.hits and all(hit.by_meaning for hit in answer.hits):
        sentences.append(say("answers.all_by_meaning"))
    return " ".join(sentences) or None


def missing_line(answer: Answer) -> str | None:
    """Say which words of a query no shown claim has, or that none answers the question; None if
    one has them all."""
    missing = answer.missing_words
    is_text = answer.is_nearest_only and not answer.is_question
    if is_text and not answer.has_all_words and not 0 < len(missing) <= MAX_MISSING:
        return say("answers.close")
    if len(missing) > MAX_MISSING:
        return say("answers.no_question" if answer.is_question else "answers.few_words")
    words = either(missing) if missing else ""
    if answer.unanswered:
        return say(f"answers.no_{answer.unanswered}", words=words)
    if missing:
        return say("answers.no_claim_has", words=words)
    return None if answer.has_all_words else say("answers.scattered")


def _normalised_words(query: str) -> list[str]:
    """Return the words of a query without differences in order, case, spaces and quotation
    marks."""
    return sorted(QUOTATION_MARK.sub("", query).casefold().split())


def summary_line(answer: Answer, offset: int = 0) -> str:
    """Return the last line of an answer: the query as interpreted, the number of results and the
    number of articles searched."""
    articles = with_noun(answer.searched.articles, "article")
    if answer.sections:
        sentences = with_noun(answer.total + len(answer.unmatched_sentences), "sentence")
        number = str(answer.total)
        result = say("answers.found_close", found=number, sentences=sentences, articles=articles)
        parts = [say("answers.your_text"), result]
    else:
        claims = with_noun(answer.total, "claim")
        searched = answer.query if answer.is_question else answer.read_as
        parts = [shorten(searched, MAX_QUERY_LENGTH)]
        parts.append(say("answers.found", claims=claims, articles=articles))
    parts += [*_page_range(answer, offset), *_unmatched_sentences(answer)]
    return " · ".join([*parts, *_omission_notes(answer), *_index_notes(answer)])


def _page_range(answer: Answer, offset: int) -> list[str]:
    """The statements or sentences on this page, and how many there are."""
    first, last = offset + 1, offset + len(answer.sections or answer.hits)
    if answer.item_count == last - offset:
        return []
    which = "several" if last > first else "last"
    if answer.statements in (0, answer.total):
        return [say(f"answers.shown_{which}", first=str(first), last=str(last))]
    return [say(f"answers.shown_{which}_of", first=str(first), last=str(last), n=answer.item_count)]


def _unmatched_sentences(answer: Answer) -> list[str]:
    """The sentences of a pasted text without a matching claim."""
    if not (shown := answer.unmatched_sentences[:MAX_UNMATCHED]):
        return []
    sentences = ", ".join(f"“{shorten(sentence, MAX_UNMATCHED_LENGTH)}”" for sentence in shown)
    if remaining := len(answer.unmatched_sentences) - len(shown):
        return [say("answers.nothing_for_and_more", sentences=sentences, n=remaining)]
    return [say("answers.nothing_for", sentences=sentences)]


def pasted_sentence_line(sentence: str) -> str:
    """Return the line above the claims found for a sentence of a pasted text."""
    return shorten(say("answers.your_sentence", sentence=sentence), MAX_SENTENCE_LENGTH)


def with_one_full_stop(sentence: str) -> str:
    """Remove the second of two full stops, after a name that ends in one: "Norton Inc."."""
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence


def exact_search_label(answer: Answer) -> str:
    """Return the label of the button that searches for exactly what was typed."""
    typed = " ".join(typed for typed, _ in answer.corrections)
    return say("answers.exactly", words=answer.query if answer.is_question else typed)


def _index_notes(answer: Answer) -> list[str]:
    if answer.is_index_rebuilding:
        return [say("answers.being_built")]
    return [say("answers.behind")] if answer.is_index_behind else []


def nothing_found(answer: Answer) -> str:
    """Say that nothing was found, and how much was searched."""
    searched = answer.searched
    if not searched.articles:
        return say("answers.no_articles")
    if answer.is_index_rebuilding:
        return say("answers.not_built")
    # Without a filter ("by:", for example), the query is a topic.
    key = "answers.none_for" if ":" in answer.read_as else "answers.none_about"
    if answer.articles:
        key = "answers.no_claim_for"
    if answer.read_as.startswith(EXACT_SIGN):
        key = "answers.none_with_exactly"
    elif answer.is_nearest_only:
        key = "answers.none_close"
    if answer.is_question:
        key = "answers.no_claim_answers"
    query = answer.query if answer.is_question else answer.read_as
    nothing = say(
        key,
        asked=shorten(query.lstrip(f"{EXACT_SIGN}{ROUGH_SIGN}"), MAX_QUERY_LENGTH),
        articles=with_noun(searched.articles, "article"),
        claims=with_noun(searched.claims, "claim"),
        dates=searched_period(searched),
    )
    notes = [*_omission_notes(answer), *_index_notes(answer)]
    searched_for = [question_line(answer)] if answer.is_question else []
    sentences = [nothing, *searched_for, *_reasons_for_nothing(answer)]
    return " ".join([*sentences, *(f"{note[0].upper()}{note[1:]}." for note in notes)])


def _reasons_for_nothing(answer: Answer) -> Iterator[str]:
    """Say which names of a query are not in the archive, and how many claims each filter
    excludes."""
    for operator, value in answer.missing_values:
        name = language_name(value) if operator == "lang" else shorten(value, MAX_QUERY_LENGTH)
        yield say(f"answers.no_{operator}", name=name)
    missing = {operator for operator, _ in answer.missing_values}
    for filter_, claims in answer.filter_counts:
        number = with_noun(claims, "claim")
        if filter_.partition(":")[0] in missing:
            continue
        if answer.is_question:
            condition = conditions_line(filter_)
            yield say("answers.without_condition", condition=condition, claims=number)
        else:
            yield say("answers.without", filter=filter_, claims=number)


def _omission_notes(answer: Answer) -> list[str]:
    notes = []
    if number := answer.undated_left_out:
        notes.append(say("answers.undated_left_out", n=number))
    if number := answer.sentences_left_out:
        notes.append(say("answers.sentences_left_out", n=number))
    return notes


def searched_period(searched: Coverage) -> str:
    """Say from which days the articles are that were searched."""
    first, last = searched.first, searched.last
    days = period(first, last) if first and last else say("answers.no_dates")
    return say("answers.undated", period=days, n=searched.undated) if searched.undated else days


# -- claims that are gone


def gone_line(gone: Gone | None) -> str:
    """Say why a claim is gone, and on which day."""
    if gone is None:
        return say("gone.claim_unknown")
    publisher, day = gone.outlet or say("gone.publisher"), short_date(gone.on)
    if gone.reason == "changed" and gone.outlet:
        return with_one_full_stop(say("gone.claim_changed_of", by=publisher, on=day))
    return with_one_full_stop(say(f"gone.claim_{gone.reason}", by=publisher, on=day))
