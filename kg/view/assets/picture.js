/* The picture: vis-network draws nodes and edges, the page draws the labels, as many as fit without covering. */
const nodes = new vis.DataSet(data.picture.nodes);
const edges = new vis.DataSet(data.picture.edges.map((edge, at) => ({ ...edge, id: at })));
const network = new vis.Network(byId("picture"), { nodes, edges }, data.picture.options);
const state = { selected: null, edge: null, hovered: null, shown: new Set(), shownEdges: new Set() };
const wide = window.matchMedia("(min-width: 821px)");
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme || (darkness.matches ? "dark" : "light")) === "dark";
const colourOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const still = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
const shortened = (text) => { const all = Array.from(still(text)); return all.length > 30 ? all.slice(0, 29).join("") + "…" : all.join(""); };
data.nodes.forEach((node) => { node.short = shortened(node.label); });
const importance = [...data.nodes].sort((a, b) => b.papers - a.papers || b.links.length - a.links.length || a.at - b.at);

function near() {
  if (state.selected !== null) {
    const found = new Set([state.selected]);
    for (const edge of data.nodes[state.selected].links) {
      if (state.shownEdges.has(edge.at)) found.add(edge.from).add(edge.to);
    }
    return found;
  }
  if (state.edge !== null) return new Set([data.edges[state.edge].from, data.edges[state.edge].to]);
  return null;
}

function paint() {
  const dark = isDark();
  const about = near();
  const line = dark ? "#7d8793" : "#8b95a1";
  const strong = colourOf("--text");
  const plain = Math.max(0.28, Math.min(0.62, 0.62 * Math.sqrt(350 / Math.max(1, state.shownEdges.size))));
  nodes.update(data.nodes.map((node) => {
    const style = styles.get(node.type);
    const border = dark ? style.glow : style.border;
    const colour = { background: style.colour, border };
    return {
      id: node.at,
      hidden: !state.shown.has(node.at),
      opacity: about && !about.has(node.at) ? 0.13 : 1,
      color: { ...colour, highlight: { background: style.colour, border: strong }, hover: { background: style.colour, border: strong } },
    };
  }));
  edges.update(data.edges.map((edge) => {
    const touched = state.selected !== null ? edge.from === state.selected || edge.to === state.selected : state.edge === edge.at;
    return {
      id: edge.at,
      hidden: !state.shownEdges.has(edge.at),
      color: { color: touched ? strong : line, highlight: strong, hover: strong, opacity: about ? (touched ? 0.8 : 0.07) : plain },
    };
  }));
}

const widths = new Map();
function widthOf(context, text, font) {
  const key = font + text;
  if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
  return widths.get(key);
}

/* Where a label may stand: below its node, above, right, left, upon it; in pixels of the screen. */
function spots(x, y, radius, width, pixels) {
  const [half, tall, gap] = [width / 2 + 4, pixels + 6, radius + 2];
  const box = (left, top) => ({ left, right: left + 2 * half, top, bottom: top + tall });
  return [box(x - half, y + gap), box(x - half, y - gap - tall), box(x + gap, y - tall / 2), box(x - gap - 2 * half, y - tall / 2), box(x - half, y - tall / 2)];
}

/* No label covers a label or, but for the first, a node. The first may cover small nodes; if that does not help, any. */
const SMALL = 9;
const FIRST = 40;
const VERY_FIRST = 15;
function place(taken, box, own, spared = 0) {
  const counts = (other) => other.reach === undefined || (other.own !== own && other.reach >= spared);
  const free = !taken.some((other) => counts(other) && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
  if (free) taken.push(box);
  return free;
}

function write(context, text, x, y, font, scale, colour, halo) {
  context.font = font.replace(/[\d.]+px/, (size) => `${parseFloat(size) / scale}px`);
  context.lineWidth = 3.5 / scale;
  context.strokeStyle = halo;
  context.fillStyle = colour;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function drawLabels(context) {
  const scale = network.getScale();
  const at = network.getPositions();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const stage = byId("picture");
  const end = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  const about = near();
  const colours = { text: colourOf("--text"), soft: colourOf("--soft"), halo: colourOf("--ground") };
  const first = (node) => (node.at === state.selected || node.at === state.hovered ? 0 : about && about.has(node.at) ? 1 : 2);
  const order = about || state.hovered !== null ? [...importance].sort((a, b) => first(a) - first(b)) : importance;
  const taken = [];
  for (const node of order) {
    const point = at[node.at];
    const reach = data.picture.nodes[node.at].size * scale;
    if (reach < 4 || !point || !state.shown.has(node.at) || (about && !about.has(node.at))) continue;
    const [x, y] = [point.x * scale, point.y * scale];
    taken.push({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach, own: node.at, reach });
  }
  context.save();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const inside = (box) => box.left > corner.x * scale && box.right < end.x * scale && box.top > corner.y * scale && box.bottom < end.y * scale;
  for (const [turn, node] of order.entries()) {
    const point = at[node.at];
    if (!state.shown.has(node.at) || !point) continue;
    if (point.x < corner.x || point.x > end.x || point.y < corner.y || point.y > end.y) continue;
    const rank = first(node);
    if (about && rank === 2) continue;
    const size = data.picture.nodes[node.at].size;
    const pixels = Math.min(17, 11 + size / 6);
    const font = `${rank === 0 || size > 18 ? 600 : 400} ${pixels}px system-ui, sans-serif`;
    const text = rank === 0 ? still(node.label).slice(0, 80) : node.short;
    const width = widthOf(context, text, font);
    const boxes = spots(point.x * scale, point.y * scale, size * scale, width, pixels);
    const free = (spared) => boxes.find((box) => inside(box) && place(taken, box, node.at, spared));
    const spot = free(turn < FIRST ? SMALL : 0) || (turn < VERY_FIRST ? free(Infinity) : undefined);
    if (!spot && rank !== 0) continue;
    const box = spot || boxes[0];
    write(context, text, (box.left + box.right) / 2 / scale, (box.top + 2) / scale, font, scale, colours.text, colours.halo);
  }
  drawRelations(context, at, scale, taken, colours);
  context.restore();
}

function drawRelations(context, at, scale, taken, colours) {
  const touched = state.edge !== null ? [data.edges[state.edge]] : state.selected !== null ? data.nodes[state.selected].links : [];
  context.textBaseline = "middle";
  for (const edge of touched) {
    if (!state.shownEdges.has(edge.at)) continue;
    const [one, other] = [at[edge.from], at[edge.to]];
    if (!one || !other) continue;
    const text = relations.get(edge.relation).reads;
    const font = "italic 400 11px system-ui, sans-serif";
    const width = widthOf(context, text, font);
    const x = ((one.x + other.x) / 2) * scale;
    const y = ((one.y + other.y) / 2) * scale;
    if (Math.hypot(one.x - other.x, one.y - other.y) * scale < width + 40) continue;
    if (!place(taken, { left: x - width / 2 - 3, right: x + width / 2 + 3, top: y - 8, bottom: y + 8 })) continue;
    write(context, text, x / scale, y / scale, font, scale, colours.soft, colours.halo);
  }
}

function fit(animated) {
  const shown = [...state.shown];
  if (shown.length) network.fit({ nodes: shown, animation: animated && { duration: 300 }, maxZoomLevel: 1.6 });
}

/* The node, with what it is joined to. */
function centre(at) {
  const about = [...new Set([at, ...data.nodes[at].links.filter((edge) => state.shownEdges.has(edge.at)).flatMap((edge) => [edge.from, edge.to])])];
  network.fit({ nodes: about, maxZoomLevel: 1.3, animation: { duration: 350 } });
}

network.on("afterDrawing", drawLabels);
network.on("hoverNode", ({ node }) => { state.hovered = node; byId("picture").style.cursor = "pointer"; network.redraw(); });
network.on("blurNode", () => { state.hovered = null; byId("picture").style.cursor = ""; network.redraw(); });
network.on("hoverEdge", () => { byId("picture").style.cursor = "pointer"; });
network.on("blurEdge", () => { byId("picture").style.cursor = ""; });
network.on("click", ({ nodes: hit, edges: lines }) => {
  if (hit.length) openNode(hit[0]);
  else if (lines.length) openEdge(lines[0]);
  else close();
});
