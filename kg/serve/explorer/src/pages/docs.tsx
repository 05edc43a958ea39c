// The JSON API, read from its own OpenAPI document, with a try beside every address.

import { useEffect, useState } from "preact/hooks";
import { Wrong } from "../parts/answer";
import { Heading } from "../parts/frame";
import { Failure } from "../source";

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: { type: string; enum?: string[]; items?: { enum?: string[] } };
}
interface Operation {
  summary: string;
  parameters: Parameter[];
}
interface Document {
  info: { title: string; version: string };
  paths: Record<string, { get: Operation }>;
}

export function DocsPage() {
  const [document, setDocument] = useState<Document | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    fetch("/api/openapi.json")
      .then((response) => response.json())
      .then(setDocument)
      .catch(() => setFailed(true));
  }, []);
  if (failed) return <Wrong failure={new Failure("The document cannot be read.")} />;
  return (
    <article class="page">
      <Heading title="JSON API">JSON API</Heading>
      <p class="lead">
        Everything these pages show, as JSON. The document for programs:{" "}
        <a href="/api/openapi.json" data-outside="">
          /api/openapi.json
        </a>
        . Nodes are RDF too: add <code>.ttl</code> or <code>.jsonld</code> to an address, or ask with Accept.
      </p>
      {document &&
        Object.entries(document.paths)
          .filter(([path]) => path.startsWith("/api/"))
          .map(([path, { get }]) => <Address path={path} operation={get} />)}
    </article>
  );
}

function Address({ path, operation }: { path: string; operation: Operation }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [answer, setAnswer] = useState("");
  const run = async (event: Event): Promise<void> => {
    event.preventDefault();
    const query = new URLSearchParams();
    let address = path;
    for (const { name, in: where, schema } of operation.parameters) {
      const value = values[name]?.trim();
      if (where === "path") address = address.replace(`{${name}}`, encodeURIComponent(value ?? ""));
      else if (value) for (const one of schema.type === "array" ? value.split(",") : [value]) query.append(name, one.trim());
    }
    const response = await fetch(address + (query.size ? `?${query}` : ""));
    setAnswer(`${response.status}\n${JSON.stringify(await response.json(), null, 1).slice(0, 6000)}`);
  };
  return (
    <details class="address">
      <summary>
        <code>GET {path}</code> {operation.summary}
      </summary>
      <form class="form" onSubmit={(event) => void run(event)}>
        {operation.parameters.map(({ name, description, required, schema }) => (
          <label>
            {name}
            {required && " *"} <span class="soft">{description}</span>
            {schema.enum ? (
              <select onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}>
                <option value="" />
                {schema.enum.map((one) => (
                  <option>{one}</option>
                ))}
              </select>
            ) : (
              <input value={values[name] ?? ""} onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })} />
            )}
          </label>
        ))}
        <button class="strong">Try it</button>
      </form>
      {answer && (
        <pre class="result" tabIndex={0} aria-label="Answer">
          {answer}
        </pre>
      )}
    </details>
  );
}
