// A box that finds things (and papers) by any name: a combobox by the ARIA pattern, with a list that follows.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { STYLES } from "../palette";
import { source } from "../source";
import type { Found, Paper, Thing } from "../types";
import { backed } from "../words";
import { Mark } from "./names";

export type Choice = { thing: Thing; matched?: string } | { paper: Paper };

interface Given {
  id?: string;
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  only?: "things" | "papers";
  value?: string;
  onChoose: (choice: Choice) => void;
  onWords?: (words: string) => void;
}

export function Picker(given: Given) {
  const list = useId();
  const own = useId();
  const id = given.id ?? own;
  const [words, setWords] = useState(given.value ?? "");
  const [choices, setChoices] = useState<Choice[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const asked = useRef(0);

  useEffect(() => setWords(given.value ?? ""), [given.value]);

  const look = (text: string): void => {
    setWords(text);
    setAt(-1);
    const turn = ++asked.current;
    if (!text.trim()) return setChoices([]);
    const kind = given.only === "papers" ? "&type=PAPER" : "";
    setTimeout(async () => {
      if (turn !== asked.current) return;
      const found = await source()
        .get<Found>(`/api/search?q=${encodeURIComponent(text.slice(0, 200))}&limit=8${kind}`)
        .catch(() => null);
      if (turn !== asked.current || !found) return;
      const papers = given.only === "things" ? [] : found.papers.slice(0, given.only ? 8 : 4);
      setChoices([...found.things, ...papers.map((paper) => ({ paper }))]);
      setOpen(true);
    }, 120);
  };

  const choose = (choice: Choice): void => {
    asked.current++;
    setOpen(false);
    setChoices([]);
    setWords("thing" in choice ? choice.thing.label : choice.paper.title);
    given.onChoose(choice);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((now) => (now + step + choices.length + 1) % (choices.length + 1 || 1) - (now + step < -1 ? 1 : 0));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = choices[at];
      if (open && choice) choose(choice);
      else if (given.onWords && words.trim()) {
        asked.current++;
        setOpen(false);
        given.onWords(words.trim());
      } else if (choices[0]) choose(choices[0]);
    } else if (event.key === "Escape") setOpen(false);
  };

  const shown = open && choices.length > 0;
  return (
    <div class="picker">
      <label for={id} class={given.hideLabel ? "sr" : ""}>
        {given.label}
      </label>
      <input
        id={id}
        type="search"
        list={undefined}
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={given.placeholder}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && choices[at] ? `${list}-${at}` : undefined}
        value={words}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={onKey}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
      <ul id={list} role="listbox" aria-label={given.label} hidden={!shown}>
        {choices.map((choice, i) => (
          <li
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseDown={(event) => (event.preventDefault(), choose(choice))}
          >
            {"thing" in choice ? (
              <>
                <Mark type={choice.thing.type} />
                <span class="label">
                  <bdi>{choice.thing.label}</bdi>
                  {choice.matched && choice.matched.toLowerCase() !== choice.thing.label.toLowerCase() && (
                    <span class="soft"> · <bdi>{choice.matched}</bdi></span>
                  )}
                </span>
                <span class="soft">
                  {STYLES[choice.thing.type].name} · {backed(choice.thing.papers)}
                </span>
              </>
            ) : (
              <>
                <span class="sheet" aria-hidden="true" />
                <span class="label">
                  <bdi>{choice.paper.title}</bdi>
                </span>
                <span class="soft">Paper{choice.paper.year ? ` · ${choice.paper.year}` : ""}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
