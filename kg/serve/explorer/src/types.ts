// The shapes of the JSON API; see ../../README.md.

export type Kind = "TASK" | "METHOD" | "ARCH" | "DATASET" | "METRIC";

export interface Thing {
  id: string;
  label: string;
  type: Kind;
  papers: number;
}

export interface Paper {
  id: string;
  node: string;
  title: string;
  year: number | null;
}

/** [words] or [words, type, thing id] */
export type Segment = [string] | [string, Kind, string];

export interface Evidence {
  paper: Paper | null;
  part: string;
  segments: Segment[];
  stage: string;
  score: number;
}

export interface Link {
  s: string;
  p: string;
  o: string;
  papers: number;
  score: number;
  first: number | null;
  last: number | null;
  opposed?: boolean;
  terms?: string[];
}

export interface Cut<T> {
  total: number;
  items: T[];
}

export interface About {
  title: string;
  counts: {
    papers: number;
    things: number;
    types: Record<string, number>;
    mentions: number;
    relations: number;
    claims: Record<string, number>;
  };
  years: [number, number] | null;
  relations: Record<string, { reads: string; inverse: string }>;
  start: Record<string, Thing[]>;
  papers: Paper[];
}

export interface SectionItem {
  thing: Thing;
  papers: number;
  score: number;
  fact: [string, string, string];
  years: [number | null, number | null];
}

export interface Section extends Cut<SectionItem> {
  predicate: string;
  inverse: boolean;
  title: string;
}

export interface ThingPage {
  thing: Thing;
  class: string;
  names: [string, number][];
  concept: string | null;
  above: Thing[][];
  sections: Section[];
  introduced_by: Paper[];
  papers: Cut<{ paper: Paper; times: number; introduced: boolean }>;
  years: [number, number][];
  community: { n: number; name: string; size: number } | null;
  sparql: string;
}

export interface Slot {
  text: string;
  thing: Thing | null;
}

export interface Claim {
  id: string;
  kind: string;
  subject: Slot | null;
  predicate: string | null;
  object: Slot | null;
  metric: Slot | null;
  dataset: Slot | null;
  value: string | null;
  quantity: { kind: string; low: number | null; high: number | null; unit: string | null } | null;
  polarity: string;
  score: number;
  segments: Segment[];
  paper?: Paper;
}

export interface PaperPage {
  paper: Paper;
  title: Segment[];
  abstract: Segment[];
  venue: string | null;
  date: string | null;
  authors: string[];
  author_count: number | null;
  url: string | null;
  doi: string | null;
  arxiv: string | null;
  code: string[];
  other_ids: string[];
  introduces: Thing[];
  things: { thing: Thing; times: number }[];
  facts: { subject: Thing; predicate: string; object: Thing; papers: number; score: number }[];
  claims: Claim[];
  sources: { file: string; format: string; entry: number; line: number | null }[];
  sparql: string;
}

export interface Found {
  words: string;
  things: { thing: Thing; matched: string }[];
  papers: Paper[];
  sparql: string;
}

export interface Bundle {
  id: string;
  predicate: string;
  inverse: boolean;
  title: string;
  type: Kind;
  items: { node: Thing; edge: Link }[];
}

export interface Around {
  centre: string;
  nodes: Thing[];
  edges: Link[];
  bundles: Bundle[];
  sparql: string;
}

export interface Community {
  n: number;
  name: string;
  size: number;
  x: number;
  y: number;
  r: number;
}

export type Placed = Thing & { x: number; y: number; community: number };

/** [from, to, predicate, papers, score, first, last]; from and to are positions in the list of nodes */
export type ShortEdge = [number, number, string, number, number, number | null, number | null];

export interface Overview {
  communities: (Community & { top: Thing[]; types: Record<string, number> })[];
  shared: [number, number, number][];
  nodes: Placed[];
  edges: ShortEdge[];
  mapped: number;
  things: number;
  sparql: string;
}

export interface CommunityPage {
  community: Community;
  nodes: Placed[];
  edges: ShortEdge[];
  sparql: string;
}

export interface Leaderboards {
  items: { thing: Thing; results: number; papers: number; tasks: Thing[] }[];
  sparql: string;
}

export interface Leaderboard {
  dataset: Thing;
  task: Thing | null;
  tasks: Thing[];
  boards: { metric: string; lower_is_better: boolean; rows: Claim[] }[];
  gains: Claim[];
  unvalued: Claim[];
  comparisons: Claim[];
  sparql: string;
}

export interface Rivals {
  about: Thing | null;
  total: number;
  contradictions: number;
  nodes: (Thing & { wins: number; losses: number; level: number })[];
  edges: Link[];
  sparql: string;
}

export interface Growth {
  years: number[];
  totals: number[];
  undated: number;
  lines: { thing: Thing; papers: number[]; undated: number }[];
  sparql: string;
}

export interface Family {
  centre: string;
  nodes: (Thing & { generation: number })[];
  edges: Link[];
  left_out: number;
  sparql: string;
}

export interface Step {
  subject: Thing;
  predicate: string;
  object: Thing;
  forward: boolean;
  papers: number;
  score: number;
  others: number;
  evidence: Evidence[];
}

export interface Paths {
  from: Thing;
  to: Thing;
  paths: Step[][];
  together: Cut<Evidence>;
  sparql: string;
}

export interface Common {
  papers: Paper[];
  things: { thing: Thing; in: number; which: number[]; lift: number | null }[];
  facts: { subject: Thing; predicate: string; object: Thing; in: number }[];
  sparql: string;
}

export interface Gaps {
  rows: Thing[];
  columns: Thing[];
  cells: number[][];
  gaps: { row: Thing; column: Thing; expected: number; between: number }[];
  total: number;
  sparql: string;
}

export interface Proof extends Cut<Evidence> {
  fact: [string, string, string];
  papers: number;
  score: number;
  sparql?: string;
}
