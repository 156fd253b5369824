"""The one door to ONNX Runtime, which runs the tagger and the embedder."""

from __future__ import annotations

import os
from typing import Any


def session(model: str | bytes) -> Any:
    """Load a model, given as its bytes or its file's path, to run on one thread of the CPU.

    ONNX Runtime 1.32 sends telemetry, and keeps a device's id in the home folder, from the moment
    it is imported, unless this variable of the environment is set by then; its function
    `disable_telemetry_events` can only be called when that has been done.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # not above: it looks at the variable when it is imported

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
