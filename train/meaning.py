"""Makes the table of meanings: a vector for each word piece, such that the sum over a sentence's pieces points where
MiniLM's sentence encoder points. Distilled after Model2Vec (Tulkens & van Dongen 2024): each piece begins with what
the encoder makes of it alone, brought to fewer dimensions by principal components and weighted against frequent
pieces (SIF, Arora et al. 2017); then the table learns from the encoder's vectors of sentences. See README.md."""

import argparse
import datetime
import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import corpora
import export
import released
from network import LINEAR_HEADS, Network, load_pretrained, padding
from pieces import WordPiece

SIZE = 128          # dimensions of a meaning
FREQUENT = 1e-3     # SIF: pieces more frequent than this count less
MAX_PIECES = 126    # of a sentence, as the encoder was trained
FRAGMENTS = 0.25    # share of sentences of which a part is learned too, as people search with parts
NEARNESS = 5.0      # weight of the loss over pairs of a batch
MEASURED = "wikinews-2019-2020"  # not learned from

WORD = re.compile(r"\w+(?:[.,]\d+)*|n['’]t|['’]\w+|[^\w\s]")


def sentences_of(text):
    for paragraph in text.split("\n"):
        yield from re.split(r'(?<=[.!?])["”]?\s+(?=[A-Z“"])', paragraph.strip())


def read_sentences(data, limit, rng):
    """(words, whether to learn from them), shuffled: newswire, political news, statements and briefings of the White House;
    Wikinews to measure on."""
    documents = corpora.read_gmb(data / "ner/gmb-voa-train.iob2.gz")
    documents += corpora.read_polnear(data / "polnear/train.jsonl.gz", data / "polnear/corenlp-silver-train.conllu.gz")
    out = [(s.words, True) for d in documents for s in d]
    for name, few in ((MEASURED, 292), ("whitehouse-statements", 2000), ("whitehouse-press-briefings", 100)):
        with gzip.open(data / f"news/{name}.jsonl.gz", "rt", encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        for row in rng.sample(rows, few):
            out += [(WORD.findall(s), name != MEASURED) for s in (row["title"], *sentences_of(row["text"]))]
    with gzip.open(data / "news/leipzig-eng-news-2020-10k-sentences.txt.gz", "rt", encoding="utf-8") as f:
        out += [(WORD.findall(line), True) for line in f]
    out = [(words, learn) for words, learn in out if 2 <= len(words) <= 80]
    rng.shuffle(out)
    out = out[:limit]
    return out + [(fragment(words, rng), learn) for words, learn in out if len(words) > 8 and rng.random() < FRAGMENTS]


def fragment(words, rng):
    first = rng.randrange(len(words) - 4)
    return words[first:first + rng.randint(3, 12)]


def teach(network, sentences, batch=64):
    """The encoder's vectors of lists of pieces, unit length: the mean over all pieces, the special ones too."""
    out = torch.zeros(len(sentences), network.config["hidden_size"])
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for start in range(0, len(order), batch):
        rows = order[start:start + batch]
        lengths = torch.tensor([len(sentences[i]) for i in rows])
        pieces = torch.zeros(len(rows), int(lengths.max()), dtype=torch.long)
        for r, i in enumerate(rows):
            pieces[r, :lengths[r]] = torch.tensor(sentences[i])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            x = network.embeddings(pieces, torch.zeros_like(pieces))
            for layer in network.encoder["layer"]:
                x = layer(x, padding(lengths, pieces.shape[1]))
        keep = torch.arange(pieces.shape[1])[None, :] < lengths[:, None]
        out[rows] = F.normalize((x.float() * keep[..., None]).sum(1), dim=1)
        if start % (batch * 200) == 0:
            print(f"{start} of {len(order)} sentences", flush=True)
    return out


def basis(vectors, rng):
    """[hidden, SIZE]: the main directions, turned at random, so that each coordinate says as much as any other and
    their signs alone tell vectors apart."""
    _, directions = torch.linalg.eigh(vectors.T @ vectors / len(vectors))
    turn, _ = torch.linalg.qr(torch.randn(SIZE, SIZE, generator=rng))
    return directions[:, -SIZE:] @ turn


class Bags:
    """Sentences as pieces without the special ones, to be summed."""

    def __init__(self, sentences):
        self.rows = [torch.tensor(s[1:-1]) for s in sentences]

    def sum(self, table, which):
        rows = [self.rows[i] for i in which]
        starts = torch.tensor([0] + [len(r) for r in rows[:-1]]).cumsum(0)
        return F.embedding_bag(torch.cat(rows), table, starts, mode="sum")


def first_table(alone, counts, directions):
    """alone [vocabulary, hidden]: the encoder's vectors of single pieces; counts: how often each was seen."""
    share = (counts + 1) / counts.sum()
    mean = (alone * counts[:, None]).sum(0) / counts.sum()
    return (alone - mean) @ directions * (FREQUENT / (FREQUENT + share))[:, None]


def fit(table, bags, vectors, directions, which, epochs, rng):
    table = torch.nn.Parameter(table)
    goal = F.normalize(vectors @ directions, dim=1)
    batch = 256
    optimiser = torch.optim.Adam([table], 5e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs * (len(which) // batch))
    for epoch in range(epochs):
        order = which[torch.randperm(len(which), generator=rng)]
        for rows in order[:len(order) // batch * batch].view(-1, batch):
            y, full = F.normalize(bags.sum(table, rows.tolist()), dim=1), vectors[rows]
            loss = (1 - (y * goal[rows]).sum(1)).mean() + NEARNESS * ((y @ y.T - full @ full.T) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1} loss {loss.item():.4f}", flush=True)
    return table.detach()


def agreement(mine, teacher, near=10):
    """(share of a sentence's nearest ten that are the teacher's too, share whose ten hold the teacher's nearest)."""
    def nearest(v):
        scores = v @ v.T
        scores.fill_diagonal_(-9)
        return scores.topk(near, 1).indices
    a, b = nearest(mine), nearest(teacher)
    both = (a[:, :, None] == b[:, None, :]).any(2).float().mean().item()
    return both, (a == b[:, :1]).any(1).float().mean().item()


def add_table(source, out, name, table, measured):
    """The weights file source with the table added, byte for byte the same otherwise."""
    f, w = released.File(source), export.Writer()
    kinds = {t["name"]: t["type"] for t in f.header["tensors"]}
    for tensor, array in f.arrays.items():
        if not tensor.startswith("meaning."):
            w.put(tensor, kinds[tensor], array)
    w.table("meaning", table.double().numpy())
    header = {k: v for k, v in f.header.items() if k not in ("tensors", "size")}
    header.update(name=name, created=datetime.date.today().isoformat())
    header["card"]["metrics"].update(measured)
    w.write(out, header)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../../shared/data"))
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--from", dest="source", required=True, help="the weights file to add the table to")
    parser.add_argument("--out", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--sentences", type=int, default=150_000)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--teacher", type=Path, required=True, help="where the encoder's vectors are kept between runs")
    args = parser.parse_args()

    wordpiece = WordPiece(args.pretrained / "vocab.txt")
    read = read_sentences(args.data, args.sentences, random.Random(3))
    sentences = [[wordpiece.cls, *[p for w in words for p in wordpiece(w)][:MAX_PIECES], wordpiece.sep] for words, _ in read]
    network = Network({}, dict.fromkeys(LINEAR_HEADS, 2) | {"rel": 2})
    load_pretrained(network, args.pretrained / "model.safetensors")
    network.eval()
    if args.teacher.exists():
        vectors, alone = (x.float() for x in torch.load(args.teacher))
    else:
        vectors = teach(network, sentences)
        alone = teach(network, [[wordpiece.cls, i, wordpiece.sep] for i in range(len(wordpiece.vocab))])
        torch.save((vectors.half(), alone.half()), args.teacher)

    rng = torch.Generator().manual_seed(3)
    learn = torch.tensor([i for i, (_, learn) in enumerate(read) if learn])
    held = torch.tensor([i for i, (_, learn) in enumerate(read) if not learn])
    bags, directions = Bags(sentences), basis(vectors[learn], rng)
    counts = torch.bincount(torch.cat(bags.rows), minlength=len(alone)).float()
    table = fit(first_table(alone, counts, directions), bags, vectors, directions, learn, args.epochs, rng)
    both, first = agreement(F.normalize(bags.sum(table, held.tolist()), dim=1), vectors[held])
    print(f"{len(learn)} sentences learned, {len(held)} measured: of the nearest ten {both:.3f} are the encoder's, {first:.3f} hold its nearest")
    add_table(args.source, args.out, args.name, table, {"meaning_near10": round(both, 3), "meaning_first_in_10": round(first, 3)})


if __name__ == "__main__":
    main()
