// With what a large picture is drawn: the canvas's own pen, or WebGL where a real GPU does it.
//
// Measured without a GPU, WebGL in software needs 411 ms for a zoom frame of 5,000 nodes and the canvas 29 ms: so WebGL is
// taken only where the driver's name is known and is no software's. `?renderer=canvas` or `?renderer=webgl` overrides.

import { place } from "../router";
import { CanvasPen } from "./pens";
import { GlPen } from "./webgl";

/** Edges from which on a picture is large. */
export const LARGE = 2500;

/** Names by which drivers that calculate on the processor go. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|microsoft basic render|gdi generic|mesa offscreen|paravirtual/i;

let able: boolean | null = null;

/** Whether the name of a driver is that of a GPU. */
export const isReal = (driver: string): boolean => driver.trim().length > 0 && !/^(mozilla|webkit webgl)$/i.test(driver.trim()) && !SOFTWARE.test(driver);

function hasGpu(): boolean {
  if (able !== null) return able;
  const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  const told = gl?.getExtension("WEBGL_debug_renderer_info");
  const driver = gl ? String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return (able = isReal(driver));
}

/** What the address asks for, in the query of the page or of the view. */
function wish(): string | null {
  return new URLSearchParams(location.search).get("renderer") ?? place().query.get("renderer");
}

/** The pens of one canvas; the one of WebGL is made when it is first needed. */
export class Pens {
  private gl: GlPen | null = null;
  private broken = false;
  private readonly plain: CanvasPen;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly pen: CanvasRenderingContext2D,
  ) {
    this.plain = new CanvasPen(pen);
  }

  /** The pen for a picture of so many edges. The canvas says which: `data-renderer`. */
  for(edges: number, size: [number, number], ratio: number): CanvasPen {
    const asked = wish();
    const wanted = !this.broken && asked !== "canvas" && (asked === "webgl" || (edges >= LARGE && hasGpu()));
    const found = wanted ? this.webgl(size, ratio) : null;
    this.canvas.dataset.renderer = found ? "webgl" : "canvas";
    return found ?? this.plain;
  }

  private webgl(size: [number, number], ratio: number): GlPen | null {
    this.gl ??= GlPen.over(this.pen);
    if (this.gl?.ready(size, ratio)) return this.gl;
    // No context, or it was lost: the canvas draws from now on.
    this.broken = true;
    this.gl = null;
    return null;
  }
}
