// Filters of a picture: by type, relation, year and confidence.

import { KINDS, STYLES } from "../palette";
import { Mark } from "../parts/names";
import type { Kind, Link } from "../types";
import { capital, reads } from "../words";

export interface Filter {
  types: Set<Kind>;
  relations: Set<string>;
  from: number | null;
  to: number | null;
  least: number;
}

export const openFilter = (relations: string[]): Filter => ({
  types: new Set(KINDS),
  relations: new Set(relations),
  from: null,
  to: null,
  least: 0,
});

/** Whether an edge passes; without a year, it passes only where no year is asked for. */
export function passes(filter: Filter, edge: Pick<Link, "p" | "score" | "first" | "last">): boolean {
  if (!filter.relations.has(edge.p) || edge.score < filter.least) return false;
  if (filter.from !== null && (edge.last === null || edge.last < filter.from)) return false;
  return !(filter.to !== null && (edge.first === null || edge.first > filter.to));
}

const toggled = <T,>(set: Set<T>, item: T): Set<T> => {
  const copy = new Set(set);
  if (!copy.delete(item)) copy.add(item);
  return copy;
};

export function Filters(given: {
  filter: Filter;
  relations: string[];
  years: [number, number] | null;
  onChange: (filter: Filter) => void;
}) {
  const { filter, relations, years, onChange } = given;
  return (
    <details class="filters">
      <summary>Filters</summary>
      <fieldset>
        <legend>Types</legend>
        {KINDS.map((kind) => (
          <label>
            <input
              type="checkbox"
              checked={filter.types.has(kind)}
              onChange={() => onChange({ ...filter, types: toggled(filter.types, kind) })}
            />
            <Mark type={kind} /> {STYLES[kind].plural}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Relations</legend>
        {relations.map((relation) => (
          <label>
            <input
              type="checkbox"
              checked={filter.relations.has(relation)}
              onChange={() => onChange({ ...filter, relations: toggled(filter.relations, relation) })}
            />
            {capital(reads(relation))}
          </label>
        ))}
      </fieldset>
      {years && (
        <fieldset>
          <legend>Years</legend>
          <label>
            from{" "}
            <input
              type="number"
              min={years[0]}
              max={years[1]}
              placeholder={String(years[0])}
              value={filter.from ?? ""}
              onChange={(event) => onChange({ ...filter, from: Number(event.currentTarget.value) || null })}
            />
          </label>
          <label>
            to{" "}
            <input
              type="number"
              min={years[0]}
              max={years[1]}
              placeholder={String(years[1])}
              value={filter.to ?? ""}
              onChange={(event) => onChange({ ...filter, to: Number(event.currentTarget.value) || null })}
            />
          </label>
        </fieldset>
      )}
      <fieldset>
        <legend>Confidence</legend>
        <label>
          at least {Math.round(filter.least * 100)} %
          <input
            type="range"
            min="0"
            max="95"
            step="5"
            value={filter.least * 100}
            onInput={(event) => onChange({ ...filter, least: Number(event.currentTarget.value) / 100 })}
          />
        </label>
      </fieldset>
    </details>
  );
}
