// Where the nodes of a neighbourhood stand: what leads here on the left, what leads away on the right, in columns.
// A node that was placed never moves; what is opened takes the free places next to it. The same clicks give the same
// picture.

const STEP = 34;
const WIDE = { first: 310, next: 360 };
const NARROW = { first: 150, next: 250 };

export type Side = "left" | "right";

export interface Spot {
  x: number;
  y: number;
  side: Side | "centre";
  depth: number;
}

export class MindMap {
  private readonly spots = new Map<string, Spot>();
  private readonly taken = new Map<string, Set<number>>();

  /** narrow: on a small screen everything stands on the right, in shorter steps. */
  constructor(
    centre: string,
    private readonly narrow = false,
  ) {
    this.spots.set(centre, { x: 0, y: 0, side: "centre", depth: 0 });
  }

  get(id: string): Spot | undefined {
    return this.spots.get(id);
  }

  remove(id: string): void {
    const spot = this.spots.get(id);
    if (!spot) return;
    this.spots.delete(id);
    this.column(spot.side as Side, spot.depth).delete(Math.round(spot.y / STEP));
  }

  /** Place a group of nodes beside one, together; those that have a place keep it. `wish` is used at the centre only. */
  place(parent: string, ids: string[], wish: Side): void {
    const from = this.spots.get(parent);
    const fresh = ids.filter((id) => !this.spots.has(id));
    if (!from || !fresh.length) return;
    const side = this.narrow ? "right" : from.side === "centre" ? wish : from.side;
    const depth = from.depth + 1;
    const column = this.column(side, depth);
    const start = this.free(column, Math.round(from.y / STEP - (fresh.length - 1) / 2), fresh.length);
    const { first, next } = this.narrow ? NARROW : WIDE;
    const away = first + (depth - 1) * next;
    fresh.forEach((id, i) => {
      column.add(start + i);
      this.spots.set(id, { x: side === "left" ? -away : away, y: (start + i) * STEP, side, depth });
    });
  }

  private column(side: Side, depth: number): Set<number> {
    const key = `${side}${depth}`;
    let column = this.taken.get(key);
    if (!column) this.taken.set(key, (column = new Set()));
    return column;
  }

  /** The first of `count` free places in a row, as near as can be to a wish; one place is left between groups. */
  private free(column: Set<number>, wish: number, count: number): number {
    const fits = (start: number): boolean => {
      for (let i = -1; i <= count; i++) if (column.has(start + i)) return false;
      return true;
    };
    for (let away = 0; ; away++) {
      if (fits(wish + away)) return wish + away;
      if (fits(wish - away)) return wish - away;
    }
  }
}
