// Which labels are shown: the weightiest first, each where no other label stands yet. A grid keeps that cheap.

export class Room {
  private readonly cells = new Map<number, [number, number, number, number][]>();
  private readonly size = 64;

  /** Take the box if it is free. */
  take(left: number, top: number, width: number, height: number): boolean {
    const right = left + width;
    const bottom = top + height;
    const keys: number[] = [];
    for (let x = Math.floor(left / this.size); x <= Math.floor(right / this.size); x++)
      for (let y = Math.floor(top / this.size); y <= Math.floor(bottom / this.size); y++) keys.push((x + 4096) * 8192 + y + 4096);
    for (const key of keys)
      for (const [l, t, r, b] of this.cells.get(key) ?? []) if (left < r && right > l && top < b && bottom > t) return false;
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.push([left, top, right, bottom]);
      else this.cells.set(key, [[left, top, right, bottom]]);
    }
    return true;
  }
}
