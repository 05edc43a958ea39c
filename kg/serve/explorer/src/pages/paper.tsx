// The page of a paper: its abstract marked up, what it introduces, its claims as a table, where it was read.

import { Answer } from "../parts/answer";
import { Heading } from "../parts/frame";
import { Mark, Marked, PaperLink, SlotText, Sure, ThingLink } from "../parts/names";
import { Provable } from "../parts/proof";
import { Tools } from "../parts/tools";
import { KINDS, STYLES } from "../palette";
import { href } from "../router";
import type { Claim, Paper, PaperPage as Page } from "../types";
import { backed, capital, date, name, reads } from "../words";

export function PaperPage({ id }: { id: string }) {
  return (
    <Answer<Page> path={`/api/paper/${name(`paper/${id}`)}`} what="this paper">
      {(page) => <Shown page={page} />}
    </Answer>
  );
}

export function ClaimPage({ id }: { id: string }) {
  return (
    <Answer<{ claim: Claim; paper: Paper; sparql: string }> path={`/api/claim/${name(`claim/${id}`)}`} what="this claim">
      {({ claim, paper, sparql }) => (
        <article class="page">
          <Heading title="A claim">{capital(claim.kind.toLowerCase())}</Heading>
          <blockquote class="lead">
            <Marked segments={claim.segments} />
          </blockquote>
          <p>
            <PaperLink paper={paper} />
          </p>
          <ClaimTable claims={[claim]} />
          <Tools name="claim" sparql={sparql} columns={CLAIM_COLUMNS} rows={() => claimRows([claim])} />
        </article>
      )}
    </Answer>
  );
}

const web = (address: string): boolean => /^https?:\/\//i.test(address);

function Shown({ page }: { page: Page }) {
  const { paper } = page;
  const kinds = KINDS.filter((kind) => page.things.some(({ thing }) => thing.type === kind));
  const about = [page.venue, page.date ? date(page.date) : paper.year, page.authors.slice(0, 8).join(", ")];
  if (page.authors.length > 8) about[2] += ` and ${page.authors.length - 8} more`;
  const links: [string, string][] = [];
  if (page.doi) links.push([`doi:${page.doi}`, `https://doi.org/${page.doi}`]);
  if (page.arxiv) links.push([`arXiv:${page.arxiv}`, `https://arxiv.org/abs/${page.arxiv}`]);
  if (page.url) links.push(["Source", page.url]);
  for (const place of page.code) links.push(["Code", place]);
  return (
    <article class="page">
      <p class="crumbs">
        Paper <bdi class="soft">{paper.id}</bdi>
      </p>
      <Heading title={paper.title || paper.id}>
        <Marked segments={page.title.length ? page.title : [[paper.id]]} />
      </Heading>
      <p class="lead">{about.filter(Boolean).join(" · ")}</p>
      {links.length > 0 && (
        <p class="actions">
          {links.map(([label, address]) =>
            web(address) ? (
              <a class="button" href={address} rel="noopener noreferrer" data-outside="">
                {label}
              </a>
            ) : (
              <span class="soft">
                {label}: {address}
              </span>
            ),
          )}
        </p>
      )}
      <div class="columns">
        <div>
          <section>
            <h2>Abstract</h2>
            <p class="abstract">
              <Marked segments={page.abstract} strong={page.introduces.map((thing) => thing.id)} />
            </p>
            <p class="legend">
              {kinds.map((kind) => (
                <span>
                  <Mark type={kind} /> <span class={`said k-${kind}`}>{STYLES[kind].name}</span>
                </span>
              ))}
            </p>
          </section>
          <section>
            <h2>
              Claims <span class="soft">{page.claims.length}</span>
            </h2>
            {page.claims.length ? <ClaimTable claims={page.claims} /> : <p class="soft">No claim was found in this abstract.</p>}
          </section>
          {page.facts.length > 0 && (
            <section>
              <h2>
                What it says <span class="soft">{page.facts.length}</span>
              </h2>
              <ul class="items">
                {page.facts.map((fact) => (
                  <Provable fact={[fact.subject.id, fact.predicate, fact.object.id]} label={backed(fact.papers)}>
                    <ThingLink thing={fact.subject} />
                    <span class="verb">{reads(fact.predicate)}</span>
                    <ThingLink thing={fact.object} />
                    <Sure score={fact.score} />
                  </Provable>
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside>
          {page.introduces.length > 0 && (
            <section>
              <h2>Introduces</h2>
              <ul class="plainlist">
                {page.introduces.map((thing) => (
                  <li>
                    <ThingLink thing={thing} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {kinds.map((kind) => (
            <section>
              <h2>{STYLES[kind].plural}</h2>
              <ul class="plainlist">
                {page.things
                  .filter(({ thing }) => thing.type === kind)
                  .map(({ thing }) => (
                    <li>
                      <ThingLink thing={thing} />
                    </li>
                  ))}
              </ul>
            </section>
          ))}
          <section>
            <h2>Where it was read</h2>
            <ul class="plainlist soft">
              {page.sources.map((source) => (
                <li>
                  {source.file}, entry {source.entry}
                  {source.line !== null && `, line ${source.line}`} ({source.format})
                </li>
              ))}
              {page.other_ids.length > 0 && <li>Also known as {page.other_ids.join(", ")}</li>}
              {page.sources.length === 0 && <li>The input did not say.</li>}
            </ul>
          </section>
          <section>
            <h2>As data</h2>
            <p>
              <a href={href(`/view/common?paper=${name(paper.node)}`)}>Compare with other papers</a>
            </p>
            <Tools name={paper.title || paper.id} sparql={page.sparql} columns={CLAIM_COLUMNS} rows={() => claimRows(page.claims)} />
          </section>
        </aside>
      </div>
    </article>
  );
}

export const CLAIM_COLUMNS = ["kind", "subject", "predicate", "object", "metric", "value", "dataset", "confidence", "sentence"];

export const claimRows = (claims: Claim[]) =>
  claims.map((claim) => [
    claim.kind,
    claim.subject?.text,
    claim.predicate,
    claim.object?.text,
    claim.metric?.text,
    claim.value,
    claim.dataset?.text,
    claim.score,
    claim.segments.map((segment) => segment[0]).join(""),
  ]);

export function ClaimTable({ claims }: { claims: Claim[] }) {
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Claims">
      <table>
        <thead>
          <tr>
            <th>Kind</th>
            <th>Subject</th>
            <th>Predicate</th>
            <th>Object</th>
            <th>Metric</th>
            <th>Value</th>
            <th>Dataset</th>
            <th>Sure</th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <>
              <tr>
                <td>
                  <a href={href(`/claim/${name(claim.id)}`)}>{capital(claim.kind.toLowerCase())}</a>
                  {claim.polarity === "negative" && <span class="soft"> (negative)</span>}
                </td>
                <td>
                  <SlotText slot={claim.subject} />
                </td>
                <td>{claim.predicate ?? <span class="soft">–</span>}</td>
                <td>
                  <SlotText slot={claim.object} />
                </td>
                <td>
                  <SlotText slot={claim.metric} />
                </td>
                <td class="value">{claim.value ?? <span class="soft">–</span>}</td>
                <td>
                  <SlotText slot={claim.dataset} />
                </td>
                <td>
                  <Sure score={claim.score} />
                </td>
              </tr>
            </>
          ))}
        </tbody>
      </table>
    </div>
  );
}
