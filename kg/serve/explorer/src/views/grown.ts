// What a neighbourhood has grown to, and the scene that it makes: nothing here draws or asks.

import { STYLES } from "../palette";
import type { MindMap, Side } from "../picture/mindmap";
import type { Edge, Node, Scene } from "../picture/scene";
import type { Around, Bundle, Link, Thing } from "../types";
import { reads } from "../words";

export interface Grown {
  map: MindMap;
  things: Map<string, Thing>;
  links: Map<string, Link>;
  bundles: Map<string, Bundle & { at: string }>;
  opened: Set<string>;
}

/** Room for a label on a small screen, beside a node in the first column. */
const NARROW_LABEL = 185;

const key = (link: Link): string => `${link.s} ${link.p} ${link.o}`;

/** Add a neighbourhood: groups by relation, so that like stands with like; what leads here on the left. */
export function grow(grown: Grown, around: Around): void {
  const { map } = grown;
  grown.opened.add(around.centre);
  for (const node of around.nodes) grown.things.set(node.id, node);
  const groups = new Map<string, string[]>();
  for (const edge of around.edges) {
    grown.links.set(key(edge), edge);
    if (edge.s !== around.centre && edge.o !== around.centre) continue;
    const inward = edge.o === around.centre;
    const other = inward ? edge.s : edge.o;
    const group = `${inward ? "left" : "right"} ${edge.p}`;
    groups.set(group, [...(groups.get(group) ?? []), other]);
  }
  for (const bundle of around.bundles) {
    grown.bundles.set(bundle.id, { ...bundle, at: around.centre });
    const group = `${bundle.inverse ? "left" : "right"} ${bundle.predicate}`;
    groups.set(group, [...(groups.get(group) ?? []), bundle.id]);
  }
  const sides: Record<Side, string[][]> = { left: [], right: [] };
  for (const [group, ids] of groups) sides[group.split(" ")[0] as Side].push(ids);
  balance(sides);
  for (const side of ["left", "right"] as const) map.place(around.centre, sides[side].flat(), side);
}

/** Show a dozen of what a bundle holds, and keep the rest as one. Gives the first of them; null where it is no bundle. */
export function unbundle(grown: Grown, id: string): string | null {
  const bundle = grown.bundles.get(id);
  if (!bundle) return null;
  grown.bundles.delete(id);
  grown.map.remove(id);
  const shown = bundle.items.slice(0, 12);
  for (const item of shown) {
    grown.things.set(item.node.id, item.node);
    grown.links.set(key(item.edge), item.edge);
  }
  const side = bundle.inverse ? "left" : "right";
  grown.map.place(bundle.at, shown.map((item) => item.node.id), side);
  if (bundle.items.length > shown.length) {
    grown.bundles.set(id, { ...bundle, items: bundle.items.slice(shown.length) });
    grown.map.place(bundle.at, [id], side);
  }
  return shown[0]!.node.id;
}

/** Where one side is much longer than the other, whole groups change over: a picture that is read needs no long column. */
function balance(sides: Record<Side, string[][]>): void {
  const length = (side: Side): number => sides[side].reduce((sum, ids) => sum + ids.length, 0);
  for (let turn = 0; turn < 8; turn++) {
    const [long, brief]: [Side, Side] = length("left") > length("right") ? ["left", "right"] : ["right", "left"];
    const gap = length(long) - length(brief);
    const mover = sides[long].filter((ids) => ids.length * 2 <= gap).sort((a, b) => b.length - a.length)[0];
    if (!mover || gap < 4) return;
    sides[long] = sides[long].filter((ids) => ids !== mover);
    sides[brief] = [...sides[brief], mover];
  }
}

/** narrow: labels are cut where a small screen ends. */
export function scene(grown: Grown, centre: string, narrow = false): { scene: Scene; ids: string[]; links: (Link | null)[] } {
  const ids: string[] = [];
  const nodes: Node[] = [];
  const position = new Map<string, number>();
  const add = (id: string, node: Omit<Node, "x" | "y" | "id">): void => {
    const spot = grown.map.get(id);
    if (!spot) return;
    position.set(id, nodes.length);
    ids.push(id);
    nodes.push({ ...node, id, x: spot.x, y: spot.y, side: node.strong ? "centre" : (spot.side as Side), room: narrow && !node.strong ? NARROW_LABEL : undefined });
  };
  for (const thing of grown.things.values())
    add(thing.id, {
      label: thing.label,
      r: thing.id === centre ? 15 : Math.min(11, 5 + Math.sqrt(thing.papers)),
      kind: thing.type,
      weight: thing.papers,
      strong: thing.id === centre,
    });
  for (const bundle of grown.bundles.values()) {
    const style = STYLES[bundle.type];
    const many = bundle.items.length;
    add(bundle.id, { label: `+${many} ${many === 1 ? style.name.toLowerCase() : style.plural.toLowerCase()}`, r: 9, kind: "BUNDLE", of: bundle.type, weight: 0 });
  }
  const edges: Edge[] = [];
  const links: (Link | null)[] = [];
  const join = (s: string, o: string, predicate: string, link: Link | null, papers: number): void => {
    const [a, b] = [position.get(s), position.get(o)];
    if (a === undefined || b === undefined) return;
    edges.push({ a, b, predicate, label: reads(predicate), papers, directed: true, level: true, quiet: link !== null && !grown.opened.has(s) && !grown.opened.has(o) });
    links.push(link);
  };
  for (const link of grown.links.values()) join(link.s, link.o, link.p, link, link.papers);
  for (const bundle of grown.bundles.values()) {
    const [s, o] = bundle.inverse ? [bundle.id, bundle.at] : [bundle.at, bundle.id];
    join(s, o, bundle.predicate, null, bundle.items.length);
  }
  return { scene: { nodes, edges }, ids, links };
}
