// A fact that opens to its sentences.

import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Proof } from "../types";
import { count } from "../words";
import { Answer } from "./answer";
import { EvidenceItem } from "./names";

export const proofPath = (fact: [string, string, string]): string =>
  `/api/evidence?${new URLSearchParams({ subject: fact[0], predicate: fact[1], object: fact[2] })}`;

export function Sentences({ fact }: { fact: [string, string, string] }) {
  return (
    <Answer<Proof> path={proofPath(fact)} what="the sentences">
      {(proof) => (
        <ul class="evidences">
          {proof.items.map((item) => (
            <EvidenceItem item={item} strong={[fact[0], fact[2]]} />
          ))}
          {proof.total > proof.items.length && (
            <li class="soft">and {count(proof.total - proof.items.length, "more sentence")}</li>
          )}
        </ul>
      )}
    </Answer>
  );
}

export function Provable({ fact, label, children }: { fact: [string, string, string]; label: string; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <li class={open ? "item open" : "item"}>
      <div class="line">
        {children}
        <button class="why" aria-expanded={open} onClick={() => setOpen(!open)}>
          {label}
          <span aria-hidden="true">{open ? " ▴" : " ▾"}</span>
        </button>
      </div>
      {open && <Sentences fact={fact} />}
    </li>
  );
}
