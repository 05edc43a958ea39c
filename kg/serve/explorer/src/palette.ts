// How each type looks: the palette of Okabe and Ito, a shape for each, so that no one needs the colour.
// The same as kg.view.colours.LEGEND; a test compares the two.

import type { Kind } from "./types";

export interface Style {
  name: string;
  plural: string;
  colour: string;
  border: string;
  glow: string;
  shape: "triangle" | "dot" | "hexagon" | "square" | "diamond";
}

export const STYLES: Record<Kind, Style> = {
  TASK: { name: "Task", plural: "Tasks", colour: "#009E73", border: "#006B4E", glow: "#3CC9A1", shape: "triangle" },
  METHOD: { name: "Method", plural: "Methods", colour: "#0072B2", border: "#004C78", glow: "#5CB0E2", shape: "dot" },
  ARCH: { name: "Architecture", plural: "Architectures", colour: "#56B4E9", border: "#1F78AB", glow: "#9AD5F5", shape: "hexagon" },
  DATASET: { name: "Dataset", plural: "Datasets", colour: "#E69F00", border: "#966700", glow: "#FFC44D", shape: "square" },
  METRIC: { name: "Metric", plural: "Metrics", colour: "#CC79A7", border: "#97457A", glow: "#E5A5C8", shape: "diamond" },
};

export const KINDS = Object.keys(STYLES) as Kind[];

/** The outline of a shape of radius r around (0, 0), as points; null for a circle. */
export function outline(shape: Style["shape"], r: number): [number, number][] | null {
  const turn = (count: number, from: number, reach: number): [number, number][] =>
    Array.from({ length: count }, (_, i) => {
      const angle = from + (i * 2 * Math.PI) / count;
      return [Math.cos(angle) * reach, Math.sin(angle) * reach];
    });
  if (shape === "triangle") return turn(3, -Math.PI / 2, r * 1.25);
  if (shape === "hexagon") return turn(6, 0, r * 1.06);
  if (shape === "square") return turn(4, Math.PI / 4, r * 1.2);
  if (shape === "diamond") return turn(4, 0, r * 1.2);
  return null;
}
