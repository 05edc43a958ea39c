// Builds the front end into ../assets: explorer.js and .css (served), single.js (for the one-file page), and the
// editor, which is YASGUI. The output is committed, because the wheel ships it; a test builds again and compares.
import { build } from "esbuild";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

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

const notices = ["preact", "@zazuko/yasgui"].map((name) => {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${about.name} ${about.version}, ${about.license}\n`;
});
writeFileSync(`${out}notices.txt`, notices.join(""));
