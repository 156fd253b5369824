"""Train the pruned network on the annotated labels and the teacher's scores."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, distributed, nn

from training.corpus import Batch, Pieces, collate, cut_windows, make_batches
from training.losses import label_loss, link_loss, soft_loss
from training.model import Network


@dataclass(frozen=True)
class Recipe:
    """Training settings; settings.yml explains each of them."""

    epochs: int
    batch: int
    rate: float
    head_rate: float
    warm_up: float
    last_rate: float
    decay: float
    clip: float
    dropout: float
    soft_weight: float
    temperature: float
    link_weight: float
    averaged: float
    average_every: int


def distil(
    network: Network,
    articles: Sequence[Pieces],
    recipe: Recipe,
    rng: random.Random,
) -> Network:
    """Train `network` in place and return the mean of its last weights.

    Under torchrun, each process takes its share of every batch.
    """
    device = next(network.parameters()).device
    ranks = distributed.get_world_size() if distributed.is_initialized() else 1
    rank = distributed.get_rank() if ranks > 1 else 0
    network.dropout = recipe.dropout
    network.train()
    cuts = [
        cut
        for _ in range(recipe.epochs)
        for cut in make_batches(cut_windows(articles, rng), recipe.batch, rng)
        if len(cut) >= ranks
    ]
    steps = len(cuts)
    optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step / steps, recipe)
    )
    mean = Mean(network)
    started_at = time.monotonic()
    for step, cut in enumerate(cuts, 1):
        losses = _losses(network, collate(cut[rank::ranks]).to(device), recipe)
        optimizer.zero_grad(set_to_none=True)
        sum(losses).backward()
        _share_gradients(network)
        nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        optimizer.step()
        schedule.step()
        if step >= (1 - recipe.averaged) * steps and step % recipe.average_every == 0:
            mean.add(network)
        if step % 20 == 0 and rank == 0:
            seconds = time.monotonic() - started_at
            values = " ".join(f"{loss.item():.4f}" for loss in losses)
            print(
                f"step {step} of {steps}, {seconds:.0f} s: labels, teacher, links {values}",
                flush=True,
            )
    if mean.count == 0:  # too short to average
        mean.add(network)
    return mean.network


class Mean:
    """The mean of a network's weights at several steps (Izmailov et al., 2018)."""

    def __init__(self, network: Network) -> None:
        self.network = copy.deepcopy(network).eval()
        self.count = 0

    @torch.no_grad()
    def add(self, network: Network) -> None:
        """Add the network's current weights to the mean."""
        self.count += 1
        for mine, theirs in zip(self.network.parameters(), network.parameters(), strict=True):
            mine.lerp_(theirs, 1 / self.count)


def _losses(network: Network, batch: Batch, recipe: Recipe) -> list[Tensor]:
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        scores = network(batch.ids, batch.mask, batch.types)
    soft = soft_loss(scores, batch.soft, recipe.temperature)
    return [
        (1 - recipe.soft_weight) * label_loss(scores, batch.labels),
        recipe.soft_weight * soft,
        recipe.link_weight * link_loss(scores, batch.parts, network.link_bias),
    ]


def _share_gradients(network: Network) -> None:
    """Average the gradients over all processes, if torchrun started several."""
    if not distributed.is_initialized():
        return
    gradients = [weight.grad for weight in network.parameters() if weight.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    means = flat.split([gradient.numel() for gradient in gradients])
    for gradient, mean in zip(gradients, means, strict=True):
        gradient.copy_(mean.view_as(gradient))


def _rate(done: float, recipe: Recipe) -> float:
    """Return the learning rate's factor: a warm-up, then a linear decrease to the last rate."""
    remaining = (1 - done) / (1 - recipe.warm_up)
    return min(done / recipe.warm_up + 1e-3, recipe.last_rate + (1 - recipe.last_rate) * remaining)


def _groups(network: Network, recipe: Recipe) -> Iterable[dict[str, object]]:
    """Group weights by learning rate and decay; only matrices of the encoder decay."""
    kinds: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            is_new = name.startswith(("head", "types", "link_bias"))
            rate = recipe.rate * (recipe.head_rate if is_new else 1.0)
            decay = recipe.decay if name.startswith("layers") and weight.ndim > 1 else 0.0
            kinds.setdefault((rate, decay), []).append(weight)
    for (rate, decay), weights in kinds.items():
        yield {"params": weights, "lr": rate, "weight_decay": decay}
