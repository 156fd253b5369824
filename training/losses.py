"""The training losses: labels, distance from the teacher, links."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from training.corpus import CUE, SOURCE, RoleSpan
from training.model import LABELS, PROJECTION


def label_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of the annotated labels."""
    return functional.cross_entropy(scores[..., :LABELS].flatten(0, 1).float(), labels.flatten())


def soft_loss(scores: Tensor, soft: Tensor, temperature: float) -> Tensor:
    """Kullback-Leibler divergence from the teacher's labels (Hinton et al., 2015)."""
    known = ~soft[..., 0].isnan()
    mine = (scores[..., :LABELS][known].float() / temperature).log_softmax(-1)
    theirs = (soft[known] / temperature).log_softmax(-1)
    loss = functional.kl_div(mine, theirs, reduction="sum", log_target=True)
    return loss * temperature**2 / known.sum().clamp(min=1)


def link_loss(scores: Tensor, parts: list[RoleSpan], link_bias: Tensor) -> Tensor:
    """Cross entropy of the cue of each source and content, among the cues of its window."""
    cues = [part for part in parts if part.role == CUE]
    # Only windows with several cues have a choice.
    rows_with_choice = {a.row for a, b in pairwise(cues) if a.row == b.row}
    cues = [cue for cue in cues if cue.row in rows_with_choice]
    others = [part for part in parts if part.role != CUE and part.row in rows_with_choice]
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
    distances = torch.tensor([_cue_distances(part, cues) for part in others], device=device)
    same_row = torch.tensor([[p.row == c.row for c in cues] for p in others], device=device)
    links = query @ key.T / PROJECTION**0.5 + link_bias[rows[:, None], distances]
    links = links.masked_fill(~same_row, -1e9)
    loss = links.logsumexp(1) - links.masked_fill(~true, -1e9).logsumexp(1)
    return loss[true.any(1)].mean()


def _linked(part: RoleSpan, cue: RoleSpan) -> bool:
    return part.row == cue.row and bool(part.attributions & cue.attributions)


def _mean(sums: Tensor, parts: list[RoleSpan]) -> Tensor:
    rows, _, starts, ends, _ = zip(*parts, strict=True)
    row, start, end = (torch.tensor(values, device=sums.device) for values in (rows, starts, ends))
    return (sums[row, end - 1] - sums[row, start - 1]) / (end - start)[:, None]


def _cue_distances(part: RoleSpan, cues: list[RoleSpan]) -> list[int]:
    """Return the distance of each cue, in cues, as an index into the link bias.

    −1 is the nearest on the left, 1 on the right; distances are limited to ±3, and −3 is index 0.
    """
    in_row = [index for index, cue in enumerate(cues) if cue.row == part.row]
    first_after = in_row[0] + sum(cues[index].start < part.start for index in in_row)
    distances = [index - first_after + (index >= first_after) for index in range(len(cues))]
    return [min(3, max(-3, distance)) + 3 for distance in distances]
