"""Load models with ONNX Runtime, for the tagger and the embedder. No other module may import it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any


def load_session(model: str | bytes, disabled_optimizers: Sequence[str] = ()) -> Any:
    """Load a model, given as its bytes or the path of its file, to run on one CPU thread.

    `disabled_optimizers` are names of ONNX Runtime's graph optimizers.

    From the moment it is imported, ONNX Runtime 1.32 sends telemetry and keeps a device id in the
    home folder, unless this environment variable is set. Its function `disable_telemetry_events` is
    only available after the import, which is too late.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # not at the top: the import reads the variable

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=list(disabled_optimizers),
    )
