// The two pens: one draws on a canvas, one writes SVG.

import type { Style } from "../palette";
import type { Pen } from "./paint";
import { FONT } from "./scene";

/** How many nodes of one kind look; no border where it would be all that is seen. */
export interface Mark {
  shape: Style["shape"];
  fill: string;
  border: string | null;
  width: number;
}

export class CanvasPen implements Pen {
  constructor(protected readonly to: CanvasRenderingContext2D) {}
  /** Many straight lines at once: x and y of both ends of each. Only a pen that is better at that has it. */
  lines?(ends: number[], colour: string, width: number, alpha: number): void;
  /** Many marks at once: x, y and radius of each. */
  marks?(spots: number[], mark: Mark): void;
  /** After the last stroke. */
  end(): void {}
  begin(): void {
    this.to.beginPath();
  }
  move(x: number, y: number): void {
    this.to.moveTo(x, y);
  }
  line(x: number, y: number): void {
    this.to.lineTo(x, y);
  }
  curve(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.to.bezierCurveTo(ax, ay, bx, by, x, y);
  }
  circle(x: number, y: number, r: number): void {
    this.to.moveTo(x + r, y);
    this.to.arc(x, y, r, 0, 6.2832);
  }
  close(): void {
    this.to.closePath();
  }
  fill(colour: string, alpha = 1): void {
    this.to.globalAlpha = alpha;
    this.to.fillStyle = colour;
    this.to.fill();
    this.to.globalAlpha = 1;
  }
  stroke(colour: string, width: number, alpha = 1, dash: number[] = []): void {
    this.to.globalAlpha = alpha;
    this.to.strokeStyle = colour;
    this.to.lineWidth = width;
    this.to.setLineDash(dash);
    this.to.stroke();
    this.to.setLineDash([]);
    this.to.globalAlpha = 1;
  }
  text(text: string, x: number, y: number, size: number, colour: string, align: CanvasTextAlign, halo: string, bold = false): void {
    this.to.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
    this.to.textAlign = align;
    this.to.textBaseline = "middle";
    this.to.lineJoin = "round";
    this.to.strokeStyle = halo;
    this.to.lineWidth = 3.5;
    this.to.strokeText(text, x, y);
    this.to.fillStyle = colour;
    this.to.fillText(text, x, y);
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");

export class SvgPen implements Pen {
  private path = "";
  private readonly out: string[] = [];
  begin(): void {
    this.path = "";
  }
  move(x: number, y: number): void {
    this.path += `M${n(x)} ${n(y)}`;
  }
  line(x: number, y: number): void {
    this.path += `L${n(x)} ${n(y)}`;
  }
  curve(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.path += `C${n(ax)} ${n(ay)} ${n(bx)} ${n(by)} ${n(x)} ${n(y)}`;
  }
  circle(x: number, y: number, r: number): void {
    this.path += `M${n(x + r)} ${n(y)}a${n(r)} ${n(r)} 0 1 1 ${n(-2 * r)} 0a${n(r)} ${n(r)} 0 1 1 ${n(2 * r)} 0`;
  }
  close(): void {
    this.path += "Z";
  }
  fill(colour: string, alpha = 1): void {
    this.out.push(`<path d="${this.path}" fill="${colour}" fill-opacity="${alpha}"/>`);
  }
  stroke(colour: string, width: number, alpha = 1, dash: number[] = []): void {
    const dashed = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    this.out.push(`<path d="${this.path}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-opacity="${alpha}"${dashed}/>`);
  }
  text(text: string, x: number, y: number, size: number, colour: string, align: string, halo: string, bold = false): void {
    const anchor = align === "left" ? "start" : align === "right" ? "end" : "middle";
    this.out.push(
      `<text x="${n(x)}" y="${n(y)}" font-size="${n(size)}" fill="${colour}" stroke="${halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke" text-anchor="${anchor}" dominant-baseline="central"${bold ? ' font-weight="600"' : ""}>${escaped(text)}</text>`,
    );
  }
  document(width: number, height: number, ground: string, title: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(FONT)}"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="${ground}"/>${this.out.join("")}</svg>`;
  }
}

const n = (value: number): string => String(Math.round(value * 100) / 100);
