"""Label inventories: counted once on the training corpora, stored with the weights."""

from collections import Counter

NAME_TYPES = ("PER", "ORG", "LOC", "NORP", "EVENT", "MISC", "TIME")
BIO = ["O", "B", "I"]
TAGS = ("upos", "xpos", "feats", "lemma")
ATTRIBUTION = ("source", "cue", "content")
# What a noun or pronoun stands for, at the head word of its phrase (GUM's kinds).
ENTITY_TYPES = ("abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time")
FIXED = {
    "sent": ["O", "B"],
    "name": ["O"] + [p + t for t in NAME_TYPES for p in ("B-", "I-")],
    **{name: BIO for name in ATTRIBUTION},
    "entity": ["O", *ENTITY_TYPES],
}
# Rarer labels are left out (their words are masked in training); relations are few enough to keep them all.
MIN_COUNT = {"upos": 1, "xpos": 2, "feats": 2, "lemma": 3, "rel": 1}
IGNORE = -100
SOME = -50  # a word that is in a name, it is not known of which kind


def lemma_script(form, lemma):
    """The edit script CASE|CUT|ADD that makes the lemma of the form."""
    case = "l" if lemma == lemma.lower() else "k"
    base = form.lower() if case == "l" else form
    n = 0
    while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
        n += 1
    return f"{case}|{len(base) - n}|{lemma[n:]}"


def apply_script(form, script):
    case, cut, add = script.split("|", 2)
    base = form.lower() if case == "l" else form
    return base[:max(0, len(base) - int(cut))] + add


def inventories(documents):
    """Label lists by head, the tree relations included, most frequent first."""
    counts = {name: Counter() for name in (*TAGS, "rel")}
    for document in documents:
        for sentence in document:
            for name in TAGS:
                counts[name].update(getattr(sentence, name))
            counts["rel"].update(sentence.rels)
    labels = {name: list(values) for name, values in FIXED.items()}
    for name, counter in counts.items():
        ordered = sorted(counter.items(), key=lambda kv: (-kv[1], kv[0]))
        labels[name] = [label for label, n in ordered if n >= MIN_COUNT[name]]
    return labels


def spans(tags):
    """(start, end, type) of BIO tags; plain B and I have the type ''. A stray I opens a span."""
    out, start, kind = [], None, None
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, label = tag.partition("-")
        if start is not None and (prefix != "I" or label != kind):
            out.append((start, i, kind))
            start = None
        if prefix != "O" and start is None:
            start, kind = i, label
    return out
