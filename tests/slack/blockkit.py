"""Check blocks against Slack's limits (docs.slack.dev/reference/block-kit/blocks)."""

from __future__ import annotations

from typing import Any

FIELDS = {
    "section": {"text", "accessory"},
    "header": {"text"},
    "context": {"elements"},
    "actions": {"elements"},
    "divider": set(),
}
MAX_MESSAGE_LENGTH = 11_000
CHOICES = {
    *("external_select", "conversations_select", "checkboxes", "static_select", "datepicker"),
    "radio_buttons",
}
INPUT_FIELDS = {
    *("type", "action_id", "max_length", "placeholder", "multiline"),
    *("initial_value", "dispatch_action_config"),
}
MAX_HOME_BLOCKS = 100


def problems(blocks: list[dict[str, Any]]) -> list[str]:
    """Return what Slack would refuse in a message's blocks."""
    errors = [] if 1 <= len(blocks) <= 50 else [f"{len(blocks)} blocks"]
    characters = 0
    for n, block in enumerate(blocks):
        kind = block.get("type", "")
        own = {key: value for key, value in block.items() if key not in ("type", "block_id")}
        if kind not in FIELDS or set(own) - FIELDS[kind]:
            errors.append(f"{n}: {kind} with {sorted(own)}")
            continue
        block_problems, length = _block(kind, own)
        errors += [f"{n}: {problem}" for problem in block_problems]
        characters += length
    if characters > MAX_MESSAGE_LENGTH:
        errors.append(f"{characters} characters")
    return errors


def view_problems(view: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in a modal."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    others = [block for block in view["blocks"] if block["type"] != "input"]
    errors = problems(others) if others or not inputs else []
    errors += [problem for block in inputs for problem in _input(block)]
    errors += ["inputs, but no submit button"] if inputs and "submit" not in view else []
    for part in {"title", "close", "submit"} & set(view):
        errors += _text(view[part], 24, plain=True)
    return errors + (["private_metadata"] if len(view.get("private_metadata", "")) > 3000 else [])


def home_problems(view: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in a Home tab."""
    blocks = view["blocks"]
    errors = [] if set(view) == {"type", "blocks"} else [f"a Home tab with {sorted(view)}"]
    errors += [] if 1 <= len(blocks) <= MAX_HOME_BLOCKS else [f"{len(blocks)} blocks"]
    return errors + [problem for block in blocks for problem in problems([block])]


def _input(block: dict[str, Any]) -> list[str]:
    element = block["element"]
    own = set(block) - {"optional", "dispatch_action", "hint"}
    if own != {"type", "block_id", "label", "element"}:
        return [f"input with {sorted(block)}"]
    if element["type"] in CHOICES:
        return _choice(element) + _text(block["label"], 2000, plain=True)
    if set(element) - INPUT_FIELDS:
        return [f"{element['type']} with {sorted(element)}"]
    errors = [] if 0 < element["max_length"] <= 3000 else ["max_length"]
    errors += _text(block["label"], 2000, plain=True)
    errors += _text(block["hint"], 2000, plain=True) if "hint" in block else []
    if len(element.get("initial_value", "")) > element["max_length"]:
        errors.append("initial_value")
    placeholder = element.get("placeholder")
    return errors + (_text(placeholder, 150, plain=True) if placeholder else [])


def _block(kind: str, block: dict[str, Any]) -> tuple[list[str], int]:
    if kind == "divider":
        return [], 0
    if kind in ("section", "header"):
        limit = 3000 if kind == "section" else 150
        is_plain = kind == "header" or block["text"].get("type") == "plain_text"
        errors = _text(block["text"], limit, plain=is_plain)
        if "accessory" in block:
            errors += _element(block["accessory"])
        return errors, len(block["text"]["text"])
    elements = block["elements"]
    errors = [] if 1 <= len(elements) <= (10 if kind == "context" else 25) else ["element count"]
    if kind == "context":
        errors += [problem for element in elements for problem in _text(element, 3000)]
        return errors, sum(len(element["text"]) for element in elements)
    ids = [element["action_id"] for element in elements]
    errors += ["an action_id twice"] if len(set(ids)) < len(ids) else []
    for element in elements:
        errors += _element(element)
    return errors, 0


def _element(element: dict[str, Any]) -> list[str]:
    if element["type"] == "static_select":
        return _menu(element)
    return _overflow(element) if element["type"] == "overflow" else _button(element)


def _overflow(menu: dict[str, Any]) -> list[str]:
    if set(menu) != {"type", "action_id", "options"}:
        return [f"overflow with {sorted(menu)}"]
    errors = [] if 2 <= len(menu["options"]) <= 5 else ["options of an overflow menu"]
    return errors + _options(menu["options"], max_value=75)


def _options(options: list[dict[str, Any]], *, max_value: int) -> list[str]:
    errors = []
    for option in options:
        errors += _text(option["text"], 75, plain=True)
        errors += [] if 0 < len(option["value"]) <= max_value else ["an option's value"]
    return errors


def _choice(element: dict[str, Any]) -> list[str]:
    """Return what Slack would refuse in a modal's element for choices."""
    kind, fields = element["type"], set(element) - {"type", "action_id"}
    if kind == "datepicker":
        allowed = {"placeholder", "initial_date"}
        return [] if fields <= allowed else [f"datepicker with {sorted(element)}"]
    if kind == "conversations_select":
        is_valid = set(element["filter"].get("include", ())) <= {"im", "mpim", "private", "public"}
        is_valid &= fields == {"placeholder", "filter"}
        return [] if is_valid else [f"channels with {sorted(element)}"]
    initial_key = "initial_options" if kind == "checkboxes" else "initial_option"
    initial = element.get(initial_key) or []
    fields.discard(initial_key)
    if kind == "external_select":
        is_valid = fields == {"placeholder", "min_query_length"}
        return [] if is_valid else [f"external_select with {sorted(element)}"]
    initial = initial if isinstance(initial, list) else [initial]
    errors = [] if all(option in element["options"] for option in initial) else [initial_key]
    if kind == "static_select":
        return errors + _menu({k: v for k, v in element.items() if k != initial_key})
    errors += [] if fields == {"options"} else [f"{sorted(element)}"]
    errors += [] if 1 <= len(element["options"]) <= 10 else ["check boxes"]
    return errors + _options(element["options"], max_value=150)


def _menu(menu: dict[str, Any]) -> list[str]:
    if set(menu) != {"type", "action_id", "placeholder", "options"}:
        return [f"static_select with {sorted(menu)}"]
    errors = _text(menu["placeholder"], 150, plain=True)
    errors += [] if 1 <= len(menu["options"]) <= 100 else ["options"]
    errors += _options(menu["options"], max_value=75)
    values = [option["value"] for option in menu["options"]]
    return errors + (["an option's value twice"] if len(set(values)) < len(values) else [])


def _button(button: dict[str, Any]) -> list[str]:
    if button["type"] != "button" or set(button) - {"type", "text", "action_id", "value"}:
        return [f"{button['type']} with {sorted(button)}"]
    errors = _text(button["text"], 75, plain=True)
    if not (0 < len(button["action_id"]) <= 255 and 0 < len(button["value"]) <= 2000):
        errors.append("action_id or value")
    return errors


def _text(text: dict[str, Any], limit: int, *, plain: bool = False) -> list[str]:
    kind = "plain_text" if plain else "mrkdwn"
    allowed = {"type", "text", "emoji"} if plain else {"type", "text", "verbatim"}
    if text.get("type") != kind or set(text) - allowed:
        return [f"text object {text}"]
    return [] if 0 < len(text["text"]) <= limit else [f"text of {len(text['text'])} characters"]
