"""Training with the rounding of the released file: each product sees inputs of 7 bits a row and weights of 6 bits, as
export.py writes and the Go program computes them; gradients pass as if nothing had been rounded (Jacob et al. 2018)."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from network import PAIRS

MIGRATION = 0.6  # share of a channel's range that moves into the weights; best of 0, 0.3, 0.5, 0.6, 0.7 on MiniLM
CUTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
TOP_INPUT = 127
TOP_WEIGHT = 31


def products(network):
    """The linear layers that share one input, under the exporter's names of the inputs: {input: [(owner, attribute)]}."""
    out = {}
    for i, layer in enumerate(network.encoder["layer"]):
        attention = layer.attention["self"]
        out[f"layer.{i}.attention"] = [(attention, part) for part in ("query", "key", "value")]
        out[f"layer.{i}.merge"] = [(layer.attention["output"], "dense")]
        out[f"layer.{i}.expand"] = [(layer.intermediate, "dense")]
        out[f"layer.{i}.reduce"] = [(layer.output, "dense")]
    heads = [(network.heads, name) for name in network.heads]
    trees = [(network, name) for name in ("arc_head", "arc_dep", "rel_head", "rel_dep")]
    pairs = [(network.pairs[name], part) for name in PAIRS for part in ("head", "dep")]
    out["words"] = heads + trees + pairs
    return out


def part(owner, name):
    return owner[name] if isinstance(owner, nn.ModuleDict) else getattr(owner, name)


def shares(mean, low, high, weights):
    """What each input channel is divided by, so that no channel costs the others their precision (SmoothQuant, Xiao et
    al. 2023). Weights are all the matrices [out, in] that share the input."""
    reach = np.maximum(np.maximum(high - mean, mean - low), 1e-5)
    largest = np.maximum(np.max([np.abs(w).max(0) for w in weights], axis=0), 1e-5)
    return reach ** MIGRATION / largest ** (1 - MIGRATION)


def best_cuts(weight, top=TOP_WEIGHT):
    """The scale of each row: of several that cut off the largest values, the one with the least error (after Choukroun et
    al. 2019)."""
    reach = np.abs(weight).max(1)
    reach[reach == 0] = 1
    best, scale = np.full(len(weight), np.inf), reach / top
    for cut in CUTS:
        tried = reach * cut / top
        error = ((np.rint(weight / tried[:, None]).clip(-top, top) * tried[:, None] - weight) ** 2).sum(1)
        scale = np.where(error < best, tried, scale)
        best = np.minimum(error, best)
    return scale


class Rounded(nn.Linear):
    """A linear layer whose products are rounded. It keeps the parameters of the layer it takes the place of."""

    def __init__(self, linear):
        super().__init__(linear.in_features, linear.out_features, device="meta")
        self.weight, self.bias = linear.weight, linear.bias
        self.register_buffer("mean", torch.zeros(linear.in_features))
        self.register_buffer("share", torch.ones(linear.in_features))
        self.register_buffer("cut", torch.ones(linear.out_features, 1))  # the scale, as a share of the row's largest weight

    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            x = (x.float() - self.mean) / self.share
            low, high = (v.detach() for v in x.aminmax(dim=-1, keepdim=True))
            step = ((high - low) / TOP_INPUT).clamp(min=1e-12)
            x = through(x, ((x - low) / step).round() * step + low)
            weight = self.weight * self.share
            scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-12) * self.cut / TOP_WEIGHT
            weight = through(weight, (weight / scale).round().clamp(-TOP_WEIGHT, TOP_WEIGHT) * scale)
            bias = self.bias + self.weight @ self.mean
        return F.linear(x, weight, bias)


def through(x, rounded):
    """The rounded value forwards, the identity backwards."""
    return x + (rounded - x).detach()


def fit(network):
    """Puts rounded layers in place of the plain ones; a state dict or begin() fills in their buffers."""
    for group in products(network).values():
        for owner, name in group:
            rounded = Rounded(part(owner, name))
            if isinstance(owner, nn.ModuleDict):
                owner[name] = rounded
            else:
                setattr(owner, name, rounded)
    network.config["rounded"] = True
    return network


@torch.no_grad()
def begin(network, channels):
    """Starts rounding with the inputs' channels as they are now (export.calibrate)."""
    fit(network)
    for inputs, group in products(network).items():
        c, layers = channels[inputs], [part(owner, name) for owner, name in group]
        weights = [layer.weight.double().numpy() for layer in layers]
        share = shares(c.mean(), c.low, c.high, weights)
        for layer, weight in zip(layers, weights):
            layer.mean.copy_(torch.tensor(c.mean()))
            layer.share.copy_(torch.tensor(share))
            weight = weight * share
            reach = np.maximum(np.abs(weight).max(1), 1e-12)
            layer.cut.copy_(torch.tensor(best_cuts(weight) * TOP_WEIGHT / reach)[:, None])
