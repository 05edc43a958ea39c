// Who beats whom, contradictions shown.

import { Answer, Empty } from "../parts/answer";
import { Heading } from "../parts/frame";
import { ThingLink } from "../parts/names";
import { Picker } from "../parts/picker";
import { go, setQuery, usePlace } from "../router";
import type { Rivals } from "../types";
import { count, name } from "../words";
import { ColumnPicture } from "./columns";

export function RivalsView() {
  const { query } = usePlace();
  const asked = new URLSearchParams();
  for (const parameter of ["thing", "task"]) if (query.get(parameter)) asked.set(parameter, query.get(parameter)!);
  return (
    <article class="page full">
      <Heading title="Who beats whom">Who beats whom</Heading>
      <div class="form">
        <Picker
          label="Around a method, or for a task or dataset"
          only="things"
          placeholder="any name"
          onChoose={(c) => {
            if (!("thing" in c)) return;
            const method = c.thing.type === "METHOD" || c.thing.type === "ARCH";
            go(`/view/rivals?${method ? "thing" : "task"}=${name(c.thing.id)}`);
          }}
        />
        {asked.toString() && <button onClick={() => setQuery({ thing: null, task: null })}>Show all</button>}
      </div>
      <Answer<Rivals> path={`/api/rivals${asked.toString() ? `?${asked}` : ""}`} what="comparisons">
        {(found) => (
          <>
            <p class="lead">
              {found.about && (
                <>
                  <ThingLink thing={found.about} />:{" "}
                </>
              )}
              {count(found.total, "pair")} in which one is said to be better
              {found.total > found.edges.length && `, the ${found.edges.length} best supported are shown`}. An arrow leads from the better
              to the worse.{" "}
              {found.contradictions > 0 ? (
                <b class="opposed">{count(found.contradictions, "contradiction")}: papers say both, drawn dashed.</b>
              ) : (
                "Nobody contradicts anybody."
              )}
            </p>
            {found.edges.length === 0 ? (
              <Empty title="Nobody is said to be better here">
                <p>No paper says that one of these outperforms another. Choose another method, or show all.</p>
              </Empty>
            ) : (
              <ColumnPicture
                nodes={found.nodes}
                levels={found.nodes.map((node) => node.level)}
                edges={found.edges}
                label={`Who beats whom${found.about ? `: ${found.about.label}` : ""}`}
                sparql={found.sparql}
                centre={found.about?.id}
                columns={["better", "worse", "papers", "confidence", "first year", "last year", "contradicted", "on"]}
                rows={() => found.edges.map((e) => [e.s, e.o, e.papers, e.score, e.first, e.last, e.opposed ? "yes" : "no", e.terms?.join("; ") ?? ""])}
              >
                <h2>Best placed</h2>
                <ol class="plainlist">
                  {[...found.nodes]
                    .sort((a, b) => b.wins - b.losses - (a.wins - a.losses) || a.label.localeCompare(b.label))
                    .slice(0, 14)
                    .map((node) => (
                      <li>
                        <ThingLink thing={node} />{" "}
                        <span class="soft">
                          beats {node.wins}, beaten by {node.losses}
                        </span>
                      </li>
                    ))}
                </ol>
                <p class="soft">Click a line to read who says so.</p>
              </ColumnPicture>
            )}
          </>
        )}
      </Answer>
    </article>
  );
}
