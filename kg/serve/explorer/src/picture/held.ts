// The last whole drawing and where it was seen from: what is shown while a large picture moves.

import type { View } from "./scene";

export class Held {
  private readonly canvas = document.createElement("canvas");
  private view: View | null = null;

  keep(canvas: HTMLCanvasElement, view: View): void {
    this.canvas.width = canvas.width;
    this.canvas.height = canvas.height;
    this.canvas.getContext("2d")!.drawImage(canvas, 0, 0);
    this.view = { ...view };
  }

  /** Whether it will do: of the same size, and not yet far from what is seen now. */
  fits(canvas: HTMLCanvasElement, now: View, [width, height]: [number, number]): boolean {
    if (!this.view || this.canvas.width !== canvas.width) return false;
    const by = now.scale / this.view.scale;
    const dx = Math.abs(this.view.x - now.x) * now.scale;
    const dy = Math.abs(this.view.y - now.y) * now.scale;
    return by > 0.6 && by < 1.8 && dx < width * 0.5 && dy < height * 0.5;
  }

  show(pen: CanvasRenderingContext2D, now: View, [width, height]: [number, number], ground: string): void {
    const from = this.view!;
    const by = now.scale / from.scale;
    pen.fillStyle = ground;
    pen.fillRect(0, 0, width, height);
    const left = (from.x - now.x) * now.scale + (width / 2) * (1 - by);
    const top = (from.y - now.y) * now.scale + (height / 2) * (1 - by);
    pen.drawImage(this.canvas, left, top, width * by, height * by);
  }
}
