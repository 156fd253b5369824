"""Train the tagger and write its files; see README.md."""

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

from training.corpus import (
    TOKENIZER,
    Fold,
    Pieces,
    collate,
    cut_windows,
    encode_articles,
    make_batches,
    read_annotated,
)
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
    parser.add_argument("--held-out", type=Fold.parse, help="leave a part out, such as 1/5")
    parser.add_argument("--settings", type=Path, default=HERE / "settings.yml")
    given = parser.parse_args()
    settings = yaml.safe_load(given.settings.read_text(encoding="utf-8"))
    if given.held_out:
        settings["recipe"] |= settings["held_out"]
    rank = _join_processes()
    articles = _articles(given.corpus, given.also, given.held_out)
    pruned = [
        _pruned(given.corpus, articles, settings, given.held_out is not None) if rank == 0 else None
    ]
    if distributed.is_initialized():
        distributed.broadcast_object_list(pruned)
    network = pruned[0].to("cuda" if torch.cuda.is_available() else "cpu")
    for number, round_settings in enumerate(settings["rounds"]):
        torch.manual_seed(settings["seed"] + 1000 * number + rank)
        rng = random.Random(settings["seed"] + number)  # noqa: S311 - not for cryptography
        network = distil(network, articles, Recipe(**settings["recipe"], **round_settings), rng)
    if rank == 0:
        _write(network, given.out, settings["precise"])


def _join_processes() -> int:
    """Join the processes that torchrun started, if any; return the rank of this one."""
    if not distributed.is_torchelastic_launched():
        return 0
    torch.set_num_threads(1)
    distributed.init_process_group("gloo")
    return distributed.get_rank()


def _articles(corpus: Path, also: Path | None, held_out: Fold | None) -> list[Pieces]:
    """Read the training articles, with the teacher's scores unless a part is held out.

    The teacher was trained on the whole corpus, so its scores would reveal the held-out part. Only
    the choice of heads and neurons still comes from the teacher then.
    """
    articles = read_annotated(corpus / "polnear-train.tar.xz")
    if held_out:
        articles = [article for article in articles if not held_out.contains(article.id)]
    soft = None if held_out else corpus / "teacher" / "soft-train.npz"
    return encode_articles(articles, soft) + (encode_articles(read_annotated(also)) if also else [])


def _pruned(
    corpus: Path, articles: Sequence[Pieces], settings: dict[str, Any], from_base: bool
) -> Network:
    """Prune the teacher, or its base model if the teacher has seen the held-out articles."""
    prune_settings = settings["prune"]
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(settings["seed"])
    rng = random.Random(settings["seed"])  # noqa: S311 - not for cryptography
    cuts = make_batches(cut_windows(articles, rng), prune_settings["batch"], rng)
    cuts = cuts[: prune_settings["batches"]]
    budget = Budget(
        prune_settings["heads"],
        prune_settings["neurons"],
        tuple(prune_settings["layers"]),
        tuple(prune_settings["least"]),
    )
    collated = [collate(cut) for cut in cuts]
    teacher = load_teacher(corpus / "teacher")
    return prune(
        teacher,
        load_base() if from_base else teacher,
        collated,
        collated[: prune_settings["fitted"]],
        budget,
        settings["recipe"]["link_weight"],
    )


def _write(network: Network, folder: Path, precise: Sequence[str]) -> None:
    """Write the three files that belong in bot/extract/tagger."""
    folder.mkdir(parents=True, exist_ok=True)
    model, tokenizer = folder / "tagger.onnx", folder / "tokenizer.json"
    export(network, model, precise)
    if tokenizer.resolve() != TOKENIZER:
        shutil.copyfile(TOKENIZER, tokenizer)
    source, content = network.link_bias.detach().cpu().tolist()
    manifest = {
        "sha256": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (model, tokenizer)
        },
        "link_bias": {
            "source": [round(bias, 6) for bias in source],
            "content": [round(bias, 6) for bias in content],
        },
    }
    (folder / "tagger.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
