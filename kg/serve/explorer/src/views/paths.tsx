// What connects two things: ways between them, each step with its sentence.

import { useRef } from "preact/hooks";
import { Answer, Empty, useLabel } from "../parts/answer";
import { Heading } from "../parts/frame";
import { EvidenceItem, Sure, ThingLink } from "../parts/names";
import { Picker } from "../parts/picker";
import { Tools } from "../parts/tools";
import { outline, STYLES } from "../palette";
import { setQuery, usePlace } from "../router";
import { standalone } from "../save";
import type { Paths, Step, Thing } from "../types";
import { backed, count, reads, short } from "../words";

export function PathsView() {
  const { query } = usePlace();
  const [from, to] = [query.get("from"), query.get("to")];
  const labels = [useLabel(from), useLabel(to)];
  const asked = from && to ? `/api/paths?${new URLSearchParams({ from, to })}` : null;
  return (
    <article class="page">
      <Heading title="What connects two things">What connects two things</Heading>
      <div class="form">
        <Picker label="From" only="things" placeholder="any name" value={labels[0]} onChoose={(c) => "thing" in c && setQuery({ from: c.thing.id.slice(6) }, { replace: false })} />
        <Picker label="To" only="things" placeholder="any name" value={labels[1]} onChoose={(c) => "thing" in c && setQuery({ to: c.thing.id.slice(6) }, { replace: false })} />
      </div>
      {asked ? (
        <Answer<Paths> path={asked} what="ways between them">
          {(found) => <Shown found={found} />}
        </Answer>
      ) : (
        <Empty title={from || to ? "And the other one?" : "Choose two things"}>
          <p>Type any of their names above. You will see the shortest ways between them, and the sentence behind every step.</p>
        </Empty>
      )}
    </article>
  );
}

function Shown({ found }: { found: Paths }) {
  const chart = useRef<SVGSVGElement>(null);
  const nothing = found.paths.length === 0 && found.together.total === 0;
  return (
    <>
      <p class="lead">
        <ThingLink thing={found.from} /> and <ThingLink thing={found.to} />:{" "}
        {found.paths.length
          ? `${count(found.paths.length, "way")} of ${count(found.paths[0]!.length, "step")}${found.paths.at(-1)!.length > found.paths[0]!.length ? " and more" : ""}`
          : "no way of up to four steps"}
        {found.together.total > 0 && `; named together in ${count(found.together.total, "paper")}`}.
      </p>
      {nothing && (
        <Empty title="They meet nowhere">
          <p>No chain of up to four facts joins them, and no paper names both. That may be a gap worth a look.</p>
        </Empty>
      )}
      {found.paths.length > 0 && <Ways found={found} hold={chart} />}
      {found.paths.map((way, i) => (
        <section>
          <h2>
            Way {i + 1} <span class="soft">{count(way.length, "step")}</span>
          </h2>
          <ol class="steps">
            {way.map((step) => (
              <li>
                <div class="line">
                  <ThingLink thing={step.subject} />
                  <span class="verb">{reads(step.predicate)}</span>
                  <ThingLink thing={step.object} />
                  <Sure score={step.score} />
                  <span class="soft">{backed(step.papers)}</span>
                </div>
                <ul class="evidences">
                  {step.evidence.map((item) => (
                    <EvidenceItem item={item} strong={[step.subject.id, step.object.id]} />
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {found.together.total > 0 && (
        <section>
          <h2>
            Named together <span class="soft">{count(found.together.total, "paper")}</span>
          </h2>
          <ul class="evidences">
            {found.together.items.map((item) => (
              <EvidenceItem item={item} strong={[found.from.id, found.to.id]} />
            ))}
          </ul>
        </section>
      )}
      <Tools
        name={`${found.from.label} to ${found.to.label}`}
        sparql={found.sparql}
        columns={["way", "step", "subject", "relation", "object", "papers", "confidence"]}
        rows={() => found.paths.flatMap((way, i) => way.map((s, k) => [i + 1, k + 1, s.subject.label, s.predicate, s.object.label, s.papers, s.score]))}
        svg={found.paths.length ? () => (chart.current ? standalone(chart.current) : null) : undefined}
      />
    </>
  );
}

function Ways({ found, hold }: { found: Paths; hold: { current: SVGSVGElement | null } }) {
  const row = 58;
  const wide = 880;
  const chain = (way: Step[]): Thing[] => [found.from, ...way.map((step) => (step.forward ? step.object : step.subject))];
  return (
    <svg ref={hold} class="chart" width={wide} height={found.paths.length * row} viewBox={`0 0 ${wide} ${found.paths.length * row}`} role="img" aria-label={found.paths.map((way) => chain(way).map((t) => t.label).join(", ")).join("; ")}>
      {found.paths.map((way, r) => {
        const things = chain(way);
        const gap = (wide - 160) / (things.length - 1);
        const y = r * row + 22;
        return (
          <>
            {way.map((step, i) => (
              <>
                <line x1={80 + i * gap + 10} x2={80 + (i + 1) * gap - 10} y1={y} y2={y} class="grid strong" />
                <text x={80 + (i + 0.5) * gap} y={y - 7} text-anchor="middle">
                  {step.forward ? `${reads(step.predicate)} →` : `← ${reads(step.predicate)}`}
                </text>
              </>
            ))}
            {things.map((thing, i) => {
              const points = outline(STYLES[thing.type].shape, 7);
              const x = 80 + i * gap;
              const colour = STYLES[thing.type].colour;
              return (
                <>
                  {points ? <polygon points={points.map(([dx, dy]) => `${x + dx},${y + dy}`).join(" ")} fill={colour} /> : <circle cx={x} cy={y} r="7" fill={colour} />}
                  <text x={x} y={y + 24} text-anchor="middle" class="ink">
                    {short(thing.label, Math.floor(gap / 8))}
                  </text>
                </>
              );
            })}
          </>
        );
      })}
    </svg>
  );
}
