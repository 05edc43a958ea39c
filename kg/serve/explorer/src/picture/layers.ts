// Columns by level, each ordered so that what is linked stands near (Sugiyama's barycentre, three sweeps).

export function layers(
  levels: number[],
  edges: [number, number][],
  { wide = 300, step = 38 }: { wide?: number; step?: number } = {},
): [number, number][] {
  const columns = new Map<number, number[]>();
  levels.forEach((level, i) => columns.set(level, [...(columns.get(level) ?? []), i]));
  const near: number[][] = levels.map(() => []);
  for (const [a, b] of edges) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const order = [...columns.keys()].sort((p, q) => p - q);
  const at: number[] = levels.map(() => 0);
  const number = (): void =>
    columns.forEach((column) => column.forEach((i, row) => (at[i] = row - (column.length - 1) / 2)));
  number();
  for (let sweep = 0; sweep < 6; sweep++) {
    for (const level of sweep % 2 ? [...order].reverse() : order) {
      const column = columns.get(level)!;
      const wish = new Map(
        column.map((i) => {
          const others = near[i]!.filter((n) => levels[n] !== level);
          return [i, others.length ? others.reduce((sum, n) => sum + at[n]!, 0) / others.length : at[i]!] as const;
        }),
      );
      column.sort((p, q) => wish.get(p)! - wish.get(q)! || p - q);
      column.forEach((i, row) => (at[i] = row - (column.length - 1) / 2));
    }
  }
  return levels.map((level, i) => [order.indexOf(level) * wide, at[i]! * step]);
}
