"""Checks of the parts that need no corpora and no weights."""

import itertools
import unittest

import numpy as np

import tree
from corpora import _detokenised_gaps, _split_hyphens
from labels import apply_script, lemma_script, spans
from names import demonym
from pieces import shape_class


class Parts(unittest.TestCase):
    def test_shapes(self):
        for word, shape in {"war": 1, "a": 1, "Kyiv": 2, "UN": 3, "U.S.": 3, "I": 4, "McCain": 5, "2,000": 6, "$5": 9,
                            "5th": 7, "“": 8, "%": 8, "50%": 9, "中国": 1}.items():
            self.assertEqual(shape_class(word), shape, word)

    def test_lemma_scripts(self):
        for form, lemma in (("went", "go"), ("The", "the"), ("Paris", "Paris"), ("cities", "city"), ("n't", "not")):
            self.assertEqual(apply_script(form, lemma_script(form, lemma)), lemma)
        self.assertEqual(lemma_script("went", "go"), "l|4|go")

    def test_spans(self):
        self.assertEqual(spans(["B-PER", "I-PER", "I-LOC", "O", "B-LOC", "B-LOC"]),
                         [(0, 2, "PER"), (2, 3, "LOC"), (4, 5, "LOC"), (5, 6, "LOC")])

    def test_hyphens(self):
        self.assertEqual(_split_hyphens("U.S.-led"), ["U.S.", "-", "led"])
        self.assertEqual(_split_hyphens("re-elected"), ["re-elected"])
        self.assertEqual(_split_hyphens("--"), ["--"])

    def test_gaps(self):
        self.assertEqual(_detokenised_gaps('" No , " he said .'.split(), 1), [1, 0, 0, 0, 1, 1, 0])

    def test_demonyms(self):
        self.assertTrue(demonym(["Iraqi"]) and demonym(["Bosnian", "Serb"]))
        self.assertFalse(demonym(["Sudan"]) or demonym(["Kazakhstan"]))

    def test_tree_is_the_best_one(self):
        rng = np.random.default_rng(0)
        for n in (1, 2, 3, 4):
            for _ in range(40):
                scores = rng.normal(size=(n, n + 1))
                best = max((h for h in itertools.product(range(n + 1), repeat=n) if self.is_tree(h)),
                           key=lambda h: sum(scores[d, x] for d, x in enumerate(h)))
                self.assertEqual(tuple(tree.decode(scores)), best)

    @staticmethod
    def is_tree(heads):
        if sum(h == 0 for h in heads) != 1:
            return False
        for node in range(1, len(heads) + 1):
            seen = set()
            while node and node not in seen:
                seen.add(node)
                node = heads[node - 1]
            if node:
                return False
        return True


if __name__ == "__main__":
    unittest.main()
