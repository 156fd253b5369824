"""Guess the encoding of a text that is not UTF-8 and declares none."""

from __future__ import annotations

import re

_SAMPLE_SIZE = 8_000
"""Bytes from which an encoding is guessed."""

# What was used for a language before UTF-8 (HTML standard, 13.2.3.2).
_CENTRAL_EUROPEAN, _BALTIC, _TURKISH = ("cp1250", "iso8859_2"), ("cp1257",), ("cp1254",)
_CYRILLIC, _GREEK, _HEBREW, _ARABIC = ("cp1251", "koi8_r"), ("cp1253",), ("cp1255",), ("cp1256",)
_JAPANESE, _CHINESE, _KOREAN = ("cp932", "euc_jp"), ("gb18030", "big5"), ("cp949",)
_BY_LANGUAGE = {
    **dict.fromkeys(["bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"], _CENTRAL_EUROPEAN),
    **dict.fromkeys(["et", "lt", "lv"], _BALTIC),
    **dict.fromkeys(["az", "ku", "tr"], _TURKISH),
    **dict.fromkeys(["be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "uk"], _CYRILLIC),
    **dict.fromkeys(["ar", "fa", "ur"], _ARABIC),
    **{"el": _GREEK, "he": _HEBREW, "iw": _HEBREW, "ja": _JAPANESE, "ko": _KOREAN, "zh": _CHINESE},
    **{"th": ("cp874",), "vi": ("cp1258",)},
}
_OTHER_ALPHABETS = [
    *(_CYRILLIC + _GREEK + _HEBREW + _ARABIC),
    *(_JAPANESE + _CHINESE + _KOREAN),
]
_LATIN = ("cp1252",)

_LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([a-z]{2})\b|\blang=[\"']([a-z]{2})\b", re.I)
_NON_ASCII_TEXT = re.compile(rb"[a-z]?(?:[\x80-\xff]+[^\x80-\xff\n<>]{0,20})+")
_NON_ASCII_RUN = re.compile(rb"[\x80-\xff]{2,}")
_SIGN_IN_WORD = re.compile(rb"[a-z][\xb1\xb6\xbc]")  # a±, a¶ and aĽ in cp1250; Polish in ISO 8859-2
_NON_ASCII = re.compile(rb"[\x80-\xff]")


def guess(raw: bytes) -> str:
    """Guess an encoding by the language that is stated, or else by the bytes; "" if neither tells.

    In the Latin alphabet, letters beyond ASCII stand alone, and without a language they are those
    of Western Europe.
    """
    sample = b"\n".join(match[0] for match in _NON_ASCII_TEXT.finditer(raw))[:_SAMPLE_SIZE]
    match = _LANGUAGE.search(raw)
    language = (match[1] or match[2]).decode().lower() if match else ""
    candidates = _BY_LANGUAGE.get(language) or (
        _OTHER_ALPHABETS if _is_other_alphabet(sample) else _LATIN
    )
    if candidates == _CENTRAL_EUROPEAN:
        return candidates[1 if _SIGN_IN_WORD.search(sample) else 0]
    if len(candidates) == 1:
        return candidates[0]
    from charset_normalizer import from_bytes  # it takes a moment to load, and few need it

    best = from_bytes(sample, cp_isolation=list(candidates), preemptive_behaviour=False).best()
    return best.encoding if best else ""


def _is_other_alphabet(sample: bytes) -> bool:
    run_length = sum(len(run) for run in _NON_ASCII_RUN.findall(sample))
    return 2 * run_length > len(_NON_ASCII.findall(sample))
