// The neighbourhood of a thing from its page: of each group a few, the rest as a bundle, and what is linked among them.

import type { Around, Link, Thing, ThingPage } from "./types";

/** Links among the neighbours that are drawn at most: more would hide those of the thing. */
const BETWEEN = 24;

interface Item {
  node: Thing;
  edge: Link;
}

/** shown: how many of a group stand by themselves. `links`: all of the graph, the best known first. */
export function bundled(page: ThingPage, links: Link[], shown: number): Around {
  const nodes = new Map<string, Thing>([[page.thing.id, page.thing]]);
  const edges: Link[] = [];
  const bundles: Around["bundles"] = [];
  const groups: [ThingPage["sections"][0], Thing["type"], Item[]][] = [];
  for (const section of page.sections) {
    const kinds = new Map<Thing["type"], Item[]>();
    for (const item of section.items) {
      const [s, p, o] = item.fact;
      const edge = { s, p, o, papers: item.papers, score: item.score, first: item.years[0], last: item.years[1] };
      kinds.set(item.thing.type, [...(kinds.get(item.thing.type) ?? []), { node: item.thing, edge }]);
    }
    for (const [type, items] of [...kinds].sort(([p], [q]) => (p < q ? -1 : 1))) groups.push([section, type, items]);
  }
  const most = Math.min(shown, Math.max(1, Math.floor(40 / Math.max(1, groups.length))));
  for (const [section, type, items] of groups) {
    const cut = items.length > most + 1 ? most : items.length;
    for (const { node, edge } of items.slice(0, cut)) {
      nodes.set(node.id, node);
      edges.push(edge);
    }
    if (items.length > cut)
      bundles.push({
        id: `${page.thing.id}|${section.predicate}|${section.inverse ? "in" : "out"}|${type}`,
        predicate: section.predicate,
        inverse: section.inverse,
        title: section.title,
        type,
        items: items.slice(cut),
      });
  }
  const known = new Set(edges.map((edge) => `${edge.s} ${edge.p} ${edge.o}`));
  let between = 0;
  for (const link of links) {
    if (!nodes.has(link.s) || !nodes.has(link.o) || known.has(`${link.s} ${link.p} ${link.o}`)) continue;
    if (link.s !== page.thing.id && link.o !== page.thing.id && ++between > BETWEEN) continue;
    edges.push(link);
  }
  return { centre: page.thing.id, nodes: [...nodes.values()], edges, bundles, sparql: page.sparql };
}
