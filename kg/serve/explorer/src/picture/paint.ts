// Draws a scene with any pen: the canvas on the screen, or the one that writes SVG. Measured in Chromium without a GPU:
// circles filled one by one are fast, thousands in one path are not; lines are fast up to one pixel wide, and a path of
// ten thousand wider ones takes seconds. So many edges are drawn as hairlines, and nodes one by one.

import { outline, STYLES } from "../palette";
import { short } from "../words";
import { Room } from "./labels";
import type { Mark } from "./pens";
import type { Colours, Edge, Node, Scene, View } from "./scene";

export interface Pen {
  begin(): void;
  move(x: number, y: number): void;
  line(x: number, y: number): void;
  curve(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  circle(x: number, y: number, r: number): void;
  close(): void;
  fill(colour: string, alpha?: number): void;
  stroke(colour: string, width: number, alpha?: number, dash?: number[]): void;
  text(text: string, x: number, y: number, size: number, colour: string, align: "left" | "right" | "center", halo: string, bold?: boolean): void;
  lines?(ends: number[], colour: string, width: number, alpha: number): void;
  marks?(spots: number[], mark: Mark): void;
}

export interface Look {
  hovered?: number | null;
  chosen?: number | null;
  /** Edges and nodes that are left out by filters. */
  hideNode?: (i: number) => boolean;
  hideEdge?: (i: number) => boolean;
  labels: boolean;
  /** While things move, labels may be fewer. */
  moving?: boolean;
  faintEdges?: boolean;
}

const BENT = 0.45;
/** Sizes of nodes on the screen: which, whether it is a dot whatever its shape, whether it has a border. */
const SIZES = [
  [0, true, false],
  [1, false, false],
  [2, false, true],
] as const;
const MANY = 400;

export function fillOf(node: Node, dark: boolean): [string, string] {
  const kind = node.kind === "BUNDLE" ? node.of : node.kind;
  const style = kind && kind !== "DISC" ? STYLES[kind as keyof typeof STYLES] : null;
  if (!style) return ["#8a94a6", "#5b6577"];
  return [style.colour, dark ? style.glow : style.border];
}

export function paint(pen: Pen, scene: Scene, view: View, size: [number, number], colours: Colours, look: Look): void {
  const { nodes, edges } = scene;
  const { scale } = view;
  const [width, height] = size;
  const X = (x: number): number => (x - view.x) * scale + width / 2;
  const Y = (y: number): number => (y - view.y) * scale + height / 2;
  // The middle of a neighbourhood is linked to all of it: lighting that up would tell nothing.
  const middle = (i: number | null | undefined): boolean => typeof i === "number" && !!nodes[i]?.strong;
  const near = look.hovered ?? (middle(look.chosen) ? null : look.chosen) ?? null;
  const lit = new Set<number>();
  const inside = (node: Node): boolean => {
    const r = node.r * scale + 4;
    const x = X(node.x);
    const y = Y(node.y);
    return x > -r && x < width + r && y > -r && y < height + r;
  };
  const visible = (i: number): boolean => !look.hideNode?.(i);

  drawDiscs();
  drawEdges();
  drawNodes();
  if (look.labels) drawLabels();

  function drawDiscs(): void {
    nodes.forEach((node, i) => {
      if (node.kind !== "DISC" || !visible(i) || !inside(node)) return;
      pen.begin();
      pen.circle(X(node.x), Y(node.y), node.r * scale);
      pen.fill(colours.edge, i === near || node.strong ? 0.34 : 0.16);
    });
  }

  function drawEdges(): void {
    const groups: Record<"quiet" | "plain" | "opposed" | "lit", Edge[]> = { quiet: [], plain: [], opposed: [], lit: [] };
    edges.forEach((edge, i) => {
      if (look.hideEdge?.(i) || !visible(edge.a) || !visible(edge.b)) return;
      const a = nodes[edge.a]!;
      const b = nodes[edge.b]!;
      const [ax, ay, bx, by] = [X(a.x), Y(a.y), X(b.x), Y(b.y)];
      if ((ax < 0 && bx < 0) || (ax > width && bx > width) || (ay < 0 && by < 0) || (ay > height && by > height)) return;
      const touches = near !== null && (edge.a === near || edge.b === near);
      if (touches) lit.add(edge.a).add(edge.b);
      groups[touches ? "lit" : edge.opposed ? "opposed" : edge.quiet ? "quiet" : "plain"].push(edge);
    });
    const thin = Math.max(0.6, Math.min(groups.plain.length > MANY ? 1 : 1.6, scale));
    const faint = look.faintEdges ? (groups.plain.length > 3000 ? 0.14 : 0.35) : near !== null && lit.size ? 0.4 : 0.85;
    stroke(groups.quiet, colours.edge, Math.min(thin, 1), 0.35);
    stroke(groups.plain, colours.edge, thin, faint);
    stroke(groups.opposed, colours.opposed, thin * 1.5, 0.95, [6, 4]);
    stroke(groups.lit, colours.ink, thin * 1.5, 0.85);
  }

  function stroke(group: Edge[], colour: string, thickness: number, alpha: number, dash?: number[]): void {
    if (!group.length) return;
    if (pen.lines && !dash && !group.some((edge) => edge.level || (edge.directed && scale > 0.35))) {
      const ends = group.flatMap(({ a, b }) => [X(nodes[a]!.x), Y(nodes[a]!.y), X(nodes[b]!.x), Y(nodes[b]!.y)]);
      return pen.lines(ends, colour, thickness, alpha);
    }
    pen.begin();
    const heads: number[][] = [];
    for (const edge of group) {
      const a = nodes[edge.a]!;
      const b = nodes[edge.b]!;
      const [ax, ay, bx, by] = [X(a.x), Y(a.y), X(b.x), Y(b.y)];
      pen.move(ax, ay);
      let angle = Math.atan2(by - ay, bx - ax);
      if (edge.level) {
        const bend = (bx - ax) * BENT;
        if (Math.abs(bx - ax) < 30 * scale) {
          const out = 46 * scale;
          pen.curve(ax + out, ay, bx + out, by, bx, by);
          angle = Math.PI;
        } else {
          pen.curve(ax + bend, ay, bx - bend, by, bx, by);
          angle = bx > ax ? 0 : Math.PI;
        }
      } else pen.line(bx, by);
      if (edge.directed && scale > 0.35) heads.push([bx, by, angle, b.r * scale + 3]);
    }
    pen.stroke(colour, thickness, alpha, dash);
    if (!heads.length) return;
    pen.begin();
    for (const [x, y, angle, away] of heads as [number, number, number, number][]) {
      const tip = [x - Math.cos(angle) * away, y - Math.sin(angle) * away] as const;
      const wing = (turn: number): [number, number] => [
        tip[0] - Math.cos(angle + turn) * 8,
        tip[1] - Math.sin(angle + turn) * 8,
      ];
      pen.move(tip[0], tip[1]);
      pen.line(...wing(0.42));
      pen.line(...wing(-0.42));
      pen.close();
    }
    pen.fill(colour, Math.min(1, alpha + 0.1));
  }

  function drawNodes(): void {
    const groups = new Map<string, number[]>();
    nodes.forEach((node, i) => {
      if (node.kind === "DISC" || !visible(i) || !inside(node)) return;
      const key = `${node.kind}|${node.of ?? ""}|${node.strong ? 1 : 0}`;
      const group = groups.get(key);
      if (group) group.push(i);
      else groups.set(key, [i]);
    });
    for (const group of groups.values()) {
      const first = nodes[group[0]!]!;
      const [fill, border] = fillOf(first, colours.dark);
      const bundle = first.kind === "BUNDLE";
      const line = bundle ? 2 : Math.min(1.4, 0.6 + scale * 0.5);
      if (pen.marks && !bundle) {
        const look = STYLES[first.kind as keyof typeof STYLES].shape;
        for (const [form, small, bordered] of SIZES) {
          const some = group.filter((i) => sizeOf(nodes[i]!) === form);
          const spots = some.flatMap((i) => [X(nodes[i]!.x), Y(nodes[i]!.y), Math.max(1.6, nodes[i]!.r * scale)]);
          if (some.length) pen.marks(spots, { shape: small ? "dot" : look, fill, border: bordered ? border : null, width: line });
        }
        continue;
      }
      for (const i of group) {
        const node = nodes[i]!;
        pen.begin();
        shape(node);
        pen.fill(bundle ? colours.ground : fill);
        if (node.r * scale >= 3.5) pen.stroke(border, line, 1, bundle ? [4, 3] : undefined);
      }
    }
    for (const i of new Set([look.chosen, look.hovered])) {
      const node = i === null || i === undefined ? undefined : nodes[i];
      if (!node || node.kind === "DISC" || !visible(i!)) continue;
      pen.begin();
      pen.circle(X(node.x), Y(node.y), Math.max(2, node.r * scale) + 5);
      pen.stroke(colours.focus, i === look.chosen ? 3 : 2);
    }
  }

  /** Tiny ones are dots; small ones have no border. */
  function sizeOf(node: Node): number {
    return node.r * scale >= 3.5 ? 2 : Math.max(1.6, node.r * scale) >= 3 ? 1 : 0;
  }

  function shape(node: Node): void {
    const r = Math.max(1.6, node.r * scale);
    const [x, y] = [X(node.x), Y(node.y)];
    const kind = node.kind === "BUNDLE" ? node.of : node.kind;
    const points = r < 3 ? null : outline(STYLES[kind as keyof typeof STYLES].shape, r);
    if (!points) return pen.circle(x, y, r);
    points.forEach(([dx, dy], i) => (i ? pen.line(x + dx, y + dy) : pen.move(x + dx, y + dy)));
    pen.close();
  }

  function drawLabels(): void {
    const room = new Room();
    const ranked = nodes
      .map((node, i) => ({ node, i }))
      .filter(({ node, i }) => visible(i) && inside(node))
      .sort((p, q) => rank(q.i, q.node) - rank(p.i, p.node) || p.i - q.i);
    let drawn = 0;
    const most = look.moving ? 60 : 400;
    for (const { node, i } of ranked) {
      if (drawn >= most) break;
      const important = i === look.hovered || i === look.chosen || node.strong;
      const shown = node.r * scale;
      if (node.kind !== "DISC" && !important && !node.side && shown < 4.5) continue;
      const size = node.kind === "DISC" ? Math.max(12, Math.min(18, 9 + shown / 12)) : node.strong ? 14 : 12;
      if (node.kind === "DISC" && shown < 16 && !important) continue;
      const text = node.kind === "DISC" ? discName(node.label, important ? 400 : Math.max(150, shown * 2.6), size) : short(node.label, i === look.hovered ? 90 : node.room ? Math.max(9, Math.floor((node.room * scale - 16) / 6.7)) : 34);
      const wide = text.length * size * 0.56;
      const [x, y] = [X(node.x), Y(node.y)];
      const gap = Math.max(2, shown) + 5;
      const align = node.side === "left" ? "right" : node.side === "right" ? "left" : "center";
      const tx = align === "right" ? x - gap : align === "left" ? x + gap : x;
      const ty = node.kind === "DISC" ? y - Math.max(0, shown - size * 1.1) : align === "center" ? y + gap + size * 0.7 : y;
      const left = align === "right" ? tx - wide : align === "left" ? tx : tx - wide / 2;
      if (!room.take(left - 2, ty - size * 0.62, wide + 4, size * 1.24) && !important) continue;
      const dim = near !== null && lit.size > 0 && !lit.has(i) && i !== near;
      pen.text(text, tx, ty, size, dim ? colours.soft : colours.ink, align, colours.ground, node.kind === "DISC" || node.strong);
      drawn++;
    }
    edgeLabels(room);
  }

  /** As many parts of a community's name as fit, at least the first. */
  function discName(label: string, width: number, size: number): string {
    const parts = label.split(" · ");
    while (parts.length > 1 && parts.join(" · ").length * size * 0.56 > width) parts.pop();
    return short(parts.join(" · "), Math.floor(width / (size * 0.56)));
  }

  function rank(i: number, node: Node): number {
    const special = i === look.hovered ? 3e9 : i === look.chosen ? 2e9 : node.strong ? 1e9 : 0;
    return special + (node.kind === "DISC" ? 1e8 : 0) + node.weight;
  }

  function edgeLabels(room: Room): void {
    if (scale < 0.55 || look.moving) return;
    // Links of the middle are named always, the others when one points at an end of them.
    const named = (edge: Edge): boolean => edge.a === near || edge.b === near || (!edge.quiet && edges.length <= 260);
    const wanted = edges.filter(named);
    if (wanted.length > 260) return;
    for (const edge of wanted) {
      if (!edge.label || look.hideEdge?.(edge.n ?? edges.indexOf(edge)) || !visible(edge.a) || !visible(edge.b)) continue;
      const a = nodes[edge.a]!;
      const b = nodes[edge.b]!;
      const [ax, ay, bx, by] = [X(a.x), Y(a.y), X(b.x), Y(b.y)];
      // Level curves run flat near their outer end: there a label lies along the line and not across it.
      const outer = edge.level ? (Math.abs(a.x) > Math.abs(b.x) ? 0.27 : 0.73) : 0.5;
      const x = ax + (bx - ax) * outer;
      const t = edge.level ? ease(outer) : outer;
      const y = ay + (by - ay) * t;
      const wide = edge.label.length * 5.6 + 8;
      if (x < 0 || x > width || y < 0 || y > height || Math.hypot(bx - ax, by - ay) < wide + 20) continue;
      if (!room.take(x - wide / 2, y - 7, wide, 14)) continue;
      pen.text(edge.label, x, y, 10.5, edge.opposed ? colours.opposed : colours.soft, "center", colours.ground);
    }
  }

  function ease(t: number): number {
    // The height of a cubic with level ends at the place where it has come t of the way.
    let s = t;
    for (let i = 0; i < 4; i++) {
      const x = 3 * (1 - s) ** 2 * s * BENT + 3 * (1 - s) * s ** 2 * (1 - BENT) + s ** 3;
      s = Math.min(1, Math.max(0, s + (t - x)));
    }
    return 3 * (1 - s) * s ** 2 + s ** 3;
  }
}
