// What a set of papers has in common.

import { useRef } from "preact/hooks";
import { Answer, Empty, useAnswer } from "../parts/answer";
import { Heading } from "../parts/frame";
import { PaperLink, ThingLink } from "../parts/names";
import { Picker } from "../parts/picker";
import { Tools } from "../parts/tools";
import { STYLES } from "../palette";
import { href, setQuery, usePlace } from "../router";
import { standalone } from "../save";
import type { About, Common } from "../types";
import { count, name, reads, short } from "../words";

export function CommonView() {
  const papers = usePlace().query.getAll("paper");
  const query = new URLSearchParams(papers.map((paper) => ["paper", paper]));
  return (
    <article class="page">
      <Heading title="Common ground">Common ground</Heading>
      <div class="form">
        <Picker label="Add a paper" only="papers" placeholder="words of its title" onChoose={(c) => "paper" in c && setQuery({ paper: [...papers, c.paper.node.slice(6)] }, { replace: false })} />
      </div>
      {papers.length ? (
        <Answer<Common> path={`/api/common?${query}`} what="common ground">
          {(found) => <Shown found={found} chosen={papers} />}
        </Answer>
      ) : (
        <Start />
      )}
    </article>
  );
}

function Start() {
  const { answer } = useAnswer<About>("/api/about");
  const some = answer?.papers.slice(0, 4) ?? [];
  return (
    <Empty title="Choose some papers">
      <p>Add two or more by words of their titles. You will see which things several of them name, the rarest first.</p>
      {some.length > 1 && (
        <p>
          <a class="button" href={href(`/view/common?${some.map((paper) => `paper=${name(paper.node)}`).join("&")}`)}>
            Try it with four papers of this graph
          </a>
        </p>
      )}
    </Empty>
  );
}

function Shown({ found, chosen }: { found: Common; chosen: string[] }) {
  const chart = useRef<SVGSVGElement>(null);
  return (
    <>
      <ol class="numbered">
        {found.papers.map((paper, i) => (
          <li>
            <PaperLink paper={paper} />{" "}
            <button class="plain" aria-label={`Remove ${paper.title}`} onClick={() => setQuery({ paper: chosen.filter((_, k) => k !== i) })}>
              ×
            </button>
          </li>
        ))}
      </ol>
      {found.papers.length < 2 && <p class="soft">One more paper, and there is something to compare.</p>}
      {found.papers.length > 1 && found.things.length === 0 && (
        <Empty title="Nothing in common">
          <p>No thing is named by two of these papers. Look for a way between two of their things instead.</p>
          <p>
            <a class="button" href={href("/view/paths")}>
              What connects two things
            </a>
          </p>
        </Empty>
      )}
      {found.things.length > 0 && (
        <>
          <Matrix found={found} hold={chart} />
          <div class="wide-table" tabIndex={0} role="region" aria-label="Things in common">
            <table>
              <thead>
                <tr>
                  <th>Thing</th>
                  <th>Type</th>
                  <th class="num">In these</th>
                  <th class="num">In all papers</th>
                  <th class="num">Times as usual</th>
                </tr>
              </thead>
              <tbody>
                {found.things.map((item) => (
                  <tr>
                    <td>
                      <ThingLink thing={item.thing} />
                    </td>
                    <td>{STYLES[item.thing.type].name}</td>
                    <td class="num">
                      {item.in} of {found.papers.length}
                    </td>
                    <td class="num">{item.thing.papers}</td>
                    <td class="num">{item.lift ?? "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {found.facts.length > 0 && (
        <section>
          <h2>Facts that several state</h2>
          <ul class="items">
            {found.facts.map((fact) => (
              <li class="item">
                <div class="line">
                  <ThingLink thing={fact.subject} />
                  <span class="verb">{reads(fact.predicate)}</span>
                  <ThingLink thing={fact.object} />
                  <span class="soft">{count(fact.in, "paper")}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Tools
        name="common ground"
        sparql={found.sparql}
        columns={["thing", "id", "type", "in these", "in all", "lift"]}
        rows={() => found.things.map((t) => [t.thing.label, t.thing.id, t.thing.type, t.in, t.thing.papers, t.lift])}
        svg={found.things.length ? () => (chart.current ? standalone(chart.current) : null) : undefined}
      />
    </>
  );
}

function Matrix({ found, hold }: { found: Common; hold: { current: SVGSVGElement | null } }) {
  const things = found.things.slice(0, 30);
  const left = 250;
  const step = Math.min(34, 420 / found.papers.length);
  return (
    <svg ref={hold} class="chart" width={left + found.papers.length * step + 20} height={things.length * 22 + 30} viewBox={`0 0 ${left + found.papers.length * step + 20} ${things.length * 22 + 30}`} role="img" aria-label="Which paper names which thing; the table below says the same">
      {found.papers.map((paper, i) => (
        <text x={left + (i + 0.5) * step} y="16" text-anchor="middle">
          {i + 1}
          <title>{paper.title}</title>
        </text>
      ))}
      {things.map((item, row) => (
        <>
          <text x={left - 10} y={row * 22 + 41} text-anchor="end" class="ink">
            {short(item.thing.label, 34)}
          </text>
          <line x1={left} x2={left + found.papers.length * step} y1={row * 22 + 37} y2={row * 22 + 37} class="grid" />
          {item.which.map((i) => (
            <circle cx={left + (i + 0.5) * step} cy={row * 22 + 37} r="6" fill={STYLES[item.thing.type].colour} />
          ))}
        </>
      ))}
    </svg>
  );
}
