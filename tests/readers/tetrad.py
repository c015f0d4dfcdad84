"""What Tetrad's own readers (tetrad-lib, on a Java machine inside Python) make of knowledge.txt and graph.bif."""

import jpype
import jpype.imports


def start(jar, folder):
    if not jpype.isJVMStarted():
        # Its preferences go where the files of this check go, which are taken away.
        jpype.startJVM(f"-Djava.util.prefs.userRoot={folder}", classpath=[jar])


def knowledge_differs(folder, knowledge):
    """knowledge: { nodes, forbidden, required }, the last two as pairs of nodes."""
    from edu.cmu.tetrad.data import DelimiterType, SimpleDataLoader
    from java.io import File

    read = SimpleDataLoader.loadKnowledge(File(str(folder / "given.txt")), DelimiterType.WHITESPACE, "//")
    nodes = knowledge["nodes"]
    required = {tuple(pair) for pair in knowledge["required"]}
    forbidden = {tuple(pair) for pair in knowledge["forbidden"]}
    differs = []
    # What is required one way is forbidden the other.
    implied = {(b, a) for a, b in required}
    for kind, holds, written, besides in (
        ("forbidden", read.isForbidden, forbidden, implied),
        ("required", read.isRequired, required, set()),
    ):
        found = {(a, b) for a in nodes for b in nodes if a != b and holds(a, b)}
        differs += [f"{a} to {b} is not {kind}" for a, b in written - found]
        differs += [f"{a} to {b} is {kind}" for a, b in found - written - besides]
    return differs


def tables_differ(folder, graph):
    from edu.cmu.tetrad.bayes import BayesBifParser

    read = BayesBifParser.makeBayesIm((folder / "graph.bif").read_text(encoding="utf-8"))
    differs = [] if read.getNumNodes() == len(graph["nodes"]) else [f"{read.getNumNodes()} nodes"]
    for at, table in enumerate(graph["tables"]):
        rows, columns = read.getNumRows(at), read.getNumColumns(at)
        values = [[read.getProbability(at, r, c) for c in range(columns)] for r in range(rows)]
        written = [row["probabilities"] for row in table["rows"]]
        if values != written:
            differs.append(f"table of {read.getNode(at)}: {values} for {written}")
    return differs
