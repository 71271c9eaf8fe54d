"""Reads a weights file of the Go program (internal/model/file.go) back into a checkpoint in float32, so that the next
version can begin where the last one ended. What export.py folded into the matrices is taken out again; what int8
rounded away stays away."""

import json
import struct

import numpy as np
import torch
from safetensors.torch import load_file

from labels import ATTRIBUTION


class File:
    def __init__(self, path):
        with open(path, "rb") as f:
            b = f.read()
        if b[:8] != b"PARLEY\r\n":
            raise ValueError(f"{path} is no weights file")
        length, = struct.unpack("<I", b[12:16])
        self.header = json.loads(b[48:48 + length])
        start = -(-(48 + length) // 64) * 64
        self.arrays = {}
        for t in self.header["tensors"]:
            kind = {"f32": "<f4", "i8": np.int8, "text": np.uint8}[t["type"]]
            a = np.frombuffer(b, kind, t["rows"] * t["cols"], start + t["offset"])
            self.arrays[t["name"]] = a.reshape(t["rows"], t["cols"])

    def floats(self, name):
        a = self.arrays[name].astype(np.float64)
        return a[:, 0] if a.shape[1] == 1 else a

    def table(self, name):
        return self.arrays[name + ".weight"] * self.floats(name + ".scale")[:, None]

    def product(self, inputs, name):
        """Weight and bias before the transform of the inputs was folded in."""
        weight = self.table(name)
        bias = self.floats(name + ".bias") + weight @ self.floats(inputs + ".add")
        return weight * self.floats(inputs + ".mul"), bias


def _layer(f, i, hidden, put):
    to, at = f"layer.{i}.", f"encoder.layer.{i}."
    weight, bias = f.product(to + "attention", to + "attention")
    for k, part in enumerate(("query", "key", "value")):
        rows = slice(k * hidden, (k + 1) * hidden)
        put(f"{at}attention.self.{part}", (weight[rows], bias[rows]))
    for name, module in (("merge", "attention.output.dense"), ("expand", "intermediate.dense"), ("reduce", "output.dense")):
        put(at + module, f.product(to + name, to + name))
    for name, module in (("merge.norm", "attention.output.LayerNorm"), ("reduce.norm", "output.LayerNorm")):
        put(at + module, (f.floats(to + name + ".gain"), f.floats(to + name + ".bias")))


def read(path, pretrained):
    """(config, labels, weights, transitions). Positions and token types beyond the file's come from the pretrained
    encoder."""
    f, state = File(path), {}
    c = f.header["config"]

    def put(name, pair):
        state[name + ".weight"], state[name + ".bias"] = pair
    base = {k: v.double().numpy() for k, v in load_file(pretrained).items() if k.startswith("embeddings.")}
    kinds = base["embeddings.token_type_embeddings.weight"]
    positions = base["embeddings.position_embeddings.weight"].copy()
    positions[:c["positions"]] = f.floats("position") - kinds[0]
    state["embeddings.word_embeddings.weight"] = f.table("word")
    state["embeddings.position_embeddings.weight"] = positions
    state["embeddings.token_type_embeddings.weight"] = kinds
    state["embeddings.shape_embeddings.weight"] = f.floats("shape")
    put("embeddings.LayerNorm", (f.floats("norm.gain"), f.floats("norm.bias")))
    for i in range(c["layers"]):
        _layer(f, i, c["hidden"], put)
    for name in f.header["labels"]:
        if name != "rel":
            put(f"heads.{name}", f.product("words", f"head.{name}"))
    for to, at in {"arc.head": "arc_head", "arc.dep": "arc_dep", "rel.head": "rel_head", "rel.dep": "rel_dep"}.items():
        put(at, f.product("words", to))
    weight, state["arc_b"] = f.product("arc.meet", "arc.meet")
    state["arc_U"] = weight.T
    state["rel_U"] = _relations(*f.product("rel.meet", "rel.meet"), len(f.header["labels"]["rel"]), c["rel"])
    state["arc_root"], state["rel_root"] = f.floats("arc.root"), f.floats("rel.root")
    for name in f.header.get("pairs", ()):
        _pair(f, name, state, put)
    if "coref.near" in f.arrays:
        state["coref_near"], state["coref_same"] = f.floats("coref.near"), f.floats("coref.same").reshape(1)
    weights = {k: torch.tensor(np.ascontiguousarray(v), dtype=torch.float32) for k, v in state.items()}
    transitions = {r: f.floats(f"chain.{r}").tolist() for r in ATTRIBUTION}
    config = {"layers": c["layers"], "intermediate_size": c["inner"], "merge_after": c.get("merge", 0),
              "rel_size": c["rel"]}
    return config, f.header["labels"], weights, transitions


def _pair(f, name, state, put):
    to, at = f"pair.{name}", f"pairs.{name}"
    for part in ("head", "dep"):
        put(f"{at}.{part}", f.product("words", f"{to}.{part}"))
    weight, state[at + ".b"] = f.product(to + ".meet", to + ".meet")
    state[at + ".U"], state[at + ".none"] = weight.T, f.floats(to + ".none")


def _relations(weight, bias, labels, size):
    """The matrix that export.relations made, taken apart: [labels, 1 + dependent, 1 + head]."""
    full = np.concatenate([weight, bias[:, None]], 1)
    u = np.concatenate([full[:labels * size].reshape(labels, size, size + 1), full[labels * size:][:, None]], 1)
    return u.transpose(0, 2, 1)
