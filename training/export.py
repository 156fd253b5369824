"""Export the trained network to the ONNX file that bot/extract/tagger/tagger.py runs."""

from __future__ import annotations

import copy
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from bot.extract.tagger.tagger import STATES
from training.corpus import FIRST, LAST, PADDING, SHIFT
from training.model import Network

OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# Maps BERT's special tokens to MPNet's; their ids are not shifted by SHIFT.
SPECIAL_TOKENS = {0: PADDING, 101: FIRST, 102: LAST}


def to_onnx(network: Network, file: Path) -> None:
    """Write the network in float32, with BERT's vocabulary as input."""
    network = copy.deepcopy(network).cpu().float().eval()
    words = network.words.weight.detach()
    table = words[SHIFT:-1].clone()  # the last is the mask token, used only in pretraining
    for bert_id, mpnet_id in SPECIAL_TOKENS.items():
        table[bert_id] = words[mpnet_id]
    network.words = nn.Embedding.from_pretrained(table)
    ids = torch.arange(1000, 1040)[None]
    axes = {name: {0: "windows", 1: "pieces"} for name in (*INPUTS, "scores")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about slices, which vary on purpose
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(file),
            input_names=list(INPUTS),
            output_names=["scores"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(source: Path, file: Path, precise: Sequence[str] = ()) -> None:
    """Quantize weights to int8 per channel, except nodes whose name contains one of `precise`."""
    nodes = [node.name for node in onnx.load(source).graph.node]
    excluded = [name for name in nodes if any(part in name for part in precise)]
    quantize_dynamic(
        source, file, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=excluded
    )


def export(network: Network, file: Path, precise: Sequence[str]) -> None:
    """Write the int8 model."""
    with tempfile.TemporaryDirectory() as folder:
        to_onnx(network, Path(folder) / "float.onnx")
        quantize(Path(folder) / "float.onnx", file, precise)
    expose_states(file)


def expose_states(file: Path) -> None:
    """Make the tensors of STATES outputs of a model."""
    model = onnx.load(file)
    shape = ["windows", "pieces", None]
    for name in STATES:
        model.graph.output.append(
            onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
        )
    onnx.save(model, file)
