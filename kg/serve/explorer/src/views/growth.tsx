// How the use of things grew by year: papers a year that name each, or their share of that year's papers.

import { useRef, useState } from "preact/hooks";
import { Answer, Empty } from "../parts/answer";
import { Heading } from "../parts/frame";
import { ThingLink } from "../parts/names";
import { Picker } from "../parts/picker";
import { Tools } from "../parts/tools";
import { setQuery, usePlace } from "../router";
import { standalone } from "../save";
import type { Growth } from "../types";
import { count } from "../words";

const LINES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8a6d00", "#6b7280"];
const MARKS = ["circle", "square", "triangle", "diamond"];

export function GrowthView() {
  const things = usePlace().query.getAll("thing");
  const [share, setShare] = useState(false);
  const chart = useRef<SVGSVGElement>(null);
  const query = new URLSearchParams(things.map((thing) => ["thing", thing]));
  return (
    <article class="page">
      <Heading title="Growth">Growth</Heading>
      <div class="form">
        <Picker label="Add a thing" only="things" placeholder="any name" onChoose={(c) => "thing" in c && setQuery({ thing: [...things, c.thing.id.slice(6)] }, { replace: false })} />
        <label class="check">
          <input type="checkbox" checked={share} onChange={() => setShare(!share)} /> as a share of each year’s papers
        </label>
      </div>
      <Answer<Growth> path={`/api/growth${things.length ? `?${query}` : ""}`} what="years">
        {(found) =>
          found.years.length === 0 ? (
            <Empty title="No paper has a year">
              <p>The input did not tell when these {count(found.undated, "paper")} appeared, so there is no growth to show.</p>
            </Empty>
          ) : (
            <>
              {!things.length && <p class="soft">These are the methods that most papers name; add others above.</p>}
              <Lines found={found} share={share} hold={chart} />
              <ul class="chips">
                {found.lines.map((line, i) => (
                  <li class="chip">
                    <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
                      <line x1="0" y1="5" x2="22" y2="5" stroke={LINES[i]} stroke-width="2.5" />
                      <Point mark={MARKS[i % 4]!} x={11} y={5} colour={LINES[i]!} />
                    </svg>
                    <ThingLink thing={line.thing} />
                    {things.length > 0 && (
                      <button class="plain" aria-label={`Remove ${line.thing.label}`} onClick={() => setQuery({ thing: things.filter((t) => `thing/${t}` !== line.thing.id && t !== line.thing.id) })}>
                        ×
                      </button>
                    )}
                  </li>
                ))}
              </ul>
              {found.undated > 0 && <p class="soft">{count(found.undated, "paper")} without a year are not in the picture.</p>}
              <details>
                <summary>As a table</summary>
                <div class="wide-table" tabIndex={0} role="region" aria-label="Papers by year">
                  <table>
                    <thead>
                      <tr>
                        <th>Year</th>
                        {found.lines.map((line) => (
                          <th class="num">{line.thing.label}</th>
                        ))}
                        <th class="num">All papers</th>
                      </tr>
                    </thead>
                    <tbody>
                      {found.years.map((year, i) => (
                        <tr>
                          <td>{year}</td>
                          {found.lines.map((line) => (
                            <td class="num">{line.papers[i]}</td>
                          ))}
                          <td class="num">{found.totals[i]}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
              <Tools
                name="growth"
                sparql={found.sparql}
                columns={["year", ...found.lines.map((line) => line.thing.label), "all papers"]}
                rows={() => found.years.map((year, i) => [year, ...found.lines.map((line) => line.papers[i]!), found.totals[i]!])}
                svg={() => (chart.current ? standalone(chart.current) : null)}
              />
            </>
          )
        }
      </Answer>
    </article>
  );
}

function Point({ mark, x, y, colour }: { mark: string; x: number; y: number; colour: string }) {
  if (mark === "square") return <rect x={x - 3.5} y={y - 3.5} width="7" height="7" fill={colour} />;
  if (mark === "triangle") return <polygon points={`${x},${y - 4.5} ${x + 4},${y + 3.5} ${x - 4},${y + 3.5}`} fill={colour} />;
  if (mark === "diamond") return <polygon points={`${x},${y - 5} ${x + 5},${y} ${x},${y + 5} ${x - 5},${y}`} fill={colour} />;
  return <circle cx={x} cy={y} r="4" fill={colour} />;
}

function Lines({ found, share, hold }: { found: Growth; share: boolean; hold: { current: SVGSVGElement | null } }) {
  const [width, height, left, bottom] = [760, 320, 48, 34];
  const values = found.lines.map((line) => line.papers.map((k, i) => (share ? (found.totals[i] ? (100 * k) / found.totals[i]! : 0) : k)));
  const most = Math.max(1, ...values.flat());
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(share ? 0.1 : 1, [1, 2, 5, 10].map((k) => k * power).find((k) => k >= raw)!);
  const top = Math.ceil(most / step) * step;
  const x = (i: number): number => left + (found.years.length === 1 ? 0.5 : i / (found.years.length - 1)) * (width - left - 20);
  const y = (v: number): number => height - bottom - (v / top) * (height - bottom - 16);
  const every = Math.ceil(found.years.length / 14);
  return (
    <svg ref={hold} class="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Papers by year: ${found.lines.map((l) => l.thing.label).join(", ")}`}>
      {Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).map((tick) => (
        <>
          <line x1={left} x2={width - 20} y1={y(tick)} y2={y(tick)} class="grid" />
          <text x={left - 8} y={y(tick) + 4} text-anchor="end">
            {Math.round(tick * 10) / 10}
            {share ? " %" : ""}
          </text>
        </>
      ))}
      {found.years.map(
        (year, i) =>
          i % every === 0 && (
            <text x={x(i)} y={height - 12} text-anchor="middle">
              {year}
            </text>
          ),
      )}
      {values.map((line, n) => (
        <>
          <polyline points={line.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(" ")} fill="none" stroke={LINES[n]} stroke-width="2.5" stroke-linejoin="round" />
          {line.map((v, i) => (
            <g>
              <title>{`${found.lines[n]!.thing.label}, ${found.years[i]}: ${Math.round(v * 10) / 10}${share ? " %" : ""}`}</title>
              <Point mark={MARKS[n % 4]!} x={x(i)} y={y(v)} colour={LINES[n]!} />
            </g>
          ))}
        </>
      ))}
    </svg>
  );
}
