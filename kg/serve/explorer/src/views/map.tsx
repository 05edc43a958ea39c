// The whole as communities with names: the map. Zoom in for things, click a community to read what is in it.

import { useMemo, useRef, useState } from "preact/hooks";
import { Answer, Empty } from "../parts/answer";
import { Heading } from "../parts/frame";
import { Mark, ThingLink } from "../parts/names";
import { Tools } from "../parts/tools";
import { KINDS, STYLES } from "../palette";
import { Board } from "../picture/board";
import type { Picture } from "../picture/picture";
import type { Scene } from "../picture/scene";
import { go, setQuery, usePlace } from "../router";
import type { CommunityPage, Overview, Placed } from "../types";
import { count, name, number, reads, relationNames } from "../words";
import { type Filter, Filters, openFilter, passes } from "./filters";

export function MapView() {
  return (
    <article class="page full">
      <Heading title="Map">Map</Heading>
      <Answer<Overview> path="/api/overview" what="the map">
        {(overview) =>
          overview.communities.length ? (
            <Shown overview={overview} />
          ) : (
            <Empty title="No communities yet">
              <p>Too few things are linked to one another. Add more papers with kg build, or search for a thing above.</p>
            </Empty>
          )
        }
      </Answer>
    </article>
  );
}

const radius = (papers: number): number => Math.min(26, 3.5 + 2.6 * Math.sqrt(papers));

function toScene(overview: Overview): Scene {
  const discs = overview.communities.map((c) => ({
    id: `community ${c.n}`,
    label: c.name,
    x: c.x,
    y: c.y,
    r: c.r,
    kind: "DISC" as const,
    weight: c.size,
  }));
  const nodes = overview.nodes.map((thing: Placed) => ({
    id: thing.id,
    label: thing.label,
    x: thing.x,
    y: thing.y,
    r: radius(thing.papers),
    kind: thing.type,
    weight: thing.papers,
  }));
  const first = discs.length;
  const edges = overview.edges.map(([a, b, predicate, papers]) => ({
    a: a + first,
    b: b + first,
    predicate,
    papers,
    label: reads(predicate),
  }));
  return { nodes: [...discs, ...nodes], edges };
}

function Shown({ overview }: { overview: Overview }) {
  const asked = usePlace().query.get("community");
  const scene = useMemo(() => toScene(overview), [overview]);
  const [filter, setFilter] = useState<Filter>(() => openFilter(relationNames()));
  const picture = useRef<Picture | null>(null);
  const discs = overview.communities.length;
  const opened = overview.communities.find((c) => String(c.n) === asked);
  const chosen = opened ? overview.communities.indexOf(opened) : null;
  return (
    <div class="split">
      <Board
        scene={scene}
        label={`Map of ${count(overview.communities.length, "community", "communities")} and ${number(overview.nodes.length)} things`}
        fitKey={`map ${asked ?? ""}`}
        tall
        look={{ faintEdges: true }}
        chosen={chosen}
        hold={picture}
        hideNode={(i) => i >= discs && !filter.types.has(scene.nodes[i]!.kind as never)}
        hideEdge={(i) => {
          const [, , p, , score, first, last] = overview.edges[i]!;
          return !passes(filter, { p, score, first, last });
        }}
        onChoose={(i) => {
          if (i === null) return;
          if (i < discs) setQuery({ community: String(overview.communities[i]!.n) }, { replace: false });
        }}
        onOpen={(i) => i >= discs && go(`/thing/${name(scene.nodes[i]!.id)}`)}
      />
      <aside class="panel">
        {opened ? (
          <>
            <p>
              <button class="plain" onClick={() => setQuery({ community: null })}>
                ‹ All communities
              </button>
            </p>
            <h2>{opened.name}</h2>
            <p class="soft">
              {count(opened.size, "thing")}:{" "}
              {KINDS.filter((kind) => opened.types[kind]).map((kind) => (
                <span class="nowrap">
                  <Mark type={kind} /> {opened.types[kind]}{" "}
                </span>
              ))}
            </p>
            <Members n={opened.n} />
          </>
        ) : (
          <>
            <p class="soft">
              {number(overview.nodes.length)} of {count(overview.things, "thing")}, those that most papers name. Double click a thing for its page.
            </p>
            <ol class="plainlist communities">
              {overview.communities.slice(0, 40).map((c) => (
                <li>
                  <button class="plain" onClick={() => setQuery({ community: String(c.n) }, { replace: false })}>
                    {c.name} <span class="soft">{number(c.size)}</span>
                  </button>
                </li>
              ))}
            </ol>
          </>
        )}
        <p class="legend">
          {KINDS.map((kind) => (
            <span>
              <Mark type={kind} /> {STYLES[kind].plural}
            </span>
          ))}
        </p>
        <Filters filter={filter} relations={relationNames()} years={null} onChange={setFilter} />
        <Tools
          name="map"
          sparql={overview.sparql}
          columns={["thing", "id", "type", "papers", "community", "x", "y"]}
          rows={() => overview.nodes.map((n) => [n.label, n.id, n.type, n.papers, overview.communities.find((c) => c.n === n.community)?.name, n.x, n.y])}
          svg={() => picture.current?.svg("Map of the graph") ?? null}
        />
      </aside>
    </div>
  );
}

function Members({ n }: { n: number }) {
  const [all, setAll] = useState(false);
  return (
    <Answer<CommunityPage> path={`/api/community/${n}`} what="its things">
      {(page) => (
        <>
          <ul class="plainlist">
            {page.nodes.slice(0, all ? undefined : 20).map((thing) => (
              <li>
                <ThingLink thing={thing} papers />
              </li>
            ))}
          </ul>
          {!all && page.nodes.length > 20 && <button onClick={() => setAll(true)}>Show {page.nodes.length - 20} more</button>}
        </>
      )}
    </Answer>
  );
}
