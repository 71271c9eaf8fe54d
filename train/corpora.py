"""Readers: each corpus becomes documents, a document a list of sentences with the tasks it annotates."""

import bisect
import gzip
import json
import random
import re
import zlib
from dataclasses import dataclass

import entities
import names

# Prefixes that EWT leaves joined to their word; other hyphens between letters are split.
PREFIXES = set("""e co re pre post non anti pro ex mid multi semi neo pan un self ultra sub inter intra counter cross
vice socio psycho over mini""".split()) - {"self"}
PUNCT_BEFORE = set(".,;:!?)]}%") | {"...", "…", "''", "”", "’", "n't", "n’t"}
PUNCT_AFTER = set("([{$#£€") | {"``", "“", "‘"}


@dataclass
class Sentence:
    """Words with their gaps (0 none, 1 white space, 2 line break) and the labels annotated, else None.

    heads are 1-based with 0 for the root; within `sent`, `name` and `entity`, None leaves a word out. coref numbers
    what the mention stands for whose head the word is, -1 for none. link numbers the attribution whose source or
    content the word is part of, anchor the one whose cue begins with it (where there is none, whose source), else -1.
    """
    words: list
    gaps: list
    upos: list = None
    xpos: list = None
    feats: list = None
    lemma: list = None
    heads: list = None
    rels: list = None
    name: list = None
    source: list = None
    cue: list = None
    content: list = None
    sent: list = None
    entity: list = None
    coref: list = None
    link: list = None
    anchor: list = None


def _lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield line.rstrip("\n")


def _blocks(path):
    block = []
    for line in _lines(path):
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _ud_sentence(block, first_gap):
    """One CoNLL-U block; returns the sentence and the gap after it."""
    cols = {name: [] for name in ("words", "lemma", "upos", "xpos", "feats", "heads", "rels", "gaps")}
    gap, joined_to, after = first_gap, 0, 1
    for line in block:
        if line[0] == "#":
            continue
        f = line.split("\t")
        space = 0 if "SpaceAfter=No" in f[9].split("|") else 1
        if "-" in f[0]:
            joined_to, after = int(f[0].split("-")[1]), space
            continue
        if "." in f[0]:
            continue
        if "NewPar=Yes" in f[9]:
            gap = 2
        for name, value in zip(("words", "lemma", "upos", "xpos", "feats"), f[1:6]):
            cols[name].append(value)
        cols["heads"].append(int(f[6]))
        cols["rels"].append(f[7])
        cols["gaps"].append(gap)
        inside = int(f[0]) < joined_to
        gap = 0 if inside else after if int(f[0]) == joined_to else space
    sentence = Sentence(**cols)
    sentence.sent = ["B"] + ["O"] * (len(sentence.words) - 1)
    return sentence, gap


def read_ud(path, keep=lambda doc_id: True):
    documents, doc_id, gap, reader = [], None, 2, None
    for block in _blocks(path):
        for line in block:
            if line.startswith("# newdoc"):
                _finish(documents, reader)
                doc_id, gap, reader = line.split("=", 1)[1].strip(), 2, entities.Reader()
                documents.append([])
            elif re.match(r"# newpar(\s|$)", line):
                gap = 2
            elif line[0] != "#" and "-" not in line.split("\t", 1)[0] and "." not in line.split("\t", 1)[0]:
                reader.word(line.split("\t")[9])
        sentence, gap = _ud_sentence(block, gap)
        documents[-1].append(sentence)
        if not keep(doc_id):
            documents[-1].clear()
    _finish(documents, reader)
    return [d for d in documents if d]


def _finish(documents, reader):
    if documents and reader.found:
        entities.annotate(documents[-1], reader.found)


TIME_WORDS = set("""second minute hour day night morning afternoon evening noon midnight week weekend month year decade
century today tomorrow yesterday tonight""".split())


def hint_names(documents):
    """What a treebank's tags say of names: proper nouns are in names of some kind, plain words in none."""
    plain = {"VERB", "PRON", "AUX", "ADV", "INTJ", "CCONJ", "SCONJ", "PART"}
    for s in (s for d in documents for s in d):
        s.name = [None] * len(s.words)
        for i, (word, p) in enumerate(zip(s.words, s.upos)):
            beside = "PROPN" in s.upos[max(0, i - 1):i + 2]
            noun = p == "NOUN" and not beside and s.lemma[i] not in TIME_WORDS
            if p == "PROPN":
                s.name[i] = "?"
            elif p in plain or noun or p == "ADJ" and word.islower() and not beside:
                s.name[i] = "O"
    return documents


def in_training_half(doc_id):
    """Whether the names of a document of EWT dev serve training; those of the other half serve evaluation."""
    return zlib.crc32(doc_id.encode()) % 2 == 0


def read_uner(ud_path, path, keep):
    """Documents of EWT with UNER's names and nothing else, those that keep takes."""
    documents = read_ud(ud_path, keep)
    add_uner(documents, path)
    return [[Sentence(s.words, s.gaps, name=s.name) for s in d if s.name] for d in documents]


def add_uner(documents, path):
    """UNER's names lie on surface tokens ("don't"), found by the sentence's letters; a name in one covers its words."""
    rows_of = {"".join(r[1] for r in rows): rows for rows in _iob_sentences(path)}
    for s in (s for d in documents for s in d):
        rows = rows_of.get("".join(s.words))
        if rows is None:
            continue
        s.name, row, left, fresh = [], -1, 0, True
        for word in s.words:
            if left == 0:
                row, fresh = row + 1, True
                left = len(rows[row][1])
            tag = rows[row][2]
            s.name.append(tag if fresh or tag == "O" else "I" + tag[1:])
            left, fresh = max(0, left - len(word)), False


def gum_permissive(tsv_path):
    """Ids of the GUM documents whose text licence lets the weights be published."""
    with open(tsv_path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f][1:]
    return {r[0] for r in rows if r[4] in ("yes", "yes-sharealike")}


def _split_hyphens(word):
    """EWT's way: a hyphen between letters or digits and letters is a word of its own."""
    if "-" not in word or "@" in word or "/" in word or word[0] == "#":
        return [word]
    parts = re.findall(r"-|[^-]+", word)
    if len(parts) < 3 or len(parts) % 2 == 0 or parts[0].lower() in PREFIXES:
        return [word]
    ends_ok = all(p == "-" if i % 2 else p[0].isalnum() for i, p in enumerate(parts))
    return parts if ends_ok and any(ch.isalpha() for ch in word) else [word]


def _silver_words(block, text):
    """(start, end) of the words of a silver sentence, hyphens split."""
    for line in block:
        if line[0] == "#":
            continue
        misc = dict(kv.split("=", 1) for kv in line.split("\t")[9].split("|") if "=" in kv)
        start, end = int(misc["S"]), int(misc["E"])
        for part in _split_hyphens(text[start:end]):
            yield start, start + len(part)
            start += len(part)


def _owners(offsets, attributions, role):
    """The number of the attribution whose source, cue or content each word is in, or None."""
    owner = [None] * len(offsets)
    starts = [s for s, _ in offsets]
    for number, attribution in enumerate(attributions):
        for start, end in attribution.get(role) or ():
            for i in range(max(0, bisect.bisect_right(starts, start) - 1), bisect.bisect_left(starts, end)):
                if offsets[i][1] > start:
                    owner[i] = number
    return owner


def _attribution_tags(owner):
    """BIO over a document's words. A span goes on over line breaks; a real gap in a span begins a new one."""
    before = [None] + owner[:-1]
    return ["O" if now is None else "I" if now == was else "B" for was, now in zip(before, owner)]


def _links(owners):
    """link and anchor of a document's words (see Sentence)."""
    n = len(owners["cue"])
    link = [next((o for o in (owners["content"][i], owners["source"][i]) if o is not None), -1) for i in range(n)]
    anchor, seen = [-1] * n, set()
    for role in ("cue", "source"):
        for i, number in enumerate(owners[role]):
            if number is not None and number not in seen:
                seen.add(number)
                anchor[i] = number
    return link, anchor


def _known_boundaries(words, gaps, previous):
    """Sentence starts that need no annotation: a line break begins one, a word after plain words does not."""
    out = []
    for word, gap in zip(words, gaps):
        calm = previous is not None and (previous[-1].isalnum() or previous == ",")
        out.append("B" if gap == 2 else "O" if calm else None)
        previous = word
    return out


def _polnear_document(article, blocks):
    text, document, offsets, previous_end, previous = article["text"], [], [], 0, None
    for block in blocks:
        spans = list(_silver_words(block, text))
        words, gaps = [], []
        for start, end in spans:
            between = text[previous_end:start]
            newline = "\n" in between or not offsets and not words
            words.append(text[start:end])
            gaps.append(2 if newline else 1 if between.strip() != between or between.isspace() else 0)
            previous_end = end
        offsets.extend(spans)
        sentence = Sentence(words, gaps, sent=_known_boundaries(words, gaps, previous))
        document.append(sentence)
        previous = words[-1]
    owners = {role: _owners(offsets, article["attributions"], role) for role in ("source", "cue", "content")}
    values = {role: _attribution_tags(owner) for role, owner in owners.items()}
    values["link"], values["anchor"] = _links(owners)
    for name, column in values.items():
        at = 0
        for sentence in document:
            setattr(sentence, name, column[at:at + len(sentence.words)])
            at += len(sentence.words)
    return document


def read_polnear(jsonl_path, silver_path):
    """Articles cut into words and sentences by the silver parse (those without one are left out)."""
    by_id, doc_id = {}, None
    for block in _blocks(silver_path):
        for line in block:
            if line.startswith("# newdoc id"):
                doc_id = line.split("=", 1)[1].strip()
                by_id[doc_id] = []
        by_id[doc_id].append(block)
    articles = (json.loads(line) for line in _lines(jsonl_path))
    return [_polnear_document(a, by_id[a["id"]]) for a in articles if a["id"] in by_id]


def _retokenise(words, tags, proper):
    """Split hyphens; a lower-case tail after a name ("U.S.-led") leaves the name, except in times and proper nouns ("Ki-moon")."""
    out_words, out_tags = [], []
    for word, tag, whole in zip(words, tags, proper):
        parts = _split_hyphens(word)
        out_words.extend(parts)
        tail = len(parts) > 1 and parts[-1].islower() and not parts[0].islower() and tag and not tag.endswith("TIME") and not whole
        for i in range(len(parts)):
            inside = tag and tag != "O" and "I" + tag[1:]
            out_tags.append(tag if i == 0 else "O" if tail and i >= len(parts) - 2 else inside or tag)
    return out_words, out_tags


def _detokenised_gaps(words, first_gap):
    gaps, quote_open, glue = [], False, False
    for i, word in enumerate(words):
        gap = 0 if glue or word in PUNCT_BEFORE or re.match(r"^['’](s|re|ve|ll|d|m)$", word, re.I) else 1
        glue = word in PUNCT_AFTER
        if word == '"':
            gap, glue = (0, False) if quote_open else (gap, True)
            quote_open = not quote_open
        elif word == "-" and 0 < i < len(words) - 1 and words[i - 1][-1:].isalnum():
            gap, glue = 0, True
        gaps.append(first_gap if i == 0 else gap)
    return gaps


def _iob_sentences(path):
    for block in _blocks(path):
        rows = [line.split("\t") for line in block if line[0] != "#"]
        yield rows


def _name_document(pairs, seed, per_document=40):
    """Sentences in corpus order as documents of a fixed size; line breaks as often as in newswire."""
    rng = random.Random(seed)
    sentences = []
    for words, tags, proper in pairs:
        words, tags = _retokenise(words, tags, proper)
        first = 2 if not len(sentences) % per_document or rng.random() < 0.35 else 1
        sentences.append(Sentence(words, _detokenised_gaps(words, first), name=tags,
                                  sent=["B"] + ["O"] * (len(words) - 1)))
    return [sentences[i:i + per_document] for i in range(0, len(sentences), per_document)]


def read_gmb(path):
    sentences = list(_iob_sentences(path))
    mapped = names.map_gmb([([r[0] for r in rows], [r[2] for r in rows]) for rows in sentences])
    proper = [[r[1] == "NNP" and r[2].endswith("per") for r in rows] for rows in sentences]
    return _name_document([(*m, p) for m, p in zip(mapped, proper)], 1)


def read_masked_names(path, types):
    pairs = [([r[0] for r in rows], [r[1] for r in rows]) for rows in _iob_sentences(path)]
    return _name_document([(words, tags, [False] * len(words)) for words, tags in names.map_masked(pairs, types)], 2)
