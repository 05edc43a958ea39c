"""RDF: the graph as quads, files of them, SPARQL, SHACL and the named questions."""
