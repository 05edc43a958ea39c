// How the single file finds things by itself: likeness of names, sentences, ways between two things.

import type { Segment } from "./types";

/** A form as it is searched: no case, no accents, words apart by single spaces. */
export const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, " ")
    .trim();

/** Marked-up text cut where sentences end. */
export function sentences(segments: Segment[]): Segment[][] {
  const out: Segment[][] = [[]];
  for (const segment of segments) {
    if (segment.length > 1) {
      out.at(-1)!.push(segment);
      continue;
    }
    const parts = segment[0].split(/(?<=[.!?]["')\]]*\s+)(?=[A-Z0-9"'([])/);
    parts.forEach((part, i) => {
      if (i) out.push([]);
      if (part) out.at(-1)!.push([part]);
    });
    if (/[.!?]["')\]]*\s+$/.test(segment[0])) out.push([]);
  }
  return out.filter((sentence) => sentence.length);
}

/** How alike a wish and a form are: 130 for the same, 72 and more for what is close enough to show. */
export function alike(wanted: string, form: string): number {
  if (form === wanted) return 130;
  if (form.startsWith(wanted)) return 110;
  if (` ${form}`.includes(` ${wanted}`)) return 100;
  if (wanted.length > 2 && form.includes(wanted)) return 92;
  const lengths = wanted.length + form.length;
  const most = Math.floor(lengths * 0.28);
  if (Math.abs(wanted.length - form.length) > most) return 0;
  return 100 * (1 - insertions(wanted, form) / lengths);
}

/** Letters to add and take away to turn one text into the other. */
function insertions(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++)
      row[k] = a[i - 1] === b[k - 1] ? before[k - 1]! : Math.min(before[k]!, row[k - 1]!) + 1;
    before = row;
  }
  return before[b.length]!;
}

/** Ways of at most four steps, the shortest first; of one length, those through rarer things (see answers/paths.py). */
export function shortest(near: Map<number, Map<number, number[]>>, a: number, b: number, limit: number): number[][] {
  const longest = 4;
  const distance = new Map([[b, 0]]);
  let level = [b];
  for (let step = 1; step <= longest && level.length; step++) {
    const next: number[] = [];
    for (const at of level)
      for (const n of near.get(at)?.keys() ?? [])
        if (!distance.has(n)) {
          distance.set(n, step);
          next.push(n);
        }
    level = next;
  }
  const start = distance.get(a);
  if (start === undefined) return [];
  const found: number[][] = [];
  let tried = 0;
  const walk = (way: number[], left: number, ways: number[][]): void => {
    const at = way.at(-1)!;
    if (left === 0) {
      if (at === b) ways.push([...way]);
      return;
    }
    const others = [...near.get(at)!.keys()].sort((p, q) => near.get(p)!.size - near.get(q)!.size || p - q);
    for (const n of others) {
      if (tried > 20_000) return;
      if ((distance.get(n) ?? longest + 1) > left - 1 || way.includes(n) || (n === b && left > 1)) continue;
      tried++;
      way.push(n);
      walk(way, left - 1, ways);
      way.pop();
    }
  };
  for (let length = start; length <= longest; length++) {
    const ways: number[][] = [];
    walk([a], length, ways);
    const cost = (way: number[]): number => way.slice(1, -1).reduce((sum, n) => sum + Math.log2(1 + near.get(n)!.size), 0);
    ways.sort((p, q) => cost(p) - cost(q) || p.join(" ").localeCompare(q.join(" ")));
    found.push(...ways.slice(0, limit - found.length));
    if (found.length >= limit || (found.length > 0 && length > start)) break;
  }
  return found;
}
