"""RDF: the graph as quads, files of them, SPARQL, SHACL and the named questions.

What others build upon; signatures stay:

    quads.quads(graph, *, full=True, mentions=True) -> Iterator[pyoxigraph.Quad]
    quads.lines(graph, *, full=True, mentions=True, ordered=False) -> Iterator[str]     N-Quads lines without line ends
    quads.contribution_quads(contribution, *, full=True, mentions=True) -> list[str]    a paper's own lines
    quads.thing_quads(thing, facts, *, full=True) -> list[str]                          a thing's own lines
    serialise.write(graph | quads, format, path | stream, *, full=True)                 formats.FORMATS
    query.query(target, text, *, limits, default_graphs, named_graphs) -> Table | Triples | bool
    query.load(graph | quads) -> pyoxigraph.Store                                       to ask a graph in memory
    workers.Workers(place, *, count, waiting).ask(Question, Limits, table=, graph=)     streams, for a server
    results.write_table(table, "csv" | "tsv" | "json" | "xml"); Table.words() for a terminal; Table.values() for programs
    questions.questions(), questions.question(name), questions.ask(target, name, parameters)
    validate.validate(graph) -> Report

A piece of the graph belongs to one paper or one thing, so a store replaces pieces (`kg.rdf.quads`).
"""
