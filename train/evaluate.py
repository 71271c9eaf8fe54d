"""Development scores of a checkpoint: tags, lemmas, trees, sentence starts, names, attribution."""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

import corpora
import crf
import quantised
import rounding
import tree
import windows
from labels import ATTRIBUTION, apply_script, spans
from network import Network
from pieces import WordPiece

UNER_TYPES = {"PER", "ORG", "LOC"}


def read_development(data, limit=0):
    dev = {
        "ewt": corpora.read_ud(data / "ud/ewt-dev.conllu.gz"),
        "gum": corpora.read_ud(data / "ud/gum-dev.conllu.gz"),
        "polnear": corpora.read_polnear(data / "polnear/dev.jsonl.gz", data / "polnear/corenlp-silver-dev.conllu.gz"),
        "gmb": corpora.read_gmb(data / "ner/gmb-voa-dev.iob2.gz"),
    }
    held = lambda doc_id: not corpora.in_training_half(doc_id)
    dev["uner"] = corpora.read_uner(data / "ud/ewt-dev.conllu.gz", data / "ner/uner-ewt-dev.iob2.gz", held)
    return {k: v[:limit] for k, v in dev.items()} if limit else dev


def _batches(items, size=6000):
    items = sorted(items, key=lambda w: -len(w.pieces))
    group = []
    for w in items:
        if group and len(group[0].pieces) * (len(group) + 1) > size:
            yield group
            group = []
        group.append(w)
    if group:
        yield group


def blank(sentence):
    return corpora.Sentence(sentence.words, sentence.gaps)


class Reader:
    """Runs a network over windows and keeps the predictions on the sentences of the windows."""

    def __init__(self, network, labels, tokeniser, transitions=None):
        self.network, self.labels, self.tokeniser = network, labels, tokeniser
        self.transitions = {r: np.array(t) for r, t in (transitions or {}).items()}

    def _decode(self, name, scores, word_counts):
        """Tag numbers of each window: one by one, or along the chain where there is one."""
        if name not in self.transitions:
            return scores.argmax(-1).tolist()
        rows = scores.float().numpy()
        return [crf.viterbi(rows[i, :n], self.transitions[name]) for i, n in enumerate(word_counts)]

    @torch.inference_mode()
    def predict(self, sentences_of_windows, names, trees=False):
        """Yields (sentence key, {task: predictions}); windows are lists of (key, sentence)."""
        made = []
        for keyed in sentences_of_windows:
            w = windows.Window([blank(s) for _, s in keyed], self.tokeniser)
            w.keyed = keyed
            made.append(w)
        for group in _batches(made):
            batch = windows.collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x = self.network.words(batch["pieces"], batch["shapes"], batch["lengths"], batch["firsts"])
                counts = [len(w.firsts) for w in group]
                tags = {n: self._decode(n, v, counts) for n, v in self.network.tags(x, names).items()}
                arcs = self.network.arcs(x).float().numpy() if trees else None
            for row, w in enumerate(group):
                heads = torch.zeros(x.shape[1], dtype=torch.long)
                start = 0
                for key, s in w.keyed:
                    end = start + len(s.words)
                    out = {n: [self.labels[n][i] for i in v[row][start:end]] for n, v in tags.items()}
                    if trees:
                        columns = [0, *range(start + 1, end + 1)]
                        own = tree.decode(arcs[row, start:end][:, columns])
                        out["heads"] = own.tolist()
                        heads[start:end] = torch.tensor([0 if h == 0 else start + h for h in out["heads"]])
                    yield_key = (key, out, start, end)
                    w.results = getattr(w, "results", []) + [yield_key]
                    start = end
                if trees:
                    rel = self.network.rels(x[row:row + 1].float(), heads[None])[0].argmax(-1).tolist()
                for key, out, start, end in w.results:
                    if trees:
                        out["rels"] = [self.labels["rel"][i] for i in rel[start:end]]
                    yield key, out

    def over_gold_sentences(self, documents, names, trees=False):
        rng = random.Random(0)
        found = []
        for d, document in enumerate(documents):
            keyed = {id(s): (d, i) for i, s in enumerate(document)}
            kept = [s for s in document if sum(len(self.tokeniser(w)) for w in s.words) <= windows.MAX_WINDOW]
            for window in windows.cut_windows(kept, self.tokeniser, rng, budget=windows.MAX_WINDOW):
                found.append([(keyed[id(s)], s) for s in window])
        return dict(self.predict(found, names, trees))


def tree_scores(reader, documents):
    names = ("upos", "xpos", "feats", "lemma")
    found = reader.over_gold_sentences(documents, names, trees=True)
    right = dict.fromkeys((*names, "uas", "las"), 0)
    total = 0
    for (d, i), out in found.items():
        s = documents[d][i]
        out["lemma"] = [apply_script(w, script) for w, script in zip(s.words, out["lemma"])]
        total += len(s.words)
        for name in names:
            right[name] += sum(a == b for a, b in zip(out[name], getattr(s, name)))
        heads = [a == b for a, b in zip(out["heads"], s.heads)]
        right["uas"] += sum(heads)
        right["las"] += sum(ok and a == b for ok, a, b in zip(heads, out["rels"], s.rels))
    return {name: right[name] / max(1, total) for name in right}


def f1(right, found, gold):
    return 2 * right / max(1, found + gold)


def name_scores(reader, documents, types=None):
    """Exact span F1 over the sentences that carry names."""
    found = reader.over_gold_sentences(documents, ("name",))
    right = n_found = n_gold = 0
    for (d, i), out in found.items():
        if documents[d][i].name is None:
            continue
        got, gold = ({x for x in spans(tags) if types is None or x[2] in types}
                     for tags in (out["name"], documents[d][i].name))
        right, n_found, n_gold = right + len(got & gold), n_found + len(got), n_gold + len(gold)
    return f1(right, n_found, n_gold)


def attribution_scores(reader, documents):
    """Token F1 and exact span F1 of each head, spans taken over the whole document."""
    found = reader.over_gold_sentences(documents, ATTRIBUTION)
    out = {}
    for role in ATTRIBUTION:
        token, span = [0, 0, 0], [0, 0, 0]
        for d, document in enumerate(documents):
            keys = [i for i in range(len(document)) if (d, i) in found]
            got = [t for i in keys for t in found[d, i][role]]
            gold = [t for i in keys for t in getattr(document[i], role)]
            for counts, a, b in ((token, {i for i, t in enumerate(got) if t != "O"},
                                  {i for i, t in enumerate(gold) if t != "O"}),
                                 (span, set(spans(got)), set(spans(gold)))):
                for k, n in enumerate((len(a & b), len(a), len(b))):
                    counts[k] += n
        out[f"{role}_token_f1"], out[f"{role}_span_f1"] = f1(*token), f1(*span)
    return out


def _fill(document, word, tokeniser):
    """Words from `word` on that fit one window."""
    end, used = word, 0
    while end < len(document.words) and used + len(tokeniser(document.words[end])) <= windows.MAX_WINDOW:
        used += len(tokeniser(document.words[end]))
        end += 1
    return end


def sentence_f1(reader, documents):
    """Sentence starts on unsegmented text: each window begins at the last start found in the one before."""
    flat = [corpora.Sentence([w for s in d for w in s.words], [g for s in d for g in s.gaps]) for d in documents]
    starts, at = [set() for _ in flat], dict.fromkeys(range(len(flat)), 0)
    while at:
        ends = {d: _fill(flat[d], word, reader.tokeniser) for d, word in at.items()}
        todo = [[((d, word), corpora.Sentence(flat[d].words[word:ends[d]], flat[d].gaps[word:ends[d]]))]
                for d, word in at.items()]
        for (d, word), out in reader.predict(todo, ("sent",)):
            begins = [word] + [word + i for i, t in enumerate(out["sent"]) if t == "B" and i]
            done = ends[d] == len(flat[d].words)
            # The last sentence of a window may go on: read it again, unless it fills the window.
            at[d] = None if done else begins[-1] if len(begins) > 1 else ends[d]
            starts[d].update(begins if done or len(begins) == 1 else begins[:-1])
        at = {d: word for d, word in at.items() if word is not None}
    right = n_found = n_gold = 0
    for d, document in enumerate(documents):
        gold, n = set(), 0
        for s in document:
            gold.add(n)
            n += len(s.words)

        def whole(begins):
            ordered = [*sorted(begins), n]
            return set(zip(ordered, ordered[1:]))
        a, b = whole(starts[d]), whole(gold)
        right, n_found, n_gold = right + len(a & b), n_found + len(a), n_gold + len(b)
    return f1(right, n_found, n_gold)


def scores(network, labels, tokeniser, dev, transitions=None):
    network.eval()
    reader = Reader(network, labels, tokeniser, transitions)
    out = {}
    for corpus in ("ewt", "gum"):
        out.update({f"{corpus}_{k}": v for k, v in tree_scores(reader, dev[corpus]).items()})
        out[f"{corpus}_sentence_f1"] = sentence_f1(reader, dev[corpus])
    out["gmb_sentence_f1"] = sentence_f1(reader, dev["gmb"])
    out["gmb_name_f1"] = name_scores(reader, dev["gmb"])
    out["uner_name_f1"] = name_scores(reader, dev["uner"], UNER_TYPES)
    out.update(attribution_scores(reader, dev["polnear"]))
    return {k: round(v, 4) for k, v in out.items()}


def selection(metrics):
    """What the best checkpoint is best at: the mean of LAS and the mean attribution F1 (token and span)."""
    las = (metrics["ewt_las"] + metrics["gum_las"]) / 2
    attribution = [metrics[f"{r}_{m}_f1"] for r in ATTRIBUTION for m in ("token", "span")]
    return (las + sum(attribution) / len(attribution)) / 2


def load(path, pretrained):
    """A checkpoint in float32, or a released file with what it rounds away."""
    if path.suffix == ".bin":
        return quantised.load(path, pretrained / "model.safetensors")
    state = torch.load(path, weights_only=True)
    network = Network(state["config"], {k: len(v) for k, v in state["labels"].items()})
    if network.config.get("rounded"):
        rounding.fit(network)
    network.load_state_dict(state["model"])
    return network, state["labels"], state.get("transitions")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint", type=Path, help="a checkpoint (.pt) or a released file (.bin)")
    p.add_argument("--data", type=Path, default=Path("../../shared/data"))
    p.add_argument("--pretrained", type=Path, required=True, help="folder with vocab.txt")
    args = p.parse_args()
    torch.set_num_threads(2)
    network, labels, transitions = load(args.checkpoint, args.pretrained)
    dev = read_development(args.data)
    print(json.dumps(scores(network, labels, WordPiece(args.pretrained / "vocab.txt"), dev, transitions), indent=1))


if __name__ == "__main__":
    main()
