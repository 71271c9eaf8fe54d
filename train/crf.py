"""A linear chain over the attribution tags: emissions from the heads, one 3 x 3 transition matrix a role.

Read tag by tag, long contents fall to pieces; the best whole sequence (Viterbi) keeps them together. The matrices are
stored beside the weights, as `transitions` (role, from, to; tags in the order O B I; no scores for start and end).
"""

import torch
import torch.nn as nn

from labels import ATTRIBUTION, BIO


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(ATTRIBUTION), len(BIO), len(BIO)))

    def forward(self, emissions, tags, lengths):
        """Negative log likelihood a word. emissions [B, W, roles, 3], tags [B, W, roles], lengths [B]."""
        b, width = tags.shape[:2]
        inside = torch.arange(width)[None, :] < lengths[:, None]
        tags = tags.clamp(min=0)
        gold = emissions.gather(3, tags[..., None]).squeeze(3)
        roles = torch.arange(len(ATTRIBUTION))
        gold = gold.clone()
        gold[:, 1:] += self.transitions[roles, tags[:, :-1], tags[:, 1:]]
        gold = (gold * inside[:, :, None]).sum(1)
        alpha = emissions[:, 0]
        for t in range(1, width):
            after = (alpha[..., None] + self.transitions).logsumexp(2) + emissions[:, t]
            alpha = torch.where(inside[:, t, None, None], after, alpha)
        return (alpha.logsumexp(2) - gold).sum(0) / lengths.sum()

    def table(self):
        return dict(zip(ATTRIBUTION, self.transitions.tolist()))


def viterbi(emissions, transitions):
    """Best tags of one sequence. emissions [W, 3], transitions [3, 3], both numpy."""
    score, back = emissions[0].copy(), []
    for row in emissions[1:]:
        paths = score[:, None] + transitions
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    tags = [int(score.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]
