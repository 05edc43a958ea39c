// Columns by level, each ordered so that what is linked stands near (Sugiyama's barycentre, six sweeps). Parts that are
// not linked to one another are laid out by themselves and packed side by side, the largest first.

interface Options {
  wide?: number;
  step?: number;
  /** Width to height of the whole. */
  shape?: number;
}

export function layers(levels: number[], edges: [number, number][], { wide = 300, step = 36, shape = 1.5 }: Options = {}): [number, number][] {
  const near: number[][] = levels.map(() => []);
  for (const [a, b] of edges) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const parts = components(near).map((part) => column(part, levels, near));
  parts.sort((p, q) => q.height - p.height || q.width - p.width || p.nodes[0]! - q.nodes[0]!);
  const area = parts.reduce((sum, part) => sum + part.width * wide * (part.height + 0.6) * step, 0);
  const across = Math.max(...parts.map((part) => part.width), Math.round(Math.sqrt(area * shape) / wide));
  const tops: number[] = Array.from({ length: across }, () => 0);
  const spots: [number, number][] = levels.map(() => [0, 0]);
  for (const part of parts) {
    let left = 0;
    for (let i = 0; i + part.width <= across; i++) if (top(tops, i, part.width) < top(tops, left, part.width)) left = i;
    const y = top(tops, left, part.width);
    for (const [node, [x, row]] of part.at) spots[node] = [(left + x) * wide, (y + row) * step];
    for (let i = left; i < left + part.width; i++) tops[i] = y + part.height + 0.6;
  }
  return spots;
}

const top = (tops: number[], left: number, width: number): number => Math.max(...tops.slice(left, left + width));

function components(near: number[][]): number[][] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  near.forEach((_, start) => {
    if (seen.has(start)) return;
    const part: number[] = [];
    const waiting = [start];
    seen.add(start);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      part.push(node);
      for (const other of near[node]!) if (!seen.has(other)) waiting.push(other), seen.add(other);
    }
    parts.push(part.sort((a, b) => a - b));
  });
  return parts;
}

interface Part {
  nodes: number[];
  width: number;
  height: number;
  at: Map<number, [number, number]>;
}

function column(nodes: number[], levels: number[], near: number[][]): Part {
  const columns = new Map<number, number[]>();
  for (const node of nodes) columns.set(levels[node]!, [...(columns.get(levels[node]!) ?? []), node]);
  const order = [...columns.keys()].sort((p, q) => p - q);
  const at = new Map<number, number>();
  const number = (nodes: number[]): void => nodes.forEach((node, row) => at.set(node, row - (nodes.length - 1) / 2));
  columns.forEach(number);
  for (let sweep = 0; sweep < 6; sweep++)
    for (const level of sweep % 2 ? [...order].reverse() : order) {
      const here = columns.get(level)!;
      const wish = new Map(
        here.map((node) => {
          const others = near[node]!.filter((other) => levels[other] !== level);
          return [node, others.length ? others.reduce((sum, other) => sum + at.get(other)!, 0) / others.length : at.get(node)!] as const;
        }),
      );
      here.sort((p, q) => wish.get(p)! - wish.get(q)! || p - q);
      number(here);
    }
  const tallest = Math.max(...[...columns.values()].map((here) => here.length));
  const placed = nodes.map((node) => [node, [order.indexOf(levels[node]!), at.get(node)! + (tallest - 1) / 2]] as [number, [number, number]]);
  return { nodes, width: order.length, height: tallest, at: new Map(placed) };
}
