// Under every view: its SPARQL, its data, its picture, and a link that can be shared.

import { useState } from "preact/hooks";
import { type Cell, savePng, saveCsv, saveSvg } from "../save";
import { source } from "../source";

export interface Taken {
  name: string;
  sparql?: string;
  columns?: string[];
  rows?: () => Cell[][];
  svg?: () => string | null;
}

export function Tools({ name, sparql, columns, rows, svg }: Taken) {
  const [shown, setShown] = useState(false);
  const [told, setTold] = useState("");
  const tell = (text: string): void => {
    setTold(text);
    setTimeout(() => setTold(""), 4000);
  };
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      tell(`${what} copied`);
    } catch {
      tell(`${what}: ${text}`);
    }
  };
  const picture = (use: (svg: string) => unknown): void => {
    const drawn = svg?.();
    if (drawn) use(drawn);
    else tell("There is no picture yet");
  };
  return (
    <div class="tools">
      <div class="row" role="group" aria-label="Take this along">
        <button onClick={() => void copy(location.href, "Link")}>Copy link</button>
        {columns && rows && <button onClick={() => saveCsv(name, columns, rows())}>CSV</button>}
        {svg && <button onClick={() => picture((text) => saveSvg(name, text))}>SVG</button>}
        {svg && <button onClick={() => picture((text) => void savePng(name, text))}>PNG</button>}
        {sparql && (
          <button aria-expanded={shown} onClick={() => setShown(!shown)}>
            SPARQL
          </button>
        )}
        <span class="soft" role="status">
          {told}
        </span>
      </div>
      {shown && sparql && (
        <div class="sparql">
          <pre tabIndex={0} aria-label="The SPARQL behind this view">
            {sparql}
          </pre>
          <div class="row">
            <button onClick={() => void copy(sparql, "Query")}>Copy query</button>
            {source().served && (
              <a class="button" data-outside="" href={`/sparql#query=${encodeURIComponent(sparql)}`}>
                Open in the editor
              </a>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
