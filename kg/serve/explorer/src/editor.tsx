// The SPARQL editor: YASGUI, with completion over our own vocabulary. Its own completers ask servers on the web while
// one types (lov.linkeddata.es, prefix.cc), so they are taken out before it starts.

import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Frame } from "./parts/frame";
import { setRelations } from "./words";

interface Completion {
  name: string;
  isValidCompletionPosition: (yasqe: any) => boolean;
  get: () => Promise<string[]>;
  bulk: boolean;
  autoShow: boolean;
  persistenceId: null;
}

interface Vocabulary {
  title: string;
  prefixes: Record<string, string>;
  terms: string[];
  questions: { name: string; about: string; text: string }[];
}

declare const Yasgui: any;

const completer = (terms: string[]): Completion => ({
  name: "vocabulary",
  bulk: true,
  autoShow: true,
  persistenceId: null,
  isValidCompletionPosition: (yasqe) => /^[\w-]*:[\w.-]*$|^[a-z]{2,}$/.test(yasqe.getCompleteToken().string),
  get: async () => terms,
});

function Editor() {
  const place = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState<Vocabulary | null>(null);
  const [failed, setFailed] = useState("");
  const yasgui = useRef<any>(null);

  useEffect(() => {
    Promise.all([fetch("/api/vocabulary").then((r) => r.json()), load("/assets/yasgui.js")])
      .then(([found]) => setWords(found as Vocabulary))
      .catch(() => setFailed("The editor could not be loaded. Look whether kg serve still runs, then try again."));
  }, []);

  useEffect(() => {
    if (!words || !place.current || yasgui.current) return;
    const prefixes = Object.entries(words.prefixes);
    const head = prefixes.filter(([p]) => ["akg", "thing", "skos", "rdf", "oa", "dcterms"].includes(p)).map(([p, iri]) => `PREFIX ${p}: <${iri}>`);
    const first = `${head.join("\n")}\n\nSELECT ?method ?dataset ?papers WHERE {\n  ?fact rdf:predicate akg:evaluatedOn ; rdf:subject ?m ; rdf:object ?d ; akg:paperCount ?papers .\n  ?m skos:prefLabel ?method . ?d skos:prefLabel ?dataset .\n}\nORDER BY DESC(?papers) ?method\nLIMIT 50`;
    for (const remote of ["prefixes", "property", "class"]) delete Yasgui.Yasqe.Autocompleters[remote];
    Yasgui.Yasqe.defaults.autocompleters = ["variables"];
    Yasgui.Yasqe.registerAutocompleter(completer(words.terms));
    Yasgui.Yasqe.defaults.value = first;
    Yasgui.Yasqe.defaults.prefixes = words.prefixes;
    yasgui.current = new Yasgui(place.current, {
      requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
      copyEndpointOnNewTab: true,
      persistenceId: null,
      endpointCatalogueOptions: { getData: () => [{ endpoint: `${location.origin}/sparql` }], keys: [] },
    });
    const asked = new URLSearchParams(location.hash.slice(1)).get("query") ?? new URLSearchParams(location.search).get("query");
    if (asked) use(asked);
    named(place.current);
  }, [words]);

  const use = (text: string): void => {
    const tab = yasgui.current?.getTab();
    tab?.setQuery(text);
    tab?.getYasqe?.().focus();
  };

  return (
    <article class="page full">
      <h1>SPARQL</h1>
      <p class="lead">
        The endpoint is <code>{location.origin}/sparql</code>. Control and space completes a name of our vocabulary; Control and Enter
        runs the query.
      </p>
      {failed ? <p role="alert">{failed}</p> : !words && <p role="status">Loading the editor …</p>}
      {words && words.questions.length > 0 && (
        <label class="form">
          Questions to begin with
          <select onChange={(event) => event.currentTarget.value && use(words.questions[Number(event.currentTarget.value)]!.text)}>
            <option value="">Choose one</option>
            {words.questions.map((question, i) => (
              <option value={String(i)}>{question.about || question.name}</option>
            ))}
          </select>
        </label>
      )}
      <div ref={place} class="yasgui-ground" />
    </article>
  );
}

/** What the editor leaves without a name or in a role that its place does not allow. */
function named(ground: HTMLElement): void {
  const name = (what: string, text: string): void =>
    ground.querySelectorAll(what).forEach((element) => element.getAttribute("aria-label") || element.setAttribute("aria-label", text));
  name("textarea", "SPARQL query");
  name("input.autocomplete", "Address of the endpoint");
  ground.querySelectorAll("[role=tablist] button[aria-label]").forEach((button) => {
    button.setAttribute("role", "tab");
    button.setAttribute("aria-selected", "false");
  });
}

function load(address: string): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done();
    script.onerror = () => failed(new Error(address));
    document.head.append(script);
  });
}

setRelations({});
document.title = `SPARQL · ${document.body.dataset.title ?? "Knowledge graph"}`;
const app = document.getElementById("app")!;
app.textContent = "";
render(
  <Frame title={document.body.dataset.title ?? "Knowledge graph"}>
    <Editor />
  </Frame>,
  app,
);
