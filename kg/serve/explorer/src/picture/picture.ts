// A scene on a canvas: drawing, zooming, dragging, pointing, and the keyboard.

import { Held } from "./held";
import { CanvasPen, SvgPen } from "./pens";
import { type Look, paint } from "./paint";
import { box, colours, type Node, type Scene, type View } from "./scene";

export interface Listener {
  choose?: (i: number | null) => void;
  open?: (i: number) => void;
  edge?: (i: number) => void;
  say?: (text: string) => void;
}

/** Edges from which on a picture in motion shows its last drawing, moved, until it rests. */
const LARGE = 2500;
const MOST = 6;
const LEAST = 0.04;

export class Picture {
  scene: Scene = { nodes: [], edges: [] };
  view: View = { x: 0, y: 0, scale: 1 };
  look: Look = { labels: true };
  drawn = 0;
  private asked = 0;
  private settle = 0;
  private readonly pointers = new Map<number, [number, number]>();
  private moved = false;
  private grabbed: number | null = null;
  private readonly watcher: ResizeObserver;
  private readonly redraw = (): void => this.draw();
  private ratio = 1;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: Listener,
  ) {
    canvas.addEventListener("pointerdown", this.down);
    canvas.addEventListener("pointermove", this.move);
    canvas.addEventListener("pointerup", this.up);
    canvas.addEventListener("pointercancel", this.up);
    canvas.addEventListener("pointerleave", this.leave);
    canvas.addEventListener("wheel", this.wheel, { passive: false });
    canvas.addEventListener("dblclick", this.twice);
    canvas.addEventListener("keydown", this.key);
    addEventListener("kg-theme", this.redraw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.redraw);
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(canvas);
    this.resize();
  }

  end(): void {
    this.watcher.disconnect();
    removeEventListener("kg-theme", this.redraw);
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.redraw);
    cancelAnimationFrame(this.asked);
  }

  get size(): [number, number] {
    return [this.canvas.clientWidth, this.canvas.clientHeight];
  }

  private resize(): void {
    const [width, height] = this.size;
    this.ratio = Math.min(2, devicePixelRatio || 1);
    if (this.canvas.width !== Math.round(width * this.ratio) || this.canvas.height !== Math.round(height * this.ratio)) {
      this.canvas.width = Math.round(width * this.ratio);
      this.canvas.height = Math.round(height * this.ratio);
      this.draw();
    }
  }

  show(scene: Scene, { keepView = false } = {}): void {
    this.scene = scene;
    if (keepView) this.draw();
    else this.fit();
  }

  fit(nodes: Node[] = this.scene.nodes): void {
    const shown = nodes.filter((_, i) => !this.look.hideNode?.(i));
    const [width, height] = this.size;
    let scale = 1;
    let around = box(shown);
    for (let turn = 0; turn < 4; turn++) {
      scale = Math.max(LEAST, Math.min((width - 24) / around.width, (height - 24) / around.height, 1.5));
      around = box(shown, scale);
    }
    this.view = {
      x: around.x + around.width / 2,
      y: around.y + around.height / 2,
      scale: Math.max(LEAST, Math.min(MOST, scale > 0 ? scale : 1)),
    };
    this.draw();
  }

  /** Never less than readable: show a part, from the top or around a node, rather than all of it too small. */
  fitReadable(least = 0.7, centre?: Node): void {
    this.fit();
    if (this.view.scale >= least) return;
    const [width, height] = this.size;
    let around = box(this.scene.nodes);
    const scale = Math.max(least, Math.min(1, (width - 24) / around.width));
    around = box(this.scene.nodes, scale);
    const wide = around.width * scale > width - 24;
    const tall = around.height * scale > height - 24;
    this.view = {
      x: !wide ? around.x + around.width / 2 : (centre?.x ?? around.x + (width / 2 - 12) / scale),
      y: !tall ? around.y + around.height / 2 : (centre?.y ?? around.y + (height / 2 - 12) / scale),
      scale,
    };
    // Nothing is gained by showing the empty ground beyond the first or the last node.
    const [w, h] = [width / 2 / scale, height / 2 / scale];
    const edge = 12 / scale;
    if (wide) this.view.x = Math.min(Math.max(this.view.x, around.x - edge + w), around.x + around.width + edge - w);
    if (tall) this.view.y = Math.min(Math.max(this.view.y, around.y - edge + h), around.y + around.height + edge - h);
    this.draw();
  }

  draw(): void {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.now();
    });
  }

  private readonly held = new Held();

  private now(): void {
    const pen = this.canvas.getContext("2d")!;
    const shades = colours();
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const [width, height] = this.size;
    this.drawn++;
    const large = this.scene.edges.length >= LARGE;
    if (large && this.look.moving && this.held.fits(this.canvas, this.view, [width, height]))
      return this.held.show(pen, this.view, [width, height], shades.ground);
    pen.fillStyle = shades.ground;
    pen.fillRect(0, 0, width, height);
    paint(new CanvasPen(pen), this.scene, this.view, [width, height], shades, this.look);
    if (large) this.held.keep(this.canvas, this.view);
  }

  svg(title: string): string {
    const shown = this.scene.nodes.filter((_, i) => !this.look.hideNode?.(i));
    const scale = Math.min(1, 4000 / Math.max(box(shown).width, box(shown).height));
    const around = box(shown, scale);
    const size: [number, number] = [Math.ceil(around.width * scale) + 40, Math.ceil(around.height * scale) + 40];
    const view = { x: around.x + around.width / 2, y: around.y + around.height / 2, scale };
    const pen = new SvgPen();
    const shades = colours();
    paint(pen, this.scene, view, size, shades, { ...this.look, hovered: null, moving: false });
    return pen.document(...size, shades.ground, title);
  }

  private place(event: PointerEvent | WheelEvent | MouseEvent): [number, number] {
    const frame = this.canvas.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  private world([px, py]: [number, number]): [number, number] {
    const [width, height] = this.size;
    return [(px - width / 2) / this.view.scale + this.view.x, (py - height / 2) / this.view.scale + this.view.y];
  }

  /** The node under a point, the smallest first; discs last. */
  nodeAt(point: [number, number]): number | null {
    const [x, y] = this.world(point);
    const reach = 6 / this.view.scale;
    let found: number | null = null;
    let best = Infinity;
    this.scene.nodes.forEach((node, i) => {
      if (this.look.hideNode?.(i)) return;
      const away = Math.hypot(node.x - x, node.y - y);
      const score = (node.kind === "DISC" ? 1e6 : 0) + away;
      if (away <= node.r + (node.kind === "DISC" ? 0 : reach) && score < best) [found, best] = [i, score];
    });
    return found;
  }

  edgeAt(point: [number, number]): number | null {
    const [x, y] = this.world(point);
    const reach = 7 / this.view.scale;
    let found: number | null = null;
    let best = reach;
    this.scene.edges.forEach((edge, i) => {
      const a = this.scene.nodes[edge.a]!;
      const b = this.scene.nodes[edge.b]!;
      if (this.look.hideEdge?.(i) || this.look.hideNode?.(edge.a) || this.look.hideNode?.(edge.b)) return;
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

  private readonly down = (event: PointerEvent): void => {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
    this.moved = false;
    this.grabbed = this.nodeAt(this.place(event));
  };

  private readonly move = (event: PointerEvent): void => {
    const now = this.place(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      const hovered = this.nodeAt(now);
      if (hovered !== (this.look.hovered ?? null)) {
        this.look.hovered = hovered;
        this.canvas.style.cursor = hovered !== null || this.edgeAt(now) !== null ? "pointer" : "grab";
        this.draw();
      }
      return;
    }
    if (!this.moved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return;
    this.moved = true;
    if (this.pointers.size === 2) this.pinch(event.pointerId, before, now);
    else {
      this.view.x -= (now[0] - before[0]) / this.view.scale;
      this.view.y -= (now[1] - before[1]) / this.view.scale;
    }
    this.pointers.set(event.pointerId, now);
    this.inMotion();
  };

  private pinch(id: number, before: [number, number], now: [number, number]): void {
    const other = [...this.pointers].find(([key]) => key !== id)![1];
    const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
    const is = Math.hypot(now[0] - other[0], now[1] - other[1]);
    if (was > 0) this.zoom(is / was, [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  }

  private readonly up = (event: PointerEvent): void => {
    const there = this.pointers.delete(event.pointerId);
    if (!there || this.moved || event.type === "pointercancel") return;
    const node = this.grabbed;
    if (node === null) {
      const edge = this.edgeAt(this.place(event));
      if (edge !== null) return this.listener.edge?.(edge);
    }
    this.choose(node);
  };

  private readonly leave = (): void => {
    if (this.look.hovered !== null) {
      this.look.hovered = null;
      this.draw();
    }
  };

  private readonly twice = (event: MouseEvent): void => {
    const node = this.nodeAt(this.place(event));
    if (node !== null) this.listener.open?.(node);
  };

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), this.place(event));
    this.inMotion();
  };

  zoom(factor: number, point: [number, number] = [this.size[0] / 2, this.size[1] / 2]): void {
    const [x, y] = this.world(point);
    const scale = Math.max(LEAST, Math.min(MOST, this.view.scale * factor));
    const by = this.view.scale / scale;
    this.view = { x: x + (this.view.x - x) * by, y: y + (this.view.y - y) * by, scale };
    this.draw();
  }

  private inMotion(): void {
    this.look.moving = true;
    clearTimeout(this.settle);
    this.settle = setTimeout(() => {
      this.look.moving = false;
      this.draw();
    }, 120) as unknown as number;
    this.draw();
  }

  choose(i: number | null): void {
    this.look.chosen = i;
    this.listener.choose?.(i);
    this.draw();
  }

  private readonly key = (event: KeyboardEvent): void => {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step && event.shiftKey) {
      this.view.x += (step[0] * 60) / this.view.scale;
      this.view.y += (step[1] * 60) / this.view.scale;
      this.draw();
    } else if (step) this.walk(step);
    else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else if (event.key === "0") this.fit();
    else if (event.key === "Enter" && typeof this.look.chosen === "number") this.listener.open?.(this.look.chosen);
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
  };

  /** The nearest node in a direction; the weightiest where none is chosen yet. */
  private walk([dx, dy]: [number, number]): void {
    const { nodes } = this.scene;
    const here = typeof this.look.chosen === "number" ? nodes[this.look.chosen] : undefined;
    let found: number | null = null;
    let best = Infinity;
    nodes.forEach((node, i) => {
      if (this.look.hideNode?.(i) || node === here) return;
      const [x, y] = here ? [node.x - here.x, node.y - here.y] : [0, 0];
      const along = x * dx + y * dy;
      if (here && along <= 0) return;
      const score = here ? along + 2.5 * Math.abs(x * dy - y * dx) : -node.weight - (node.strong ? 1e9 : 0);
      if (score < best) [found, best] = [i, score];
    });
    if (found === null) return;
    const node = nodes[found]!;
    this.choose(found);
    const [width, height] = this.size;
    const sx = (node.x - this.view.x) * this.view.scale;
    const sy = (node.y - this.view.y) * this.view.scale;
    if (Math.abs(sx) > width / 2 - 40 || Math.abs(sy) > height / 2 - 30) {
      this.view.x = node.x;
      this.view.y = node.y;
    }
    this.draw();
  }
}

/** How far a point is from a piece of a line. */
function fromLine([x, y]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const t = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function at(a: Node, b: Node, t: number, level: boolean): [number, number] {
  if (!level) return [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
  const bend = (b.x - a.x) * 0.45;
  const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  return [p * a.x + q * (a.x + bend) + r * (b.x - bend) + s * b.x, (p + q) * a.y + (r + s) * b.y];
}
