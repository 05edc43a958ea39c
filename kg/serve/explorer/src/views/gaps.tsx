// Gaps: well-known things of two types that no paper names together.

import { useRef } from "preact/hooks";
import { Answer, Empty } from "../parts/answer";
import { Heading } from "../parts/frame";
import { ThingLink } from "../parts/names";
import { Tools } from "../parts/tools";
import { KINDS, STYLES } from "../palette";
import { href, setQuery, usePlace } from "../router";
import { standalone } from "../save";
import type { Gaps, Kind } from "../types";
import { capital, count, name, short } from "../words";

export function GapsView() {
  const { query } = usePlace();
  const rows = (query.get("rows") ?? "METHOD") as Kind;
  const columns = (query.get("columns") ?? "TASK") as Kind;
  const choose = (what: "rows" | "columns", value: Kind) => (
    <label>
      {capital(what)}{" "}
      <select value={value} onChange={(event) => setQuery({ [what]: event.currentTarget.value })}>
        {KINDS.map((kind) => (
          <option value={kind}>{kind === "METHOD" ? "Methods and architectures" : STYLES[kind].plural}</option>
        ))}
      </select>
    </label>
  );
  return (
    <article class="page">
      <Heading title="Gaps">Gaps</Heading>
      <p class="lead">Well-known things that no paper here names together: what has not been tried, or not been told.</p>
      <div class="form">
        {choose("rows", rows)}
        {choose("columns", columns)}
      </div>
      <Answer<Gaps> path={`/api/gaps?${new URLSearchParams({ rows, columns })}`} what="gaps">
        {(found) => <Shown found={found} />}
      </Answer>
    </article>
  );
}

function Shown({ found }: { found: Gaps }) {
  const chart = useRef<SVGSVGElement>(null);
  if (!found.rows.length || !found.columns.length)
    return (
      <Empty title="Nothing of that type">
        <p>This graph has none of one of these types. Choose others above.</p>
      </Empty>
    );
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Papers that name both">
        <Heat found={found} hold={chart} />
      </div>
      <p class="soft">A darker cell means more papers that name both; a ring is a gap. Below, the likeliest gaps first.</p>
      <div class="wide-table" tabIndex={0} role="region" aria-label="Gaps">
        <table>
          <thead>
            <tr>
              <th>This</th>
              <th>and this</th>
              <th class="num">Papers expected</th>
              <th class="num">Things between</th>
              <th>
                <span class="sr">Look</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.gaps.slice(0, 30).map((gap) => (
              <tr>
                <td>
                  <ThingLink thing={gap.row} papers />
                </td>
                <td>
                  <ThingLink thing={gap.column} papers />
                </td>
                <td class="num">{gap.expected}</td>
                <td class="num">{gap.between}</td>
                <td>
                  <a href={href(`/view/paths?from=${name(gap.row.id)}&to=${name(gap.column.id)}`)}>
                    What connects them<span class="sr">: {`${gap.row.label} and ${gap.column.label}`}</span>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">{count(found.total, "pair")} of the best known meet nowhere.</p>
      <Tools
        name="gaps"
        sparql={found.sparql}
        columns={["row", "column", "papers of row", "papers of column", "expected", "between"]}
        rows={() => found.gaps.map((g) => [g.row.label, g.column.label, g.row.papers, g.column.papers, g.expected, g.between])}
        svg={() => (chart.current ? standalone(chart.current) : null)}
      />
    </>
  );
}

function Heat({ found, hold }: { found: Gaps; hold: { current: SVGSVGElement | null } }) {
  const [left, top, cell] = [230, 150, 26];
  const most = Math.max(1, ...found.cells.flat());
  const width = left + found.columns.length * cell + 90;
  return (
    <svg ref={hold} class="heat" width={width} height={top + found.rows.length * cell + 6} viewBox={`0 0 ${width} ${top + found.rows.length * cell + 6}`} role="img" aria-label="Papers that name both; the table below lists the gaps">
      {found.columns.map((column, c) => (
        <text transform={`translate(${left + (c + 0.6) * cell} ${top - 8}) rotate(-50)`} class="ink">
          {short(column.label, 24)}
        </text>
      ))}
      {found.rows.map((row, r) => (
        <>
          <text x={left - 8} y={top + (r + 0.68) * cell} text-anchor="end" class="ink">
            {short(row.label, 32)}
          </text>
          {found.columns.map((column, c) => {
            const papers = found.cells[r]![c]!;
            const [x, y] = [left + c * cell, top + r * cell];
            return (
              <g>
                <title>{`${row.label} and ${column.label}: ${count(papers, "paper")}`}</title>
                <rect x={x + 1} y={y + 1} width={cell - 2} height={cell - 2} rx="3" class="cell" fill-opacity={papers ? 0.25 + (0.75 * papers) / most : 0.05} />
                {papers === 0 && row.id !== column.id && <circle cx={x + cell / 2} cy={y + cell / 2} r="4.5" class="ring" />}
                {papers > 0 && (
                  <text x={x + cell / 2} y={y + cell / 2 + 4} text-anchor="middle" class={papers > most * 0.45 ? "on" : "ink"}>
                    {papers}
                  </text>
                )}
              </g>
            );
          })}
        </>
      ))}
    </svg>
  );
}
