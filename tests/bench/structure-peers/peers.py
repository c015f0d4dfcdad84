"""Structure learners of other people on tables of codes, one learner a process.

    peers.py LEARNER [--tetrad JAR] < tables.json

On stdin a list of tables { file, names, categories, dag }: a CSV of category codes, the names of its columns, the number of
categories of each, and a DAG [[from, to]] that the program is to score by its own discrete BIC. On stdout a JSON line a
table: { edges, seconds, version, scored, best }, or { failed }. `edges` are pairs of columns; an undirected edge is there
both ways. `seconds` is the search alone. `scored` is the program's BIC of `dag`, `best` that of what an exact search found,
both in nats and null where there is none. Without a learner: the names of all.
"""

import importlib.metadata
import json
import os
import sys
import time


def timed(search):
    started = time.perf_counter()
    found = search()
    return found, time.perf_counter() - started


def edges_of(matrix):
    """Of a matrix in which [i][j] is not 0 where there is an edge from i to j."""
    size = len(matrix)
    return [[i, j] for i in range(size) for j in range(size) if matrix[i][j] != 0]


# causal-learn: graph[j, i] = 1 and graph[i, j] = -1 is i -> j; -1 both ways is undirected, 1 both ways two heads.
def causal_learn_edges(graph):
    size = len(graph)
    return [
        [i, j]
        for i in range(size)
        for j in range(size)
        if graph[i, j] != 0 and not (graph[i, j] == 1 and graph[j, i] == -1)
    ]


def causal_learn_pc(test):
    def learn(table, codes):
        from causallearn.search.ConstraintBased.PC import pc

        found, seconds = timed(lambda: pc(codes, alpha=0.01, indep_test=test, show_progress=False))
        return {"edges": causal_learn_edges(found.G.graph), "seconds": seconds}

    return "causal-learn", learn


def causal_learn_ges(table, codes):
    from causallearn.search.ScoreBased.GES import ges

    found, seconds = timed(lambda: ges(codes, score_func="local_score_BDeu"))
    return {"edges": causal_learn_edges(found["G"].graph), "seconds": seconds}


def causal_learn_exact(table, codes):
    """As it comes: its score is that of linear Gaussian data."""
    from causallearn.search.ScoreBased.ExactSearch import bic_exact_search

    (found, _), seconds = timed(lambda: bic_exact_search(codes.astype(float), search_method="dp"))
    return {"edges": edges_of(found), "seconds": seconds}


def causal_learn_exact_on_tables(table, codes):
    """Its exact search, told pgmpy's discrete BIC instead of the Gaussian one: neither the score nor the search is ours."""
    from causallearn.search.ScoreBased import ExactSearch

    score = pgmpy_score(table, codes)
    names = table["names"]

    def negative(_, node, parents):
        return -float(score.local_score(names[node], tuple(names[p] for p in parents)))

    ExactSearch.bic_score_node = negative
    (found, _), seconds = timed(lambda: ExactSearch.bic_exact_search(codes.astype(float), search_method="dp"))
    return exact(edges_of(found), seconds, score, table)


def exact(edges, seconds, score, table):
    return {
        "edges": edges,
        "seconds": seconds,
        "scored": scored_by_pgmpy(score, table, table["dag"]),
        "best": scored_by_pgmpy(score, table, edges),
    }


def frame(table, codes):
    import pandas

    columns = {
        name: pandas.Categorical(codes[:, i].astype(str), categories=[str(k) for k in range(table["categories"][i])])
        for i, name in enumerate(table["names"])
    }
    return pandas.DataFrame(columns)


def states(table):
    return {name: [str(k) for k in range(count)] for name, count in zip(table["names"], table["categories"])}


def pgmpy_score(table, codes):
    from pgmpy.structure_score import BIC

    return BIC(frame(table, codes), state_names=states(table))


def scored_by_pgmpy(score, table, edges):
    names = table["names"]
    parents = [tuple(names[a] for a, b in edges if b == node) for node in range(len(names))]
    return float(sum(score.local_score(name, given) for name, given in zip(names, parents)))


def pgmpy_edges(table, graph):
    """Of a DAG or a PDAG, which has its undirected edges apart."""
    at = {name: i for i, name in enumerate(table["names"])}
    open_edges = [tuple(edge) for edge in getattr(graph, "undirected_edges", [])]
    directed = getattr(graph, "directed_edges", None) or ([] if open_edges else graph.edges())
    pairs = list(directed) + open_edges + [(b, a) for a, b in open_edges]
    return [[at[a], at[b]] for a, b in pairs]


def pgmpy_learn(make):
    def learn(table, codes):
        from pgmpy import causal_discovery

        search = make(causal_discovery)
        data = frame(table, codes)
        _, seconds = timed(lambda: search.fit(data))
        score = scored_by_pgmpy(pgmpy_score(table, codes), table, table["dag"])
        return {"edges": pgmpy_edges(table, search.causal_graph_), "seconds": seconds, "scored": score}

    return "pgmpy", learn


def pgmpy_exhaustive(table, codes):
    if len(table["names"]) > 5:
        raise RuntimeError("it goes through every graph: not to its end with more than 5 nodes")
    import networkx
    from pgmpy.estimators import ExhaustiveSearch

    score = pgmpy_score(table, codes)
    cache = {}

    class Cached:
        def score(self, dag):
            return sum(self.local(node, tuple(sorted(dag.predecessors(node)))) for node in networkx.topological_sort(dag))

        def local(self, node, parents):
            if (node, parents) not in cache:
                cache[node, parents] = float(score.local_score(node, parents))
            return cache[node, parents]

    search = ExhaustiveSearch(frame(table, codes), scoring_method="bic-d")
    search.scoring_method = Cached()
    found, seconds = timed(search.estimate)
    return exact(pgmpy_edges(table, found), seconds, score, table)


def notears(loss):
    def learn(table, codes):
        from castle.algorithms import Notears

        binary_only(table, loss)
        search = Notears(loss_type=loss)
        _, seconds = timed(lambda: search.learn(coded(codes, loss)))
        return {"edges": edges_of(search.causal_matrix.tolist()), "seconds": seconds}

    return "gcastle", learn


def dagma(loss):
    def learn(table, codes):
        from dagma.linear import DagmaLinear

        binary_only(table, loss)
        found, seconds = timed(lambda: DagmaLinear(loss_type=loss).fit(coded(codes, loss)))
        return {"edges": edges_of(found), "seconds": seconds}

    return "dagma", learn


def binary_only(table, loss):
    if loss == "logistic" and any(count != 2 for count in table["categories"]):
        raise RuntimeError("its logistic loss is for two categories")


def coded(codes, loss):
    """Least squares have no constant term, so that means are taken off; the logistic loss wants 0 and 1."""
    values = codes.astype(float)
    return values if loss == "logistic" else values - values.mean(axis=0)


def tetrad(make):
    def learn(table, codes):
        import jpype
        import jpype.imports

        if not jpype.isJVMStarted():
            jpype.startJVM(classpath=[tetrad_jar()])
        from edu.cmu.tetrad.data import SimpleDataLoader
        from edu.cmu.tetrad.graph import Endpoint
        from edu.cmu.tetrad.search.score import DiscreteBicScore
        from edu.pitt.dbmi.data.reader import Delimiter
        from java.io import File

        data = SimpleDataLoader.loadDiscreteData(File(table["file"]), "//", '"', "*", True, Delimiter.COMMA, False)
        search = make(data)
        found, seconds = timed(search.search)
        at = {name: i for i, name in enumerate(table["names"])}
        edges = []
        for edge in found.getEdges():
            a, b = (at[str(node.getName())] for node in (edge.getNode1(), edge.getNode2()))
            heads = [edge.getEndpoint1() == Endpoint.ARROW, edge.getEndpoint2() == Endpoint.ARROW]
            if heads[0] == heads[1] or heads[0]:
                edges.append([b, a])
            if heads[0] == heads[1] or heads[1]:
                edges.append([a, b])
        score = DiscreteBicScore(data)
        parents = [[a for a, b in table["dag"] if b == node] for node in range(len(at))]
        # Tetrad's BIC is twice the one in nats, and its penalty leaves out combinations of parents that no row has.
        total = sum(float(score.localScore(node, jpype.JInt[:](given))) for node, given in enumerate(parents)) / 2
        total -= sum(unseen(table, codes, node, given) for node, given in enumerate(parents))
        return {"edges": edges, "seconds": seconds, "scored": total}

    return "tetrad", learn


def unseen(table, codes, node, parents):
    """What the BIC takes off for the parameters of combinations that no row has, nats."""
    import math

    import numpy

    counts = table["categories"]
    seen = len(numpy.unique(codes[:, parents], axis=0)) if parents else 1
    rows = math.prod(counts[p] for p in parents) - seen
    return 0.5 * math.log(len(codes)) * (counts[node] - 1) * rows


def tetrad_pc(data):
    from edu.cmu.tetrad.search import Pc
    from edu.cmu.tetrad.search.test import IndTestGSquare

    return Pc(IndTestGSquare(data, 0.01))


def tetrad_fges(score):
    def make(data):
        from edu.cmu.tetrad.search import Fges
        from edu.cmu.tetrad.search import score as scores

        return Fges(getattr(scores, score)(data))

    return make


def tetrad_boss(data):
    from edu.cmu.tetrad.search import Boss, PermutationSearch
    from edu.cmu.tetrad.search.score import DiscreteBicScore

    return PermutationSearch(Boss(DiscreteBicScore(data)))


def tetrad_jar():
    if "--tetrad" not in sys.argv:
        raise ModuleNotFoundError("no --tetrad JAR")
    return sys.argv[sys.argv.index("--tetrad") + 1]


def version_of(package):
    if package != "tetrad":
        return importlib.metadata.version(package)
    return tetrad_jar().rsplit("tetrad-lib-", 1)[-1].removesuffix(".jar").removesuffix("-shaded")


learners = {
    "causal-learn PC (G test, .01)": causal_learn_pc("gsq"),
    "causal-learn PC (chi-squared, .01)": causal_learn_pc("chisq"),
    "causal-learn GES (BDeu)": ("causal-learn", causal_learn_ges),
    "causal-learn exact (Gaussian BIC)": ("causal-learn", causal_learn_exact),
    "causal-learn exact (pgmpy's BIC)": ("causal-learn", causal_learn_exact_on_tables),
    "pgmpy PC (G test, .01)": pgmpy_learn(
        lambda c: c.PC(variant="stable", ci_test="g_sq", significance_level=0.01, show_progress=False)
    ),
    "pgmpy hill climbing (BIC)": pgmpy_learn(lambda c: c.HillClimbSearch(scoring_method="bic-d", show_progress=False)),
    "pgmpy GES (BIC)": pgmpy_learn(lambda c: c.GES(scoring_method="bic-d")),
    "pgmpy exhaustive (BIC)": ("pgmpy", pgmpy_exhaustive),
    "gCastle NOTEARS (least squares)": notears("l2"),
    "gCastle NOTEARS (logistic)": notears("logistic"),
    "DAGMA (least squares)": dagma("l2"),
    "DAGMA (logistic)": dagma("logistic"),
    "Tetrad PC (G test, .01)": tetrad(tetrad_pc),
    "Tetrad FGES (BIC)": tetrad(tetrad_fges("DiscreteBicScore")),
    "Tetrad FGES (BDeu)": tetrad(tetrad_fges("BdeuScore")),
    "Tetrad BOSS (BIC)": tetrad(tetrad_boss),
}


def answer(learn, package, table):
    import numpy

    codes = numpy.loadtxt(table["file"], delimiter=",", skiprows=1, dtype=int)
    return {"scored": None, "best": None, "version": version_of(package), **learn(table, codes)}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in learners:
        print(json.dumps(list(learners)))
        return
    package, learn = learners[sys.argv[1]]
    # What libraries print, those of other languages as well, is no part of the answer.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for table in json.load(sys.stdin):
        try:
            line = answer(learn, package, table)
        except Exception as error:
            line = {"failed": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(line), file=out, flush=True)


main()
