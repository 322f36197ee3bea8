"""Which edges of a graph of streets and one-way streets lie on a round trip that does not turn back on itself.

In a strongly connected graph a two-way edge does unless it is a bridge; a one-way edge does wherever both its ends
hang together. Source: Boesch & Tindell (1980), American Mathematical Monthly 87, 716–719.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vertices = NDArray[np.int64]
Mask = NDArray[np.bool_]


def edges_on_cycles(tails: Vertices, heads: Vertices, forth: Mask, back: Mask, *, vertices: int) -> Mask:
    """Which edges (e) lie on a directed cycle of three or more edges.

    `tails`, `heads` (e): the ends, no pair twice; `forth`, `back` (e): whether the way from tail to head, and from
    head to tail, is open.
    """
    if not len(tails):
        return np.zeros(0, dtype=np.bool_)
    component = _strong_components(tails, heads, forth, back, vertices)
    together: Mask = (component[tails] == component[heads]) & (forth | back)
    inside = np.flatnonzero(together)
    found = together.copy()
    found[inside[_bridges(tails[inside], heads[inside], vertices)]] = False
    return found


def _strong_components(tails: Vertices, heads: Vertices, forth: Mask, back: Mask, vertices: int) -> Vertices:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    out = np.concatenate([tails[forth], heads[back]])
    into = np.concatenate([heads[forth], tails[back]])
    graph = coo_matrix((np.ones(len(out), np.int8), (out, into)), shape=(vertices, vertices))
    return np.asarray(connected_components(graph, directed=True, connection="strong")[1], dtype=np.int64)


def _bridges(tails: Vertices, heads: Vertices, vertices: int) -> Mask:
    """Which edges are bridges, by the lowest vertex that each subtree of a depth-first search reaches (Tarjan 1974)."""
    around: list[list[tuple[int, int]]] = [[] for _ in range(vertices)]
    for edge, (tail, head) in enumerate(zip(tails.tolist(), heads.tolist(), strict=True)):
        around[tail].append((head, edge))
        around[head].append((tail, edge))
    order, lowest = [-1] * vertices, [0] * vertices
    is_bridge = np.zeros(len(tails), dtype=np.bool_)
    passed = 0
    for root in range(vertices):
        if order[root] >= 0 or not around[root]:
            continue
        order[root] = lowest[root] = passed
        passed += 1
        stack = [(root, -1, iter(around[root]))]
        while stack:
            vertex, through, ways = stack[-1]
            for other, edge in ways:
                if edge == through:
                    continue
                if order[other] < 0:
                    order[other] = lowest[other] = passed
                    passed += 1
                    stack.append((other, edge, iter(around[other])))
                    break
                lowest[vertex] = min(lowest[vertex], order[other])
            else:
                stack.pop()
                if stack:
                    parent = stack[-1][0]
                    lowest[parent] = min(lowest[parent], lowest[vertex])
                    is_bridge[through] = lowest[vertex] > order[parent]
    return is_bridge
