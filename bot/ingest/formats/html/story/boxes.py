"""Remove boxes beside the article by their structure: cards about other articles, and what follows
a label such as "More from Politics" or "12 comments".

Many sites name no class that would tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import line_of, own_line_of
from bot.ingest.formats.html.story.boilerplate import remove_links
from bot.ingest.formats.html.story.flat_cards import drop_flat_cards
from bot.ingest.formats.html.story.page_lines import LONG_LINE, Layout
from bot.ingest.formats.html.story.story_form import Story

MIN_CARDS = 3
MAX_CARD_LENGTH = 330
MAX_MEAN_LENGTH = 190
MIN_STORY_LENGTH = 300
MAX_CARDS_SHARE = 0.8
"""The most prose of a group of cards, as a share of the prose outside of it."""
MIN_TITLE_LENGTH = 20
MIN_TITLE_SHARE = 0.2
"""Of a card's text that is in the linked title at its start."""
MAX_LINKS_RATIO = 3
"""The same, if each card has a link."""
MAX_MEAN_LINE = 100
MIN_SIDE_LINES = 3
MAX_SIDE_SHARE = 0.2
"""Of the page's prose in a box of short lines beside long ones: figures, notices, small ads."""
MIN_SECTIONS = 2
"""Boxes of the same class with longer lines, if an article consists of them."""
MAX_LABEL_LENGTH = 60
MAX_BOX_SHARE = 0.45
MIN_PART_SHARE = 0.1
"""Of the prose in an element of the story's form, which may be its next part."""
MIN_STORY_SHARE = 0.6

_TITLES = frozenset(("a", "b", "strong"))
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)|\d{1,3}[’']")
_MARKS = frozenset(("br", "hr", "img", "wbr"))
_CELLS = frozenset(("tr", "td", "th", "tbody", "thead", "table", "dt", "dd", "html", "body"))
_COMMENTS = re.compile(
    r"(?:\d+ |all |reader |user |your )?(?:comments?|leser-?kommentare|kommentare|commentaires"
    r"|comentarios|comentários|commenti|reacties|(?<=\d )(?:responses?|replies)|have your say"
    r"|(?:what )?(?:our )?readers?(?:[’']s?)? (?:say|said|comments|reactions|views)|reader views"
    r"|réactions?|reaktionen|leserbriefe|leserstimmen|opiniones de los lectores|forum|discussion"
    r"|join the (?:conversation|discussion|debate)|leave a (?:reply|comment)|post a comment"
    r"|(?:\d+ )?thoughts on .*)(?: ?[:–-]? ?latest)?(?: ?\(?\d+\)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:more (?:from|on|in|about|stories|news|articles|like this|to read|coverage)\b.*"
    r"|read (?:next|more|also|on|this next)|(?:also |latest )?(?:related|recommended)\b.{0,30}"
    r"|(?:popular|trending|latest|top)(?: now| on| news\w*| stories| articles| posts| in)?\b.{0,20}"
    r"|most (?:read|popular|viewed|shared|commented)\b.{0,20}"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|have missed|be interested).*|up next|next up"
    r"|see also|other (?:news|stories)\b.*|in this (?:series|section|issue)|guestbook"
    r"|classifieds?|contact us|support us|help us\b.*|on this page"
    r"|(?:is|was) this \w+ (?:useful|helpful)\W*|get the app|elsewhere on\b.*"
    r"|also (?:in|from|read|on)\b.*|elsewhere|(?:our )?editor[’']?s[’']? picks?"
    r"|before you go|already a (?:subscriber|member)\b.*|(?:please )?support (?:our|the|us)\b.*"
    r"|(?:photo )?gallery|in pictures|bildergalerie|en images|en imágenes"
    r"|what to read next|don[’']t miss|in case you missed it|around the web|from our partners"
    r"|about (?:the )?(?:author|writer)s?|advertise?ment|sponsored.*|promoted.*"
    r"|want to read more\W*|share(?: this)?(?: article| story| post| page)?|follow us.*"
    r"|sign up.*|subscribe.*|(?:get )?(?:our|the) newsletters?.*|filed under.*|tags"
    r"|mehr zum thema|mehr (?:aus|von|zu|über)\b.*|lesen sie (?:auch|mehr).*|auch interessant"
    r"|weitere (?:meldungen|artikel|themen|nachrichten)\b.*|das könnte sie.*|meistgelesen\w*"
    r"|über (?:den autor|die autorin)|anzeige|werbung|zur person"
    r"|[àa] lire (?:aussi|également).*|lire aussi|sur le même (?:sujet|thème)|les plus lus"
    r"|publicité|l[’']auteure?|petites annonces|más información|lo más (?:visto|leído)"
    r"|te puede interesar|también te puede.*|noticias relacionadas|publicidad"
    r"|sobre (?:la firma|el autor|la autora)|leia (?:também|mais)|mais lidas|leggi anche"
    r"|potrebbe interessarti|lees ook|meer (?:over|van)\b.*)",
    re.IGNORECASE,
)


def remove_boxes(
    tree: HtmlElement, title: str | None, *, is_live: bool = False
) -> list[HtmlElement]:
    """Remove cards, labelled boxes and readers' comments, and what is outside of the story.

    Returns the elements that hold the story.
    """
    layout = Layout(tree)
    headline = _find_headline(layout, title)
    _drop_cards(layout, headline)
    drop_flat_cards(tree)
    remove_links(tree)
    layout = Layout(tree)
    if _drop_labelled_boxes(layout, headline):
        layout = Layout(tree)
    if headline is not None:
        if _keep_story(layout, headline):
            layout = Layout(tree)
        if _drop_side_boxes(layout, headline):
            layout = Layout(tree)
    return Story(layout, headline, is_live=is_live).isolate()


def _find_headline(layout: Layout, title: str | None) -> HtmlElement | None:
    """Return the element that prints the title, a heading if possible."""
    if not title:
        return None
    for element in layout.tree.iter("h1", "h2", "h3"):
        if line_of(element) == title:
            return element
    for block in layout.blocks:
        if block.length <= len(title) + 1 and block.line == title:
            return block.element
    return next(iter(layout.tree.iter("h1")), None)


def _drop_cards(layout: Layout, headline: HtmlElement | None) -> None:
    """Drop groups of three or more siblings of one form, each with a title and a short text.

    The items of a list are such a group, too, and so are the posts of a live blog: so a group only
    goes if most of the page's prose is elsewhere.
    """
    groups: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    for element in layout.tree.iter():
        parent = element.getparent()
        if parent is not None and len(element) and element.tag not in _CELLS:
            groups[parent, _form(element)].append(element)
    for group in groups.values():
        if len(group) < MIN_CARDS or not all(map(_is_card, group)):
            continue
        if headline is not None and any(headline in card.iter() for card in group):
            continue
        are_linked = _are_linked(group)
        if not are_linked and layout.is_in_story(group[0], group[-1]):
            continue  # the items of a list
        texts = [_length(card) for card in group]
        prose = sum(map(layout.prose_in, group))
        rest = layout.prose - prose
        if (
            sum(texts) <= MAX_MEAN_LENGTH * len(group)
            and rest >= MIN_STORY_LENGTH
            and prose <= (MAX_LINKS_RATIO if are_linked else MAX_CARDS_SHARE) * rest
        ):
            for card in group:
                card.drop_tree()


def _are_linked(cards: list[HtmlElement]) -> bool:
    return all(card.find(".//a") is not None or card.getparent().tag == "a" for card in cards)


def _form(element: HtmlElement) -> str:
    children = ",".join(f"{child.tag}.{child.get('class', '')}" for child in element)
    return f"{element.tag}.{element.get('class', '')}({children})"


def _is_card(element: HtmlElement) -> bool:
    """Whether an element is short, with separate texts, or one that starts with a linked title."""
    length = _length(element)
    if not 0 < length <= MAX_CARD_LENGTH:
        return False
    if _TIME.match(element.text_content().lstrip()):
        return False  # a live blog's
    first = element[0]
    while first.tag not in _TITLES and len(first) and not (first.text or "").strip():
        first = first[0]
    after = first.getnext()
    has_title = (
        not (element.text or "").strip()
        and _length(first) >= max(MIN_TITLE_LENGTH, MIN_TITLE_SHARE * length)
        and (first.tag == "a" or (first.tag in _TITLES and after is not None and after.tag == "br"))
    )
    return has_title or 2 <= _count_pieces(element) <= 5


def _length(element: HtmlElement) -> int:
    return len(element.text_content().strip())


def _count_pieces(element: HtmlElement) -> int:
    """Count the separate texts of an element: running text with marks and links in it is one."""
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        return 1
    return sum(
        _count_pieces(child) for child in element if child.tag not in _MARKS and _length(child)
    )


def _drop_labelled_boxes(layout: Layout, headline: HtmlElement | None) -> bool:
    """Drop boxes that start with a label; return whether there was one."""
    has_dropped = False
    for block in layout.blocks:
        label = block.element
        if block.length > MAX_LABEL_LENGTH or label is headline or label.getparent() is None:
            continue
        line = own_line_of(label).strip(" :…»›→-–")
        if is_comments := bool(_COMMENTS.fullmatch(line)):
            max_prose = layout.prose - MIN_STORY_LENGTH
        elif _LABEL.fullmatch(line):
            max_prose = int(layout.prose * MAX_BOX_SHARE)
        else:
            continue
        box = label
        if layout.prose_in(label) > max_prose:
            continue
        for ancestor in label.iterancestors():
            is_box = _starts_with(ancestor, line) and layout.prose_in(ancestor) <= max_prose
            if not is_box or (headline is not None and headline in ancestor.iter()):
                break
            box = ancestor
        followers = list(_followers(box, layout, max_prose, to_end=is_comments))
        has_dropped = True
        for element in (box, *followers):
            if element.getparent() is not None:
                element.drop_tree()
    return has_dropped


def _starts_with(ancestor: HtmlElement, label: str) -> bool:
    """Whether a label is the first text in an element around it."""
    return "".join(ancestor.text_content()[:400].split()).startswith("".join(label.split()))


def _followers(
    box: HtmlElement, layout: Layout, max_prose: int, *, to_end: bool
) -> Iterator[HtmlElement]:
    """Yield what belongs to a label beside it: comments to the end, links up to the next prose."""
    if not to_end and layout.prose_in(box):
        return  # its box was found
    prose = 0
    for sibling in box.itersiblings():
        prose += layout.prose_in(sibling)
        if prose > max_prose or (not to_end and layout.prose_in(sibling)):
            return
        if not to_end and sibling.find(".//a") is None:
            return
        yield sibling


def _keep_story(layout: Layout, headline: HtmlElement) -> bool:
    """Drop what is outside of the smallest element with the headline and most of the prose."""
    story = next(
        (
            ancestor
            for ancestor in headline.iterancestors()
            if layout.prose_in(ancestor) >= MIN_STORY_SHARE * layout.prose
        ),
        None,
    )
    if story is None or not layout.prose_in(story):
        return False
    kept = {story, *story.iterancestors()}
    for ancestor in list(story.iterancestors()):
        inner = next(child for child in ancestor if child in kept)
        for child in list(ancestor):
            is_part = (
                bool(inner.get("class"))
                and child.get("class") == inner.get("class")
                and child.tag == inner.tag
                and layout.prose_in(child) >= MIN_PART_SHARE * layout.prose
            )
            if child not in kept and child.tag != "head" and not is_part:
                child.drop_tree()
    return True


def _drop_side_boxes(layout: Layout, headline: HtmlElement) -> bool:
    """Drop boxes of a few short lines beside an article of longer ones; return whether there was
    one."""
    has_dropped = False
    around = {headline, *headline.iterancestors()}
    for box in list(layout.tree.iter("div", "section", "td")):
        found = layout.lines[box]
        if (
            box not in around
            and found.count >= MIN_SIDE_LINES
            and found.longest < LONG_LINE
            and found.length <= MAX_MEAN_LINE * found.count
            and found.prose <= MAX_SIDE_SHARE * layout.prose
            and not layout.is_in_story(box, box)
            and box.find(".//table") is None
            and not _TIME.match(box.text_content().lstrip())
            and _count_like(box, layout) < MIN_SECTIONS
        ):
            box.drop_tree()
            has_dropped = True
    return has_dropped


def _count_like(box: HtmlElement, layout: Layout) -> int:
    """Count a box's siblings of the same class that have long lines."""
    return sum(
        layout.lines[sibling].longest >= LONG_LINE
        for sibling in (*box.itersiblings(), *box.itersiblings(preceding=True))
        if sibling.tag == box.tag and sibling.get("class") == box.get("class")
    )
