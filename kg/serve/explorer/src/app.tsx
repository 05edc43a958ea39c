// Which page stands at which address.

import { render } from "preact";
import { Empty, useAnswer, Waiting, Wrong } from "./parts/answer";
import { Frame, Heading } from "./parts/frame";
import { ClaimPage, PaperPage } from "./pages/paper";
import { DocsPage } from "./pages/docs";
import { HomePage } from "./pages/home";
import { SearchPage } from "./pages/search";
import { ThingPage } from "./pages/thing";
import { ToolsPage } from "./pages/tools";
import { usePlace } from "./router";
import type { About } from "./types";
import { CommonView } from "./views/common";
import { FamilyView } from "./views/family";
import { GapsView } from "./views/gaps";
import { GraphView } from "./views/graph";
import { GrowthView } from "./views/growth";
import { LeaderboardView } from "./views/leaderboard";
import { MapView } from "./views/map";
import { PathsView } from "./views/paths";
import { RivalsView } from "./views/rivals";
import { setRelations } from "./words";

const VIEWS: Record<string, () => preact.JSX.Element> = {
  "/": HomePage,
  "/search": SearchPage,
  "/docs": DocsPage,
  "/tools": ToolsPage,
  "/view/map": MapView,
  "/view/graph": GraphView,
  "/view/leaderboard": LeaderboardView,
  "/view/rivals": RivalsView,
  "/view/growth": GrowthView,
  "/view/family": FamilyView,
  "/view/paths": PathsView,
  "/view/common": CommonView,
  "/view/gaps": GapsView,
};

function Page() {
  const { path } = usePlace();
  const [, kind, ...rest] = path.split("/");
  const id = rest.join("/");
  if (kind === "thing" && id) return <ThingPage id={id} key={id} />;
  if (kind === "paper" && id) return <PaperPage id={id} key={id} />;
  if (kind === "claim" && id) return <ClaimPage id={id} key={id} />;
  const View = VIEWS[path];
  if (View) return <View />;
  return (
    <article class="page">
      <Heading title="Not here">There is no such page</Heading>
      <Empty title="The address may be mistyped">
        <p>Search for what you were looking for, or begin at the start page.</p>
      </Empty>
    </article>
  );
}

function App() {
  const { answer, failure } = useAnswer<About>("/api/about");
  if (answer) {
    setRelations(answer.relations);
    document.body.dataset.title = answer.title;
  }
  const title = answer?.title ?? document.body.dataset.title ?? "Knowledge graph";
  return <Frame title={title}>{failure ? <Wrong failure={failure} /> : answer ? <Page /> : <Waiting what="the graph" />}</Frame>;
}

export function start(): void {
  const app = document.getElementById("app")!;
  app.textContent = "";
  render(<App />, app);
}
