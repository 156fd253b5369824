"""The words for articles and answers. Pure.

Lines are made of runs, so that a terminal and Slack can each format them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.model import Answer, ArticleCard, Coverage, Gone
from bot.search.language.query import EXACT_SIGN, ROUGH_SIGN
from bot.text.languages import is_language_supported
from bot.wording.language_names import language_name
from bot.wording.runs import Run, Runs, shorten
from bot.words import LANGUAGE, say
from bot.words.dates import period, short_date

MAX_SENTENCE, MAX_UNFOUND_SENTENCE = 160, 50
"""Characters of a pasted sentence: where claims stand below it, and where none do."""
MAX_UNFOUND = 4
MAX_QUERY = 300
QUOTATION_MARK = re.compile('["“”„«»]')


# -- articles


def article_line(article: ArticleCard, *, dates: str = LANGUAGE) -> Runs:
    """The line for an article: outlet, date, linked title, notes on its text.

    What is unknown is left out, except the outlet. `dates` is the language of the dates.
    """
    sample = [say("articles.sample")] if article.sample else []
    day = [short_date(article.published_on, dates)] if article.published_on else []
    before = " · ".join([*sample, article.outlet or say("articles.outlet_not_known"), *day])
    after = "".join(f" · {fact}" for fact in _text_facts(article, dates))
    title = Run(article_label(article), link=article.url)
    return (Run(f"{before} · "), title, *([Run(after)] if after else []))


def article_label(article: ArticleCard) -> str:
    """The title of an article, or its first words."""
    if article.title:
        return article.title
    if article.opening:
        return say("articles.opening", opening=article.opening)
    return say("articles.untitled")


def _text_facts(article: ArticleCard, dates: str) -> Iterator[str]:
    """Notes on how a text differs from the article as first printed."""
    if article.version > 1:
        number, modified = str(article.version), article.modified_at
        if modified:
            day = short_date(modified.date(), dates)
            yield say("articles.version_of", number=number, day=day)
        else:
            yield say("articles.version", number=number)
    if article.excerpt:
        yield say("articles.excerpt")
    if not is_language_supported(article.language):
        yield say("articles.in_language", language=language_name(article.language))


def headline_line(article: ArticleCard) -> Runs:
    """The line for an article that an answer is about: its title first."""
    day = [short_date(article.published_on)] if article.published_on else []
    sample = [say("articles.sample")] if article.sample else []
    after = " · ".join([article.outlet or say("articles.outlet_not_known"), *day, *sample])
    return (Run(article_label(article), link=article.url), Run(f" · {after}"))


def printed_line(article: ArticleCard, outlets: Iterable[str]) -> Runs:
    """The line for an article, with the other outlets that print its claims."""
    also = also_in(tuple(dict.fromkeys(outlets)))
    return (*article_line(article), Run(f" · {also}")) if also else article_line(article)


def also_in(outlets: Sequence[str]) -> str | None:
    """Say in which other outlet a claim is printed, or in how many."""
    if len(outlets) < 2:
        return say("articles.also_in", outlet=outlets[0]) if outlets else None
    return say("articles.also_in_outlets", n=len(outlets))


# -- answers


def counted(number: int, noun: str) -> str:
    """Print a number with its noun, one of nouns.yml: 1 claim, 1,204 claims."""
    return say(f"nouns.{noun}", n=number)


def about_line(answer: Answer) -> str:
    """Say how many articles a query is about, above the first of them."""
    if answer.has_more_articles:
        return say("answers.about_more", n=len(answer.articles))
    return say("answers.about", n=len(answer.articles))


def query_line(answer: Answer) -> str | None:
    """The first line of an answer: how its query was read, if that differs from what was typed."""
    if answer.sections or not answer.total:
        return None
    said = []
    if answer.corrections:
        typed = ", ".join(f'"{typed}"' for typed, _ in answer.corrections)
        said.append(say("answers.not_as_typed", typed=shorten(typed, MAX_QUERY)))
    if answer.corrections or _normalised(answer.read_as) != _normalised(answer.query):
        said.append(say("answers.read_as", read=shorten(answer.read_as, MAX_QUERY)))
    if answer.language:
        said.insert(0, say("answers.foreign", language=language_name(answer.language)))
    elif answer.close:
        said.append(say("answers.close"))
    elif answer.loose:
        said.append(say("answers.loose"))
    elif answer.hits and all(hit.by_meaning for hit in answer.hits):
        said.append(say("answers.all_by_meaning"))
    return " ".join(said) or None


def _normalised(query: str) -> list[str]:
    """A query without differences in order, capitals, spaces and quotation marks."""
    return sorted(QUOTATION_MARK.sub("", query).casefold().split())


def summary_line(answer: Answer, offset: int = 0) -> str:
    """The last line of an answer: the query as read, how much was found, how much searched."""
    articles = counted(answer.searched.articles, "article")
    if answer.sections:
        searched = counted(answer.total + len(answer.unfound), "sentence")
        found = str(answer.total)
        close = say("answers.found_close", found=found, sentences=searched, articles=articles)
        parts = [say("answers.your_text"), close]
    else:
        claims = counted(answer.total, "claim")
        parts = [shorten(answer.read_as, MAX_QUERY)]
        parts.append(say("answers.found", claims=claims, articles=articles))
    parts += [*_shown(answer, offset), *_unfound(answer)]
    return " · ".join([*parts, *_left_out(answer), *_index_notes(answer)])


def _shown(answer: Answer, offset: int) -> list[str]:
    """Which rows or sentences this page shows, of how many."""
    first, last = offset + 1, offset + len(answer.sections or answer.hits)
    if answer.length == last - offset:
        return []
    which = "several" if last > first else "last"
    if answer.row_count in (0, answer.total):
        return [say(f"answers.shown_{which}", first=str(first), last=str(last))]
    return [say(f"answers.shown_{which}_of", first=str(first), last=str(last), rows=answer.length)]


def _unfound(answer: Answer) -> list[str]:
    """The sentences of a pasted text that match no claim."""
    if not (named := answer.unfound[:MAX_UNFOUND]):
        return []
    listed = ", ".join(f"“{shorten(sentence, MAX_UNFOUND_SENTENCE)}”" for sentence in named)
    if more := len(answer.unfound) - len(named):
        return [say("answers.nothing_for_and_more", sentences=listed, n=more)]
    return [say("answers.nothing_for", sentences=listed)]


def pasted_sentence_line(sentence: str) -> str:
    """The line above the claims found for a sentence of a pasted text."""
    return shorten(say("answers.your_sentence", sentence=sentence), MAX_SENTENCE)


def with_one_full_stop(sentence: str) -> str:
    """Drop a second full stop after a date that ends in one: 3 нояб. 2026 г."""
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence


def exact_offer(answer: Answer) -> str:
    """The label of the button that searches for exactly what was typed."""
    typed = " ".join(typed for typed, _ in answer.corrections)
    return say("answers.exactly", words=answer.query if answer.is_question else typed)


def _index_notes(answer: Answer) -> list[str]:
    if answer.rebuilding:
        return [say("answers.being_built")]
    return [say("answers.behind")] if answer.behind else []


def nothing_found(answer: Answer) -> str:
    """Say that nothing was found, and how much was searched."""
    searched = answer.searched
    if not searched.articles:
        return say("answers.no_articles")
    # Words are what a claim is about; a filter such as by: is not.
    none = "answers.none_for" if ":" in answer.read_as else "answers.none_about"
    if answer.articles:
        none = "answers.no_claim_for"
    if answer.read_as.startswith(EXACT_SIGN):
        none = "answers.none_with_exactly"
    elif answer.close and not answer.language:
        none = "answers.none_close"
    asked = answer.query if answer.language else answer.read_as
    nothing = say(
        none,
        asked=shorten(asked.lstrip(f"{EXACT_SIGN}{ROUGH_SIGN}"), MAX_QUERY),
        articles=counted(searched.articles, "article"),
        claims=counted(searched.claims, "claim"),
        dates=_dates(searched),
    )
    notes = [*_left_out(answer), *_index_notes(answer)]
    why = [nothing, *_why_nothing(answer)]
    return " ".join([*why, *(f"{note[0].upper()}{note[1:]}." for note in notes)])


def _why_nothing(answer: Answer) -> Iterator[str]:
    """Say which names of a query are not in the archive, and what each filter excludes."""
    if answer.language:
        yield say("answers.foreign", language=language_name(answer.language))
    for operator, value in answer.missing:
        name = language_name(value) if operator == "lang" else shorten(value, MAX_QUERY)
        yield say(f"answers.no_{operator}", name=name)
    gone = {operator for operator, _ in answer.missing}
    for left_out, claims in answer.without:
        if left_out.partition(":")[0] not in gone:
            yield say("answers.without", filter=left_out, claims=counted(claims, "claim"))


def _left_out(answer: Answer) -> list[str]:
    notes = []
    if number := answer.undated_left_out:
        notes.append(say("answers.undated_left_out", n=number))
    if number := answer.sentences_left_out:
        notes.append(say("answers.sentences_left_out", n=number))
    return notes


def _dates(searched: Coverage) -> str:
    first, last = searched.first, searched.last
    days = period(first, last) if first and last else say("answers.no_dates")
    return say("answers.undated", period=days, n=searched.undated) if searched.undated else days


# -- what is gone


def gone_line(gone: Gone | None, dates: str = LANGUAGE) -> str:
    """Say why a claim is no longer there; `dates` is the language of the day."""
    if gone is None:
        return say("gone.claim_unknown")
    by, on = gone.outlet or say("gone.publisher"), short_date(gone.on, dates)
    if gone.reason == "changed" and gone.outlet:
        return with_one_full_stop(say("gone.claim_changed_of", by=by, on=on))
    return with_one_full_stop(say(f"gone.claim_{gone.reason}", by=by, on=on))
