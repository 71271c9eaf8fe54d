"""Turns a training checkpoint into the weights file that the Go program reads (internal/model/file.go has the format).

    python train/export.py CHECKPOINT OUT [--card card.json] [--vocab vocab.txt] [--calibrate TEXT.conllu.gz ...]
    ... --reference internal/model/testdata/reference.json --reference-text internal/model/testdata/sentences.txt

Matrices get 6 bits with one scale a row (a word of the processor then holds four products, see
internal/model/gen/products.go), the table of word pieces 8. Activations are quantised to 7 bits a row at run time, so channels that are
far larger than the rest would cost the others their precision: on the calibration texts the exporter measures each
channel's mean and range, takes the mean out (folded into the bias) and moves part of the range into the weights
(SmoothQuant, Xiao et al. 2023). With --reference it writes what PyTorch computes in float32, for the Go tests.
"""

import argparse
import datetime
import gzip
import hashlib
import json
import struct

import numpy as np
import torch
import torch.nn.functional as F

import rounding
from network import Network, word_means
from pieces import WordPiece, shape_class

MAX_PIECES = 256
ALIGNMENT = 64
FORMAT = 2


def windows_of(sentences, wordpiece):
    """Sentences of (text, gap) words packed into windows: (pieces, shapes, firsts, sentence starts)."""
    out, window = [], None
    for sentence in sentences:
        cut = [(wordpiece(text), shape_class(text) + 10 * gap) for text, gap in sentence]
        size = sum(len(ids) for ids, _ in cut)
        if size > MAX_PIECES - 2:
            continue
        if window is None or len(window["pieces"]) + size > MAX_PIECES - 1:
            window = {"pieces": [wordpiece.cls], "shapes": [0], "firsts": [], "starts": [], "words": []}
            out.append(window)
        window["starts"].append(len(window["firsts"]))
        window["words"].extend(sentence)
        for ids, shape in cut:
            window["firsts"].append(len(window["pieces"]))
            window["pieces"].extend(ids)
            window["shapes"].extend([shape] * len(ids))
    for window in out:
        window["pieces"].append(wordpiece.sep)
        window["shapes"].append(0)
    return out


def read_conllu(path):
    """Sentences as lists of (word, gap). Multiword tokens count as their words, without a gap inside."""
    sentences, sentence, gap, inside = [], [], 2, 0
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            if not line.strip():
                if sentence:
                    sentences.append(sentence)
                sentence = []
                continue
            cols = line.rstrip("\n").split("\t")
            if "." in cols[0]:
                continue
            if "-" in cols[0]:
                a, b = map(int, cols[0].split("-"))
                inside, after = b - a + 1, "SpaceAfter=No" not in cols[9]
                continue
            sentence.append((cols[1], gap))
            if inside:
                inside -= 1
                gap = int(after) if inside == 0 else 0
            else:
                gap = int("SpaceAfter=No" not in cols[9])
    return sentences


def read_marked(path):
    """Sentences written one a line, words apart by spaces; ^ before a word: no white space there; a blank line: a line
    break."""
    sentences, gap = [], 2
    with open(path, encoding="utf-8") as f:
        for line in f:
            sentence = []
            for word in line.split():
                touches = word.startswith("^") and len(word) > 1
                sentence.append((word[1:], 0) if touches else (word, gap))
                gap = 1
            if sentence:
                sentences.append(sentence)
            else:
                gap = 2
    return sentences


class Channels:
    """Mean and range of each input channel of one product."""

    def __init__(self):
        self.count, self.total, self.low, self.high = 0, 0, np.inf, -np.inf

    def add(self, x):
        x = x.reshape(-1, x.shape[-1]).double().numpy()
        self.count += len(x)
        self.total = self.total + x.sum(0)
        self.low, self.high = np.minimum(self.low, x.min(0)), np.maximum(self.high, x.max(0))

    def mean(self):
        return self.total / self.count


def forward(network, window, see=lambda name, x: None):
    """Word vectors of one window, layer by layer; see is called with the input of every product."""
    pieces, shapes = torch.tensor([window["pieces"]]), torch.tensor([window["shapes"]])
    x = network.embeddings(pieces, shapes)
    for i, layer in enumerate(network.encoder["layer"]):
        if i == network.config["merge_after"]:
            means, _ = word_means(torch.tensor([x.shape[1]]), torch.tensor([window["firsts"]]), x.shape[1])
            x = means @ x
        mask = torch.zeros(1, 1, x.shape[1], x.shape[1])
        name = f"layer.{i}."
        see(name + "attention", x)
        y = layer.attention["self"](x, mask)
        see(name + "merge", y)
        x = layer.attention["output"](y, x)
        see(name + "expand", x)
        y = F.gelu(layer.intermediate["dense"](x))
        see(name + "reduce", y)
        x = layer.output(y, x)
    x = x[0, 1:1 + len(window["firsts"])]
    see("words", x)
    see("arc.meet", F.relu(network.arc_dep(x)))
    for name, pair in network.pairs.items():
        see(f"pair.{name}.meet", F.relu(pair.dep(x)))
    see("rel.meet", F.relu(network.rel_dep(x)))
    return x


def calibrate(network, windows):
    channels = {}
    for window in windows:
        forward(network, window, lambda name, x: channels.setdefault(name, Channels()).add(x))
    return channels


class Writer:
    def __init__(self):
        self.entries, self.chunks, self.size = [], [], 0

    def put(self, name, kind, array):
        rows, cols = array.shape if array.ndim == 2 else (len(array), 1)
        data = np.ascontiguousarray(array).tobytes()
        self.entries.append({"name": name, "type": kind, "rows": rows, "cols": cols, "offset": self.size})
        data += b"\0" * (-len(data) % ALIGNMENT)
        self.chunks.append(data)
        self.size += len(data)

    def floats(self, name, array):
        array = np.asarray(array, dtype="<f4")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} has values that are not finite")
        self.put(name, "f32", array)

    def table(self, name, weight, top=127):
        """Integers up to top with a scale for each row."""
        scale = rounding.best_cuts(weight, top) if top < 127 else np.maximum(np.abs(weight).max(1), 1e-12) / top
        scale = scale.astype("<f4")
        steps = np.rint(weight / scale[:, None].astype(np.float64)).clip(-top, top)
        self.put(name + ".weight", "i8", steps.astype(np.int8))
        self.floats(name + ".scale", scale)

    def products(self, inputs, transform, matrices):
        """Matrices that share one input: its transform (mean, share), then each with that transform taken back."""
        mean, share = transform
        mul = (1 / share).astype("<f4")
        add = (-mean / share).astype("<f4")
        self.floats(inputs + ".mul", mul)
        self.floats(inputs + ".add", add)
        mul, add = mul.astype(np.float64), add.astype(np.float64)
        for name, (weight, bias) in matrices.items():
            weight = weight / mul
            self.table(name, weight, rounding.TOP_WEIGHT)
            self.floats(name + ".bias", bias - weight @ add)

    def write(self, path, header):
        header = {**header, "tensors": self.entries, "size": self.size}
        text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
        body = text + b"\0" * (-(48 + len(text)) % ALIGNMENT) + b"".join(self.chunks)
        with open(path, "wb") as f:
            f.write(b"PARLEY\r\n" + struct.pack("<II", FORMAT, len(text)) + hashlib.sha256(body).digest() + body)


def transforms(network, channels):
    """(mean, share) of each input: as the network was trained, where it was trained rounded."""
    trained = {name: rounding.part(*group[0]) for name, group in rounding.products(network).items()}
    if network.config.get("rounded"):
        trained = {name: (layer.mean.double().numpy(), layer.share.double().numpy()) for name, layer in trained.items()}
    else:
        trained = {}

    def transform(inputs, matrices):
        if inputs in trained:
            return trained[inputs]
        c = channels[inputs]
        return c.mean(), rounding.shares(c.mean(), c.low, c.high, [w for w, _ in matrices.values()])
    return transform


def export(network, labels, transitions, channels, vocab, path, header):
    c, w = network.config, Writer()
    transform = transforms(network, channels)
    products = lambda inputs, matrices: w.products(inputs, transform(inputs, matrices), matrices)
    p = {name: value.double().numpy() for name, value in network.state_dict().items()}
    linear = lambda name: (p[name + ".weight"], p[name + ".bias"])
    norm = lambda name, at: (w.floats(name + ".gain", p[at + ".weight"]), w.floats(name + ".bias", p[at + ".bias"]))

    with open(vocab, "rb") as f:
        w.put("vocab", "text", np.frombuffer(f.read(), dtype=np.uint8))
    w.table("word", p["embeddings.word_embeddings.weight"])
    positions = p["embeddings.position_embeddings.weight"][:MAX_PIECES]
    w.floats("position", positions + p["embeddings.token_type_embeddings.weight"][0])
    w.floats("shape", p["embeddings.shape_embeddings.weight"])
    norm("norm", "embeddings.LayerNorm")
    for i in range(c["layers"]):
        to, at = f"layer.{i}.", f"encoder.layer.{i}."
        parts = [linear(f"{at}attention.self.{part}") for part in ("query", "key", "value")]
        fused = tuple(np.concatenate(arrays) for arrays in zip(*parts))
        for name, matrix in (("attention", fused), ("merge", linear(at + "attention.output.dense")),
                             ("expand", linear(at + "intermediate.dense")), ("reduce", linear(at + "output.dense"))):
            products(to + name, {to + name: matrix})
        norm(to + "merge.norm", at + "attention.output.LayerNorm")
        norm(to + "reduce.norm", at + "output.LayerNorm")
    heads = {f"head.{name}": linear(f"heads.{name}") for name in network.heads}
    trees = {"arc.head": "arc_head", "arc.dep": "arc_dep", "rel.head": "rel_head", "rel.dep": "rel_dep"}
    trees.update({f"pair.{name}.{part}": f"pairs.{name}.{part}" for name in network.pairs for part in ("head", "dep")})
    products("words", {**heads, **{to: linear(at) for to, at in trees.items()}})
    for name, table in (transitions or {}).items():
        w.floats(f"chain.{name}", table)
    products("arc.meet", {"arc.meet": (p["arc_U"].T, p["arc_b"])})
    products("rel.meet", {"rel.meet": relations(p["rel_U"])})
    for name in network.pairs:
        to, at = f"pair.{name}", f"pairs.{name}"
        products(to + ".meet", {to + ".meet": (p[at + ".U"].T, p[at + ".b"])})
        w.floats(to + ".none", p[at + ".none"])
    w.floats("coref.near", p["coref_near"])
    w.floats("coref.same", p["coref_same"])
    w.floats("arc.root", p["arc_root"])
    w.floats("rel.root", p["rel_root"])
    config = {"layers": c["layers"], "hidden": c["hidden_size"], "heads": c["heads"], "inner": c["intermediate_size"],
              "vocab": c["vocab_size"], "positions": MAX_PIECES, "shapes": c["shapes"], "arc": c["arc_size"],
              "rel": c["rel_size"], "pair": c["pair_size"], "merge": c["merge_after"]}
    w.write(path, {**header, "config": config, "labels": labels, "pairs": list(network.pairs)})


def relations(u):
    """rel_U [L, 1+R, 1+R] (dependent by head) as one matrix from a dependent to L vectors that meet a head, and L
    constants."""
    u = u.transpose(0, 2, 1)  # label, head, dependent
    size = u.shape[2] - 1
    full = np.concatenate([u[:, :size].reshape(-1, size + 1), u[:, size]])
    return full[:, :size], full[:, size]


def reference(network, windows, path):
    """Scores of a few windows in float32, for the tests of the Go program."""
    out = []
    for window in windows:
        x = forward(network, window)
        ends = window["starts"][1:] + [len(window["firsts"])]
        tree = []
        for first, end in zip(window["starts"], ends):
            arcs = network.arcs(x[None, first:end])[0]
            arcs[:, 1:].fill_diagonal_(-99)  # no word is its own head
            heads = arcs.argmax(1)
            rels = network.rels(x[None, first:end], heads[None])[0]
            tree.append({"first": first, "end": end, "arcs": rounded(arcs), "heads": (heads - 1).tolist(),
                         "rels": rounded(rels)})
        tags = {name: rounded(scores) for name, scores in network.tags(x).items()}
        pairs = {name: rounded(pair(x, network.dropout)) for name, pair in network.pairs.items()}
        out.append({"words": [{"text": t, "gap": g} for t, g in window["words"]], "pieces": window["pieces"],
                    "shapes": window["shapes"], "scores": tags, "pairs": pairs, "trees": tree})
    with open(path, "w", encoding="utf-8") as f:
        json.dump(out, f, ensure_ascii=False)


def rounded(x):
    return [[round(v, 3) for v in row] for row in x.tolist()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("out")
    parser.add_argument("--name", default="parley-1")
    parser.add_argument("--card", help="JSON: what the model was trained on, licences, scores")
    parser.add_argument("--vocab", required=True)
    parser.add_argument("--calibrate", nargs="+", required=True, help="CoNLL-U files to measure activations on")
    parser.add_argument("--windows", type=int, default=200, help="windows of each file to calibrate on")
    parser.add_argument("--reference", help="also write the scores of --reference-text here")
    parser.add_argument("--reference-text", help="CoNLL-U, or sentences as read_marked reads them")
    args = parser.parse_args()

    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=False)
    network = Network(saved["config"], {name: len(labels) for name, labels in saved["labels"].items()})
    if network.config.get("rounded"):
        rounding.fit(network)
    network.load_state_dict(saved["model"])
    network.float().eval()
    wordpiece = WordPiece(args.vocab)
    card = {}
    if args.card:
        with open(args.card, encoding="utf-8") as f:
            card = json.load(f)
    card.setdefault("metrics", saved.get("metrics"))
    header = {"name": args.name, "created": datetime.date.today().isoformat(), "step": int(saved.get("step") or 0),
              "card": card}
    with torch.inference_mode():
        windows = [w for path in args.calibrate for w in windows_of(read_conllu(path), wordpiece)[:args.windows]]
        channels = calibrate(network, windows)
        export(network, saved["labels"], saved.get("transitions"), channels, args.vocab, args.out, header)
        if args.reference:
            read = read_conllu if ".conllu" in args.reference_text else read_marked
            windows = windows_of(read(args.reference_text), wordpiece)[:args.windows]
            reference(network, windows, args.reference)


if __name__ == "__main__":
    main()
