"""What networkx, igraph, pgmpy, NumPy and pyarrow read of an export, against its graph.json: one JSON array on stdout."""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
graph = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
names = [node["name"] for node in graph["nodes"]]
answers = []


def told(reader, file, check):
    try:
        differs = check()
    except ModuleNotFoundError:
        differs = None
    answers.append({"reader": reader, "file": file, "differs": differs})


def edges_differ(read):
    """read: (from, to, strength, standing, toMark) of every edge, by the nodes' names."""
    written = {(e["from"], e["to"]): e for e in graph["edges"]}
    differs = [] if len(read) == len(written) else [f"{len(read)} edges for {len(written)}"]
    for source, target, strength, standing, mark in read:
        edge = written.get((source, target))
        if edge is None:
            differs.append(f"no edge {source} {target}")
        elif (strength, standing, mark) != (edge["strength"], edge["standing"], edge["toMark"]):
            differs.append(f"{source} {target}: {strength}, {standing}, {mark}")
    return differs


def with_networkx():
    import networkx

    # It has no graphs of both kinds of edges: what an open one says stands in its marks.
    text = (folder / "graph.graphml").read_text(encoding="utf-8").replace(' directed="false"', "")
    read = networkx.parse_graphml(text)
    label = {key: data["label"] for key, data in read.nodes(data=True)}
    differs = [] if list(label.values()) == names else [f"nodes are {list(label.values())}"]
    if json.loads(read.graph["cautions"]) != graph["finding"]["cautions"]:
        differs.append("other cautions")
    for key, node in zip(read.nodes, graph["nodes"]):
        if json.loads(read.nodes[key]["probabilities"]) != node["probabilities"]:
            differs.append(f"probabilities of {label[key]}")
    return differs + edges_differ(
        [(label[a], label[b], d["strength"], d["standing"], d["toMark"]) for a, b, d in read.edges(data=True)]
    )


def with_igraph():
    import warnings

    import igraph

    warnings.simplefilter("error")

    read = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    differs = [] if read.vs["label"] == names else [f"nodes are {read.vs['label']}"]
    return differs + edges_differ(
        [
            (names[e.source], names[e.target], e["strength"], e["standing"], e["toMark"])
            for e in read.es
        ]
    )


def with_pgmpy():
    from pgmpy.readwrite import BIFReader

    reader = BIFReader(str(folder / "graph.bif"))
    differs = []
    tables = reader.variable_cpds
    if len(reader.variable_names) != len(names):
        differs.append(f"variables are {reader.variable_names}")
    for word, node in zip(reader.variable_names, graph["nodes"]):
        if len(reader.variable_states[word]) != len(node["categories"]):
            differs.append(f"states of {word}")
    for word, table in zip(reader.variable_names, graph["tables"]):
        written = [row["probabilities"] for row in table["rows"]]
        read = [list(column) for column in zip(*tables[word])]
        if any(abs(a - b) > 1e-12 for x, y in zip(written, read) for a, b in zip(x, y)):
            differs.append(f"table of {word}")
    return differs


def with_numpy():
    import numpy

    read = numpy.load(folder / "latents.npz")
    differs = [] if list(read["nodes"]) == names else [f"nodes are {list(read['nodes'])}"]
    return differs + ([] if list(read["cautions"]) == graph["finding"]["cautions"] else ["other cautions"])


def with_pyarrow():
    import pyarrow.parquet

    read = pyarrow.parquet.read_table(folder / "latents.parquet")
    differs = [f"no column {name}" for name in names if name not in read.column_names]
    finding = json.loads(read.schema.metadata[b"finding"])
    return differs + ([] if finding == graph["finding"] else ["another finding"])


told("igraph", "graph.graphml", with_igraph)
told("networkx, open edges taken for directed", "graph.graphml", with_networkx)
told("pgmpy", "graph.bif", with_pgmpy)
told("NumPy", "latents.npz", with_numpy)
told("pyarrow", "latents.parquet", with_pyarrow)
json.dump(answers, sys.stdout)
