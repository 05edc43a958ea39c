// What papers report on a dataset: a table a measure, best first, and the comparisons beside.

import { useRef } from "preact/hooks";
import { Answer, Empty, useLabel } from "../parts/answer";
import { Heading } from "../parts/frame";
import { Marked, PaperLink, SlotText, Sure, ThingLink } from "../parts/names";
import { Picker } from "../parts/picker";
import { Tools } from "../parts/tools";
import { CLAIM_COLUMNS, claimRows } from "../pages/paper";
import { go, href, setQuery, usePlace } from "../router";
import { standalone } from "../save";
import type { Claim, Leaderboard, Leaderboards } from "../types";
import { capital, count, name, short } from "../words";

export function LeaderboardView() {
  const { query } = usePlace();
  const dataset = query.get("dataset");
  const task = query.get("task");
  const label = useLabel(dataset);
  return (
    <article class="page">
      <Heading title="Leaderboards">Leaderboards</Heading>
      <div class="form">
        <Picker label="Dataset" only="things" value={label} placeholder="a dataset, by any name" onChoose={(c) => "thing" in c && go(`/view/leaderboard?dataset=${name(c.thing.id)}`)} />
      </div>
      {dataset ? <Boards dataset={dataset} task={task} /> : <Choose />}
    </article>
  );
}

function Choose() {
  return (
    <Answer<Leaderboards> path="/api/leaderboards" what="leaderboards">
      {(boards) =>
        boards.items.length ? (
          <div class="wide-table" tabIndex={0} role="region" aria-label="Leaderboards">
            <table>
              <thead>
                <tr>
                  <th>Measured on</th>
                  <th class="num">Results and comparisons</th>
                  <th class="num">Papers</th>
                  <th>Tasks</th>
                </tr>
              </thead>
              <tbody>
                {boards.items.slice(0, 60).map((item) => (
                  <tr>
                    <td>
                      <a class="thing" href={href(`/view/leaderboard?dataset=${name(item.thing.id)}`)}>
                        <bdi>{item.thing.label}</bdi>
                      </a>
                    </td>
                    <td class="num">{item.results}</td>
                    <td class="num">{item.papers}</td>
                    <td>
                      {item.tasks.map((task) => (
                        <>
                          <ThingLink thing={task} />{" "}
                        </>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Empty title="No paper reports a result on a known dataset">
            <p>Leaderboards are made of results with a dataset. More papers may bring some.</p>
          </Empty>
        )
      }
    </Answer>
  );
}

function Boards({ dataset, task }: { dataset: string; task: string | null }) {
  const query = new URLSearchParams({ dataset, ...(task ? { task } : {}) });
  return (
    <Answer<Leaderboard> path={`/api/leaderboard?${query}`} what="results">
      {(found) => {
        const all = [...found.boards.flatMap((b) => b.rows), ...found.gains, ...found.unvalued, ...found.comparisons];
        return (
          <>
            <p class="lead">
              What papers report on <ThingLink thing={found.dataset} />
              {found.task && (
                <>
                  {" "}
                  for <ThingLink thing={found.task} />
                </>
              )}
              . Each value is as its paper writes it; papers may have measured differently, so read the sentence.
            </p>
            {found.tasks.length > 0 && (
              <div class="chips" role="group" aria-label="Task">
                <button class={task ? "chip" : "chip on"} aria-pressed={!task} onClick={() => setQuery({ task: null })}>
                  All tasks
                </button>
                {found.tasks.map((one) => {
                  const on = task === one.id.slice(6) || task === one.id;
                  return (
                    <button class={on ? "chip on" : "chip"} aria-pressed={on} onClick={() => setQuery({ task: one.id.slice(6) })}>
                      <bdi>{one.label}</bdi>
                    </button>
                  );
                })}
              </div>
            )}
            {all.length === 0 && (
              <Empty title="Nothing is reported here">
                <p>No result or comparison names this as what was measured on. Try another task, or all of them.</p>
              </Empty>
            )}
            {found.boards.map((board) => (
              <Board board={board} dataset={found.dataset.label} />
            ))}
            <Plain title="Better than" claims={found.comparisons} compare />
            <Plain title="Gains" claims={found.gains} />
            <Plain title="Reported without a value" claims={found.unvalued} />
            <Tools name={`leaderboard ${found.dataset.label}`} sparql={found.sparql} columns={["paper", "year", ...CLAIM_COLUMNS]} rows={() => claimRows(all).map((row, i) => [all[i]!.paper?.title, all[i]!.paper?.year, ...row])} />
          </>
        );
      }}
    </Answer>
  );
}

function Board({ board, dataset }: { board: Leaderboard["boards"][0]; dataset: string }) {
  const chart = useRef<SVGSVGElement>(null);
  const measured = board.rows.filter((row) => row.quantity?.low !== null && row.quantity?.low !== undefined);
  const metric = board.metric || "No measure named";
  return (
    <section>
      <h2>
        {capital(metric)} <span class="soft">{board.lower_is_better ? "lower is better" : "higher is better"}</span>
      </h2>
      {measured.length > 1 && <Chart rows={measured} hold={chart} label={`${metric} on ${dataset}`} />}
      <div class="wide-table" tabIndex={0} role="region" aria-label={`${metric} on ${dataset}`}>
        <table>
          <thead>
            <tr>
              <th class="num">Place</th>
              <th>Method</th>
              <th class="num">Value</th>
              <th>Paper and sentence</th>
              <th>Sure</th>
            </tr>
          </thead>
          <tbody>
            {board.rows.map((row, i) => (
              <tr>
                <td class="num">{measured.includes(row) ? i + 1 : "–"}</td>
                <td>
                  <SlotText slot={row.subject} />
                </td>
                <td class="num value">{row.value}</td>
                <td>
                  <Why claim={row} />
                </td>
                <td>
                  <Sure score={row.score} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {measured.length > 1 && (
        <Tools name={`${metric} on ${dataset}`} svg={() => (chart.current ? standalone(chart.current) : null)} columns={["method", "value", "paper", "year"]} rows={() => board.rows.map((row) => [row.subject?.text, row.value, row.paper?.title, row.paper?.year])} />
      )}
    </section>
  );
}

function Why({ claim }: { claim: Claim }) {
  return (
    <details>
      <summary>{claim.paper && <PaperSummary claim={claim} />}</summary>
      <blockquote>
        <Marked segments={claim.segments} />
      </blockquote>
      {claim.paper && <PaperLink paper={claim.paper} />}
    </details>
  );
}

function PaperSummary({ claim }: { claim: Claim }) {
  return (
    <>
      <bdi>{short(claim.paper!.title, 60)}</bdi> {claim.paper!.year && <span class="soft">{claim.paper!.year}</span>}
    </>
  );
}

function Chart({ rows, hold, label }: { rows: Claim[]; hold: { current: SVGSVGElement | null }; label: string }) {
  const values = rows.map((row) => row.quantity!.high ?? row.quantity!.low!);
  const most = Math.max(...values.map(Math.abs), 1e-9);
  return (
    <svg ref={hold} class="chart" width="640" height={rows.length * 26 + 6} viewBox={`0 0 640 ${rows.length * 26 + 6}`} role="img" aria-label={label}>
      {rows.map((row, i) => (
        <>
          <text x="190" y={i * 26 + 18} text-anchor="end" class="ink">
            {short(row.subject?.text ?? "unnamed", 28)}
          </text>
          <rect x="200" y={i * 26 + 5} width={Math.max(2, (330 * Math.abs(values[i]!)) / most)} height="17" rx="2" class="bar" />
          <text x={208 + (330 * Math.abs(values[i]!)) / most} y={i * 26 + 18} class="ink">
            {row.value}
          </text>
        </>
      ))}
    </svg>
  );
}

function Plain({ title, claims, compare = false }: { title: string; claims: Claim[]; compare?: boolean }) {
  if (!claims.length) return null;
  return (
    <section>
      <h2>
        {title} <span class="soft">{count(claims.length, "claim")}</span>
      </h2>
      <ul class="items">
        {claims.slice(0, 40).map((claim) => (
          <li class="item">
            <div class="line">
              <SlotText slot={claim.subject} />
              <span class="verb">{claim.predicate}</span>
              {(compare || claim.object) && <SlotText slot={claim.object} />}
              {claim.metric && <span class="soft">by {claim.metric.text}</span>}
              {claim.value && <b class="value">{claim.value}</b>}
            </div>
            <Why claim={claim} />
          </li>
        ))}
      </ul>
    </section>
  );
}
