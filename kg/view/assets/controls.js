/* Search, filters, keys, theme. */
const search = byId("search");
const found = byId("found");
const filters = byId("filters");
const MOST = 10;
const known = data.nodes.map((node) => ({ node, names: [node.label, ...(node.aliases || [])].map((name) => [name, folded(name)]) }));

function pairs(text) {
  const made = new Set();
  for (let at = 0; at < text.length - 1; at += 1) made.add(text.slice(at, at + 2));
  return made;
}

function alike(one, other) {
  const [a, b] = [pairs(one), pairs(other)];
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return a.size + b.size ? (2 * both) / (a.size + b.size) : 0;
}

function rank(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at < 0) return null;
  return /[\s\-/(]/.test(name[at - 1]) ? 2 : 3;
}

function matches(text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const hits = [];
  for (const { node, names } of known) {
    let best = null;
    for (const [name, plain] of names) {
      const score = rank(plain, wanted);
      if (score !== null && (best === null || score < best[0])) best = [score, name];
    }
    if (best) hits.push([best[0], node, best[1]]);
  }
  if (!hits.length && wanted.length > 2) {
    for (const { node, names } of known) {
      const [score, name] = names.map(([given, plain]) => [alike(wanted, plain), given]).sort((a, b) => b[0] - a[0])[0];
      if (score > 0.45) hits.push([5 - score, node, name]);
    }
  }
  return hits.sort((a, b) => a[0] - b[0] || b[1].papers - a[1].papers || a[1].at - b[1].at).slice(0, MOST);
}

let active = -1;
function showFound() {
  const hits = matches(search.value);
  active = hits.length ? 0 : -1;
  found.replaceChildren(...hits.map(([, node, name], place) =>
    make("li", { id: `found-${place}`, role: "option", "data-node": node.at, "aria-selected": place === 0 ? "true" : "false", on: { mousedown: (event) => { event.preventDefault(); take(node); } } },
      swatch(node.type), make("span", { dir: "auto" }, node.label, name !== node.label ? make("span", { class: "soft" }, ` ${name}`) : null),
      make("span", { class: "why" }, counted(node.papers, "paper")))));
  if (!hits.length && search.value.trim()) {
    const where = data.totals.whole ? "the graph" : "what is drawn";
    found.append(make("li", { class: "none", role: "option", "aria-disabled": "true" }, `Nothing of that name in ${where}`));
  }
  found.hidden = !search.value.trim();
  search.setAttribute("aria-expanded", String(!found.hidden));
  mark();
}

function mark() {
  [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) { search.setAttribute("aria-activedescendant", `found-${active}`); found.children[active].scrollIntoView({ block: "nearest" }); }
  else search.removeAttribute("aria-activedescendant");
}

function take(node) {
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.value = node.label;
  openNode(node.at);
  centre(node.at);
}

search.addEventListener("input", showFound);
search.addEventListener("focus", showFound);
search.addEventListener("blur", () => { found.hidden = true; search.setAttribute("aria-expanded", "false"); });
search.addEventListener("keydown", (event) => {
  const hits = found.querySelectorAll("[data-node]").length;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits) {
    active = (active + (event.key === "ArrowDown" ? 1 : hits - 1)) % hits;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter" && active >= 0) {
    take(data.nodes[Number(found.children[active].dataset.node)]);
    event.preventDefault();
  } else if (event.key === "Escape") {
    search.value = "";
    showFound();
    search.blur();
    event.stopPropagation();
  }
});

/* Filters. Types start with the things: papers and claims are drawn, but wait until they are wanted. */
const count = (type) => data.nodes.filter((node) => node.type === type).length;
const present = data.legend.filter((style) => count(style.name));
const things = present.filter((style) => style.name !== "Paper" && style.name !== "Claim");
const startTypes = new Set((data.nodes.length > 40 && things.length ? things : present).map((style) => style.name));
const most = Math.max(1, ...data.nodes.map((node) => node.papers));
const firsts = data.nodes.map((node) => node.first).filter((year) => year !== undefined);
const lasts = data.nodes.map((node) => node.last).filter((year) => year !== undefined);

function choice(kind, name, shown, amount, checked, icon) {
  return make("label", { class: "choice" }, make("input", { type: "checkbox", "data-kind": kind, value: name, checked }), icon, make("span", { class: "name" }, shown), make("span", { class: "count" }, number.format(amount)));
}

function allow(node) {
  const box = filters.querySelector(`[data-kind="type"][value="${node.type}"]`);
  if (box) box.checked = true;
  const [from, to] = [byId("year-from"), byId("year-to")];
  if (Number(byId("min-papers").value) > node.papers) byId("min-papers").value = 1;
  if (from.value && node.last < Number(from.value)) from.value = "";
  if (to.value && node.first > Number(to.value)) to.value = "";
}

function apply() {
  const picked = (kind) => new Set([...filters.querySelectorAll(`[data-kind="${kind}"]:checked`)].map((box) => box.value));
  const [types, kinds] = [picked("type"), picked("relation")];
  const papers = Number(byId("min-papers").value);
  const score = Number(byId("min-score").value) / 100;
  const from = Number(byId("year-from").value) || -Infinity;
  const to = Number(byId("year-to").value) || Infinity;
  const bounded = from > -Infinity || to < Infinity;
  const inYears = (about) => !bounded || (about.first !== undefined && about.last >= from && about.first <= to);
  const enough = (node) => node.type === "Paper" || (node.type === "Claim" ? node.score >= score : node.papers >= papers);
  state.shown = new Set(data.nodes.filter((node) => types.has(node.type) && enough(node) && inYears(node)).map((node) => node.at));
  state.shownEdges = new Set(data.edges.filter((edge) => kinds.has(edge.relation) && edge.score >= score && (edge.papers === 0 || inYears(edge)) && state.shown.has(edge.from) && state.shown.has(edge.to)).map((edge) => edge.at));
  if (state.selected !== null && !state.shown.has(state.selected)) close();
  if (state.edge !== null && !state.shownEdges.has(state.edge)) close();
  byId("min-papers-shown").textContent = number.format(papers);
  byId("min-score-shown").textContent = `${Math.round(score * 100)} %`;
  byId("status").textContent = `${number.format(state.shown.size)} of ${counted(data.nodes.length, "node")}, ${number.format(state.shownEdges.size)} of ${counted(data.edges.length, "line")}`;
  paint();
}

function reset() {
  for (const box of filters.querySelectorAll('[type="checkbox"]')) box.checked = box.dataset.kind !== "type" || startTypes.has(box.value);
  byId("min-papers").value = 1;
  byId("min-score").value = 0;
  byId("year-from").value = "";
  byId("year-to").value = "";
  apply();
  fit(true);
}

function setUp() {
  byId("title").textContent = data.title;
  byId("types").append(...present.map((style) => choice("type", style.name, style.plural, count(style.name), true, swatch(style.name))));
  byId("relations").append(...data.relations.map((relation) => choice("relation", relation.name, relation.reads, data.edges.filter((edge) => edge.relation === relation.name).length, true, null)));
  byId("min-papers").max = most;
  byId("years").hidden = !firsts.length;
  for (const [id, year] of [["year-from", Math.min(...firsts)], ["year-to", Math.max(...lasts)]]) byId(id).placeholder = Number.isFinite(year) ? year : "";
  const { nodes: all, joined, whole } = data.totals;
  const lines = joined > data.edges.length ? ` Of the ${number.format(joined)} lines between them, the ${number.format(data.edges.length)} that most papers state.` : "";
  byId("note").hidden = whole && !lines;
  byId("note").textContent = (whole ? "" : `Too large to draw whole: these are the ${number.format(data.nodes.length)} of ${number.format(all)} nodes that most papers name and that are connected.`) + lines;
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", reset);
  byId("filters-toggle").addEventListener("click", () => byId("filters-toggle").setAttribute("aria-expanded", String(filters.classList.toggle("open"))));
  byId("closer").addEventListener("click", () => zoom(1.3));
  byId("farther").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => fit(true));
  byId("theme").addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; paint(); });
  darkness.addEventListener("change", paint);
}

const zoom = (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)) });
const move = (x, y) => { const at = network.getViewPosition(); const step = 60 / network.getScale(); network.moveTo({ position: { x: at.x + x * step, y: at.y + y * step } }); };
const KEYS = {
  "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(true),
  ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") { search.focus(); search.select(); event.preventDefault(); }
  else if (event.key === "Escape") close();
  else if (event.key in KEYS && (!event.key.startsWith("Arrow") || document.activeElement === byId("picture"))) { KEYS[event.key](); event.preventDefault(); }
});

setUp();
for (const box of filters.querySelectorAll('[data-kind="type"]')) box.checked = startTypes.has(box.value);
apply();
fill(overview(), "Details");
fit(false);
const linked = data.nodes.find((node) => node.id === decodeURIComponent(location.hash.slice(1)));
if (linked) { openNode(linked.at); centre(linked.at); }
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "true"; });
network.redraw();
