// Builds the front end into ../assets: explorer.js and .css (served), single.js (for the one-file page), and the
// editor, which is YASGUI. The output is committed, because the wheel ships it; a test builds again and compares.
import { build } from "esbuild";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const out = process.argv[2] ?? new URL("../assets/", import.meta.url).pathname;
const common = {
  bundle: true,
  minify: true,
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

await build({ ...common, entryPoints: ["src/explorer.tsx"], outfile: `${out}explorer.js`, format: "esm" });
await build({ ...common, entryPoints: ["src/single.tsx"], outfile: `${out}single.js`, format: "iife" });
await build({ ...common, entryPoints: ["src/editor.tsx"], outfile: `${out}editor.js`, format: "esm" });
await build({ ...common, entryPoints: ["src/explorer.css"], outfile: `${out}explorer.css` });
copyFileSync("node_modules/@zazuko/yasgui/build/yasgui.min.js", `${out}yasgui.js`);
copyFileSync("node_modules/@zazuko/yasgui/build/yasgui.min.css", `${out}yasgui.css`);

// The notices of all that is shipped: what the two packages bring with them, each with its licence.
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const notices = Object.entries(packages)
  .filter(([place, told]) => place && !told.dev && !told.optional && existsSync(place))
  .map(([place]) => {
    const about = JSON.parse(readFileSync(`${place}/package.json`, "utf8"));
    const file = readdirSync(place).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
    const text = file ? `\n${readFileSync(`${place}/${file}`, "utf8").replace(/\r/g, "").trim()}\n` : "";
    return `${about.name} ${about.version}, ${about.license ?? "see its package"}\n${text}`;
  });
writeFileSync(`${out}notices.txt`, notices.sort().join(`\n${"-".repeat(80)}\n\n`));
