// A pen that draws lines and marks in bulk on the GPU, and all else as the canvas does.
//
// It draws on a surface of its own, which is laid into the picture at once where the order of things needs it: so labels,
// selection, pointing, keyboard and saving know nothing of it. No text becomes a shader: the three programs are constants.

import { CanvasPen, type Mark } from "./pens";

/** A line as a rectangle: corner (along, side) in {0, 1} x {-1, 1}; half a pixel of its width fades at either side. */
const LINE_VERTEX = `#version 300 es
in vec2 corner; in vec4 ends;
uniform vec2 size; uniform float half_width;
out float across;
void main() {
  vec2 along = ends.zw - ends.xy;
  float far = max(length(along), 1e-6);
  vec2 side = vec2(-along.y, along.x) / far * corner.y * (half_width + 0.5);
  vec2 at = mix(ends.xy, ends.zw, corner.x) + side;
  across = corner.y * (half_width + 0.5);
  gl_Position = vec4(at / size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}`;
const LINE_FRAGMENT = `#version 300 es
precision highp float;
in float across; uniform vec4 ink; uniform float half_width;
out vec4 colour;
void main() {
  // A hairline narrower than a pixel is as wide as one and as much fainter.
  float cover = clamp(half_width + 0.5 - abs(across), 0.0, 1.0) * min(1.0, 2.0 * half_width);
  colour = vec4(ink.rgb, 1) * ink.a * cover;
}`;

/** A mark as a square around its spot (x, y, r); what is inside a regular polygon of so many sides is found a pixel at a time. */
const MARK_VERTEX = `#version 300 es
in vec2 corner; in vec3 spot;
uniform vec2 size; uniform float edge, reach;
out vec2 away; out float radius;
void main() {
  radius = spot.z * reach;
  away = vec2(corner.x * 2.0 - 1.0, corner.y) * (radius + edge + 1.0);
  gl_Position = vec4((spot.xy + away) / size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}`;
const MARK_FRAGMENT = `#version 300 es
precision highp float;
in vec2 away; in float radius;
uniform float sides, turn, edge; uniform vec4 inside, outline;
out vec4 colour;
void main() {
  float far = length(away);
  if (sides > 0.0) {
    float piece = 6.283185307 / sides;
    far = cos(mod(atan(away.y, away.x) - turn, piece) - piece * 0.5) * far + radius * (1.0 - cos(piece * 0.5));
  }
  float beyond = far - radius;
  float fill = clamp(0.5 - beyond, 0.0, 1.0) * inside.a;
  float line = clamp(edge * 0.5 + 0.5 - abs(beyond), 0.0, 1.0) * step(0.01, edge) * outline.a;
  colour = mix(vec4(inside.rgb, 1) * fill, vec4(outline.rgb, 1), line);
}`;

/** Sides, the angle of the first corner, and how far it reaches: as in `palette.outline`. */
const SHAPES: Record<Mark["shape"], [number, number, number]> = {
  dot: [0, 0, 1],
  triangle: [3, -Math.PI / 2, 1.25],
  hexagon: [6, 0, 1.06],
  square: [4, Math.PI / 4, 1.2],
  diamond: [4, 0, 1.2],
};

type Gl = WebGL2RenderingContext;

interface Program {
  use(): void;
  set(name: string, ...values: number[]): void;
  draw(floats: Float32Array, each: number): void;
}

export class GlPen extends CanvasPen {
  private waiting = false;
  private readonly rays: Program;
  private readonly spots: Program;
  private size: [number, number] = [1, 1];
  private ratio = 1;

  private constructor(
    to: CanvasRenderingContext2D,
    private readonly gl: Gl,
  ) {
    super(to);
    this.rays = program(gl, LINE_VERTEX, LINE_FRAGMENT, "ends");
    this.spots = program(gl, MARK_VERTEX, MARK_FRAGMENT, "spot");
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** A pen over a canvas's own; null where there is no WebGL. */
  static over(to: CanvasRenderingContext2D): GlPen | null {
    const gl = document.createElement("canvas").getContext("webgl2", { antialias: false, premultipliedAlpha: true, preserveDrawingBuffer: false });
    try {
      return gl && new GlPen(to, gl);
    } catch {
      return null;
    }
  }

  /** Fit the surface to the canvas and begin; false where the GPU was taken away. */
  ready(size: [number, number], ratio: number): boolean {
    const { canvas } = this.gl;
    const [width, height] = [Math.max(1, Math.round(size[0] * ratio)), Math.max(1, Math.round(size[1] * ratio))];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    [this.size, this.ratio, this.waiting] = [size, ratio, false];
    this.gl.viewport(0, 0, width, height);
    this.clear();
    return !this.gl.isContextLost();
  }

  override lines(ends: number[], colour: string, width: number, alpha: number): void {
    const { rays } = this;
    rays.use();
    rays.set("size", this.size[0] * this.ratio, this.size[1] * this.ratio);
    rays.set("half_width", (width * this.ratio) / 2);
    const [red, green, blue, whole] = rgba(this.to, colour);
    rays.set("ink", red, green, blue, whole * alpha);
    rays.draw(Float32Array.from(ends, (value) => value * this.ratio), 4);
    this.waiting = true;
  }

  override marks(spots: number[], { shape, fill, border, width }: Mark): void {
    const { spots: drawn, ratio } = this;
    const [sides, turn, reach] = SHAPES[shape];
    drawn.use();
    drawn.set("size", this.size[0] * ratio, this.size[1] * ratio);
    drawn.set("sides", sides);
    drawn.set("turn", turn);
    drawn.set("reach", reach);
    drawn.set("edge", border ? width * ratio : 0);
    drawn.set("inside", ...rgba(this.to, fill));
    drawn.set("outline", ...rgba(this.to, border ?? fill));
    drawn.draw(Float32Array.from(spots, (value) => value * ratio), 3);
    this.waiting = true;
  }

  override fill(colour: string, alpha = 1): void {
    this.lay();
    super.fill(colour, alpha);
  }

  override stroke(colour: string, width: number, alpha = 1, dash: number[] = []): void {
    this.lay();
    super.stroke(colour, width, alpha, dash);
  }

  override text(...given: Parameters<CanvasPen["text"]>): void {
    this.lay();
    super.text(...given);
  }

  override end(): void {
    this.lay();
  }

  /** Put what was drawn into the picture, and begin anew. */
  private lay(): void {
    if (!this.waiting) return;
    this.waiting = false;
    this.to.drawImage(this.gl.canvas as HTMLCanvasElement, 0, 0, ...this.size);
    this.clear();
  }

  private clear(): void {
    this.gl.clearColor(0, 0, 0, 0);
    this.gl.clear(this.gl.COLOR_BUFFER_BIT);
  }
}

/** A program that draws one rectangle an instance. Throws where the driver does not take it. */
function program(gl: Gl, vertex: string, fragment: string, per: string): Program {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? "no program");
  const state = gl.createVertexArray();
  gl.bindVertexArray(state);
  attribute(gl, made, "corner", 2, 0);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, -1, 1, -1, 0, 1, 1, 1]), gl.STATIC_DRAW);
  const floats = attribute(gl, made, per, per === "ends" ? 4 : 3, 1);
  const places = new Map<string, WebGLUniformLocation | null>();
  return {
    use() {
      gl.useProgram(made);
      gl.bindVertexArray(state);
    },
    set(name, ...values) {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(made, name));
      const where = places.get(name)!;
      if (values.length === 1) gl.uniform1f(where, values[0]!);
      else if (values.length === 2) gl.uniform2f(where, values[0]!, values[1]!);
      else gl.uniform4f(where, values[0]!, values[1]!, values[2]!, values[3]!);
    },
    draw(content, each) {
      gl.bindBuffer(gl.ARRAY_BUFFER, floats);
      gl.bufferData(gl.ARRAY_BUFFER, content, gl.STREAM_DRAW);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, content.length / each);
    },
  };
}

function attribute(gl: Gl, made: WebGLProgram, name: string, size: number, step: number): WebGLBuffer {
  const buffer = gl.createBuffer();
  const place = gl.getAttribLocation(made, name);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(place);
  gl.vertexAttribPointer(place, size, gl.FLOAT, false, 0, 0);
  gl.vertexAttribDivisor(place, step);
  return buffer;
}

const known = new Map<string, [number, number, number, number]>();

/** A CSS colour as four numbers in [0, 1]; the canvas knows how to read every one. */
function rgba(to: CanvasRenderingContext2D, colour: string): [number, number, number, number] {
  let found = known.get(colour);
  if (!found) {
    to.fillStyle = colour;
    const text = to.fillStyle;
    const parts = text.startsWith("#") ? [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) : (text.match(/[\d.]+/g) ?? []).map(Number);
    found = [parts[0]! / 255, parts[1]! / 255, parts[2]! / 255, parts[3] ?? 1];
    known.set(colour, found);
  }
  return found;
}
