// The explorer in one file: the same pages, with the answers in the file itself. It asks nobody.

import { start } from "./app";
import { embedded } from "./embedded";
import { useHash } from "./router";
import { useSource } from "./source";

useHash();
embedded(document.getElementById("data")!.textContent!)
  .then((source) => {
    useSource(source);
    start();
  })
  .catch((error: unknown) => {
    document.getElementById("app")!.textContent = `This page cannot be shown in this browser: ${String(error)}`;
  });
