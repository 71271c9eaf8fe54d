"""Checks of the parts that need no corpora and no weights."""

import itertools
import unittest

import numpy as np
import torch

import entities
import tree
from corpora import Sentence, _detokenised_gaps, _links, _owners, _retokenise, _split_hyphens
from labels import apply_script, lemma_script, spans
from names import demonym
from network import distance_class, word_means
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

    def test_words_are_the_means_of_their_pieces(self):
        # [CLS] a b b [SEP] and [CLS] a [SEP], padded
        means, lengths = word_means(torch.tensor([5, 3]), torch.tensor([[1, 2], [1, 0]]), 5)
        self.assertEqual(lengths.tolist(), [4, 3])
        x = torch.tensor([[10.0, 1, 2, 4, 20], [10, 1, 20, 99, 99]])[..., None]
        self.assertEqual((means @ x)[..., 0].tolist(), [[10, 1, 3, 20], [10, 1, 20, 0]])

    def test_distance_classes(self):
        self.assertEqual(distance_class(torch.tensor([1, 2, 3, 4, 5, 8, 9, 256, 257, 9999])).tolist(),
                         [0, 1, 2, 2, 3, 3, 4, 8, 9, 9])

    def test_links(self):
        offsets = [(0, 3), (4, 8), (9, 12), (13, 17)]  # a source of one word, a cue, a content of two
        attribution = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]]}
        owners = {role: _owners(offsets, [attribution], role) for role in attribution}
        self.assertEqual(_links(owners), ([0, -1, 0, 0], [-1, 0, -1, -1]))

    def test_entities(self):
        reader = entities.Reader()
        for misc in ("Entity=(1-person-new", "_", "Entity=1)", "_", "Entity=(2-place-new)|SpaceAfter=No"):
            reader.word(misc)
        self.assertEqual(reader.found, [(0, 3, "person", "1"), (4, 5, "place", "2")])
        s = Sentence("President Ada Stone left Oslo".split(), [2, 1, 1, 1, 1], upos="PROPN PROPN PROPN VERB PROPN".split(),
                     xpos="NNP NNP NNP VBD NNP".split(), heads=[2, 4, 2, 0, 4])
        entities.annotate([s], reader.found)
        self.assertEqual(s.name, [None, "B-PER", "I-PER", "O", "B-LOC"])
        self.assertEqual(s.coref, [-1, 0, -1, -1, 1])
        self.assertEqual(s.entity, ["O", "person", "O", "O", "place"])

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


class Names(unittest.TestCase):
    def test_ends(self):
        words, tags = _retokenise(["Ki-moon", "U.S.-led"], ["I-PER", "B-LOC"], [True, False])
        self.assertEqual(words, ["Ki", "-", "moon", "U.S.", "-", "led"])
        self.assertEqual(tags, ["I-PER", "I-PER", "I-PER", "B-LOC", "O", "O"])


if __name__ == "__main__":
    unittest.main()
