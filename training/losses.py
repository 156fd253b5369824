"""What training makes small: wrong labels, distance from the teacher, wrong links."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from training.corpus import CUE, SOURCE, Part
from training.model import LABELS, PROJECTION


def label_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of the annotators' labels."""
    return functional.cross_entropy(scores[..., :LABELS].flatten(0, 1).float(), labels.flatten())


def soft_loss(scores: Tensor, soft: Tensor, temperature: float) -> Tensor:
    """Kullback-Leibler divergence from the teacher's labels (Hinton et al., 2015)."""
    known = ~soft[..., 0].isnan()
    mine = (scores[..., :LABELS][known].float() / temperature).log_softmax(-1)
    theirs = (soft[known] / temperature).log_softmax(-1)
    loss = functional.kl_div(mine, theirs, reduction="sum", log_target=True)
    return loss * temperature**2 / known.sum().clamp(min=1)


def link_loss(scores: Tensor, parts: list[Part], link_bias: Tensor) -> Tensor:
    """Cross entropy of each source's and content's cue among the cues of its window."""
    cues = [part for part in parts if part.role == CUE]
    several = {a.row for a, b in pairwise(cues) if a.row == b.row}
    cues = [cue for cue in cues if cue.row in several]
    others = [part for part in parts if part.role != CUE and part.row in several]
    true = torch.tensor([[_linked(part, cue) for cue in cues] for part in others], dtype=torch.bool)
    if not true.any():
        return link_bias.sum() * 0
    device = scores.device
    true = true.to(device)
    means = scores[..., LABELS:].float().cumsum(1)
    query = _mean(means, others).unflatten(1, (3, PROJECTION))
    rows = torch.tensor([0 if part.role == SOURCE else 1 for part in others], device=device)
    query = query[torch.arange(len(others), device=device), rows]
    key = _mean(means, cues)[:, 2 * PROJECTION :]
    steps = torch.tensor([_steps(part, cues) for part in others], device=device)
    near = torch.tensor([[p.row == c.row for c in cues] for p in others], device=device)
    links = query @ key.T / PROJECTION**0.5 + link_bias[rows[:, None], steps]
    links = links.masked_fill(~near, -1e9)
    loss = links.logsumexp(1) - links.masked_fill(~true, -1e9).logsumexp(1)
    return loss[true.any(1)].mean()


def _linked(part: Part, cue: Part) -> bool:
    return part.row == cue.row and bool(part.attributions & cue.attributions)


def _mean(sums: Tensor, parts: list[Part]) -> Tensor:
    rows, _, starts, ends, _ = zip(*parts, strict=True)
    row, start, end = (torch.tensor(each, device=sums.device) for each in (rows, starts, ends))
    return (sums[row, end - 1] - sums[row, start - 1]) / (end - start)[:, None]


def _steps(part: Part, cues: list[Part]) -> list[int]:
    """Place each cue: −1 the nearest on the left, 1 on the right; up to 3, counted from 0."""
    near = [at for at, cue in enumerate(cues) if cue.row == part.row]
    before = near[0] + sum(cues[at].start < part.start for at in near)
    steps = [at - before + (at >= before) for at in range(len(cues))]
    return [min(3, max(-3, step)) + 3 for step in steps]
