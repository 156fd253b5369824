"""Recognise what asks for a subscription or a login where the rest of an article would be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.prose import Block

MAX_WALL_LENGTH = 1_500
"""Characters of a wall, or of an article's start before one; a longer text is a whole article."""
MAX_LINE_LENGTH = 300
MAX_APPEAL_LENGTH = 420

_SEPARATE_ELEMENTS = ("nav", "aside", "header")
_INVITATION = re.compile(
    r"\b(?:to|and) (?:continue|keep|go on|carry on) reading\b|\bcontinue reading (?:with|for|by)\b"
    r"|\bto read (?:on\b|(?:the (?:rest|full|whole|entire)|this) (?:of )?(?:this |the )?"
    r"(?:article|story|piece|report))"
    r"|\b(?:unlock|access) (?:the (?:full|rest|whole)|this) (?:of )?(?:this |the )?"
    r"(?:article|story|piece)"
    r"|\b(?:this|the full|the rest of this) (?:article|story|content|piece)\b.{0,40}"
    r"\b(?:for|to) (?:\w+ )?(?:subscribers|members)\b|\bsubscribers[ -]only\b"
    r"|\bsubscriber exclusive\b"
    r"|\b(?:is|only|reserved) for (?:\w+ )?(?:subscribers|members)\b|\bfor subscribers only\b"
    r"|\b(?:reached|used) (?:your|the) (?:monthly |weekly )?(?:limit|\w+ free articles)"
    r"|\bfree articles? (?:left|remaining|this month)|\balready (?:a )?subscri(?:ber|bed)\b"
    r"|\bto read this,? (?:please )?(?:subscribe|register|log in|sign in)"
    r"|weiterlesen mit|nur für abonnenten|jetzt weiterlesen|réservée? (?:aux|à nos) abonnés"
    r"|pour lire la suite|para (?:seguir|continuar) leyendo|solo para suscriptores",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"\b(?:sign up|subscribe|join)\b.{0,60}\b(?:newsletters?|whatsapp|channel|inbox|alerts)\b"
    r"|\b(?:our|the) (?:\w+ ){0,2}newsletter\b.{0,60}\b(?:inbox|free|every|each|week|morning)\b"
    r"|\b(?:in|to) your inbox\b|straight to your phone|\bbecome an? (?:member|supporter)\b"
    r"|\bsupport (?:us|our (?:work|journalism|newsroom))\b|like what you(?:[’']re| are) reading"
    r"|\bsmall favou?r to ask\b|\bour journalism is (?:paid|funded)\b|\ball rights reserved\b"
    r"|^(?:©|\(c\)|copyright)\s|\b(?:terms of (?:use|service)|privacy policy|cookie policy)\b"
    r"|\bwe use cookies\b|\bpartners\b.{0,80}\bcookies\b|\bcookies\b.{0,60}\bbest experience\b"
    r"|\bhave your say in (?:the|our) comments\b|\bdownload (?:our|the) app\b|\bview (?:it|this) in"
    r" your browser\b|\bupdate your preferences\b|\badvertisement\b.{0,20}$"
    r"|newsletter.{0,120}(?:anmelden|kostenlos|melden sie sich)|\bjetzt (?:abonnieren|anmelden)\b"
    r"|\babonnez-vous\b|\binscrivez-vous\b|\bvotre publicité\b|\bsuscríbe(?:te|nse)\b"
    r"|\b(?:support|fund|donat\w+|contribut\w+)\b.{0,60}\bour (?:reporting|journalism|work|paper)\b"
    r"|\bowned by its readers\b|\bfull (?:digital )?access to\b|\b(?:this|the) audio (?:is|was"
    r"|may)\b"
    r"|\b(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados)\b"
    r"|\bmay not be (?:published|reproduced|broadcast|copied)\b|\bcopyright (?:\(c\)|©)?\s*\d{4}\b"
    r"|\b(?:story|article) continues (?:below|after)\b|^(?:read|see|learn) more\s*:"
    r"|\bunterstützen sie\b.{0,60}\b(?:journalismus|arbeit|redaktion)\b|\bsoutenez\b|\bapóy\w+\b"
    r"|\b(?:primer|first|ersten) (?:mes|month|monat)\b.{0,60}\b(?:cancel\w*|kündbar)\b",
    re.IGNORECASE,
)
"""What asks for a subscription without saying that something is left out, and small print."""
_IN_INVITATIONS = (
    "reading|to read|unlock|access|subscri|member|limit|free article|weiterlesen|abonn|lire la"
    "|leyendo|suscri"
)
_IN_APPEALS = (
    "newsletter|whatsapp|channel|inbox|alerts|to your phone|become a|support|like what|to ask|our"
    " journalism|rights reserved|©|(c)|copyright|terms of|privacy|cookie|have your say|download"
    "|browser|preferences|advertisement|jetzt|abonnez|inscrivez|publicité|suscr|fund|donat"
    "|contribut|owned by|access to|audio|rechte|droits|derechos|may not be|story continues"
    "|article continues|more|unterstütz|soutenez|apóy|cancel|kündbar"
)
_INVITATION_WORDS, _APPEAL_WORDS = _IN_INVITATIONS.split("|"), _IN_APPEALS.split("|")
"""Whatever matches a pattern, which takes a while, has one of these."""
_QUOTED = re.compile(r"[“„«].{20}")
_ENDING = re.compile(r"(?:[.!?:;)\]\"'”’»]|\w\))\s*$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")


def is_invitation(line: str) -> bool:
    """Whether a short line asks to subscribe or to log in, so as to read the rest."""
    return (
        len(line) <= MAX_LINE_LENGTH
        and _has_word(_INVITATION_WORDS, line)
        and bool(_INVITATION.search(line))
    )


def strip_appeals(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs without short ones for readers only: appeals and small print."""
    return [
        line
        for line in paragraphs
        if len(line) > MAX_APPEAL_LENGTH
        or not _has_word(_APPEAL_WORDS, line)
        or _QUOTED.search(line)
        or not _APPEAL.search(line)
    ]


def _has_word(words: Iterable[str], line: str) -> bool:
    lower = line.lower()
    return any(map(lower.__contains__, words))


def strip_invitations(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs without those that ask to subscribe or to log in."""
    return [line for line in paragraphs if not is_invitation(line)]


def has_invitation(blocks: Iterable[Block]) -> bool:
    """Whether a page, beside its menus, asks to subscribe or to log in, so as to read the rest."""
    return any(
        block.length <= MAX_LINE_LENGTH
        and is_invitation(" ".join(block.element.text_content().split()))
        and next(block.element.iterancestors(*_SEPARATE_ELEMENTS), None) is None
        for block in blocks
    )


def is_cut(text: str, page: Page, *, has_wall: bool) -> bool:
    """Whether a text is only the start of an article.

    It has less than half of the words that the page states, or it is short or ends in the middle of
    a sentence, and there is a wall.
    """
    if page.word_count and len(text.split()) < page.word_count / 2:
        return True
    last_words = text[-80:]
    looks_cut = (
        len(text) < MAX_WALL_LENGTH
        or bool(_ELLIPSIS.search(last_words))
        or not _ENDING.search(last_words)
    )
    return looks_cut and (has_wall or has_invitation(page.blocks))
