"""Maximum spanning tree (Chu-Liu/Edmonds) with one root, for evaluation."""

import numpy as np


def _cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node):]
        for n in path:
            state[n] = 2
    return None


def _edmonds(scores):
    """scores[dependent, head], node 0 the root; returns the head of each node (heads[0] is 0)."""
    n = len(scores)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = [i for i in range(n) if i not in set(cycle)]
    in_cycle = scores[cycle, heads[cycle]]
    # Contract the cycle into one node, the last of the smaller graph.
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    out = scores[np.ix_(rest, cycle)]
    into = scores[np.ix_(cycle, rest)] - in_cycle[:, None]
    small[:-1, -1], small[-1, :-1] = out.max(1), into.max(0)
    small[0, :] = -np.inf
    solved = _edmonds(small)
    for i, node in enumerate(rest):
        if i:
            h = solved[i]
            heads[node] = cycle[out[i].argmax()] if h == len(rest) else rest[h]
    entry = solved[-1]
    heads[cycle[into[:, entry].argmax()]] = rest[entry]
    return heads


def decode(scores):
    """scores [words, 1 + words], column 0 the root. Returns heads (0 root) with exactly one root."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    heads = _edmonds(full.copy())[1:]
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1:
        return heads
    # Try the candidates as the only root, the best total wins.
    best, best_total = None, -np.inf
    for root in roots:
        trial = full.copy()
        trial[1:, 0] = -np.inf
        trial[root + 1, 0] = 1e6
        h = _edmonds(trial)[1:]
        total = sum(full[i + 1, h[i]] for i in range(n) if i != root) + full[root + 1, 0]
        if total > best_total:
            best, best_total = h, total
    return best
