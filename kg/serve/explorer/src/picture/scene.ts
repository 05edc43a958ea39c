// What a picture is made of. Positions are given; a picture never moves a node by itself.

import type { Kind } from "../types";
import { short } from "../words";

export const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export interface Node {
  id: string;
  label: string;
  x: number;
  y: number;
  r: number;
  kind: Kind | "BUNDLE" | "DISC";
  /** Which labels win where there is room for few: the larger first. */
  weight: number;
  /** Where the label stands. */
  side?: "left" | "right" | "centre";
  /** For a bundle: the type of what it holds. */
  of?: Kind;
  strong?: boolean;
  /** How much room its label has at its side, at scale 1; no limit where not given. */
  room?: number;
}

export interface Edge {
  /** Positions in the list of nodes. */
  a: number;
  b: number;
  label: string;
  predicate: string;
  papers: number;
  directed?: boolean;
  opposed?: boolean;
  /** Drawn as a curve that leaves and arrives level: for layouts in columns. */
  level?: boolean;
  /** Its label is shown only when one points at an end of it. */
  quiet?: boolean;
  /** Its position in the list, where the list is long. */
  n?: number;
}

export interface Scene {
  nodes: Node[];
  edges: Edge[];
}

export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Colours {
  ground: string;
  ink: string;
  soft: string;
  edge: string;
  opposed: string;
  focus: string;
  dark: boolean;
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: read("--ground"),
    ink: read("--ink"),
    soft: read("--soft"),
    edge: read("--edge"),
    opposed: read("--opposed"),
    focus: read("--focus"),
    dark: read("color-scheme").startsWith("dark") || read("--dark") === "1",
  };
}

let ruler: CanvasRenderingContext2D | null = null;
const measured = new Map<string, number>();

/** How wide a label is on the screen, with the gap before it. */
function labelWidth(node: Node, scale: number): number {
  const text = short(node.label, 34);
  let width = measured.get(text);
  if (width === undefined) {
    ruler ??= document.createElement("canvas").getContext("2d")!;
    ruler.font = `12px ${FONT}`;
    width = ruler.measureText(text).width;
    measured.set(text, width);
  }
  return Math.min(width, node.room ? Math.max(70, node.room * scale) : Infinity) + 14;
}

/** The box around all nodes, with room for labels, which are as wide at every scale. */
export function box(nodes: Node[], scale = 1): { x: number; y: number; width: number; height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of nodes) {
    const text = node.side ? labelWidth(node, scale) / scale : 0;
    const half = node.side === "centre" ? Math.max(4, text * 0.58 - node.r) : 4;
    left = Math.min(left, node.x - node.r - (node.side === "left" ? text : half));
    right = Math.max(right, node.x + node.r + (node.side === "right" ? text : half));
    top = Math.min(top, node.y - node.r - 6);
    bottom = Math.max(bottom, node.y + node.r + (node.side === "centre" ? 22 : 6));
  }
  if (!nodes.length) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
