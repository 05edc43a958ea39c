// What stands where: the node or the edge under a point, and the next node in a direction. Points are in the scene's own
// units; what filters hide is not there.

import type { Look } from "./paint";
import type { Node, Scene } from "./scene";

type Point = [number, number];

/** The node at a point, the nearest first; discs last. reach: how far beside a node still counts. */
export function nodeAt(scene: Scene, look: Look, [x, y]: Point, reach: number): number | null {
  let found: number | null = null;
  let best = Infinity;
  scene.nodes.forEach((node, i) => {
    if (look.hideNode?.(i)) return;
    const away = Math.hypot(node.x - x, node.y - y);
    const score = (node.kind === "DISC" ? 1e6 : 0) + away;
    if (away <= node.r + (node.kind === "DISC" ? 0 : reach) && score < best) [found, best] = [i, score];
  });
  return found;
}

/** The edge nearest to a point, if one is within reach. */
export function edgeAt(scene: Scene, look: Look, [x, y]: Point, reach: number): number | null {
  let found: number | null = null;
  let best = reach;
  scene.edges.forEach((edge, i) => {
    const a = scene.nodes[edge.a]!;
    const b = scene.nodes[edge.b]!;
    if (look.hideEdge?.(i) || look.hideNode?.(edge.a) || look.hideNode?.(edge.b)) return;
    if (Math.min(a.x, b.x) > x + reach || Math.max(a.x, b.x) < x - reach) return;
    const pieces = edge.level ? 16 : 1;
    let from = at(a, b, 0, edge.level ?? false);
    for (let s = 1; s <= pieces; s++) {
      const to = at(a, b, s / pieces, edge.level ?? false);
      const away = fromLine([x, y], from, to);
      if (away < best) [found, best] = [i, away];
      from = to;
    }
  });
  return found;
}

/** The nearest node in a direction from one; the weightiest where none is given. */
export function next(scene: Scene, look: Look, from: number | null, [dx, dy]: Point): number | null {
  const here = from === null ? undefined : scene.nodes[from];
  let found: number | null = null;
  let best = Infinity;
  scene.nodes.forEach((node, i) => {
    if (look.hideNode?.(i) || node === here) return;
    const [x, y] = here ? [node.x - here.x, node.y - here.y] : [0, 0];
    const along = x * dx + y * dy;
    if (here && along <= 0) return;
    const score = here ? along + 2.5 * Math.abs(x * dy - y * dx) : -node.weight - (node.strong ? 1e9 : 0);
    if (score < best) [found, best] = [i, score];
  });
  return found;
}

/** How far a point is from a piece of a line. */
function fromLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const t = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function at(a: Node, b: Node, t: number, level: boolean): Point {
  if (!level) return [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
  const bend = (b.x - a.x) * 0.45;
  const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  return [p * a.x + q * (a.x + bend) + r * (b.x - bend) + s * b.x, (p + q) * a.y + (r + s) * b.y];
}
