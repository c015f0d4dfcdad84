"""What networkx, igraph, pydot, pgmpy, NumPy, pandas, pyarrow and Tetrad read of an export: one JSON array on stdout.

    readers.py FOLDER [TETRAD.jar]

Graphs are held against the export's graph.json, values against expected.json, bit by bit: -0 is not 0.
"""

import json
import os
import struct
import sys
from pathlib import Path

# What libraries print, those of other languages as well, is no part of the answer.
out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
folder = Path(sys.argv[1])
graph = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
names = [node["name"] for node in graph["nodes"]]
expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
answers = []


def same(written, read):
    """A number as text against one as it was read; every "not a number" is alike."""
    number = float(written)
    return number != number and read != read or struct.pack("<d", number) == struct.pack("<d", float(read))


def numbers_differ(what, written, read):
    if len(written) != len(read):
        return [f"{what}: {len(read)} values for {len(written)}"]
    return [f"{what}[{i}]: {b!r} for {a}" for i, (a, b) in enumerate(zip(written, read)) if not same(a, b)][:3]


def texts_differ(what, written, read):
    if len(written) != len(read):
        return [f"{what}: {len(read)} texts for {len(written)}"]
    return [f"{what}[{i}]: {b!r} for {a!r}" for i, (a, b) in enumerate(zip(written, read)) if a != b][:3]


def told(reader, file, check):
    try:
        differs = check()
    except ModuleNotFoundError:
        differs = None
    except Exception as error:
        differs = [f"it cannot read it: {type(error).__name__}: {error}"[:300]]
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

    with warnings.catch_warnings():
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


def states_in_order():
    """The words of categories, as they stand in the file, say which is which."""
    from pgmpy.readwrite import BIFReader

    reader = BIFReader(str(folder / "graph.bif"))
    model = reader.get_model()
    differs = [] if model.check_model() else ["a table does not add up"]
    for word, table in zip(reader.variable_names, graph["tables"]):
        states = model.get_cpds(word).state_names
        for name in [word, *reader.variable_parents[word]]:
            if list(states[name]) != list(reader.variable_states[name]):
                differs.append(f"states of {name} in the table of {word} are {states[name]}")
    return differs


def arrays_differ(read, arrays):
    differs = [f"no array {name}" for name in arrays if name not in read.files]
    for name, written in arrays.items():
        if name not in read.files:
            continue
        if list(read[name].shape) != written["shape"]:
            differs.append(f"{name} is {read[name].shape}")
        compare = texts_differ if read[name].dtype.kind == "U" else numbers_differ
        differs += compare(name, written["values"], read[name].ravel().tolist())
    return differs


def with_numpy():
    import numpy

    read = numpy.load(folder / "latents.npz")
    differs = texts_differ("nodes", names, read["nodes"].tolist())
    differs += texts_differ("cautions", graph["finding"]["cautions"], read["cautions"].tolist())
    for at, node in enumerate(graph["nodes"]):
        differs += texts_differ(f"categoryNames_{at}", node["categories"], read[f"categoryNames_{at}"].tolist())
    return differs + arrays_differ(read, expected["arrays"])


def with_numpy_draws():
    import numpy

    return arrays_differ(numpy.load(folder / "draws" / "draws.npz"), expected["draws"])


def columns_differ(read, text_of):
    """read: name to list of values; text_of says what stands for a text, and for none."""
    written = [column["name"] for column in expected["columns"]]
    differs = [] if list(read) == written else [f"columns are {list(read)}"]
    for column in expected["columns"]:
        if column["name"] not in read:
            continue
        values = read[column["name"]]
        if column["kind"] == "text":
            differs += texts_differ(column["name"], text_of(column), values)
        else:
            differs += numbers_differ(column["name"], column["values"], values)
    return differs


def with_pyarrow():
    import pyarrow.parquet

    read = pyarrow.parquet.read_table(folder / "latents.parquet")
    differs = columns_differ(read.to_pydict(), lambda column: column["values"])
    types = {"text": "string", "int32": "int32", "float32": "float", "float64": "double"}
    for column in expected["columns"]:
        if str(read.schema.field(column["name"]).type) != types[column["kind"]]:
            differs.append(f"{column['name']} is {read.schema.field(column['name']).type}")
    finding = json.loads(read.schema.metadata[b"finding"])
    return differs + ([] if finding == graph["finding"] else ["another finding"])


def texts_of_frame(read):
    """None for what pandas calls missing in a column of texts."""
    import pandas

    kinds = {column["name"]: column["kind"] for column in expected["columns"]}
    return {
        name: [None if kinds.get(name) == "text" and pandas.isna(x) else x for x in read[name].tolist()]
        for name in read.columns
    }


def with_pandas_parquet():
    import pandas

    return columns_differ(texts_of_frame(pandas.read_parquet(folder / "latents.parquet")), lambda column: column["values"])


def with_pandas_csv():
    import numpy
    import pandas

    types = {column["name"]: str for column in expected["columns"] if column["kind"] == "text"}
    read = pandas.read_csv(
        folder / "clusters.csv",
        dtype={**types, **{c["name"]: numpy.float64 for c in expected["columns"] if c["kind"] != "text"}},
        keep_default_na=False,
        na_values={c["name"]: [""] for c in expected["columns"] if c["kind"] != "text"},
        float_precision="round_trip",
    )
    for column in expected["columns"]:
        if column["kind"] == "float32":
            read[column["name"]] = read[column["name"]].astype(numpy.float32).astype(numpy.float64)
    return columns_differ({name: read[name].tolist() for name in read.columns}, lambda column: column["cells"])


def with_pandas_draws():
    import numpy
    import pandas

    differs = []
    tables = sorted((folder / "draws").glob("*.csv"))
    for file in tables:
        world = file.stem.rsplit("-", 1)[1]
        (written,) = [a for name, a in expected["draws"].items() if name.endswith(f"_{world}") and len(a["shape"]) == 2]
        read = pandas.read_csv(file, float_precision="round_trip").drop(columns="draw")
        values = read.to_numpy().astype(numpy.float32).ravel().tolist()
        differs += numbers_differ(file.name, written["values"], values)
    return differs if len(tables) == 2 else [f"{len(tables)} tables"]


def with_pydot():
    import pydot

    (read,) = pydot.graph_from_dot_file(str(folder / "graph.dot"), encoding="utf-8")
    found = [node.get_name() for node in read.get_nodes()]
    differs = [f"no node {name}" for name in names if '"' + name.replace('"', '\\"') + '"' not in found]
    edges = len(read.get_edges())
    return differs + ([] if edges == len(graph["edges"]) else [f"{edges} edges"])


def with_tetrad(check, *args):
    if len(sys.argv) < 3:
        raise ModuleNotFoundError("no jar")
    import tetrad

    tetrad.start(sys.argv[2], folder)
    return getattr(tetrad, check)(folder, *args)


told("igraph", "graph.graphml", with_igraph)
told("networkx, open edges taken for directed", "graph.graphml", with_networkx)
told("pydot", "graph.dot", with_pydot)
told("pgmpy", "graph.bif", with_pgmpy)
told("pgmpy, as a model", "graph.bif", states_in_order)
told("Tetrad", "graph.bif", lambda: with_tetrad("tables_differ", graph))
told("Tetrad", "knowledge.txt", lambda: with_tetrad("knowledge_differs", expected["knowledge"]))
told("NumPy", "latents.npz", with_numpy)
told("NumPy", "draws.npz", with_numpy_draws)
told("pandas", "clusters.csv", with_pandas_csv)
told("pandas", "draws, curves as CSV", with_pandas_draws)
told("pandas", "latents.parquet", with_pandas_parquet)
told("pyarrow", "latents.parquet", with_pyarrow)
json.dump(answers, out)
out.close()
