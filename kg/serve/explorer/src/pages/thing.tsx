// The page of a thing: what it is, every name seen, and all that is said of it, with sentences on a click.

import { useState } from "preact/hooks";
import { Answer } from "../parts/answer";
import { Heading } from "../parts/frame";
import { PaperLink, Sure, ThingLink, TypeName } from "../parts/names";
import { Provable } from "../parts/proof";
import { Tools } from "../parts/tools";
import { href } from "../router";
import type { Section, ThingPage as Page } from "../types";
import { backed, count, name, named, reads } from "../words";
import { Bars } from "../views/bars";

export function ThingPage({ id }: { id: string }) {
  return (
    <Answer<Page> path={`/api/thing/${name(`thing/${id}`)}`} what="this thing">
      {(page) => <Shown page={page} />}
    </Answer>
  );
}

function Shown({ page }: { page: Page }) {
  const { thing } = page;
  const last = name(thing.id);
  const method = thing.type === "METHOD" || thing.type === "ARCH";
  return (
    <article class="page">
      <p class="crumbs">
        <TypeName type={thing.type} />
        {page.above.slice(0, 3).map((level) => (
          <>
            <span aria-hidden="true"> ‹ </span>
            <span class="sr">, a kind of </span>
            <ThingLink thing={level[0]!} />
          </>
        ))}
      </p>
      <Heading title={thing.label}>
        <bdi>{thing.label}</bdi>
      </Heading>
      <p class="lead">
        {named(thing.papers)}
        {page.introduced_by.length > 0 && (
          <>
            , introduced by <PaperLink paper={page.introduced_by[0]!} />
            {page.introduced_by.length > 1 && ` and ${count(page.introduced_by.length - 1, "other")}`}
          </>
        )}
        .
        {page.community && (
          <>
            {" "}
            Belongs to <a href={href(`/view/map?community=${page.community.n}`)}>{page.community.name}</a>.
          </>
        )}
      </p>
      <p class="actions">
        <a class="button strong" href={href(`/view/graph?at=${last}`)}>
          Neighbourhood
        </a>
        <a class="button" href={href(`/view/paths?from=${last}`)}>
          Connect with …
        </a>
        <a class="button" href={href(`/view/growth?thing=${last}`)}>
          Growth
        </a>
        {method && (
          <>
            <a class="button" href={href(`/view/family?of=${last}`)}>
              Family tree
            </a>
            <a class="button" href={href(`/view/rivals?thing=${last}`)}>
              Rivals
            </a>
          </>
        )}
        {(thing.type === "DATASET" || thing.type === "TASK") && (
          <a class="button" href={href(`/view/leaderboard?dataset=${last}`)}>
            Leaderboard
          </a>
        )}
      </p>
      <div class="columns">
        <div>
          {page.sections.length === 0 && (
            <p class="soft">No paper says how this relates to anything else; below are the papers that name it.</p>
          )}
          {page.sections.map((section) => (
            <Relations section={section} />
          ))}
          <section>
            <h2>
              Papers <span class="soft">{page.papers.total}</span>
            </h2>
            <ul class="items">
              {page.papers.items.map(({ paper, times, introduced }) => (
                <Provable
                  fact={[paper.node, introduced && !times ? "introduces" : "mentions", thing.id]}
                  label={introduced ? "introduces it" : count(times, "time")}
                >
                  <PaperLink paper={paper} />
                </Provable>
              ))}
            </ul>
          </section>
        </div>
        <aside>
          {page.names.length > 0 && (
            <section>
              <h2>Names seen</h2>
              <ul class="names">
                {page.names.slice(0, 14).map(([form, times]) => (
                  <li>
                    <bdi>{form}</bdi> <span class="soft">{times}</span>
                  </li>
                ))}
                {page.names.length > 14 && <li class="soft">and {page.names.length - 14} more</li>}
              </ul>
            </section>
          )}
          {page.years.length > 0 && (
            <section>
              <h2>Papers by year</h2>
              <Bars years={page.years} />
            </section>
          )}
          {page.concept && (
            <section>
              <h2>The same elsewhere</h2>
              <p class="address">
                <a href={page.concept} rel="noopener noreferrer" data-outside="">
                  {page.concept}
                </a>
              </p>
            </section>
          )}
          <section>
            <h2>As data</h2>
            <Tools
              name={thing.label}
              sparql={page.sparql}
              columns={["relation", "leads", "thing", "id", "type", "papers", "confidence"]}
              rows={() =>
                page.sections.flatMap((section) =>
                  section.items.map((item) => [
                    section.predicate,
                    section.inverse ? "here" : "there",
                    item.thing.label,
                    item.thing.id,
                    item.thing.type,
                    item.papers,
                    item.score,
                  ]),
                )
              }
            />
          </section>
        </aside>
      </div>
    </article>
  );
}

function Relations({ section }: { section: Section }) {
  const [all, setAll] = useState(false);
  const items = all ? section.items : section.items.slice(0, 6);
  const hidden = section.items.length - items.length;
  return (
    <section>
      <h2>
        {section.title} <span class="soft">{section.total}</span>
      </h2>
      <ul class="items">
        {items.map((item) => (
          <Provable fact={item.fact} label={backed(item.papers)}>
            <span class="sr">{reads(section.predicate, section.inverse)} </span>
            <ThingLink thing={item.thing} />
            <Sure score={item.score} />
          </Provable>
        ))}
      </ul>
      {hidden > 0 && (
        <button class="more" onClick={() => setAll(true)}>
          Show {hidden} more
        </button>
      )}
      {all && section.total > section.items.length && (
        <p class="soft">{count(section.total - section.items.length, "more")} in the CSV of the SPARQL endpoint.</p>
      )}
    </section>
  );
}
