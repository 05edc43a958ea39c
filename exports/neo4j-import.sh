#!/bin/sh
# Loads the graph into a new, stopped database: sh neo4j-import.sh [database, neo4j if not given]
# Then start the server and run neo4j-schema.cypher.
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full "${1:-neo4j}" \
  --nodes=neo4j-nodes.csv \
  --relationships=neo4j-edges.csv \
  --id-type=string \
  --delimiter=, \
  --array-delimiter=";" \
  --quote='"' \
  --trim-strings=true \
  --overwrite-destination=true
