"""The trained tagger: finds the attributions in a paragraph.

A small transformer labels each word piece as source, cue, content or nothing, and links sources and
contents to their cues (docs/trust/model-card.md). It reads one paragraph at a time: paragraphs
read together change one another's links for the worse. It also reads one window at a time: the
activations are quantized per batch, so in a batch one paragraph's result would depend on others.
Threads run in parallel instead. They take turns between the articles: an article has only a few
paragraphs in the queue at once, and a paragraph goes to its end after each window.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from bot import onnx
from bot.errors import ExtractionError
from bot.extract.tagger.decoding import Outputs, TaggedAttribution, Window, decode
from bot.model import Span
from bot.text.quotes import quotation_mask
from bot.text.spans import shifted

MODEL_FOLDER = Path(__file__).resolve().parent
WIDTH, STRIDE = 254, 190  # word pieces in a window, and between the starts of two windows
# Word pieces that are read for the states around a position, and how many of them come after it.
STATES_WIDTH, PIECES_AFTER = 128, 30
# Of one article, apart from the last paragraph: the windows of so many marks take 20 MB.
MAX_QUEUED_CHARACTERS = 20_000
STRETCH = 256  # characters that the tokenizer is given at once, and a few more
SCORES = "scores"
STATES = tuple(f"/layers.{layer}/norm2/LayerNormalization_output_0" for layer in (3, 5))
"""The outputs of the network, by their names in the ONNX file: the labels' scores, and what two of
its layers know of each word piece, from which pronouns.py in training/ learns."""
SLOW_OPTIMIZERS = ("SkipLayerNormFusion",)
"""The fused node takes a tenth of the time; the two nodes that it replaces take far less."""
CLS, SEP = 101, 102  # ids of the tokens before and after each sequence in the base model's training


class WordPieces(NamedTuple):
    """A paragraph's word pieces: vocabulary ids, spans, and types (see `piece_types`)."""

    ids: list[int]
    offsets: list[Span]
    types: list[int]


class States(NamedTuple):
    """What the network knows of each word piece: a row for each of `offsets`."""

    offsets: list[Span]
    rows: np.ndarray


class TaggedParagraph(NamedTuple):
    """A paragraph's attributions, and the number of windows that the network read of it."""

    attributions: list[TaggedAttribution]
    windows: int


_Steps = Generator[None, None, TaggedParagraph]


class Tagger:
    """Find attributions in single paragraphs, on `threads` threads (0: one for each core).

    Raises ExtractionError if a model file is missing or does not match its digest.
    """

    def __init__(self, threads: int = 0, folder: Path = MODEL_FOLDER) -> None:
        link_bias = _read_manifest(folder)["link_bias"]
        self._link_bias = np.array([link_bias[role] for role in ("source", "content")])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._session = onnx.load_session(str(folder / "tagger.onnx"), SLOW_OPTIMIZERS)
        threads = threads or os.cpu_count() or 1
        self._max_queued = 2 * threads
        self._pool = ThreadPoolExecutor(threads, "tagger")

    def tag(
        self, paragraphs: Iterable[str], check: Callable[[], None] = lambda: None
    ) -> Generator[TaggedParagraph, None, None]:
        """Find each paragraph's attributions, in order; spans are offsets into the paragraph.

        `check` is called before each window; what it raises is raised here.
        """
        queued: deque[tuple[Future[TaggedParagraph], int]] = deque()
        characters = 0
        try:
            for paragraph in paragraphs:
                result: Future[TaggedParagraph] = Future()
                queued.append((result, len(paragraph)))
                characters += len(paragraph)
                self._pool.submit(self._advance, self._steps(paragraph, check), result)
                while len(queued) > self._max_queued or characters > MAX_QUEUED_CHARACTERS:
                    oldest, length = queued.popleft()
                    characters -= length
                    yield oldest.result()
            while queued:
                yield queued.popleft()[0].result()
        finally:
            for result, _ in queued:
                result.cancel()

    def read_states(self, parts: Iterable[tuple[int, str]], position: int) -> States:
        """Read what the network knows of the words around a position of an article.

        `parts` are paragraphs, with their offsets. They are read together, in one window that ends
        soon after the position: words far before it are left out.
        """
        joined = WordPieces([], [], [])
        for offset, paragraph in parts:
            pieces = self._encode(paragraph)
            joined.ids.extend(pieces.ids)
            joined.types.extend(pieces.types)
            joined.offsets.extend(shifted(pieces.offsets, offset))
        index = bisect_right(joined.offsets, position, key=lambda span: span[0])
        end = min(len(joined.ids), index + PIECES_AFTER)
        start = max(0, end - STATES_WIDTH)
        layers = self._run(joined, start, end, STATES)
        return States(joined.offsets[start:end], np.concatenate(layers, axis=1))

    def _advance(self, steps: _Steps, result: Future[TaggedParagraph]) -> None:
        """Take one step with a paragraph, and queue the next one behind those of others."""
        if result.cancelled():
            return
        try:
            next(steps)
            self._pool.submit(self._advance, steps, result)
        except StopIteration as end:
            _finish(result, end.value, None)
        except BaseException as error:  # noqa: BLE001  raised where the result is awaited
            _finish(result, None, error)

    def _steps(self, paragraph: str, check: Callable[[], None]) -> _Steps:
        """Tag a paragraph; stops after each window but the last."""
        pieces = self._encode(paragraph)
        windows: list[Window] = []
        for start, end in _windows(len(pieces.ids)) if pieces.ids else ():
            if windows:
                yield
            check()
            windows.append(self._infer(pieces, start, end))
        if not windows:
            return TaggedParagraph([], 0)
        outputs = Outputs(pieces.offsets, windows)
        return TaggedParagraph(decode(paragraph, outputs, self._link_bias), len(windows))

    def _encode(self, paragraph: str) -> WordPieces:
        ids: list[int] = []
        offsets: list[Span] = []
        for first, last in _stretches(paragraph):
            encoded = self._tokenizer.encode(paragraph[first:last], add_special_tokens=False)
            for piece, (start, end) in zip(encoded.ids, encoded.offsets, strict=True):
                if end > start:  # the tokenizer drops some characters and leaves an empty piece
                    ids.append(piece)
                    offsets.append((first + start, first + end))
        return WordPieces(ids, offsets, piece_types(paragraph, offsets))

    def _infer(self, pieces: WordPieces, start: int, end: int) -> Window:
        return Window(start, end, self._run(pieces, start, end, [SCORES])[0])

    def _run(
        self, pieces: WordPieces, start: int, end: int, outputs: Sequence[str]
    ) -> list[np.ndarray]:
        """Run the network on a window; returns a row for each word piece in each output."""
        ids = np.array([[CLS, *pieces.ids[start:end], SEP]], np.int64)
        types = np.array([[0, *pieces.types[start:end], 0]], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        return [output[0, 1:-1] for output in self._session.run(list(outputs), inputs)]


def _finish(
    result: Future[TaggedParagraph], tagged: TaggedParagraph | None, error: BaseException | None
) -> None:
    """Set a result, unless nobody awaits it any more."""
    if not result.set_running_or_notify_cancel():
        return
    if error:
        result.set_exception(error)
    elif tagged:
        result.set_result(tagged)


def piece_types(paragraph: str, offsets: list[Span]) -> list[int]:
    """Return each word piece's type, which tells the uncased base model what it cannot see.

    A type is the case (0 lower, 1 capital, 2 upper) + 3 at the paragraph's start + 6 inside
    quotation marks: 12 types in all. `offsets` are non-empty spans of the paragraph. Training uses
    this function, too.
    """
    quoted = quotation_mask(paragraph)
    types = []
    for index, (start, end) in enumerate(offsets):
        piece = paragraph[start:end]
        case = 2 if len(piece) > 1 and piece.isupper() else int(piece[0].isupper())
        types.append(case + 3 * (index == 0) + 6 * quoted[start])
    return types


def _stretches(paragraph: str) -> Iterator[Span]:
    """Divide a paragraph where the tokenizer starts a new word in any case.

    The tokenizer takes quadratic time: 37 seconds for 20,000 quotation marks.
    """
    start, length = 0, len(paragraph)
    while length - start > 2 * STRETCH:
        end = start + STRETCH
        # It drops accents and control characters, and joins what is on either side of them.
        while end < length and not (
            _is_apart(paragraph[end])
            and (paragraph[end - 1].isalnum() or _is_apart(paragraph[end - 1]))
        ):
            end += 1
        yield start, end
        start = end
    yield start, length


def _is_apart(character: str) -> bool:
    """Tell whether the tokenizer never joins a character with the one before it.

    That is white space, punctuation, and Chinese characters.
    """
    if character.isascii():
        return character in "\t\n\r" or (character.isprintable() and not character.isalnum())
    is_chinese = "\u3400" <= character <= "\u9fff"
    return is_chinese or unicodedata.category(character) == "Zs" or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def _windows(length: int) -> list[Span]:
    starts = range(0, max(length - WIDTH, 0), STRIDE)
    return [(start, start + WIDTH) for start in starts] + [(max(0, length - WIDTH), length)]


def _read_manifest(folder: Path) -> dict[str, Any]:
    """Read tagger.json and verify the digests in it."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        for name, digest in manifest["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise _load_error(name, "it is not the file that came with Claimdesk")
    except OSError as error:
        raise _load_error(str(error.filename), error.strerror or "it cannot be read") from error
    except (ValueError, KeyError, AttributeError) as error:
        raise _load_error("tagger.json", "it is damaged") from error
    return manifest


def _load_error(name: str, cause: str) -> ExtractionError:
    return ExtractionError(
        "cannot load the tagger", subject=name, cause=cause, remedy="Install Claimdesk again"
    )
