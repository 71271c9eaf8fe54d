"""Fine-tune the reading network on all tasks at once. See README.md."""

import argparse
import json
import math
import os
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import corpora
import crf
import evaluate
import export
import labels as inventory
import names
import released
import rounding
import windows
from narrow import narrow, narrow_relations
from network import LINEAR_HEADS, Network, coref_scores, load_pretrained
from pieces import WordPiece

# Shares of the pieces seen. Trees and attribution are the scarce and the hard tasks.
SHARES = {"ewt": 0.27, "gum": 0.19, "polnear": 0.36, "gmb": 0.12, "wikigold": 0.03, "crossner": 0.01, "uner": 0.02}
WEIGHTS = {"sent": 0.5, "upos": 0.5, "xpos": 0.5, "feats": 0.5, "lemma": 0.5, "name": 1.0, "source": 0.5, "cue": 0.5,
           "content": 0.5, "entity": 0.5, "link": 0.5, "coref": 0.5, "chain_source": 1.0, "chain_cue": 1.0, "chain_content": 1.0, "arc": 1.0, "rel": 1.0}


def read_training(data):
    keep = corpora.gum_permissive(data / "ud/gum-documents.tsv")
    return {
        "ewt": corpora.hint_names(corpora.read_ud(data / "ud/ewt-train.conllu.gz")),
        "gum": corpora.read_ud(data / "ud/gum-train.conllu.gz", keep.__contains__),
        "polnear": corpora.read_polnear(data / "polnear/train.jsonl.gz", data / "polnear/corenlp-silver-train.conllu.gz"),
        "gmb": corpora.read_gmb(data / "ner/gmb-voa-train.iob2.gz"),
        "wikigold": corpora.read_masked_names(data / "ner/wikigold.iob2.gz", names.WIKIGOLD),
        "crossner": corpora.read_masked_names(data / "ner/crossner-politics-train.iob2.gz", names.CROSSNER),
        "uner": corpora.read_uner(data / "ud/ewt-dev.conllu.gz", data / "ner/uner-ewt-dev.iob2.gz", corpora.in_training_half),
    }


def count_labels(training):
    """Inventories of the treebanks, with the lemmas as scripts."""
    documents = training["ewt"] + training["gum"]
    saved = [(s, s.lemma) for d in documents for s in d]
    for s, lemma in saved:
        s.lemma = [inventory.lemma_script(w, l) for w, l in zip(s.words, lemma)]
    labels = inventory.inventories(documents)
    for s, lemma in saved:
        s.lemma = lemma
    return labels


def chain_losses(chain, x, network, batch):
    """The likelihood of whole tag sequences, for the windows with attributions."""
    rows = (batch["labels"]["content"] != inventory.IGNORE).any(1).nonzero().squeeze(1)
    if not len(rows):
        return {}
    tags = torch.stack([batch["labels"][r][rows] for r in inventory.ATTRIBUTION], 2)
    lengths = (tags[:, :, 0] != inventory.IGNORE).sum(1)
    width = int(lengths.max())
    emissions = torch.stack([network.heads[r](x[rows, :width]).float() for r in inventory.ATTRIBUTION], 2)
    nll = chain(emissions, tags[:, :width], lengths)
    return {"chain_" + r: nll[i] for i, r in enumerate(inventory.ATTRIBUTION)}


def some_name(scores):
    """The loss of words that are in a name of an unknown kind: all labels but the first, O, are right."""
    return (scores.logsumexp(1) - scores[:, 1:].logsumexp(1)).sum()


def link_loss(network, x, links):
    """Cross-entropy of what the words of sources and contents point at."""
    rows = (links != inventory.IGNORE).any(1).nonzero().squeeze(1)
    if not len(rows):
        return {}
    links = links[rows]
    known = links != inventory.IGNORE
    scores = network.pairs["link"](x[rows], network.dropout)[known].float()
    return {"link": F.cross_entropy(scores, links[known])}


def coref_loss(network, x, batch):
    """Marginal likelihood of all right antecedents (Lee et al. 2017), or of none, over the mentions of the documents."""
    rows, words = (batch["coref"] >= 0).nonzero(as_tuple=True)
    if len(rows) < 2:
        return {}
    entity = batch["coref"][rows, words]
    document = torch.tensor(batch["documents"])[rows]
    counts = (batch["firsts"] > 0).sum(1)
    place = (counts.cumsum(0) - counts)[rows] + words
    forms = batch["forms"][rows, words]
    scores = coref_scores(network, x[rows, words], place, forms)
    before = torch.ones(len(rows), len(rows), dtype=torch.bool).tril(-1) & (document[:, None] == document)
    right = before & (entity[:, None] == entity)
    scores = scores.masked_fill(~torch.cat([torch.ones(len(rows), 1, dtype=torch.bool), before], 1), -1e4)
    right = torch.cat([~right.any(1, keepdim=True), right], 1)
    return {"coref": (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()}


def parse_losses(network, x, batch):
    rows = batch["tree_rows"]
    if not len(rows):
        return {}
    x, heads, rels = x[rows], batch["heads"][rows], batch["labels"]["rels"][rows]
    known = heads != inventory.IGNORE
    scores = network.arcs(x).float().masked_fill(~batch["same"][rows], -1e4)
    arc = F.cross_entropy(scores[known], heads[known])
    scores = network.rels(x, heads.clamp(min=0)).float()
    rels = rels.masked_fill(~known, inventory.IGNORE)
    return {"arc": arc, "rel": F.cross_entropy(scores.flatten(0, 1), rels.flatten(), ignore_index=inventory.IGNORE)}


def losses(network, chain, batch):
    """Mean loss of each task the batch annotates."""
    x = network.words(batch["pieces"], batch["shapes"], batch["lengths"], batch["firsts"])
    out = {}
    for name in LINEAR_HEADS:
        gold = batch["labels"][name]
        known = gold >= 0
        if known.any():
            out[name] = F.cross_entropy(network.heads[name](x[known]).float(), gold[known])
    some = batch["labels"]["name"] == inventory.SOME
    if some.any():
        loss, n = some_name(network.heads["name"](x[some]).float()), int((batch["labels"]["name"] >= 0).sum())
        out["name"] = (out.get("name", 0.0) * n + loss) / (n + int(some.sum()))
    return {**out, **chain_losses(chain, x, network, batch), **link_loss(network, x, batch["links"]),
            **coref_loss(network, x, batch), **parse_losses(network, x, batch)}


def parameter_groups(network, chain, encoder_rate, head_rate):
    """No weight decay on vectors; the word pieces' embeddings learn at the encoder's rate."""
    groups = {}
    for name, p in network.named_parameters():
        encoder = name.startswith(("embeddings.", "encoder.")) and "shape_embeddings" not in name
        groups.setdefault((encoder, p.dim() > 1), []).append(p)
    groups[False, False].extend(chain.parameters())
    return [{"params": ps, "peak": encoder_rate if encoder else head_rate, "weight_decay": 0.01 if decay else 0.0}
            for (encoder, decay), ps in groups.items()]


class Schedule:
    """Warm-up then linear decay to zero, over steps or, where a deadline rules, over minutes."""

    def __init__(self, steps, minutes, warmup, elapsed=0.0):
        self.steps, self.minutes, self.warmup = steps, minutes, warmup
        self.begin = time.time() - elapsed

    def elapsed(self):
        return time.time() - self.begin

    def progress(self, step):
        return step / self.steps if self.steps else self.elapsed() / (60 * self.minutes)

    def factor(self, step):
        p = self.progress(step)
        return max(0.0, min(p / self.warmup, (1 - p) / (1 - self.warmup)))


def save(path, network, chain, labels, step, metrics, **extra):
    """Write beside and rename, so that a reader never sees half a file."""
    tmp = path.with_suffix(".tmp")
    torch.save({"config": network.config, "labels": labels, "model": network.state_dict(), "step": step,
                "metrics": metrics, "transitions": chain.table(), **extra}, tmp)
    os.replace(tmp, path)


class Log:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")

    def __call__(self, text):
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        print(line, file=self.file, flush=True)


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../../shared/data"))
    p.add_argument("--pretrained", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--steps", type=int, default=0)
    p.add_argument("--minutes", type=float, default=0, help="schedule by the clock instead of steps")
    p.add_argument("--batch", type=int, default=3072, help="pieces a batch")
    p.add_argument("--encoder-rate", type=float, default=2e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--warmup", type=float, default=0.06)
    p.add_argument("--evaluate-every", type=int, default=600)
    p.add_argument("--save-every", type=int, default=300)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--from", dest="start", type=Path, help="begin with the weights of a released file, same labels")
    p.add_argument("--layers", type=int, default=6, help="keep this many layers, the lowest")
    p.add_argument("--inner", type=int, help="narrow the middle of the layers to this many units first")
    p.add_argument("--merge-after", type=int, default=2, help="layers that see pieces; the others see words")
    p.add_argument("--relations", type=int, help="narrow both sides of the relations' product to this many units first")
    p.add_argument("--round-after", type=float, default=0.5, help="share of the run after which products are rounded")
    p.add_argument("--limit", type=int, default=0, help="documents a corpus, for a smoke run")
    return p.parse_args()


def prepare(args, log):
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    torch.set_num_threads(args.threads)
    tokeniser = WordPiece(args.pretrained / "vocab.txt")
    training = read_training(args.data)
    labels = count_labels(training)
    log("labels " + " ".join(f"{k}={len(v)}" for k, v in labels.items()))
    if args.limit:
        training = {k: v[:args.limit] for k, v in training.items()}
    for name, documents in training.items():
        windows.number_labels(documents, labels)
        log(f"{name}: {len(documents)} documents, {sum(len(s.words) for d in documents for s in d)} words")
    config, chain = {"merge_after": args.merge_after, "layers": args.layers}, crf.Chain()
    start = released.read(args.start, args.pretrained / "model.safetensors") if args.start else None
    if start:
        config["intermediate_size"], config["rel_size"] = start[0]["intermediate_size"], start[0]["rel_size"]
    network = Network(config, {k: len(v) for k, v in labels.items()})
    if start:
        begin_with(network, chain, labels, *start[1:])
    else:
        load_pretrained(network, args.pretrained / "model.safetensors")
    network.config["merge_after"] = start[0]["merge_after"] if start else 0  # judged as it was trained
    stream = windows.batches(training, SHARES, tokeniser, args.batch, args.seed)
    if args.relations:
        narrow_relations(network, (windows.collate(next(stream)) for _ in range(16)), args.relations)
    if args.inner:
        narrow(network, (windows.collate(next(stream)) for _ in range(16)), args.inner)
    network.config["merge_after"] = args.merge_after
    return tokeniser, training, labels, network, chain


def begin_with(network, chain, labels, its, weights, transitions):
    """The weights of a released file; parts it does not have keep theirs, and layers beyond the network's are left out."""
    if any(its[name] != labels[name] for name in its):
        raise SystemExit("the released file has other labels than the corpora")
    network.load_state_dict(weights, strict=False)
    with torch.no_grad():
        chain.transitions.copy_(torch.tensor([transitions[r] for r in inventory.ATTRIBUTION]))


def run(args, log):
    tokeniser, training, labels, network, chain = prepare(args, log)
    optimiser = torch.optim.AdamW(parameter_groups(network, chain, args.encoder_rate, args.head_rate), lr=0.0,
                                  betas=(0.9, 0.98), fused=True)
    step, best, elapsed = 0, -1.0, 0.0
    last = args.out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=True)
        if state["config"].get("rounded"):
            rounding.fit(network)
        network.load_state_dict(state["model"])
        chain.load_state_dict(state["chain_state"])
        optimiser.load_state_dict(state["optimiser"])
        step, best, elapsed = state["step"], state["best"], state["elapsed"]
        log(f"resumed at step {step}")
    dev = evaluate.read_development(args.data, args.limit)
    schedule = Schedule(args.steps, args.minutes, args.warmup, elapsed)
    stream = windows.batches(training, SHARES, tokeniser, args.batch, args.seed + step)

    def evaluation():
        nonlocal best
        metrics = evaluate.scores(network, labels, tokeniser, dev, chain.table())
        score = evaluate.selection(metrics)
        log(f"step {step} dev {score:.4f} " + json.dumps(metrics))
        if score > best:
            best = score
            save(args.out / "best.pt", network, chain, labels, step, metrics)

    while schedule.progress(step) < 1:
        if schedule.progress(step) >= args.round_after and not network.config.get("rounded"):
            begin_rounding(network, tokeniser, args.data)
            best = -1.0
            log(f"step {step} rounded from here on")
        step = train_some(network, chain, optimiser, schedule, stream, step, args, log)
        if step % args.evaluate_every == 0 and schedule.progress(step) < 0.95:
            evaluation()
        save(last, network, chain, labels, step, {}, chain_state=chain.state_dict(), optimiser=optimiser.state_dict(), best=best,
             elapsed=schedule.elapsed())
    evaluation()


def begin_rounding(network, tokeniser, data):
    """Measures the inputs of every product on the treebanks and rounds them from here on."""
    network.eval()
    paths = [str(data / "ud" / f"{name}-train.conllu.gz") for name in ("ewt", "gum")]
    with torch.inference_mode():
        seen = [w for path in paths for w in export.windows_of(export.read_conllu(path), tokeniser)[:200]]
        channels = export.calibrate(network, seen)
    rounding.begin(network, channels)


def train_some(network, chain, optimiser, schedule, stream, step, args, log):
    """Steps up to the next multiple of save-every or evaluate-every; logs mean losses."""
    network.train()
    sums, counts, pieces, began = {}, {}, 0, time.time()
    while schedule.progress(step) < 1:
        batch = windows.collate(next(stream))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * schedule.factor(step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(network, chain, batch)
        sum(WEIGHTS[name] * loss for name, loss in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        optimiser.zero_grad()
        step += 1
        pieces += int(batch["lengths"].sum())
        for name, loss in parts.items():
            sums[name] = sums.get(name, 0.0) + loss.item()
            counts[name] = counts.get(name, 0) + 1
        if not math.isfinite(loss.item()):
            raise FloatingPointError(f"loss {name} at step {step}")
        if step % 50 == 0:
            means = " ".join(f"{n} {sums[n] / counts[n]:.3f}" for n in WEIGHTS if n in sums)
            log(f"step {step} {100 * schedule.progress(step):.1f}% {pieces / (time.time() - began):.0f} pieces/s {means}")
            sums, counts, pieces, began = {}, {}, 0, time.time()
        if step % args.save_every == 0 or step % args.evaluate_every == 0:
            break
    return step


def main():
    args = parse_arguments()
    if bool(args.steps) == bool(args.minutes):
        raise SystemExit("give either --steps or --minutes")
    args.out.mkdir(parents=True, exist_ok=True)
    log = Log(args.out / "log.txt")
    log(f"arguments {vars(args)}")
    run(args, log)


if __name__ == "__main__":
    main()
