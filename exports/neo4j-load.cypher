// Copy neo4j-nodes.csv and neo4j-edges.csv to the server's import directory, then: cypher-shell -f neo4j-load.cypher
// The server needs db.import.csv.legacy_quote_escaping=false: a backslash is text here, not an escape.
CREATE CONSTRAINT node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;

CREATE INDEX node_label IF NOT EXISTS FOR (n:Node) ON (n.label);

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Paper'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Paper
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Architecture'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Thing:Method:Architecture
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Dataset'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Thing:Dataset
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Method'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Thing:Method
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Metric'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Thing:Metric
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Task'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Thing:Task
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Comparison'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Claim:Comparison
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Contribution'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Claim:Contribution
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Finding'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Claim:Finding
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Limitation'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Claim:Limitation
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-nodes.csv' AS row
WITH row WHERE row.`type:string` = 'Result'
CALL (row) {
  MERGE (n:Node {id: row.`id:ID`})
  SET n:Claim:Result
  SET n += {label: trim(row.`label:string`), kind: trim(row.`kind:string`), type: trim(row.`type:string`), papers: toInteger(row.`papers:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), score: toFloat(row.`score:double`), iri: trim(row.`iri:string`), aliases: trim(row.`aliases:string`), concept: trim(row.`concept:string`), broader: trim(row.`broader:string`), text: trim(row.`text:string`), date: trim(row.`date:string`), venue: trim(row.`venue:string`), authors: trim(row.`authors:string`), doi: trim(row.`doi:string`), arxiv: trim(row.`arxiv:string`), url: trim(row.`url:string`), paper: trim(row.`paper:string`), subject: trim(row.`subject:string`), predicate: trim(row.`predicate:string`), object: trim(row.`object:string`), metric: trim(row.`metric:string`), value: trim(row.`value:string`), dataset: trim(row.`dataset:string`), subject_id: trim(row.`subject_id:string`), object_id: trim(row.`object_id:string`), metric_id: trim(row.`metric_id:string`), dataset_id: trim(row.`dataset_id:string`), polarity: trim(row.`polarity:string`), quantity_kind: trim(row.`quantity_kind:string`), quantity_low: toFloat(row.`quantity_low:double`), quantity_high: toFloat(row.`quantity_high:double`), quantity_unit: trim(row.`quantity_unit:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'basedOn'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:BASED_ON {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'claims'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:CLAIMS {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'comparedWith'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:COMPARED_WITH {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'evaluatedOn'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:EVALUATED_ON {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'introduces'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:INTRODUCES {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'isA'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:IS_A {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'measuredBy'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:MEASURED_BY {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'mentions'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:MENTIONS {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'outperforms'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:OUTPERFORMS {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'partOf'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:PART_OF {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'trainedOn'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:TRAINED_ON {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///neo4j-edges.csv' AS row
WITH row WHERE row.`relation:string` = 'usedFor'
CALL (row) {
  MATCH (s:Node {id: row.`:START_ID`})
  MATCH (t:Node {id: row.`:END_ID`})
  MERGE (s)-[r:USED_FOR {id: row.`id:string`}]->(t)
  SET r += {id: trim(row.`id:string`), relation: trim(row.`relation:string`), label: trim(row.`label:string`), papers: toInteger(row.`papers:long`), score: toFloat(row.`score:double`), weight: toFloat(row.`weight:double`), evidence: toInteger(row.`evidence:long`), first_year: toInteger(row.`first_year:long`), last_year: toInteger(row.`last_year:long`), sentences: trim(row.`sentences:string`), paper_ids: trim(row.`paper_ids:string`), stages: trim(row.`stages:string`)}
} IN TRANSACTIONS OF 1000 ROWS;
