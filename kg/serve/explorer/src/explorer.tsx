// The served explorer.

import { start } from "./app";

start();
