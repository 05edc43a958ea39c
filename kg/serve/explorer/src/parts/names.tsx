// Things, papers and sentences as they stand everywhere. Text is always text: nothing here takes markup.

import { outline, STYLES } from "../palette";
import { href } from "../router";
import type { Evidence, Kind, Paper, Segment, Slot, Thing } from "../types";
import { backed, name, percent } from "../words";

export function Mark({ type, size = 11 }: { type: Kind; size?: number }) {
  const style = STYLES[type];
  const points = outline(style.shape, 4.6);
  const shape = { fill: "currentColor" };
  return (
    <svg class={`mark k-${type}`} width={size} height={size} viewBox="-6.5 -6.5 13 13" aria-hidden="true">
      {points ? <polygon points={points.map((p) => p.map((n) => n.toFixed(2)).join(",")).join(" ")} {...shape} /> : <circle r="5" {...shape} />}
    </svg>
  );
}

export function TypeName({ type }: { type: Kind }) {
  return (
    <span class="type">
      <Mark type={type} /> {STYLES[type].name}
    </span>
  );
}

export function ThingLink({ thing, papers = false }: { thing: Thing; papers?: boolean }) {
  return (
    <a class="thing" href={href(`/thing/${name(thing.id)}`)}>
      <Mark type={thing.type} />
      <span class="sr">{STYLES[thing.type].name}: </span>
      <bdi>{thing.label}</bdi>
      {papers && <span class="soft"> {backed(thing.papers)}</span>}
    </a>
  );
}

export function PaperLink({ paper }: { paper: Paper }) {
  return (
    <a class="paper" href={href(`/${paper.node.startsWith("paper/") ? "paper" : ""}/${name(paper.node)}`)}>
      <bdi>{paper.title || paper.id}</bdi>
      {paper.year !== null && <span class="soft"> {paper.year}</span>}
    </a>
  );
}

export function SlotText({ slot }: { slot: Slot | null }) {
  if (!slot) return <span class="soft">–</span>;
  return slot.thing ? <ThingLink thing={{ ...slot.thing, label: slot.text }} /> : <bdi>{slot.text}</bdi>;
}

/** A text marked up by type. `strong`: ids that the reader asked about. */
export function Marked({ segments, strong = [] }: { segments: Segment[]; strong?: string[] }) {
  return (
    <bdi>
      {segments.map((segment) =>
        segment.length === 1 ? (
          segment[0]
        ) : (
          <a
            class={`said k-${segment[1]}${strong.includes(segment[2]) ? " strong" : ""}`}
            href={href(`/thing/${name(segment[2])}`)}
            title={STYLES[segment[1]].name}
          >
            {segment[0]}
          </a>
        ),
      )}
    </bdi>
  );
}

const STAGES: Record<string, string> = {
  mentions: "named here",
  relations: "stated here",
  introduced: "introduced here",
  claims: "claimed here",
  authority: "a concept scheme says so",
};

export function EvidenceItem({ item, strong }: { item: Evidence; strong?: string[] }) {
  if (!item.paper) return <li class="evidence">The concept scheme that things are linked to says so, not a paper.</li>;
  return (
    <li class="evidence">
      <blockquote>
        <Marked segments={item.segments} strong={strong} />
      </blockquote>
      <p>
        <PaperLink paper={item.paper} />
        <span class="soft">
          {" "}
          · {item.part === "title" ? "in the title" : (STAGES[item.stage] ?? item.stage)} · <Sure score={item.score} />
        </span>
      </p>
    </li>
  );
}

/** Confidence in words and as a bar; the number is always there, so no one needs the bar. */
export function Sure({ score }: { score: number }) {
  return (
    <span class="sure" title={`Confidence ${percent(score)}`}>
      <span class="sr">confidence </span>
      <svg width="34" height="8" viewBox="0 0 34 8" aria-hidden="true">
        <rect width="34" height="8" rx="4" class="rail" />
        <rect width={Math.max(4, 34 * score)} height="8" rx="4" class="level" />
      </svg>{" "}
      {percent(score)}
    </span>
  );
}
