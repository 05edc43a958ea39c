// Pictures in columns: who beats whom, and family trees. One board, one panel with the sentences of what was clicked.

import { useMemo, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { Sentences } from "../parts/proof";
import { ThingLink, TypeName } from "../parts/names";
import { Tools } from "../parts/tools";
import { Board } from "../picture/board";
import { layers } from "../picture/layers";
import type { Picture } from "../picture/picture";
import type { Scene } from "../picture/scene";
import { go } from "../router";
import type { Link, Thing } from "../types";
import { name, named, reads } from "../words";

const WIDE = 290;

interface Given {
  nodes: Thing[];
  levels: number[];
  edges: Link[];
  label: string;
  sparql: string;
  centre?: string;
  columns?: string[];
  rows?: () => (string | number | null)[][];
  children?: ComponentChildren;
}

export function ColumnPicture(given: Given) {
  const { nodes, edges } = given;
  const [chosen, setChosen] = useState<number | null>(null);
  const [edge, setEdge] = useState<Link | null>(null);
  const picture = useRef<Picture | null>(null);
  const position = new Map(nodes.map((node, i) => [node.id, i]));
  const scene = useMemo((): Scene => {
    const pairs = edges.map((link) => [position.get(link.s)!, position.get(link.o)!] as [number, number]);
    const spots = layers(given.levels, pairs, { wide: WIDE });
    return {
      nodes: nodes.map((node, i) => ({
        id: node.id,
        label: node.label,
        x: spots[i]![0],
        y: spots[i]![1],
        r: node.id === given.centre ? 12 : 7,
        kind: node.type,
        weight: node.papers,
        side: "right" as const,
        room: WIDE,
        strong: node.id === given.centre,
      })),
      edges: edges.map((link, i) => ({
        a: pairs[i]![0],
        b: pairs[i]![1],
        predicate: link.p,
        label: "",
        papers: link.papers,
        directed: true,
        level: true,
        opposed: link.opposed,
      })),
    };
  }, [nodes, edges]);
  const thing = chosen === null ? undefined : nodes[chosen];
  return (
    <div class="split">
      <Board
        scene={scene}
        label={given.label}
        fitKey={given.label}
        readable={0.45}
        centre={given.centre ? position.get(given.centre) : undefined}
        chosen={chosen}
        hold={picture}
        tall
        onChoose={(i) => (setChosen(i), setEdge(null))}
        onOpen={(i) => go(`/thing/${name(nodes[i]!.id)}`)}
        onEdge={(i) => (setEdge(edges[i]!), setChosen(null))}
      />
      <aside class="panel" aria-live="polite">
        {edge ? (
          <>
            <h2>
              <ThingLink thing={nodes[position.get(edge.s)!]!} /> <span class="verb">{reads(edge.p)}</span>{" "}
              <ThingLink thing={nodes[position.get(edge.o)!]!} />
            </h2>
            {edge.terms && edge.terms.length > 0 && <p class="soft">On {edge.terms.join("; ")}</p>}
            <Sentences fact={[edge.s, edge.p, edge.o]} />
            {edge.opposed && (
              <>
                <h3>And the other way round</h3>
                <Sentences fact={[edge.o, edge.p, edge.s]} />
              </>
            )}
          </>
        ) : thing ? (
          <>
            <p>
              <TypeName type={thing.type} />
            </p>
            <h2>
              <ThingLink thing={thing} />
            </h2>
            <p class="soft">{named(thing.papers)}</p>
            <ul class="linklist">
              {edges
                .filter((link) => link.s === thing.id || link.o === thing.id)
                .map((link) => (
                  <li>
                    <button class="plain" onClick={() => (setEdge(link), setChosen(null))}>
                      <span class="soft">{reads(link.p, link.o === thing.id)}</span>{" "}
                      <bdi>{nodes[position.get(link.s === thing.id ? link.o : link.s)!]!.label}</bdi>
                    </button>
                  </li>
                ))}
            </ul>
          </>
        ) : (
          given.children
        )}
        <Tools
          name={given.label}
          sparql={given.sparql}
          columns={given.columns ?? ["subject", "relation", "object", "papers", "confidence", "first year", "last year"]}
          rows={
            given.rows ??
            (() =>
              edges.map((l) => [nodes[position.get(l.s)!]!.label, l.p, nodes[position.get(l.o)!]!.label, l.papers, l.score, l.first, l.last]))
          }
          svg={() => picture.current?.svg(given.label) ?? null}
        />
      </aside>
    </div>
  );
}
