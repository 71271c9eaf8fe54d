"""Makes the wide middle of each layer narrower: the units that move the layer's output least are taken out, their mean
goes into the bias (structured pruning by activation and outgoing weight, after Molchanov et al. 2017)."""

import torch
import torch.nn as nn
import torch.nn.functional as F


@torch.no_grad()
def narrow(network, batches, size):
    """Keeps `size` units in each layer, judged on the batches."""
    layers = network.encoder["layer"]
    sums = [[0, 0.0, 0.0] for _ in layers]

    def watch(i):
        def hook(module, inputs, output):
            x = F.gelu(output.float()).flatten(0, 1)
            sums[i][0] += len(x)
            sums[i][1] += x.sum(0)
            sums[i][2] += (x * x).sum(0)
        return hook
    hooks = [layer.intermediate["dense"].register_forward_hook(watch(i)) for i, layer in enumerate(layers)]
    network.eval()
    for batch in batches:
        network.words(batch["pieces"], batch["shapes"], batch["lengths"], batch["firsts"])
    for hook in hooks:
        hook.remove()
    for layer, (count, total, squares) in zip(layers, sums):
        wide, back = layer.intermediate["dense"], layer.output.dense
        mean = total / count
        worth = (squares / count - mean * mean) * (back.weight ** 2).sum(0)
        kept, _ = worth.argsort(descending=True)[:size].sort()
        lost = torch.ones(len(worth), dtype=torch.bool)
        lost[kept] = False
        back.bias += back.weight[:, lost] @ mean[lost]
        layer.intermediate["dense"] = _linear(wide.weight[kept], wide.bias[kept])
        layer.output.dense = _linear(back.weight[:, kept], back.bias)
    network.config["intermediate_size"] = size


@torch.no_grad()
def narrow_relations(network, batches, size):
    """Keeps `size` units on both sides of the relations' biaffine product, judged on the batches."""
    sides = {"rel_dep": 1, "rel_head": 2}
    sums = {name: [0, 0.0, 0.0] for name in sides}
    network.eval()
    for batch in batches:
        x = network.words(batch["pieces"], batch["shapes"], batch["lengths"], batch["firsts"]).flatten(0, 1)
        for name in sides:
            y = F.relu(getattr(network, name)(x)).float()
            sums[name] = [a + b for a, b in zip(sums[name], (len(y), y.sum(0), (y * y).sum(0)))]
    for name, side in sides.items():
        count, total, squares = sums[name]
        mean, u = total / count, network.rel_U.data.transpose(1, side)  # label, unit, other side
        worth = (squares / count - mean * mean) * (u[:, :-1] ** 2).sum((0, 2))
        kept, _ = worth.argsort(descending=True)[:size].sort()
        lost = torch.ones(len(worth), dtype=torch.bool)
        lost[kept] = False
        constant = u[:, -1] + (mean[lost][None, :, None] * u[:, :-1][:, lost]).sum(1)
        u = torch.cat([u[:, kept], constant[:, None]], 1).transpose(1, side).contiguous()
        network.rel_U = nn.Parameter(u)
        linear = getattr(network, name)
        setattr(network, name, _linear(linear.weight[kept], linear.bias[kept]))
        if name == "rel_head":
            network.rel_root = nn.Parameter(network.rel_root[kept].clone())
    network.config["rel_size"] = size


def _linear(weight, bias):
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.copy_(weight)
    linear.bias.copy_(bias)
    return linear
