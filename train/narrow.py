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


def _linear(weight, bias):
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.copy_(weight)
    linear.bias.copy_(bias)
    return linear
