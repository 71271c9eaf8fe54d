"""Words to BERT word pieces and shape classes (docs/model.md, "Input")."""

import unicodedata

MAX_PIECES = 8  # pieces kept of one word


def _is_punctuation(ch):
    cp = ord(ch)
    if 33 <= cp <= 47 or 58 <= cp <= 64 or 91 <= cp <= 96 or 123 <= cp <= 126:
        return True
    return unicodedata.category(ch).startswith("P")


def _is_cjk(ch):
    cp = ord(ch)
    return (0x4E00 <= cp <= 0x9FFF or 0x3400 <= cp <= 0x4DBF or 0x20000 <= cp <= 0x2A6DF
            or 0x2A700 <= cp <= 0x2CEAF or 0xF900 <= cp <= 0xFAFF or 0x2F800 <= cp <= 0x2FA1F)


def _is_control(ch):
    return ch not in "\t\n\r" and unicodedata.category(ch) in ("Cc", "Cf")


class WordPiece:
    """BERT's uncased WordPiece over single words, with a cache."""

    def __init__(self, vocab_path):
        with open(vocab_path, encoding="utf-8") as f:
            self.vocab = {line.rstrip("\n"): i for i, line in enumerate(f)}
        self.unk, self.cls, self.sep, self.mask = (self.vocab[f"[{t}]"] for t in ("UNK", "CLS", "SEP", "MASK"))
        self._cache = {}

    def __call__(self, word):
        ids = self._cache.get(word)
        if ids is None:
            ids = []
            for part in self._basic(word):
                ids.extend(self._greedy(part))
            ids = self._cache[word] = tuple(ids[:MAX_PIECES]) or (self.unk,)
        return ids

    def _basic(self, word):
        """Clean, lower-case, strip accents; split at white space, punctuation and CJK."""
        text = "".join(ch for ch in word if ch not in "\0\ufffd" and not _is_control(ch))
        text = unicodedata.normalize("NFD", text.lower())
        parts, current = [], ""
        for ch in text:
            if unicodedata.category(ch) == "Mn":
                continue
            if ch.isspace() or _is_punctuation(ch) or _is_cjk(ch):
                if current:
                    parts.append(current)
                current = ""
                if not ch.isspace():
                    parts.append(ch)
            else:
                current += ch
        return parts + [current] if current else parts

    def _greedy(self, part):
        if len(part) > 100:
            return [self.unk]
        ids, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                if piece in self.vocab:
                    ids.append(self.vocab[piece])
                    start = end
                    break
            else:
                return [self.unk]
        return ids


def shape_class(word):
    """Class 1-9 of a word's shape; 0 is kept for [CLS] and [SEP].

    Only letters decide between 1-5 (punctuation inside a word, as in "U.S.", does not count); digits are Unicode Nd.
    """
    letters = [ch for ch in word if ch.isalpha()]
    if any(ch.isdecimal() for ch in word):
        if letters:
            return 7
        ends = word[0].isdecimal() and word[-1].isdecimal()
        return 6 if ends and all(ch.isdecimal() or ch in ",.:/-" for ch in word) else 9
    if not letters:
        return 8
    upper = [ch.isupper() or ch.istitle() for ch in letters]
    if not any(upper):
        return 1
    if len(letters) == 1:
        return 4
    if all(upper):
        return 3
    return 2 if upper[0] and not any(upper[1:]) else 5
