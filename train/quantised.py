"""A released file as the Go program computes it: 6-bit weights, activations of 7 bits a row. Running it through the same
evaluation as the float checkpoint shows what the rounding costs. Attention's 14-bit products are left in float."""

import torch
import torch.nn as nn
import torch.nn.functional as F

import released
from network import PAIRS, Network


class Quantised(nn.Module):
    """A linear layer over inputs that are transformed and rounded to 7 bits, each row with a scale of its own."""

    def __init__(self, file, inputs, name, rows=slice(None)):
        super().__init__()
        tensor = lambda a: torch.tensor(a, dtype=torch.float32)
        self.mul, self.add = tensor(file.floats(inputs + ".mul")), tensor(file.floats(inputs + ".add"))
        self.weight, self.bias = tensor(file.table(name)[rows]), tensor(file.floats(name + ".bias")[rows])

    def forward(self, x):
        x = x.float() * self.mul + self.add
        low = x.min(-1, keepdim=True).values
        scale = ((x.max(-1, keepdim=True).values - low) / 127).clamp(min=1e-12)
        x = ((x - low) / scale).round() * scale + low
        with torch.autocast("cpu", enabled=False):
            return F.linear(x, self.weight, self.bias)


def load(path, pretrained):
    """(network, labels, transitions) of a released file, its products rounded."""
    config, labels, weights, transitions = released.read(path, pretrained)
    file = released.File(path)
    network = Network(config, {name: len(values) for name, values in labels.items()})
    network.load_state_dict(weights)
    hidden = network.config["hidden_size"]
    for i, layer in enumerate(network.encoder["layer"]):
        to, attention = f"layer.{i}.", layer.attention["self"]
        for k, part in enumerate(("query", "key", "value")):
            setattr(attention, part, Quantised(file, to + "attention", to + "attention", slice(k * hidden, (k + 1) * hidden)))
        layer.attention["output"].dense = Quantised(file, to + "merge", to + "merge")
        layer.intermediate["dense"] = Quantised(file, to + "expand", to + "expand")
        layer.output.dense = Quantised(file, to + "reduce", to + "reduce")
    for name in network.heads:
        network.heads[name] = Quantised(file, "words", f"head.{name}")
    for name in ("arc_head", "arc_dep", "rel_head", "rel_dep"):
        setattr(network, name, Quantised(file, "words", name.replace("_", ".")))
    for name in PAIRS:
        network.pairs[name].head = Quantised(file, "words", f"pair.{name}.head")
        network.pairs[name].dep = Quantised(file, "words", f"pair.{name}.dep")
    return network, labels, transitions
