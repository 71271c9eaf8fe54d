"""GUM's entities: what each mention's head word stands for, who is who, and the names among them."""

import re

from labels import ENTITY_TYPES
from names import TITLES, demonym

NAME_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "TIME"}


class Reader:
    """Reads the Entity annotations of one document word by word."""

    def __init__(self):
        self.open, self.count, self.found = {}, 0, []

    def word(self, misc):
        for field in misc.split("|"):
            if field.startswith("Entity="):
                for part in re.findall(r"\([^()]*\)?|[^()]+\)", field[7:]):
                    self._bracket(part)
        self.count += 1

    def _bracket(self, part):
        if part[0] != "(":
            begun = self.open.get(part[:-1])
            if begun:
                start, kind = begun.pop()
                self.found.append((start, self.count + 1, kind, part[:-1]))
            return
        entity, kind = part.strip("()").split("-")[:2]
        if part[-1] == ")":
            self.found.append((self.count, self.count + 1, kind, entity))
        else:
            self.open.setdefault(entity, []).append((self.count, kind))


def annotate(document, found):
    """Sets entity, coref and name of a document's sentences from its mentions (start, end, kind, entity)."""
    numbers, first = {}, 0
    for s in document:
        end = first + len(s.words)
        s.entity, s.coref = ["O"] * len(s.words), [-1] * len(s.words)
        mentions = sorted((m for m in found if first <= m[0] and m[1] <= end), key=lambda m: m[0] - m[1])
        heads = []
        for start, stop, kind, entity in mentions:
            head = _head(s, start - first, stop - first)
            if s.coref[head] < 0:  # the longest of several with one head
                s.coref[head] = numbers.setdefault(entity, len(numbers))
                s.entity[head] = kind if kind in ENTITY_TYPES else None
                heads.append((head, start - first, stop - first, kind))
        s.name = _names(s, heads)
        first = end


def _head(s, start, stop):
    """The first word of the span whose head lies outside."""
    for i in range(start, stop):
        if not start < s.heads[i] <= stop or s.heads[i] == 0:
            return i
    return start


def _names(s, heads):
    """Name tags: proper nouns around the head of a mention, with "of X"; titles cut off. Proper nouns of no mention
    and numbers are left out (None)."""
    tags = [None if p in ("PROPN", "NUM", "X", "SYM") else "O" for p in s.upos]
    for i, (word, p) in enumerate(zip(s.words, s.upos)):
        if p == "ADJ" and word[0].isupper():
            tags[i] = "B-NORP" if demonym([word]) else None
    for head, start, stop, kind in heads:
        if s.upos[head] != "PROPN":
            if kind == "time":
                tags[start:stop] = [None] * (stop - start)
            continue
        if tags[head] is not None:  # inside a longer name
            continue
        first, end = _extent(s, head, start, stop, kind)
        label = NAME_KINDS.get(kind, "MISC")
        if kind == "person" and s.xpos[end - 1] == "NNPS" and demonym(s.words[first:end]):
            label = "NORP"
        if kind == "time" or all(w.islower() or w.lower() in TITLES for w in s.words[first:end]):
            tags[first:end] = [None] * (end - first)
        else:
            tags[first:end] = ["B-" + label] + ["I-" + label] * (end - first - 1)
    return tags


def _extent(s, head, start, stop, kind):
    first, end = head, head + 1
    while first > start and (s.xpos[first - 1] in ("NNP", "NNPS") or s.upos[first - 1] in ("ADJ", "NOUN", "VERB")
                             and s.words[first - 1][0].isupper()):
        first -= 1
    while end < stop and (s.upos[end] == "PROPN" or s.words[end] in ("-", "&") and end + 1 < stop
                          and s.upos[end + 1] == "PROPN"):
        end += 1
    if kind in ("organization", "place", "event", "object", "abstract"):
        end = _of(s, end, stop)
    while kind == "person" and first < end - 1 and s.words[first].lower() in TITLES:
        first += 1
    return first, end


def _of(s, end, stop):
    """The end of a name that goes on with "of (the) Proper Noun"."""
    if end < stop and s.words[end] in ("of", "for") and s.words[end - 1][0].isupper():
        after = end + 1
        while after < stop and s.words[after] in ("the", "and"):
            after += 1
        last = after
        while last < stop and s.upos[last] == "PROPN":
            last += 1
        if last > after:
            return last
    return end
