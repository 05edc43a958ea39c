// A neighbourhood: starts at a thing, grows by a click, bundles what is too much.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Empty, useAnswer, useLabel, Waiting, Wrong } from "../parts/answer";
import { Heading } from "../parts/frame";
import { ThingLink, TypeName } from "../parts/names";
import { Picker } from "../parts/picker";
import { Sentences } from "../parts/proof";
import { Tools } from "../parts/tools";
import { Board } from "../picture/board";
import { MindMap } from "../picture/mindmap";
import type { Picture } from "../picture/picture";
import { go, setQuery, usePlace } from "../router";
import { source } from "../source";
import type { About, Around, Link, Thing } from "../types";
import { count, name, named, reads, relationNames } from "../words";
import { type Filter, Filters, openFilter, passes } from "./filters";
import { grow, type Grown, scene, unbundle } from "./grown";

export function GraphView() {
  const at = usePlace().query.get("at");
  const label = useLabel(at);
  return (
    <article class="page full">
      <Heading title="Neighbourhood">Neighbourhood</Heading>
      <div class="form">
        <Picker label="Start at" only="things" value={label} placeholder="a thing, by any name" onChoose={(c) => "thing" in c && go(`/view/graph?at=${name(c.thing.id)}`)} />
      </div>
      {at ? <Neighbourhood id={at} key={at} /> : <Suggest />}
    </article>
  );
}

export function Suggest({ to = "/view/graph?at=", kinds = ["ARCH", "METHOD", "TASK", "DATASET"] }: { to?: string; kinds?: string[] }) {
  const { answer } = useAnswer<About>("/api/about");
  const things = kinds.flatMap((kind) => answer?.start[kind]?.slice(0, 4) ?? []);
  return (
    <Empty title="Choose a thing to begin with">
      <p>Type any of its names above, or take one of the best known here:</p>
      <ul class="chips">
        {things.map((thing) => (
          <li>
            <a class="chip" href={`${location.pathname.length && !source().served ? "#" : ""}${to}${name(thing.id)}`}>
              <TypeName type={thing.type} /> <bdi>{thing.label}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </Empty>
  );
}

function Neighbourhood({ id }: { id: string }) {
  const narrow = useMemo(() => innerWidth < 640, []);
  const path = `/api/around/${name(`thing/${id}`)}${narrow ? "?shown=2" : ""}`;
  const { answer, failure } = useAnswer<Around>(path);
  const about = useAnswer<About>("/api/about").answer;
  const more = usePlace().query.getAll("open");
  const [grown, setGrown] = useState<Grown | null>(null);
  const [version, setVersion] = useState(0);
  const [latest, setLatest] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [edge, setEdge] = useState<Link | null>(null);
  const [filter, setFilter] = useState<Filter>(() => openFilter(relationNames()));
  const picture = useRef<Picture | null>(null);

  useEffect(() => {
    if (!answer) return;
    const fresh: Grown = { map: new MindMap(answer.centre, narrow), things: new Map(), links: new Map(), bundles: new Map(), opened: new Set() };
    grow(fresh, answer);
    setGrown(fresh);
    setChosen(answer.centre);
    void (async () => {
      for (const other of more) {
        const latest = unbundle(fresh, `thing/${other}`);
        if (latest) setLatest(latest), setVersion((v) => v + 1);
        else await expand(fresh, `thing/${other}`);
      }
    })();
  }, [answer]);

  async function expand(to: Grown, thing: string): Promise<void> {
    if (to.opened.has(thing) || !to.map.get(thing)) return;
    const found = await source().get<Around>(`/api/around/${name(thing)}?shown=2`);
    grow(to, found);
    setLatest(thing);
    setVersion((v) => v + 1);
  }

  const open = async (what: string): Promise<void> => {
    if (!grown) return;
    const first = unbundle(grown, what);
    if (first) {
      setChosen(null);
      setLatest(first);
      setVersion((v) => v + 1);
      // What is left of a bundle can be opened again, so it may stand in the address more than once.
      setQuery({ open: [...more, what.replace("thing/", "")] });
      return;
    }
    setChosen(what);
    await expand(grown, what);
    if (what !== answer?.centre) setQuery({ open: [...new Set([...more, what.replace("thing/", "")])] });
  };

  const made = useMemo(() => (grown && answer ? scene(grown, answer.centre, narrow) : null), [grown, version, answer]);
  if (failure) return <Wrong failure={failure} />;
  if (!made || !answer || !grown) return <Waiting what="the neighbourhood" />;
  const { scene: drawn, ids, links } = made;

  const linked = new Set<number>();
  const hideEdge = (i: number): boolean => {
    const link = links[i];
    return link ? !passes(filter, link) : !filter.relations.has(drawn.edges[i]!.predicate);
  };
  drawn.edges.forEach((e, i) => !hideEdge(i) && linked.add(e.a).add(e.b));
  const hideNode = (i: number): boolean => {
    const node = drawn.nodes[i]!;
    if (node.id === answer.centre) return false;
    return !filter.types.has((node.of ?? node.kind) as never) || !linked.has(i);
  };
  const thing = chosen ? grown.things.get(chosen) : undefined;
  const place = ids.indexOf(chosen ?? "");

  return (
    <div class="split">
      <Board
        scene={drawn}
        label={`Neighbourhood of ${grown.things.get(answer.centre)!.label}: ${count(drawn.nodes.length, "node")}, ${count(drawn.edges.length, "link")}`}
        fitKey={`${answer.centre} ${version}`}
        readable={0.6}
        centre={Math.max(0, ids.indexOf(latest))}
        tall
        hideNode={hideNode}
        hideEdge={hideEdge}
        chosen={place < 0 ? null : place}
        hold={picture}
        onChoose={(i) => {
          setEdge(null);
          const what = i === null ? null : ids[i]!;
          if (what && grown.bundles.has(what)) void open(what);
          else setChosen(what);
        }}
        onOpen={(i) => void open(ids[i]!)}
        onEdge={(i) => (links[i] ? (setEdge(links[i]!), setChosen(null)) : void open(grown.bundles.has(ids[drawn.edges[i]!.a]!) ? ids[drawn.edges[i]!.a]! : ids[drawn.edges[i]!.b]!))}
      />
      <aside class="panel" aria-live="polite">
        {edge ? (
          <>
            <h2>
              <ThingLink thing={grown.things.get(edge.s)!} /> <span class="verb">{reads(edge.p)}</span>{" "}
              <ThingLink thing={grown.things.get(edge.o)!} />
            </h2>
            <Sentences fact={[edge.s, edge.p, edge.o]} />
          </>
        ) : thing ? (
          <>
            <p>
              <TypeName type={thing.type} />
            </p>
            <h2>
              <bdi>{thing.label}</bdi>
            </h2>
            <p class="soft">{named(thing.papers)}</p>
            <p class="actions">
              {!grown.opened.has(thing.id) && (
                <button class="strong" onClick={() => void open(thing.id)}>
                  Open its neighbours
                </button>
              )}
              <a class="button" href={`${source().served ? "" : "#"}/thing/${name(thing.id)}`}>
                Its page
              </a>
              {thing.id !== answer.centre && (
                <a class="button" href={`${source().served ? "" : "#"}/view/graph?at=${name(thing.id)}`}>
                  Start here
                </a>
              )}
            </p>
            <LinksOf id={thing.id} links={[...grown.links.values()].filter((l) => passes(filter, l))} things={grown.things} onEdge={(l) => (setEdge(l), setChosen(null))} />
          </>
        ) : (
          <p class="soft">Click a node to see what it is, twice to open its neighbours; click a line to read its sentences.</p>
        )}
        <Filters filter={filter} relations={relationNames()} years={about?.years ?? null} onChange={setFilter} />
        <Tools
          name={`neighbourhood ${grown.things.get(answer.centre)!.label}`}
          sparql={answer.sparql}
          columns={["subject", "relation", "object", "papers", "confidence", "first year", "last year"]}
          rows={() => [...grown.links.values()].map((l) => [l.s, l.p, l.o, l.papers, l.score, l.first, l.last])}
          svg={() => picture.current?.svg(`Neighbourhood of ${grown.things.get(answer.centre)!.label}`) ?? null}
        />
      </aside>
    </div>
  );
}

function LinksOf(given: { id: string; links: Link[]; things: Map<string, Thing>; onEdge: (link: Link) => void }) {
  const mine = given.links.filter((link) => link.s === given.id || link.o === given.id).slice(0, 60);
  return (
    <ul class="linklist">
      {mine.map((link) => {
        const other = given.things.get(link.s === given.id ? link.o : link.s);
        return (
          other && (
            <li>
              <button class="plain" onClick={() => given.onEdge(link)}>
                <span class="soft">{reads(link.p, link.o === given.id)}</span> <bdi>{other.label}</bdi>
              </button>
            </li>
          )
        );
      })}
    </ul>
  );
}
