// Addresses: real ones on the server, behind "#" in the single file. A link is an <a>, so it can be opened aside.

import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
}

let behindHash = false;

export const useHash = (): void => {
  behindHash = true;
};

export const href = (path: string): string => (behindHash ? `#${path}` : path);

export function place(): Place {
  const text = behindHash ? location.hash.slice(1) || "/" : location.pathname + location.search;
  const mark = text.indexOf("?");
  return {
    path: decoded(mark < 0 ? text : text.slice(0, mark)),
    query: new URLSearchParams(mark < 0 ? "" : text.slice(mark + 1)),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const listeners = new Set<() => void>();
const changed = (): void => listeners.forEach((listener) => listener());

export function go(path: string, { replace = false, keepScroll = false } = {}): void {
  history[replace ? "replaceState" : "pushState"](null, "", href(path));
  changed();
  if (!keepScroll) {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }
}

/** Change some parameters of the address and stay where we are. */
export function setQuery(change: Record<string, string | string[] | null>, { replace = true } = {}): void {
  const { path, query } = place();
  for (const [name, value] of Object.entries(change)) {
    query.delete(name);
    for (const one of value === null ? [] : [value].flat()) query.append(name, one);
  }
  const text = query.toString();
  go(encodeURI(path) + (text ? `?${text}` : ""), { replace, keepScroll: true });
}

addEventListener("popstate", changed);
addEventListener("hashchange", changed);

addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.("a");
  const plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || !plain || link.target || link.hasAttribute("download") || link.dataset.outside !== undefined) return;
  const address = link.getAttribute("href") ?? "";
  if (behindHash ? !address.startsWith("#/") : !address.startsWith("/") || address.startsWith("/api/")) return;
  const path = behindHash ? address.slice(1) : address;
  if (!behindHash && /^\/(sparql|data|health|metrics|assets|\.well-known)\b/.test(path)) return;
  event.preventDefault();
  go(path);
});

export function usePlace(): Place {
  const [now, setNow] = useState(place);
  useEffect(() => {
    const listener = (): void => setNow(place());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return now;
}
