// The first page: a box to search, what is in the graph, and questions to begin with.

import { Answer } from "../parts/answer";
import { Heading, open_, VIEWS } from "../parts/frame";
import { PaperLink, ThingLink, TypeName } from "../parts/names";
import { Picker } from "../parts/picker";
import { KINDS, STYLES } from "../palette";
import { go, href } from "../router";
import type { About } from "../types";
import { count, number } from "../words";

export function HomePage() {
  return <Answer<About> path="/api/about" what="the graph">{(about) => <Shown about={about} />}</Answer>;
}

function Shown({ about }: { about: About }) {
  const { counts } = about;
  const claims = Object.values(counts.claims).reduce((sum, k) => sum + k, 0);
  if (!counts.papers)
    return (
      <article class="page home">
        <Heading title="Start">{about.title}</Heading>
        <div class="empty">
          <h2>There is nothing here yet</h2>
          <p>
            Add papers with <code>kg build papers.jsonl -o GRAPH</code>, then open this page again.
          </p>
        </div>
      </article>
    );
  return (
    <article class="page home">
      <Heading title="Start">
        <bdi>{about.title}</bdi>
      </Heading>
      <p class="lead">
        {count(counts.papers, "paper")}
        {about.years && ` from ${about.years[0]} to ${about.years[1]}`}, {count(counts.things, "thing")} they name,{" "}
        {count(counts.relations, "relation")} and {count(claims, "claim")}, every one with its sentence.
      </p>
      <div class="big" role="search">
        <Picker
          id="search"
          label="Search"
          hideLabel
          placeholder="A method, dataset, task, metric or paper, by any name"
          onChoose={open_}
          onWords={(words) => go(`/search?q=${encodeURIComponent(words)}`)}
        />
      </div>
      <ul class="chips">
        {KINDS.filter((kind) => counts.types[kind]).map((kind) => (
          <li>
            <span class="chip">
              <TypeName type={kind} /> <b>{number(counts.types[kind]!)}</b>
            </span>
          </li>
        ))}
      </ul>
      <h2>Ask</h2>
      <ul class="cards">
        {VIEWS.map(([path, label, what]) => (
          <li>
            <a class="card" href={href(path)}>
              <b>{label}</b>
              <span>{what}</span>
            </a>
          </li>
        ))}
      </ul>
      <h2>Begin with what is best known</h2>
      <div class="starts">
        {KINDS.filter((kind) => about.start[kind]?.length).map((kind) => (
          <section>
            <h3>{STYLES[kind].plural}</h3>
            <ul class="plainlist">
              {about.start[kind]!.slice(0, 6).map((thing) => (
                <li>
                  <ThingLink thing={thing} papers />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <h3>Papers with many claims</h3>
          <ul class="plainlist">
            {about.papers.map((paper) => (
              <li>
                <PaperLink paper={paper} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}
