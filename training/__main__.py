"""One command from the corpus to the tagger's files: see README.md."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import yaml
from torch import distributed

from training.corpus import TOKENIZER, Fold, Pieces, annotated, batches, collate, read, windows
from training.distil import Recipe, distil
from training.export import export
from training.model import Network
from training.prune import Budget, prune
from training.teacher import load_base, load_teacher

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Train the tagger and write it."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tagger's files")
    parser.add_argument("--also", type=Path, help="folder of more annotated articles")
    parser.add_argument("--held-out", type=Fold.named, help="leave a part out, such as 1/5")
    parser.add_argument("--settings", type=Path, default=HERE / "settings.yml")
    given = parser.parse_args()
    settings = yaml.safe_load(given.settings.read_text(encoding="utf-8"))
    if given.held_out:
        settings["recipe"] |= settings["held_out"]
    rank = _join()
    articles = _articles(given.corpus, given.also, given.held_out)
    pruned = [
        _pruned(given.corpus, articles, settings, given.held_out is not None) if rank == 0 else None
    ]
    if distributed.is_initialized():
        distributed.broadcast_object_list(pruned)
    network = pruned[0].to("cuda" if torch.cuda.is_available() else "cpu")
    for number, this in enumerate(settings["rounds"]):
        torch.manual_seed(settings["seed"] + 1000 * number + rank)
        chance = random.Random(settings["seed"] + number)  # noqa: S311 - no secret
        network = distil(network, articles, Recipe(**settings["recipe"], **this), chance)
    if rank == 0:
        _write(network, given.out, settings["precise"])


def _join() -> int:
    """Join the processes that torchrun started, if it did; return this one's number."""
    if not distributed.is_torchelastic_launched():
        return 0
    torch.set_num_threads(1)
    distributed.init_process_group("gloo")
    return distributed.get_rank()


def _articles(corpus: Path, also: Path | None, held_out: Fold | None) -> list[Pieces]:
    """Read what to train on. The teacher knows all of the corpus: with a part left out, it is too.

    Of what the teacher knows, only the choice of heads and neurons then remains.
    """
    found = annotated(corpus / "polnear-train.tar.xz")
    if held_out:
        found = [each for each in found if not held_out.holds(each.id)]
    soft = None if held_out else corpus / "teacher" / "soft-train.npz"
    return read(found, soft) + (read(annotated(also)) if also else [])


def _pruned(
    corpus: Path, articles: Sequence[Pieces], settings: dict[str, Any], untaught: bool
) -> Network:
    """Prune the teacher, or only its base where what it was taught must not get in."""
    wanted = settings["prune"]
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(settings["seed"])
    chance = random.Random(settings["seed"])  # noqa: S311 - no secret
    cuts = batches(windows(articles, chance), wanted["batch"], chance)[: wanted["batches"]]
    budget = Budget(
        wanted["heads"], wanted["neurons"], tuple(wanted["layers"]), tuple(wanted["least"])
    )
    read_batches = [collate(cut) for cut in cuts]
    teacher = load_teacher(corpus / "teacher")
    return prune(
        teacher,
        load_base() if untaught else teacher,
        read_batches,
        read_batches[: wanted["fitted"]],
        budget,
        settings["recipe"]["link_weight"],
    )


def _write(network: Network, folder: Path, precise: Sequence[str]) -> None:
    """Write the three files that belong into bot/extract."""
    folder.mkdir(parents=True, exist_ok=True)
    model, tokenizer = folder / "tagger.onnx", folder / "tokenizer.json"
    export(network, model, precise)
    if tokenizer.resolve() != TOKENIZER:
        shutil.copyfile(TOKENIZER, tokenizer)
    source, content = network.link_bias.detach().cpu().tolist()
    made = {
        "sha256": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (model, tokenizer)
        },
        "link_bias": {
            "source": [round(each, 6) for each in source],
            "content": [round(each, 6) for each in content],
        },
    }
    (folder / "tagger.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
