"""The reading network: MiniLM-L6 with a word-shape embedding, linear heads and a biaffine tree parser.

The module names are part of the contract with the exporter (docs/model.md); the encoder keeps the names of the
published MiniLM checkpoint, so its weights load without a mapping.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

LINEAR_HEADS = ("sent", "upos", "xpos", "feats", "lemma", "name", "source", "cue", "content", "entity")
PAIRS = ("link", "coref")
DISTANCES = 10  # classes of the distance between two mentions: 1, 2, 3-4, 5-8, …, 257 words and more

DEFAULTS = {
    "vocab_size": 30522, "hidden_size": 384, "layers": 6, "heads": 12, "intermediate_size": 1536,
    "max_position": 512, "type_vocab_size": 2, "shapes": 30, "arc_size": 256, "rel_size": 96, "pair_size": 128,
    "layer_norm_eps": 1e-12, "dropout": 0.1, "merge_after": 0,
}


class Dropout(nn.Module):
    """Dropout whose masks are cut at random places from one long random mask: drawing them afresh takes a tenth of a
    step on a CPU."""

    LENGTH = 1 << 23

    def __init__(self, p):
        super().__init__()
        self.p = p
        self.pools = {}

    def forward(self, x):
        if not self.training or not self.p:
            return x
        pool = self.pools.get(x.dtype)
        if pool is None or len(pool) < 2 * x.numel():
            length = max(self.LENGTH, 4 * x.numel())
            pool = self.pools[x.dtype] = ((torch.rand(length) >= self.p).float() / (1 - self.p)).to(x.dtype)
        start = int(torch.randint(len(pool) - x.numel(), ()))
        return x * pool[start:start + x.numel()].view(x.shape)


class Embeddings(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.word_embeddings = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.position_embeddings = nn.Embedding(c["max_position"], c["hidden_size"])
        self.token_type_embeddings = nn.Embedding(c["type_vocab_size"], c["hidden_size"])
        self.shape_embeddings = nn.Embedding(c["shapes"], c["hidden_size"])
        nn.init.zeros_(self.shape_embeddings.weight)
        self.LayerNorm = nn.LayerNorm(c["hidden_size"], eps=c["layer_norm_eps"])
        self.dropout = Dropout(c["dropout"])

    def forward(self, pieces, shapes):
        positions = torch.arange(pieces.shape[1])
        x = self.word_embeddings(pieces) + self.position_embeddings(positions)
        x = x + self.token_type_embeddings.weight[0] + self.shape_embeddings(shapes)
        return self.dropout(self.LayerNorm(x))


class SelfAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c["heads"]
        self.query = nn.Linear(c["hidden_size"], c["hidden_size"])
        self.key = nn.Linear(c["hidden_size"], c["hidden_size"])
        self.value = nn.Linear(c["hidden_size"], c["hidden_size"])

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = (f(x).view(b, n, self.heads, d // self.heads).transpose(1, 2).reshape(b * self.heads, n, -1)
                   for f in (self.query, self.key, self.value))
        # Written out: on this CPU the fused kernel's backward pass takes five times as long. No dropout in here,
        # the one on the layer's outputs suffices.
        mask = mask.to(q.dtype).expand(b, self.heads, n, n).reshape(b * self.heads, n, n)
        weights = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=(d // self.heads) ** -0.5).softmax(-1)
        y = torch.bmm(weights.to(v.dtype), v)
        return y.view(b, self.heads, n, -1).transpose(1, 2).reshape(b, n, d)


class Residual(nn.Module):
    """Dense layer, dropout, then LayerNorm over the sum with the input (post-norm)."""

    def __init__(self, c, width):
        super().__init__()
        self.dense = nn.Linear(width, c["hidden_size"])
        self.LayerNorm = nn.LayerNorm(c["hidden_size"], eps=c["layer_norm_eps"])
        self.dropout = Dropout(c["dropout"])

    def forward(self, x, residual):
        return self.LayerNorm(self.dropout(self.dense(x)) + residual)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(c), "output": Residual(c, c["hidden_size"])})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(c["hidden_size"], c["intermediate_size"])})
        self.output = Residual(c, c["intermediate_size"])

    def forward(self, x, mask):
        x = self.attention["output"](self.attention["self"](x, mask), x)
        return self.output(F.gelu(self.intermediate["dense"](x)), x)


class Pair(nn.Module):
    """Biaffine score of one word pointing at another, or at nothing (after Dozat & Manning 2017)."""

    def __init__(self, c):
        super().__init__()
        d, p = c["hidden_size"], c["pair_size"]
        self.head, self.dep = nn.Linear(d, p), nn.Linear(d, p)
        self.none = nn.Parameter(torch.randn(p) * 0.1)
        self.U = nn.Parameter(torch.randn(p, p) * (0.5 / p ** 0.5))
        self.b = nn.Parameter(torch.zeros(p))

    def forward(self, x, dropout):
        """x [..., W, hidden]; scores [..., W, 1 + W], column 0 is nothing."""
        dep, head = dropout(F.relu(self.dep(x))), dropout(F.relu(self.head(x)))
        none = self.none.to(head.dtype).expand(*head.shape[:-2], 1, -1)
        head = torch.cat([none, head], -2)
        return dep @ self.U @ head.transpose(-1, -2) + (head @ self.b)[..., None, :]


class Network(nn.Module):
    """State dict: embeddings.*, encoder.layer.N.*, heads.NAME.*, arc_*, rel_*, pairs.NAME.*, coref_* (docs/model.md)."""

    def __init__(self, config, label_counts):
        super().__init__()
        c = self.config = {**DEFAULTS, **config}
        self.embeddings = Embeddings(c)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(c) for _ in range(c["layers"]))})
        d, a, r = c["hidden_size"], c["arc_size"], c["rel_size"]
        self.heads = nn.ModuleDict({name: nn.Linear(d, label_counts[name]) for name in LINEAR_HEADS})
        self.arc_head, self.arc_dep = nn.Linear(d, a), nn.Linear(d, a)
        self.rel_head, self.rel_dep = nn.Linear(d, r), nn.Linear(d, r)
        self.arc_root = nn.Parameter(torch.randn(a) * 0.1)
        self.rel_root = nn.Parameter(torch.randn(r) * 0.1)
        self.arc_U = nn.Parameter(torch.randn(a, a) * (0.5 / a ** 0.5))
        self.arc_b = nn.Parameter(torch.zeros(a))
        self.rel_U = nn.Parameter(torch.randn(label_counts["rel"], r + 1, r + 1) * (0.5 / r ** 0.5))
        self.pairs = nn.ModuleDict({name: Pair(c) for name in PAIRS})
        self.coref_near = nn.Parameter(torch.zeros(DISTANCES))
        self.coref_same = nn.Parameter(torch.zeros(1))  # for two mentions whose head words are written alike
        self.dropout = Dropout(c["dropout"])

    def words(self, pieces, shapes, lengths, firsts):
        """Word vectors [B, W, 384]. firsts is padded with 0.

        After `merge_after` layers the pieces of a word become one row, their mean (0: at the end, a word's first
        piece stands for it)."""
        x, mask = self.embeddings(pieces, shapes), padding(lengths, pieces.shape[1])
        merge = self.config["merge_after"]
        for i, layer in enumerate(self.encoder["layer"]):
            if merge and i == merge:
                means, lengths = word_means(lengths, firsts, pieces.shape[1])
                x, mask = means.to(x.dtype) @ x, padding(lengths, means.shape[1])
            x = layer(x, mask)
        if merge:
            x = x[:, 1:1 + firsts.shape[1]]
        else:
            x = x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))
        return self.dropout(x)

    def tags(self, x, names=LINEAR_HEADS):
        return {name: self.heads[name](x) for name in names}

    def arcs(self, x):
        """Arc scores [B, W, 1 + W]: dependent by head, head 0 is the root."""
        dep = self.dropout(F.relu(self.arc_dep(x)))
        head = self.dropout(F.relu(self.arc_head(x)))
        root = self.arc_root.to(head.dtype).expand(head.shape[0], 1, -1)
        head = torch.cat([root, head], 1)
        return dep @ self.arc_U @ head.transpose(1, 2) + (head @ self.arc_b)[:, None, :]

    def rels(self, x, heads):
        """Relation scores [B, W, L] of each word under its head (heads [B, W], 0 is the root)."""
        dep = self.dropout(F.relu(self.rel_dep(x)))
        head = self.dropout(F.relu(self.rel_head(x)))
        root = self.rel_root.to(head.dtype).expand(head.shape[0], 1, -1)
        head = torch.cat([root, head], 1)
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        one = torch.ones(*dep.shape[:2], 1, dtype=dep.dtype)
        dep, head = torch.cat([dep, one], 2), torch.cat([head, one], 2)
        labels, width, _ = self.rel_U.shape
        u = self.rel_U.permute(1, 0, 2).reshape(width, labels * width)
        left = (dep @ u).view(*dep.shape[:2], labels, width)
        return (left @ head[..., None]).squeeze(-1)


def padding(lengths, width):
    """The mask that is added to attention scores: 0 for pieces, -1e4 beyond each row's length."""
    keep = torch.arange(width)[None, :] < lengths[:, None]
    return torch.zeros(keep.shape).masked_fill(~keep, -1e4)[:, None, None, :]


def word_means(lengths, firsts, width):
    """What takes pieces to [CLS], words, [SEP]: means [B, 2 + W, pieces], and the new lengths."""
    place = torch.arange(width)[None, :]
    counts = 1 + (firsts[:, 1:] > 0).sum(1) if firsts.shape[1] > 1 else torch.ones_like(lengths)
    starts = torch.zeros_like(place.expand(len(lengths), -1))
    real = torch.arange(firsts.shape[1])[None, :] < counts[:, None]
    starts.scatter_add_(1, firsts, real.long())
    word_of = starts.cumsum(1) + (place == lengths[:, None] - 1).long()
    word_of = word_of.masked_fill(place >= lengths[:, None], firsts.shape[1] + 2)
    one = F.one_hot(word_of, firsts.shape[1] + 3)[:, :, :-1].transpose(1, 2).float()
    return one / one.sum(2, keepdim=True).clamp(min=1), counts + 2


def distance_class(d):
    """Class of a distance in words: 1, 2, 3-4, 5-8, …, 257 and more."""
    return (d - 1).clamp(min=0, max=256).float().add(1).log2().ceil().long().clamp(max=DISTANCES - 1)


def coref_scores(network, x, place, forms, dropout=None):
    """Scores [M, 1 + M] of each mention going back to nothing (column 0) or to each mention: the biaffine score of their
    head words and what their distance in words (place [M]) and equal spelling (forms [M]) add."""
    scores = network.pairs["coref"](x, dropout or network.dropout).float()
    near = network.coref_near[distance_class(place[:, None] - place)]
    same = (forms[:, None] == forms).float() * network.coref_same
    return torch.cat([scores[:, :1], scores[:, 1:] + near + same], 1)


def load_pretrained(network, path):
    """Load the MiniLM weights, of as many layers as the network has; returns the names the checkpoint did not have."""
    from safetensors.torch import load_file
    kept = lambda k: not k.startswith("encoder.layer.") or int(k.split(".")[2]) < network.config["layers"]
    weights = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
    weights = {k: v for k, v in weights.items() if not k.startswith("pooler.") and "position_ids" not in k and kept(k)}
    result = network.load_state_dict(weights, strict=False)
    if result.unexpected_keys:
        raise ValueError(f"unexpected weights: {result.unexpected_keys}")
    return result.missing_keys
