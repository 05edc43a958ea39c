"""More than one machine (extra `cluster`): the same functions on Dask workers, shards of files, a push to a server.

`work` runs a build's batches on a cluster; `shards` makes a graph that no single store holds; `push` sends N-Quads to
any server that speaks the SPARQL 1.1 Graph Store Protocol. Nothing of this package is imported unless it is asked for.
"""
