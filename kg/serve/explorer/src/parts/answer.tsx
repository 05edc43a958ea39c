// Asking for an answer, and saying what is going on meanwhile.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure, source } from "../source";

type State<T> = { answer?: T; failure?: Failure; path: string };

export function useAnswer<T>(path: string | null): State<T> {
  const [state, setState] = useState<State<T>>({ path: path ?? "" });
  useEffect(() => {
    if (path === null) return;
    let wanted = true;
    source()
      .get<T>(path)
      .then((answer) => wanted && setState({ answer, path }))
      .catch((error: unknown) => {
        const failure = error instanceof Failure ? error : new Failure(String(error));
        if (wanted) setState({ failure, path });
      });
    return () => {
      wanted = false;
    };
  }, [path]);
  return state.path === path ? state : { path: path ?? "" };
}

/** What a thing is called, for boxes that were filled from an address. */
export function useLabel(id: string | null): string {
  const { answer } = useAnswer<{ thing: { label: string } }>(id ? `/api/thing/${encodeURIComponent(id.replace(/^thing\//, ""))}` : null);
  return id ? (answer?.thing.label ?? "") : "";
}

export function Answer<T>(given: { path: string; what: string; children: (answer: T) => ComponentChildren }) {
  const { answer, failure } = useAnswer<T>(given.path);
  if (failure) return <Wrong failure={failure} />;
  if (!answer) return <Waiting what={given.what} />;
  return <>{given.children(answer)}</>;
}

export function Waiting({ what }: { what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="waiting" role="status">
      {late ? `Looking for ${what} …` : ""}
    </p>
  );
}

export function Wrong({ failure }: { failure: Failure }) {
  return (
    <div class="empty" role="alert">
      <h2>{failure.status === 404 ? "Nothing here has that name" : "That did not work"}</h2>
      <p>{failure.message}</p>
      {failure.toDo && <p class="soft">What to do: {failure.toDo}.</p>}
      <p>
        <a href="#" onClick={(event) => (event.preventDefault(), document.getElementById("search")?.focus())}>
          Search for something else
        </a>
      </p>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
