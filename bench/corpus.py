"""Writes real articles and passages of the corpora in ../shared/data as JSON Lines, one document a line, for measuring
an archive at size: python bench/corpus.py --data ../shared/data --count 100000 > corpus.jsonl

Whole articles come first (Wikinews, PolNeAR, re3d, ECB+, statements of the White House), then passages of some 115 to
220 words of its speeches and briefings, cut between paragraphs, each with the title, date and address of its
document and a number behind both. No text comes twice. The order is mixed by a hash, so that any first part of the
file is a fair sample of the whole."""

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path

WHOLE = ["news/wikinews-2019-2020", "polnear/train", "polnear/dev", "ner/re3d-train", "news/whitehouse-statements"]
CUT = ["news/whitehouse-speeches", "news/whitehouse-press-briefings"]
TOKENS = ["events/ecbplus-train", "events/ecbplus-dev"]
PUBLISHERS = {"news/wikinews-2019-2020": "Wikinews"}


def lines(data, name):
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def document(name, row, text):
    publisher = row.get("publisher") or row.get("source") or PUBLISHERS.get(name) or "The White House"
    return {"title": row.get("title", ""), "published": row.get("date", ""), "url": row.get("url", ""), "publisher": publisher, "text": text}


def passages(text, least=115, most=220):
    """Consecutive paragraphs of together least to most words; a longer paragraph stands alone."""
    part, size = [], 0
    for paragraph in text.split("\n"):
        words = len(paragraph.split())
        if part and (size >= least or size + words > most):
            yield "\n\n".join(part)
            part, size = [], 0
        if words:
            part.append(paragraph)
            size += words
    if size >= least // 2:
        yield "\n\n".join(part)


def documents(data):
    for name in WHOLE:
        for row in lines(data, name):
            yield document(name, row, row["text"])
    for name in TOKENS:
        for row in lines(data, name):
            yield document(name, {"title": row["id"], "publisher": "ECB+"}, " ".join(row["tokens"]))
    for name in CUT:
        for row in lines(data, name):
            for number, text in enumerate(passages(row["text"])):
                out = document(name, row, text)
                out["title"] += f" ({number + 1})"
                out["url"] += f"#{number + 1}"
                yield out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--count", type=int, default=100_000)
    args = p.parse_args()
    seen, rows = set(), []
    for doc in documents(args.data):
        key = hashlib.sha256(doc["text"].encode()).digest()
        if doc["text"].strip() and key not in seen:
            seen.add(key)
            rows.append((key, json.dumps(doc, ensure_ascii=False)))
    rows.sort()
    print(f"{len(rows)} documents, {min(len(rows), args.count)} written", file=sys.stderr)
    for _, line in rows[:args.count]:
        print(line)


if __name__ == "__main__":
    main()
