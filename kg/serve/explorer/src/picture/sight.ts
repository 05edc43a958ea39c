// From where a picture is seen: all of it, or as much as can be read. A view is a middle and a scale; nothing is drawn here.

import { box, type Node, type View } from "./scene";

export const MOST = 6;
export const LEAST = 0.04;

/** All nodes, with their labels, in a frame of so many pixels. */
export function whole(nodes: Node[], [width, height]: [number, number]): View {
  let scale = 1;
  let around = box(nodes);
  // Labels are as wide at every scale, so the box depends on the scale that it gives: a few turns settle it.
  for (let turn = 0; turn < 4; turn++) {
    scale = Math.max(LEAST, Math.min((width - 24) / around.width, (height - 24) / around.height, 1.5));
    around = box(nodes, scale);
  }
  return {
    x: around.x + around.width / 2,
    y: around.y + around.height / 2,
    scale: Math.max(LEAST, Math.min(MOST, scale > 0 ? scale : 1)),
  };
}

/** Never less than readable: a part, from the top or around a node, rather than all of it too small. */
export function readable(nodes: Node[], [width, height]: [number, number], least: number, centre?: Node): View {
  const all = whole(nodes, [width, height]);
  if (all.scale >= least) return all;
  let around = box(nodes);
  const scale = Math.max(least, Math.min(1, (width - 24) / around.width));
  around = box(nodes, scale);
  const wide = around.width * scale > width - 24;
  const tall = around.height * scale > height - 24;
  let x = !wide ? around.x + around.width / 2 : (centre?.x ?? around.x + (width / 2 - 12) / scale);
  let y = !tall ? around.y + around.height / 2 : (centre?.y ?? around.y + (height / 2 - 12) / scale);
  // Nothing is gained by showing the empty ground beyond the first or the last node.
  const [w, h] = [width / 2 / scale, height / 2 / scale];
  const edge = 12 / scale;
  if (wide) x = Math.min(Math.max(x, around.x - edge + w), around.x + around.width + edge - w);
  if (tall) y = Math.min(Math.max(y, around.y - edge + h), around.y + around.height + edge - h);
  return { x, y, scale };
}
