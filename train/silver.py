"""Names of EWT's training sentences as Stanford CoreNLP's three-class recogniser finds them (Finkel et al. 2005). See README.md."""

import argparse
import subprocess
from pathlib import Path

import corpora


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../../shared/data"))
    p.add_argument("--corenlp", type=Path, required=True, help="folder with stanford-corenlp-4.5.7.jar and its -models.jar")
    p.add_argument("--out", type=Path, required=True, help="a line of classes for each sentence")
    args = p.parse_args()
    documents = corpora.read_ud(args.data / "ud/ewt-train.conllu.gz")
    lines = [" ".join(w.replace(" ", "_") for w in s.words) + "\n" for d in documents for s in d]
    program = Path(__file__).parent / "corenlp/Names.java"
    found = subprocess.run(["java", "-Xmx3g", "-cp", f"{args.corenlp}/*", program], input="".join(lines),
                           stdout=subprocess.PIPE, text=True, check=True)
    args.out.write_text(found.stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
