"use strict";

/* What the page is about, and the few functions that all parts share. Text is only ever put in as text. */
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const styles = new Map(data.legend.map((style) => [style.name, style]));
const relations = new Map(data.relations.map((relation) => [relation.name, relation]));

data.nodes.forEach((node, at) => { node.at = at; node.links = []; });
data.edges.forEach((edge, at) => {
  edge.at = at;
  edge.from = data.picture.edges[at].from;
  edge.to = data.picture.edges[at].to;
  data.nodes[edge.from].links.push(edge);
  if (edge.to !== edge.from) data.nodes[edge.to].links.push(edge);
});

function make(tag, fields, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(fields || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "type-colour") made.style.setProperty("--type", value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

const SHAPES = {
  dot: "M8 2a6 6 0 1 0 .01 0z",
  square: "M2.5 2.5h11v11h-11z",
  triangle: "M8 1.5 15 14H1z",
  triangleDown: "M8 14.5 1 2h14z",
  diamond: "M8 1 15 8 8 15 1 8z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
  star: "M8 .8l2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12.1l-4.6 2.8 1.2-5.2-4-3.5 5.3-.5z",
};

function swatch(type) {
  const style = styles.get(type);
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("class", "swatch");
  picture.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", SHAPES[style.shape]);
  shape.setAttribute("fill", style.colour);
  shape.setAttribute("stroke", style.border);
  picture.append(shape);
  return picture;
}

const counted = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many || one + "s"}`;
const years = (about) =>
  about.first === undefined ? "" : about.first === about.last ? String(about.first) : `${about.first}–${about.last}`;
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
