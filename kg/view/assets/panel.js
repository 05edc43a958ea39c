/* The panel: what a node or an edge is, and the sentences that say so. */
const panel = byId("panel");
const MANY = 8;
const FEW = 3;

function go(node, own) {
  return make("button", { type: "button", class: own ? "go own" : "go", dir: "auto", on: { click: () => { openNode(node.at); centre(node.at); } } }, node.label);
}

function heading(type, title, extra) {
  return [
    make("p", { class: "kind" }, type ? swatch(type) : null, make("span", null, extra || type),
      make("button", { type: "button", "aria-label": "Close", on: { click: close } }, "×")),
    make("h2", { dir: "auto" }, title),
  ];
}

function piece(item, own) {
  if (typeof item === "string") return item;
  const [text, type, at] = item;
  const style = styles.get(type);
  const fields = { "type-colour": style.colour, title: type, dir: "auto" };
  if (at === undefined || own.includes(at)) return make("mark", { ...fields, class: own.includes(at) ? "own" : null }, text);
  return make("button", { ...fields, class: "mark", type: "button", on: { click: () => { openNode(at); centre(at); } } }, text);
}

function quote(place, own) {
  const [at, pieces] = data.sentences[place];
  const paper = data.papers[at];
  const when = [paper.venue, paper.year].filter(Boolean).join(", ");
  const title = paper.url
    ? make("a", { href: paper.url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, paper.title)
    : make("span", { dir: "auto" }, paper.title);
  return make("blockquote", null,
    make("p", { dir: "auto" }, pieces.map((item) => piece(item, own))),
    make("footer", null, title, when ? ` · ${when}` : ""));
}

function quotes(places, own, title) {
  if (!places || !places.length) return [];
  const rest = places.slice(FEW);
  const box = make("div", null, places.slice(0, FEW).map((place) => quote(place, own)));
  const more = rest.length
    ? make("button", { type: "button", class: "more", on: { click: (event) => { box.append(...rest.map((place) => quote(place, own))); event.target.remove(); } } }, counted(rest.length, "more sentence", "more sentences"))
    : null;
  return [make("h3", null, title), box, more];
}

function neighbours(node) {
  const groups = new Map();
  for (const edge of node.links) {
    const outward = edge.from === node.at;
    const relation = relations.get(edge.relation);
    const name = outward ? relation.reads : relation.inverse;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push([edge, data.nodes[outward ? edge.to : edge.from]]);
  }
  return [...groups].flatMap(([name, found]) => {
    found.sort(([a, x], [b, y]) => b.papers - a.papers || y.papers - x.papers || x.at - y.at);
    const support = (edge) => (edge.papers ? counted(edge.papers, "paper") : "concept scheme");
    const item = ([edge, other]) => make("li", null, swatch(other.type), go(other),
      make("button", { type: "button", class: "why", title: "Show the sentences", "aria-label": `${support(edge)}: why ${name} ${other.label}`, on: { click: () => openEdge(edge.at) } }, support(edge)));
    const list = make("ul", { class: "links" }, found.slice(0, MANY).map(item));
    const rest = found.slice(MANY);
    const more = rest.length
      ? make("button", { type: "button", class: "more", on: { click: (event) => { list.append(...rest.map(item)); event.target.remove(); } } }, `${rest.length} more`)
      : null;
    return [make("h3", null, name), list, more];
  });
}

function claimTable(slots) {
  return make("table", null, make("tbody", null, Object.entries(slots).map(([name, text]) =>
    make("tr", null, make("th", { scope: "row" }, name), make("td", { dir: "auto" }, text)))));
}

function nodeContent(node) {
  const facts = [node.type === "Paper" || node.type === "Claim" ? "" : counted(node.papers, "paper"), years(node),
    node.score === undefined ? "" : `${Math.round(node.score * 100)} % sure`].filter(Boolean).join(" · ");
  const others = (node.aliases || []).filter((alias) => alias !== node.label);
  return [
    ...heading(node.type, node.label, node.class),
    make("p", { class: "soft" }, facts),
    others.length ? make("p", { dir: "auto" }, make("span", { class: "soft" }, "also written "), others.slice(0, 12).join(", ")) : null,
    node.claim ? claimTable(node.claim) : null,
    node.text ? make("p", { dir: "auto" }, node.text) : null,
    ...quotes(node.sentences, [node.at], node.type === "Claim" ? "The sentence" : "What papers say"),
    ...neighbours(node),
  ];
}

function edgeContent(edge) {
  const [from, to] = [data.nodes[edge.from], data.nodes[edge.to]];
  const sure = `${Math.round(edge.score * 100)} % sure`;
  const facts = [edge.papers ? `${counted(edge.papers, "paper")} say${edge.papers === 1 ? "s" : ""} so` : "from the concept scheme", years(edge), sure];
  return [
    ...heading(null, "", "Relation").slice(0, 1),
    make("div", { class: "fact" }, make("h2", null, swatch(from.type), " ", go(from, true)),
      make("span", { class: "does" }, relations.get(edge.relation).reads),
      make("h2", null, swatch(to.type), " ", go(to, true))),
    make("p", { class: "soft" }, facts.filter(Boolean).join(" · ")),
    ...quotes(edge.sentences, [edge.from, edge.to], "Why"),
  ];
}

function overview() {
  const counts = data.legend
    .map((style) => [style, data.nodes.filter((node) => node.type === style.name).length])
    .filter(([, count]) => count);
  const known = importance.filter((node) => node.type !== "Paper" && node.type !== "Claim").slice(0, 12);
  const item = (node) => make("li", null, swatch(node.type), go(node), make("span", { class: "why" }, counted(node.papers, "paper")));
  const all = [...data.nodes].sort((a, b) => a.label.localeCompare(b.label, "en") || a.at - b.at);
  return [
    make("h2", null, data.nodes.length ? "Start anywhere" : "Nothing to show"),
    data.nodes.length
      ? make("p", null, "Every node is a thing that papers name, every line something they say of two things. Choose one to read the sentences behind it.")
      : make("p", null, "No node meets the filters that this page was made with."),
    make("p", { class: "soft" }, counts.map(([style, count]) => `${number.format(count)} ${(count === 1 ? style.name : style.plural).toLowerCase()}`).join(", ")),
    known.length ? make("h3", null, "Named by most papers") : null,
    make("ul", { class: "links" }, known.map(item)),
    all.length ? make("details", null, make("summary", null, `All ${number.format(all.length)} as a list`), make("ul", { class: "links" }, all.map(item))) : null,
    make("h3", null, "Keys"),
    make("p", { class: "soft" }, make("kbd", null, "/"), " find · ", make("kbd", null, "+"), " ", make("kbd", null, "−"), " zoom · ", make("kbd", null, "0"), " show all · ", make("kbd", null, "Esc"), " clear"),
  ];
}

function fill(content, label) {
  panel.replaceChildren(...content.flat().filter(Boolean));
  panel.setAttribute("aria-label", label);
  panel.scrollTop = 0;
}

function openNode(at) {
  Object.assign(state, { selected: at, edge: null });
  const node = data.nodes[at];
  if (!state.shown.has(at)) { allow(node); apply(); } else paint();
  network.selectNodes([at], false);
  fill(nodeContent(node), node.label);
  history.replaceState(null, "", "#" + encodeURIComponent(node.id));
}

function openEdge(at) {
  Object.assign(state, { selected: null, edge: at });
  paint();
  network.setSelection({ nodes: [], edges: [at] }, { highlightEdges: false });
  fill(edgeContent(data.edges[at]), "Relation");
}

function close() {
  Object.assign(state, { selected: null, edge: null });
  network.unselectAll();
  paint();
  fill(overview(), "Details");
  history.replaceState(null, "", location.pathname + location.search);
}
