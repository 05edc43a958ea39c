// Where answers come from: the server, or the data that the single file carries. Pages do not know which.

export class Failure extends Error {
  constructor(
    message: string,
    readonly toDo: string | null = null,
    readonly status = 0,
  ) {
    super(message);
  }
}

export interface Source {
  get<T>(path: string): Promise<T>;
  /** Whether SPARQL can be run here. */
  readonly served: boolean;
}

const kept = new Map<string, Promise<unknown>>();
const MOST_KEPT = 200;

export const remote: Source = {
  served: true,
  get<T>(path: string): Promise<T> {
    let answer = kept.get(path);
    if (!answer) {
      answer = ask(path);
      kept.set(path, answer);
      answer.catch(() => kept.delete(path));
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    }
    return answer as Promise<T>;
  },
};

async function ask(path: string): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: "application/json" } });
  } catch {
    throw new Failure("The server does not answer.", "Look whether kg serve still runs, then try again.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Failure(body?.error ?? `The server answered ${response.status}.`, body?.to_do ?? null, response.status);
  }
  return body;
}

let current: Source = remote;

export const useSource = (source: Source): void => {
  current = source;
};

export const source = (): Source => current;
