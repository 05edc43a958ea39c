// Answers from the data that the single file carries: most are there ready made; those with free parameters (search,
// ways between two things, common ground, sentences) are found here, in the same shapes.

import { bundled } from "./bundled";
import { alike, plain, sentences, shortest } from "./finding";
import { Failure, type Source } from "./source";
import type { Around, Common, Evidence, Found, Growth, Paper, PaperPage, Paths, Segment, Step, Thing, ThingPage } from "./types";

/** A sentence of a fact: [paper, part, segments, stage, score]. */
type Proof = [number, string, Segment[], string, number];

/** The tables that are always needed: the first line of the data. */
interface Tables {
  papers: Paper[];
  things: (Thing & { forms: string[] })[];
  links: [number, string, number, number, number, number | null, number | null][];
  /** Numbers of the things that each paper names. */
  names: number[][];
  years: (number | null)[];
  sparql: { claim: string; paths: string; common: string; growth: string; search: string };
}

export async function embedded(text: string): Promise<Source> {
  const bytes = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const lines = (await new Response(stream).text()).split("\n");
  const local = new Local(JSON.parse(lines[0]!) as Tables, lines.slice(1));
  return {
    served: false,
    async get<T>(path: string): Promise<T> {
      return local.get(path) as T;
    },
  };
}

class Local {
  private readonly thing = new Map<string, number>();
  private readonly paper = new Map<string, number>();
  private near: Map<number, Map<number, number[]>> | null = null;
  private readonly forms: { form: string; shown: string; n: number }[];

  /** Ready answers by their address, and sentences by "subject predicate object": as text, read when asked for. */
  private readonly texts = new Map<string, string>();
  private readonly read = new Map<string, unknown>();

  constructor(
    private readonly data: Tables,
    lines: string[],
  ) {
    for (const line of lines) {
      const tab = line.indexOf("\t");
      if (tab > 0) this.texts.set(line.slice(0, tab), line.slice(tab + 1));
    }
    data.things.forEach((thing, n) => this.thing.set(thing.id, n));
    data.papers.forEach((paper, n) => this.paper.set(paper.node, n).set(paper.id, n));
    this.forms = data.things.flatMap((thing, n) => [thing.label, ...thing.forms].map((shown) => ({ form: plain(shown), shown, n })));
  }

  private ready<T>(key: string): T | undefined {
    if (!this.read.has(key)) {
      const text = this.texts.get(key);
      if (text === undefined) return undefined;
      this.read.set(key, JSON.parse(text));
    }
    return this.read.get(key) as T;
  }

  private proofs(fact: string): Proof[] | undefined {
    return this.ready<Proof[]>(fact);
  }

  get(path: string): unknown {
    const ready = this.ready(decodeURI(path)) ?? this.ready(path);
    if (ready) return ready;
    const [address, text] = path.split("?") as [string, string | undefined];
    const query = new URLSearchParams(text);
    const bare = this.ready(decodeURIComponent(address));
    if (address === "/api/search") return this.search(query);
    if (address === "/api/evidence") return this.evidence(query);
    if (address === "/api/paths") return this.paths(query);
    if (address === "/api/common") return this.common(query);
    if (address === "/api/growth") return this.growth(query);
    if (address.startsWith("/api/around/")) return this.around(decodeURIComponent(address.slice(12)), Number(query.get("shown") ?? 5));
    if (address.startsWith("/api/claim/")) return this.claim(decodeURIComponent(address.slice(5)));
    if (bare && (address.startsWith("/api/thing/") || address.startsWith("/api/paper/"))) return bare;
    throw new Failure("This single file does not carry that answer.", "serve the graph with kg serve for all of them", 404);
  }

  /** A claim's id begins with its paper's. */
  private claim(id: string) {
    for (let name = id.slice(6); name.includes("-"); ) {
      name = name.slice(0, name.lastIndexOf("-"));
      const page = this.ready<PaperPage>(`/api/paper/${name}`);
      const claim = page?.claims.find((one) => one.id === id);
      if (page && claim) return { claim, paper: page.paper, sparql: this.data.sparql.claim.replaceAll("$a", term(id)) };
    }
    throw new Failure(`There is no ${id} in this graph.`, null, 404);
  }

  private bareThing(n: number): Thing {
    const { id, label, type, papers } = this.data.things[n]!;
    return { id, label, type, papers };
  }

  private numbered(id: string | null): number {
    const n = this.thing.get(id?.startsWith("thing/") ? id : `thing/${id}`);
    if (n === undefined) throw new Failure(`There is no ${id} in this graph.`, "look for it by its name", 404);
    return n;
  }

  private search(query: URLSearchParams): Found {
    const words = query.get("q") ?? "";
    const wanted = plain(words);
    const kind = query.get("type");
    const limit = Number(query.get("limit") ?? 20);
    const best = new Map<number, [number, string]>();
    if (wanted && kind !== "PAPER")
      for (const { form, shown, n } of this.forms) {
        if (kind && this.data.things[n]!.type !== kind) continue;
        const score = alike(wanted, form);
        if (score >= 72 && score > (best.get(n)?.[0] ?? 0)) best.set(n, [score, shown]);
      }
    const papersOf = (n: number): number => this.data.things[n]!.papers;
    const things = [...best]
      .sort(([a, [p]], [b, [q]]) => Math.round(q / 5) - Math.round(p / 5) || papersOf(b) - papersOf(a) || q - p || a - b)
      .slice(0, limit)
      .map(([n, [, matched]]) => ({ thing: this.bareThing(n), matched }));
    const tokens = wanted.split(" ").filter(Boolean);
    const papers =
      tokens.length && (!kind || kind === "PAPER")
        ? this.data.papers.filter((paper) => {
            const title = ` ${plain(paper.title)}`;
            return paper.id.toLowerCase() === words.toLowerCase() || tokens.every((token, i) => title.includes(i < tokens.length - 1 ? ` ${token}` : ` ${token}`));
          })
        : [];
    return { words, things, papers: papers.slice(0, limit), sparql: "" };
  }

  private evidence(query: URLSearchParams) {
    const fact = ["subject", "predicate", "object"].map((name) => query.get(name) ?? "") as [string, string, string];
    const found = this.proofs(fact.join(" "));
    if (!found && ["mentions", "introduces"].includes(fact[1])) return this.mentions(fact);
    if (!found) throw new Failure("That fact is not in this file.", null, 404);
    const items = found.map(([paper, part, segments, stage, score]) => this.shaped(paper, part, segments, stage, score));
    return { fact, papers: new Set(found.map(([paper]) => paper)).size, score: Math.max(...found.map((f) => f[4])), total: items.length, items };
  }

  private shaped(paper: number, part: string, segments: Segment[], stage: string, score: number): Evidence {
    return { paper: paper < 0 ? null : this.data.papers[paper]!, part, segments, stage, score };
  }

  /** The sentences of a paper that name a thing, cut from its marked-up text. */
  private mentions(fact: [string, string, string]) {
    const page = this.ready<PaperPage>(`/api/${fact[0]}`);
    const n = this.paper.get(fact[0]);
    if (!page || n === undefined) throw new Failure("That paper is not in this file.", null, 404);
    const items: Evidence[] = [];
    for (const [part, segments] of [["title", page.title], ["text", page.abstract]] as const)
      for (const sentence of sentences(segments))
        if (sentence.some((segment) => segment[2] === fact[2])) items.push(this.shaped(n, part, sentence, "mentions", 1));
    return { fact, papers: 1, score: 1, total: items.length, items };
  }

  private neighbours(): Map<number, Map<number, number[]>> {
    if (!this.near) {
      this.near = new Map();
      const join = (a: number, b: number, link: number): void => {
        let others = this.near!.get(a);
        if (!others) this.near!.set(a, (others = new Map()));
        const links = others.get(b);
        if (links) links.push(link);
        else others.set(b, [link]);
      };
      this.data.links.forEach(([s, , o], link) => (join(s, o, link), join(o, s, link)));
    }
    return this.near;
  }

  private paths(query: URLSearchParams): Paths {
    const [a, b] = [this.numbered(query.get("from")), this.numbered(query.get("to"))];
    const near = this.neighbours();
    const ways = a === b ? [] : shortest(near, a, b, 6);
    return {
      from: this.bareThing(a),
      to: this.bareThing(b),
      paths: ways.map((way) => way.slice(1).map((n, i) => this.step(near, way[i]!, n))),
      together: this.together(a, b),
      sparql: this.data.sparql.paths.replaceAll("$a", term(this.data.things[a]!.id)).replaceAll("$b", term(this.data.things[b]!.id)),
    };
  }

  private step(near: Map<number, Map<number, number[]>>, a: number, b: number): Step {
    const links = near.get(a)!.get(b)!;
    const [s, predicate, o, papers, score] = this.data.links[links[0]!]!;
    const proof = this.proofs(`${this.data.things[s]!.id} ${predicate} ${this.data.things[o]!.id}`) ?? [];
    return {
      subject: this.bareThing(s),
      predicate,
      object: this.bareThing(o),
      forward: s === a,
      papers,
      score,
      others: links.length - 1,
      evidence: proof.slice(0, 1).map((p) => this.shaped(...p)),
    };
  }

  private together(a: number, b: number) {
    const both = this.data.papers.map((_, p) => p).filter((p) => this.data.names[p]!.includes(a) && this.data.names[p]!.includes(b));
    both.sort((p, q) => (this.data.years[q] ?? 0) - (this.data.years[p] ?? 0) || p - q);
    const items = both.slice(0, 8).flatMap((p) => {
      const found = this.mentions([this.data.papers[p]!.node, "mentions", this.data.things[a]!.id]).items;
      const other = this.data.things[b]!.id;
      const best = found.find((item) => item.segments.some((segment) => segment[2] === other)) ?? found[0];
      return best ? [best] : [];
    });
    return { total: both.length, items };
  }

  private common(query: URLSearchParams): Common {
    const numbers = [...new Set(query.getAll("paper"))].slice(0, 50).map((id) => {
      const n = this.paper.get(id) ?? this.paper.get(`paper/${id}`);
      if (n === undefined) throw new Failure(`There is no paper ${id} in this graph.`, null, 404);
      return n;
    });
    const which = new Map<number, number[]>();
    numbers.forEach((p, i) => this.data.names[p]!.forEach((n) => which.set(n, [...(which.get(n) ?? []), i])));
    const things = [...which]
      .filter(([, papers]) => papers.length > 1)
      .map(([n, papers]) => {
        const thing = this.bareThing(n);
        const lift = papers.length / numbers.length / (thing.papers / this.data.papers.length);
        return { thing, in: papers.length, which: papers, lift: Math.round(lift * 100) / 100 };
      })
      .sort((p, q) => q.in - p.in || p.thing.papers - q.thing.papers || (p.thing.id < q.thing.id ? -1 : 1));
    const facts = this.data.links
      .map(([s, predicate, o]) => {
        const proof = this.proofs(`${this.data.things[s]!.id} ${predicate} ${this.data.things[o]!.id}`) ?? [];
        return { subject: this.bareThing(s), predicate, object: this.bareThing(o), in: new Set(proof.map(([p]) => p).filter((p) => numbers.includes(p))).size };
      })
      .filter((fact) => fact.in > 1)
      .sort((p, q) => q.in - p.in);
    const terms = numbers.map((p) => term(this.data.papers[p]!.node)).join(" ");
    return { papers: numbers.map((p) => this.data.papers[p]!), things, facts, sparql: this.data.sparql.common.replaceAll("$all", terms) };
  }

  private growth(query: URLSearchParams): Growth {
    const ready = this.ready<Growth>("/api/growth")!;
    const chosen = [...new Set(query.getAll("thing"))].slice(0, 8).map((id) => this.numbered(id));
    const lines = chosen.map((n) => {
      const papers = ready.years.map(() => 0);
      let undated = 0;
      this.data.names.forEach((names, p) => {
        if (!names.includes(n)) return;
        const year = this.data.years[p];
        if (year === null || year === undefined) undated++;
        else papers[year - ready.years[0]!]!++;
      });
      return { thing: this.bareThing(n), papers, undated };
    });
    const terms = chosen.map((n) => term(this.data.things[n]!.id)).join(" ");
    return { ...ready, lines, sparql: this.data.sparql.growth.replaceAll("$all", terms) };
  }

  private around(name: string, shown: number): Around {
    const page = this.ready<ThingPage>(`/api/thing/${name}`);
    if (!page) throw new Failure(`There is no ${name} in this graph.`, null, 404);
    const links = this.data.links.map(([s, p, o, papers, score, first, last]) => ({ s: this.data.things[s]!.id, p, o: this.data.things[o]!.id, papers, score, first, last }));
    return bundled(page, links, shown);
  }
}

const term = (id: string): string => `<https://w3id.org/abstract-kg/resource/${id}>`;
