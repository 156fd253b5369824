"""What differs between the outputs of two trees, and how it is printed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

SHOWN, WIDTH, ABSENT = 20, 72, "(absent)"


class Rows(dict[str, Any]):
    """Records by what identifies them, such as a file; in a plain dict are the fields of one."""


class Ranked(Rows):
    """Records whose order matters."""


class Difference(NamedTuple):
    """A difference: its kind (the path of fields), the record in which it is, and both sides."""

    kind: str
    where: str
    base: str
    new: str


def differences(part: str, base: Rows, new: Rows) -> list[Difference]:
    """Compare a part's outputs. A field that one side has nowhere is one difference."""
    fields = set(_fields(part, base)), set(_fields(part, new))
    one_sided = fields[0] ^ fields[1]
    found = [
        Difference(f"{part}: fields of one side", path, *(str(path in side) for side in fields))
        for path in sorted(one_sided)
        if path.rpartition(" · ")[0] not in one_sided
    ]
    return [*found, *_compare(part, "", base, new, one_sided)]


def _fields(path: str, value: Any) -> Iterator[str]:
    for name, part in value.items() if isinstance(value, dict) else ():
        inner = path if isinstance(value, Rows) else f"{path} · {name}"
        if inner != path:
            yield inner
        yield from _fields(inner, part)


def _compare(
    kind: str, where: str, base: Any, new: Any, ignored: Collection[str]
) -> Iterator[Difference]:
    base, new = (Ranked() if side == [] else side for side in (base, new))
    if isinstance(base, Rows) and isinstance(new, Rows):
        orders = [[name for name in rows if name in base and name in new] for rows in (base, new)]
        if isinstance(base, Ranked) and orders[0] != orders[1]:
            yield Difference(f"{kind}: order", where, *map(" ".join, orders))
        for name in base | new:
            there = f"{where} › {name}" if where else name
            if name in base and name in new:
                yield from _compare(kind, there, base[name], new[name], ignored)
            else:
                sides = [_text(rows.get(name, ABSENT)) for rows in (base, new)]
                yield Difference(f"{kind}: only in {_side(name in new)}", there, *sides)
    elif isinstance(base, dict) and isinstance(new, dict):
        for name in base | new:
            sides = [fields.get(name, ABSENT) for fields in (base, new)]
            if (field := f"{kind} · {name}") not in ignored:
                yield from _compare(field, where, *sides, ignored)
    elif isinstance(base, tuple) and isinstance(new, tuple):  # of lines
        for tag, *(i, j, k, m) in SequenceMatcher(None, base, new, False).get_opcodes():
            if tag != "equal":
                for one, other in zip_longest(base[i:j], new[k:m], fillvalue=ABSENT):
                    yield Difference(kind, where, one, other)
    elif base != new:
        yield Difference(kind, where, _text(base), _text(new))


def _side(is_new: bool) -> str:
    return "the working tree" if is_new else "the base"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def report(found: Sequence[Difference]) -> Iterator[str]:
    """Yield lines that show differences by kind: the count, and the first ones side by side."""
    if not found:
        yield "No differences."
    for kind, group in groupby(sorted(found, key=lambda one: one.kind), lambda one: one.kind):
        listed = list(group)
        yield f"\n{kind}: {len(listed):,}"
        for one in listed[:SHOWN]:
            base, new = (" ".join(side.split()) for side in (one.base, one.new))
            same = next((n for n, (a, b) in enumerate(zip(base, new, strict=False)) if a != b), 0)
            start = 0 if max(len(base), len(new)) <= WIDTH else max(0, same - WIDTH // 3)
            yield f"  {' '.join(one.where.split())[: 2 * WIDTH]}"
            yield f"    {_cut(base, start):<{WIDTH}} │ {_cut(new, start)}"
        if len(listed) > SHOWN:
            yield f"  … and {len(listed) - SHOWN:,} more"


def _cut(text: str, start: int) -> str:
    text = f"…{text[start + 1 :]}" if start else text
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
