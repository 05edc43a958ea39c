// A scene on a canvas: drawing, zooming, dragging, pointing, and the keyboard.

import { Held } from "./held";
import { edgeAt, next, nodeAt } from "./hits";
import { type Look, paint } from "./paint";
import { SvgPen } from "./pens";
import { LARGE, Pens } from "./renderer";
import { box, colours, type Node, type Scene, type View } from "./scene";
import { LEAST, MOST, readable, whole } from "./sight";

export interface Listener {
  choose?: (i: number | null) => void;
  open?: (i: number) => void;
  edge?: (i: number) => void;
  say?: (text: string) => void;
}

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

  fit(): void {
    this.view = whole(this.shown(), this.size);
    this.draw();
  }

  /** Never less than readable: show a part, from the top or around a node, rather than all of it too small. */
  fitReadable(least = 0.7, centre?: Node): void {
    this.view = readable(this.shown(), this.size, least, centre);
    this.draw();
  }

  private shown(): Node[] {
    return this.scene.nodes.filter((_, i) => !this.look.hideNode?.(i));
  }

  draw(): void {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.now();
    });
  }

  private readonly held = new Held();
  private pens: Pens | null = null;

  private now(): void {
    const pen = this.canvas.getContext("2d")!;
    const shades = colours();
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const { size } = this;
    this.drawn++;
    const chosen = (this.pens ??= new Pens(this.canvas, pen)).for(this.scene.edges.length, size, this.ratio);
    // A large picture in motion shows its last drawing, moved, until it rests; a GPU needs no such help.
    const large = !chosen.lines && this.scene.edges.length >= LARGE;
    if (large && this.look.moving && this.held.fits(this.canvas, this.view, size)) return this.held.show(pen, this.view, size, shades.ground);
    pen.fillStyle = shades.ground;
    pen.fillRect(0, 0, ...size);
    paint(chosen, this.scene, this.view, size, shades, this.look);
    chosen.end();
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

  nodeAt(point: [number, number]): number | null {
    return nodeAt(this.scene, this.look, this.world(point), 6 / this.view.scale);
  }

  edgeAt(point: [number, number]): number | null {
    return edgeAt(this.scene, this.look, this.world(point), 7 / this.view.scale);
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

  /** To the nearest node in a direction; to the weightiest where none is chosen yet. */
  private walk(step: [number, number]): void {
    const found = next(this.scene, this.look, typeof this.look.chosen === "number" ? this.look.chosen : null, step);
    if (found === null) return;
    const node = this.scene.nodes[found]!;
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
