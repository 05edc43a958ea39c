// All that a search finds; things first, by type where wanted.

import { Answer, Empty } from "../parts/answer";
import { Heading } from "../parts/frame";
import { PaperLink, ThingLink } from "../parts/names";
import { KINDS, STYLES } from "../palette";
import { setQuery, usePlace } from "../router";
import type { Found } from "../types";

export function SearchPage() {
  const { query } = usePlace();
  const words = query.get("q") ?? "";
  const type = query.get("type");
  const asked = new URLSearchParams({ q: words.slice(0, 200), limit: "60", ...(type ? { type } : {}) });
  return (
    <article class="page">
      <Heading title={`Search: ${words}`}>
        Search: <bdi>{words}</bdi>
      </Heading>
      <div class="chips" role="group" aria-label="Types">
        {[null, ...KINDS, "PAPER"].map((kind) => (
          <button class={type === kind ? "chip on" : "chip"} aria-pressed={type === kind} onClick={() => setQuery({ type: kind })}>
            {kind === null ? "Everything" : kind === "PAPER" ? "Papers" : STYLES[kind as keyof typeof STYLES].plural}
          </button>
        ))}
      </div>
      {!words.trim() ? (
        <Empty title="What are you looking for?">
          <p>Type a name in the box above. Typing errors are forgiven.</p>
        </Empty>
      ) : (
        <Answer<Found> path={`/api/search?${asked}`} what={words}>
          {(found) => (
            <>
              {found.things.length > 0 && (
                <section>
                  <h2>Things</h2>
                  <ul class="results">
                    {found.things.map(({ thing, matched }) => (
                      <li>
                        <ThingLink thing={thing} papers />
                        <span class="soft">
                          {STYLES[thing.type].name}
                          {matched.toLowerCase() !== thing.label.toLowerCase() && (
                            <>
                              , seen as <bdi>{matched}</bdi>
                            </>
                          )}
                        </span>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              {found.papers.length > 0 && (
                <section>
                  <h2>Papers</h2>
                  <ul class="results">
                    {found.papers.map((paper) => (
                      <li>
                        <PaperLink paper={paper} />
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              {!found.things.length && !found.papers.length && (
                <Empty title="Nothing has a name like that">
                  <p>Try fewer letters, another name for the same thing{type ? ", or everything instead of one type" : ""}.</p>
                </Empty>
              )}
            </>
          )}
        </Answer>
      )}
    </article>
  );
}
