// Numbers, dates and relations as people write them.

const NUMBERS = new Intl.NumberFormat("en");

export const number = (value: number): string => NUMBERS.format(value);

export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** What stands behind a thing or a link: papers; without one, the concept scheme that things are linked to. */
export const backed = (papers: number): string => (papers ? count(papers, "paper") : "concept scheme");

export const named = (papers: number): string =>
  papers ? `Named in ${count(papers, "paper")}` : "No paper here names it; it comes from the concept scheme";

/** How sure: 0.873 is "87 %"; certainty is never claimed for what is not certain. */
export function percent(score: number): string {
  const shown = Math.round(score * 100);
  return `${shown === 100 && score < 1 ? 99 : shown} %`;
}

export function yearSpan(first: number | null, last: number | null): string {
  if (first === null) return "";
  return first === last || last === null ? `${first}` : `${first}–${last}`;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "2022-03-03" is "3 March 2022"; "2022-03" is "March 2022"; "--03-03" is "3 March". */
export function date(text: string): string {
  const match = /^(\d{4}|-)(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year === "-" ? "" : year]
    .filter(Boolean)
    .join(" ");
}

let relations: Record<string, { reads: string; inverse: string }> = {};

export function setRelations(table: typeof relations): void {
  relations = table;
}

export const relationNames = (): string[] => Object.keys(relations);

/** How a relation reads from its subject ("used for"), or from its object ("uses"). */
export const reads = (predicate: string, inverse = false): string =>
  relations[predicate]?.[inverse ? "inverse" : "reads"] ??
  predicate.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cut at a length, at the end of a word where one is near. */
export function short(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(" ");
  return `${space > most * 0.6 ? cut.slice(0, space) : cut}…`;
}

/** The last part of an id, for addresses and for the API. */
export const name = (id: string): string => encodeURIComponent(id.slice(id.indexOf("/") + 1)).replace(/%2F/g, "/");
