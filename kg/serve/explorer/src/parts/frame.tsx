// The frame of every page: search, the way to the views, the theme; and the place where pages stand.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { go, href, usePlace } from "../router";
import { source } from "../source";
import { name } from "../words";
import { Picker } from "./picker";

export const VIEWS: [string, string, string][] = [
  ["/view/map", "Map", "The whole graph as communities with names"],
  ["/view/graph", "Neighbourhood", "One thing and what it is linked to; grows by a click"],
  ["/view/leaderboard", "Leaderboards", "What papers report on a dataset, best first"],
  ["/view/rivals", "Who beats whom", "Comparisons as a graph, contradictions shown"],
  ["/view/growth", "Growth", "How the use of things grew by year"],
  ["/view/family", "Family tree", "What a method descends from, and what descends from it"],
  ["/view/paths", "What connects two", "The ways between two things, each step with its sentence"],
  ["/view/common", "Common ground", "What a set of papers has in common"],
  ["/view/gaps", "Gaps", "Well-known things that no paper names together"],
];

type Theme = "light" | "dark" | "";

function readTheme(): Theme {
  try {
    return (localStorage.getItem("kg-theme") as Theme) || "";
  } catch {
    return "";
  }
}

function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    try {
      localStorage.setItem("kg-theme", theme);
    } catch {
      // A page opened from a file may have no storage; the theme then lasts as long as the page.
    }
    dispatchEvent(new Event("kg-theme"));
  }, [theme]);
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  return (
    <button class="plain" onClick={() => setTheme(dark ? "light" : "dark")}>
      {dark ? "Light" : "Dark"}
      <span class="sr"> theme</span>
    </button>
  );
}

export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  const now = usePlace();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [now.path, now.query.toString()]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        document.getElementById("search")?.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => (e.preventDefault(), document.querySelector<HTMLElement>("main")?.focus())}>
        To the content
      </a>
      <header class="top">
        <a class="brand" href={href("/")}>
          <bdi>{title}</bdi>
        </a>
        {now.path !== "/" && (
          <div class="find" role="search">
            <Picker
              id="search"
              label="Search"
              hideLabel
              placeholder="Search things and papers"
              onChoose={open_}
              onWords={(words) => go(`/search?q=${encodeURIComponent(words)}`)}
            />
          </div>
        )}
        <nav aria-label="Views">
          <button class="plain" aria-expanded={open} aria-controls="views" onClick={() => setOpen(!open)}>
            Views <span aria-hidden="true">▾</span>
          </button>
          <ul id="views" hidden={!open}>
            {VIEWS.map(([path, label, about]) => (
              <li>
                <a href={href(path)} aria-current={now.path === path ? "page" : undefined}>
                  <b>{label}</b>
                  <span class="soft">{about}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {source().served && (
          <a class="plain wide" data-outside="" href="/sparql">
            SPARQL
          </a>
        )}
        <a class="plain wide" href={href("/tools")}>
          Graph tools
        </a>
        <ThemeButton />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <a href={href("/tools")}>For graph tools</a>
        {source().served && <a href={href("/docs")}>JSON API</a>}
        {source().served && (
          <a href="/sparql" data-outside="">
            SPARQL
          </a>
        )}
        <span class="soft">Every fact has its sentence. Press / to search.</span>
      </footer>
    </>
  );
}

export function open_(choice: import("./picker").Choice): void {
  go("thing" in choice ? `/thing/${name(choice.thing.id)}` : `/paper/${name(choice.paper.node)}`);
}

/** The heading of a page, which is its title too. */
export function Heading({ children, title }: { children: ComponentChildren; title: string }) {
  useEffect(() => {
    document.title = `${title} · ${document.body.dataset.title ?? "Knowledge graph"}`;
  }, [title]);
  return <h1>{children}</h1>;
}
