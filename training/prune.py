"""Prune a network: remove the least important heads and neurons, and fit the rest to replace them.

Heads and inner neurons are chosen by the empirical Fisher information of a mask over them, per
unit of time that they take (Kwon et al., 2022). Each block's output weights are then fitted by
least squares to the outputs of the full network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.corpus import Batch
from training.losses import label_loss, link_loss
from training.model import HEAD_WIDTH, HEADS, INNER, WIDTH, Network, Shape

GROUP = 64  # neurons are kept or removed in groups of this size
RIDGE = 1e-3  # as a share of the mean square activation; prevents fitting to noise


@dataclass(frozen=True)
class Budget:
    """The size of the pruned network, counted in `heads`; `neurons` inner neurons cost one head.

    Only `layers` are kept, each with at least `least` heads and neurons.
    """

    heads: float
    neurons: int
    layers: tuple[int, ...]
    least: tuple[int, int]


def prune(
    teacher: Network,
    origin: Network,
    batches: Sequence[Batch],
    fitted: Sequence[Batch],
    budget: Budget,
    link_weight: float,
) -> Network:
    """Build a network within the budget from the teacher's best heads and neurons.

    They are chosen on `batches`. Their weights come from `origin`, which is the teacher or its base
    model, and are fitted on the batches in `fitted`.
    """
    heads, neurons = fisher_information(teacher, batches, link_weight)
    kept = choose_kept(heads, neurons, budget)
    network = Network(
        [Shape(tuple(heads.tolist()), len(neurons)) for heads, neurons in kept.values()]
    )
    _copy(origin, network, kept)
    _fit(origin, network, list(kept), fitted)
    return network


def fisher_information(
    network: Network, batches: Sequence[Batch], link_weight: float
) -> tuple[Tensor, Tensor]:
    """Sum squared gradients of masks over heads and neurons, both [layers, …], over batches."""
    masks = [
        (torch.ones(HEADS, requires_grad=True), torch.ones(INNER, requires_grad=True))
        for _ in network.layers
    ]
    hooks = []
    for layer, (heads, inner) in zip(network.layers, masks, strict=True):
        hooks.append(layer.mix.register_forward_pre_hook(_scaled_by(heads, HEAD_WIDTH)))
        hooks.append(layer.down.register_forward_pre_hook(_scaled_by(inner, 1)))
    leaves = [mask for pair in masks for mask in pair]
    sums = [torch.zeros_like(mask) for mask in leaves]
    for batch in batches:
        scores = network(batch.ids, batch.mask, batch.types)
        loss = label_loss(scores, batch.labels)
        loss = loss + link_weight * link_loss(scores, batch.parts, network.link_bias)
        for total, gradient in zip(sums, torch.autograd.grad(loss, leaves), strict=True):
            total += gradient.square()
    for hook in hooks:
        hook.remove()
    return torch.stack(sums[::2]), torch.stack(sums[1::2])


def _scaled_by(mask: Tensor, times: int) -> Callable[[nn.Module, tuple[Tensor]], Tensor]:
    """Return a hook that scales a module's input; each mask element applies to `times` columns."""
    return lambda _module, inputs: inputs[0] * mask.repeat_interleave(times)


def choose_kept(heads: Tensor, neurons: Tensor, budget: Budget) -> dict[int, tuple[Tensor, Tensor]]:
    """Choose heads and groups of neurons by their information per unit of time.

    Returns the numbers of the heads and neurons that each layer keeps.
    """
    candidates = []
    for layer in budget.layers:
        for rank, value in enumerate(heads[layer].sort(descending=True).values.tolist()):
            value = torch.inf if rank < budget.least[0] else value
            candidates.append((value, 1.0, layer, 0, 1))
        ranked = neurons[layer].sort(descending=True).values
        for first in range(0, INNER, GROUP):
            cost = GROUP / budget.neurons
            value = float(ranked[first : first + GROUP].sum()) / cost
            value = torch.inf if first < budget.least[1] else value
            candidates.append((value, cost, layer, 1, GROUP))
    counts = {layer: [0, 0] for layer in budget.layers}
    spent = 0.0
    for _, cost, layer, kind, size in sorted(candidates, key=lambda candidate: -candidate[0]):
        if spent + cost <= budget.heads:
            spent += cost
            counts[layer][kind] += size
    return {
        layer: (
            heads[layer].topk(head_count).indices.sort().values,
            neurons[layer].topk(neuron_count).indices.sort().values,
        )
        for layer, (head_count, neuron_count) in counts.items()
    }


def _copy(origin: Network, network: Network, kept: dict[int, tuple[Tensor, Tensor]]) -> None:
    for name in ("words", "positions", "types", "nearness", "norm", "head"):
        getattr(network, name).load_state_dict(getattr(origin, name).state_dict())
    network.link_bias.data.copy_(origin.link_bias.data)
    for mine, (layer, (heads, neurons)) in zip(network.layers, kept.items(), strict=True):
        columns = (heads[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)).flatten()
        rows = torch.cat([columns + part * WIDTH for part in range(3)])
        weights = origin.layers[layer].state_dict()
        for name in ("qkv.weight", "qkv.bias"):
            weights[name] = weights[name][rows]
        for name in ("up.weight", "up.bias"):
            weights[name] = weights[name][neurons]
        weights["mix.weight"] = weights["mix.weight"][:, columns]
        weights["down.weight"] = weights["down.weight"][:, neurons]
        mine.load_state_dict(weights)


@torch.no_grad()
def _fit(
    origin: Network, network: Network, layers: Sequence[int], batches: Sequence[Batch]
) -> None:
    """Fit each pruned block's output to that of the full block.

    Its input is the output of the pruned layers below, so the fit also corrects their errors.
    """
    masks = [batch.mask.bool() for batch in batches]
    embedded = [origin.embed(batch.ids, batch.mask, batch.types) for batch in batches]
    theirs = [hidden for hidden, _ in embedded]
    mine = list(theirs)
    biases = [bias for _, bias in embedded]
    for number, full in enumerate(origin.layers):
        mixed = [h + full.mix(full.attend(h, bias)) for h, bias in zip(theirs, biases, strict=True)]
        normed = [full.norm1(h) for h in mixed]
        ended = [h + full.down(full.inner(h)) for h in normed]
        theirs = [full.norm2(h) for h in ended]
        if number not in layers:
            continue
        small = network.layers[layers.index(number)]
        given = [small.attend(h, bias) for h, bias in zip(mine, biases, strict=True)]
        _solve(small.mix, given, _less(mixed, mine), masks)
        mine = [small.norm1(h + small.mix(g)) for h, g in zip(mine, given, strict=True)]
        given = [small.inner(h) for h in mine]
        _solve(small.down, given, _less(ended, mine), masks)
        mine = [small.norm2(h + small.down(g)) for h, g in zip(mine, given, strict=True)]
    _solve(network.head, mine, [origin.head(h) for h in theirs], masks)


def _less(goals: Sequence[Tensor], there: Sequence[Tensor]) -> list[Tensor]:
    return [goal - already for goal, already in zip(goals, there, strict=True)]


def _solve(
    linear: nn.Linear, given: Sequence[Tensor], goals: Sequence[Tensor], masks: Sequence[Tensor]
) -> None:
    """Set `linear` so that it makes `goals` of what is given, by least squares where masked."""
    size = linear.in_features + 1
    gram = torch.zeros(size, size, dtype=torch.float64)
    cross = torch.zeros(size, linear.out_features, dtype=torch.float64)
    for inputs, goal, mask in zip(given, goals, masks, strict=True):
        chosen = functional.pad(inputs[mask], (0, 1), value=1.0)
        gram += chosen.T @ chosen
        cross += chosen.T @ goal[mask]
    ridge = RIDGE * float(gram.diagonal().mean())
    gram.diagonal().add_(ridge)
    cross += ridge * torch.cat([linear.weight.T, linear.bias[None]])
    weights = torch.linalg.solve(gram, cross).float()
    linear.weight.copy_(weights[:-1].T)
    linear.bias.copy_(weights[-1])
