"""Documents to training windows and batches: cutting, augmentation, label numbers, padding."""

import copy
import random
import zlib

import torch

from labels import IGNORE, SOME, lemma_script
from network import LINEAR_HEADS
from pieces import shape_class

MASKED_WORDS = 0.05  # words hidden in training, against learning the corpora by heart
MAX_WINDOW = 254  # pieces beside [CLS] and [SEP]
FEW_PIECES = (40, 192)
WHOLE_PIECES = (120, 254)  # pieces of the windows of documents read whole
CURLY = {'"': "“”", "''": "”", "``": "“", "'": "’", "'s": "’s", "n't": "n’t", "'re": "’re", "'ve": "’ve",
         "'ll": "’ll", "'d": "’d", "'m": "’m"}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "’s": "'s", "n’t": "n't", "’re": "'re", "’ve": "'ve",
            "’ll": "'ll", "’d": "'d", "’m": "'m"}


def number_labels(documents, labels):
    """Replace label strings by their numbers, in place; a label outside the inventory is IGNORE."""
    index = {name: {label: i for i, label in enumerate(values)} for name, values in labels.items()}
    for document in documents:
        for s in document:
            if s.lemma is not None:
                s.lemma = [lemma_script(w, l) for w, l in zip(s.words, s.lemma)]
            for name in (*LINEAR_HEADS, "rels"):
                values = getattr(s, name)
                if values is not None:
                    table = index["rel" if name == "rels" else name]
                    setattr(s, name, [SOME if v == "?" else table.get(v, IGNORE) for v in values])


def _swap_quotes(sentence, curly):
    opening = True
    for i, word in enumerate(sentence.words):
        if not curly:
            sentence.words[i] = STRAIGHT.get(word, word)
        elif word in CURLY:
            new = CURLY[word]
            if word == '"':
                new, opening = new[0 if opening else 1], not opening
            sentence.words[i] = new


def _drop_full_stop(sentence):
    """A heading has no full stop: drop the last one when nothing hangs on it."""
    n = len(sentence.words)
    if n < 4 or sentence.words[-1] != "." or sentence.heads and (n in sentence.heads or sentence.heads[-1] == 0):
        return False
    for name, values in vars(sentence).items():
        if values is not None:
            setattr(sentence, name, values[:-1])
    return True


def _title_case(sentence):
    """Headings often begin their longer words with capitals."""
    sentence.words = [w[0].upper() + w[1:] if len(w) > 3 and w.islower() else w for w in sentence.words]


def augment(sentences, rng):
    """Copies with the quotes swapped in a third of the windows and a few headings made."""
    out = [copy.copy(s) for s in sentences]
    swap = rng.random()
    heading_before = False
    for s in out:
        if swap < 0.35:
            s.words = list(s.words)
            _swap_quotes(s, curly=swap < 0.2)
        if heading_before and s.gaps[0] != 2:
            s.gaps = [2] + s.gaps[1:]
        heading_before = rng.random() < 0.04 and _drop_full_stop(s)
        if heading_before and s.source is None and rng.random() < 0.5:
            _title_case(s)
            s.gaps = [2] + s.gaps[1:]
    return out


def _cut(sentence, limit):
    """The first words of a sentence; heads outside become None."""
    s = copy.copy(sentence)
    for name, values in vars(s).items():
        if values is not None:
            setattr(s, name, values[:limit])
    if s.heads is not None:
        s.heads = [h if h is not None and h <= limit else None for h in s.heads]
    return s


def _fit(sentence, room, tokeniser):
    used = 0
    for i, word in enumerate(sentence.words):
        used += len(tokeniser(word))
        if used > room:
            return _cut(sentence, i)
    return sentence


def cut_windows(document, tokeniser, rng, budget=None):
    """Consecutive sentences up to a number of pieces, drawn anew for each window unless given."""
    window, used, limit = [], 0, 0
    for s in document:
        size = sum(len(tokeniser(w)) for w in s.words)
        if window and used + size > limit:
            room = limit - used
            if budget is None and room > 20 and rng.random() < 0.3:
                # The reader's windows may end inside a sentence, so some of these do.
                window.append(_fit(s, room, tokeniser))
            yield window
            window, used = [], 0
        if not window:
            limit = budget or (MAX_WINDOW if rng.random() < 0.2 else rng.randint(*FEW_PIECES))
        if size > MAX_WINDOW:
            s = _fit(s, MAX_WINDOW, tokeniser)
        window.append(s)
        used += size
    if window:
        yield window


def hide_words(window, tokeniser, rng):
    """Put [MASK] for all pieces of a few words; their lemmas cannot be known."""
    ends = window.firsts[1:] + [len(window.pieces) - 1]
    for i, (start, end) in enumerate(zip(window.firsts, ends)):
        if rng.random() < MASKED_WORDS:
            window.pieces[start:end] = [tokeniser.mask] * (end - start)
            window.labels["lemma"][i] = IGNORE
    return window


class Window:
    """One window as number lists."""

    def __init__(self, sentences, tokeniser):
        self.sentences = sentences
        self.pieces, self.shapes, self.firsts, self.sentence_of = [tokeniser.cls], [0], [], []
        self.labels = {name: [] for name in (*LINEAR_HEADS, "rels")}
        self.heads, self.coref, links, anchors, start = [], [], [], {}, 0
        for number, s in enumerate(sentences):
            for word, gap in zip(s.words, s.gaps):
                ids = tokeniser(word)
                self.firsts.append(len(self.pieces))
                self.pieces.extend(ids)
                self.shapes.extend([shape_class(word) + 10 * gap] * len(ids))
            n = len(s.words)
            self.sentence_of.extend([number] * n)
            for name, out in self.labels.items():
                out.extend(getattr(s, name) or [IGNORE] * n)
            heads = s.heads or [None] * n
            self.heads.extend(IGNORE if h is None else 0 if h == 0 else start + h for h in heads)
            self.coref.extend(s.coref or [-1] * n)
            links.extend(s.link or [-1] * n)
            anchors.update((a, start + i) for i, a in enumerate(s.anchor or ()) if a >= 0)
            start += n
        # A word of a source or content points at the begin of its cue, or at nothing (0) when that is elsewhere.
        self.links = [IGNORE if k < 0 else 0 if anchors.get(k) == i else 1 + anchors.get(k, -1) for i, k in enumerate(links)]
        self.forms = [zlib.crc32(w.lower().encode()) for s in sentences for w in s.words]
        self.document = None
        self.pieces.append(tokeniser.sep)
        self.shapes.append(0)


def _pad(rows, fill):
    out = torch.full((len(rows), max(map(len, rows))), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, :len(row)] = torch.tensor(row)
    return out


def collate(windows):
    """A batch of padded tensors; `tree_rows` are the windows with trees, `same` who may head whom."""
    batch = {
        "pieces": _pad([w.pieces for w in windows], 0), "shapes": _pad([w.shapes for w in windows], 0),
        "lengths": torch.tensor([len(w.pieces) for w in windows]), "firsts": _pad([w.firsts for w in windows], 0),
        "heads": _pad([w.heads for w in windows], IGNORE), "links": _pad([w.links for w in windows], IGNORE),
        "coref": _pad([w.coref for w in windows], -1), "documents": [w.document or 0 for w in windows],
        "forms": _pad([w.forms for w in windows], 0),
        "labels": {n: _pad([w.labels[n] for w in windows], IGNORE) for n in (*LINEAR_HEADS, "rels")},
    }
    sentence_of = _pad([w.sentence_of for w in windows], -1)
    same = (sentence_of[:, :, None] == sentence_of[:, None, :]) & (sentence_of >= 0)[:, :, None]
    same &= ~torch.eye(same.shape[1], dtype=torch.bool)
    batch["same"] = torch.cat([(sentence_of >= 0)[:, :, None], same], 2)
    batch["tree_rows"] = (batch["heads"] != IGNORE).any(1).nonzero().squeeze(1)
    return batch


def _prepare(window, tokeniser, rng):
    return hide_words(Window(augment(window, rng), tokeniser), tokeniser, rng)


def _windows_for_ever(documents, tokeniser, rng):
    while True:
        windows = [w for d in documents for w in cut_windows(d, tokeniser, rng)]
        rng.shuffle(windows)
        for window in windows:
            yield _prepare(window, tokeniser, rng)


def _whole_documents(documents, tokeniser, rng, size):
    """Batches of consecutive windows, so that mentions of one window meet those of the windows before it."""
    while True:
        order = list(enumerate(documents))
        rng.shuffle(order)
        group, widest = [], 0
        for number, document in order:
            # Windows of one length, so that little of the batch is padding.
            for cut in cut_windows(document, tokeniser, rng, rng.randint(*WHOLE_PIECES)):
                window = _prepare(cut, tokeniser, rng)
                window.document = number
                if group and max(widest, len(window.pieces)) * (len(group) + 1) > size:
                    yield group
                    group, widest = [], 0
                group.append(window)
                widest = max(widest, len(window.pieces))
        if group:
            yield group


def batches(corpora, shares, tokeniser, pieces_per_batch, seed, pool_pieces=80_000):
    """Endless batches, the corpora mixed by their share of pieces, windows of a batch about equally long. Corpora with
    coreference come by whole documents."""
    rng = random.Random(seed)
    whole = {name for name, documents in corpora.items() if any(s.coref for s in documents[0])}
    streams = {name: _whole_documents(documents, tokeniser, rng, pieces_per_batch) if name in whole
               else _windows_for_ever(documents, tokeniser, rng) for name, documents in corpora.items()}
    given = {name: 1.0 for name in streams}
    while True:
        pool, ready, total = [], [], 0
        while total < pool_pieces:
            # The corpus that lags most behind its share comes next.
            name = min(given, key=lambda n: given[n] / shares[n])
            drawn = next(streams[name])
            if name in whole:
                ready.append(drawn)
            else:
                pool.append(drawn)
                drawn = [drawn]
            size = sum(len(w.pieces) for w in drawn)
            given[name] += size
            total += size
        pool.sort(key=lambda w: len(w.pieces) + rng.random())
        groups, group = ready, []
        for w in pool:
            if group and len(w.pieces) * (len(group) + 1) > pieces_per_batch:
                groups.append(group)
                group = []
            group.append(w)
        groups.append(group)
        rng.shuffle(groups)
        for g in groups:
            yield g
