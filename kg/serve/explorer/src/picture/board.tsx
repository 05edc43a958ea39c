// The canvas as a part of a page: its buttons, its name for those who cannot see it, and the list of what it shows.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Picture } from "./picture";
import type { Look } from "./paint";
import type { Scene } from "./scene";

interface Given {
  scene: Scene;
  label: string;
  /** A new key fits the view again; the same key keeps it. */
  fitKey: string;
  hideNode?: (i: number) => boolean;
  hideEdge?: (i: number) => boolean;
  chosen?: number | null;
  look?: Partial<Look>;
  readable?: number;
  centre?: number;
  tall?: boolean;
  onChoose?: (i: number | null) => void;
  onOpen?: (i: number) => void;
  onEdge?: (i: number) => void;
  hold?: { current: Picture | null };
  children?: ComponentChildren;
}

export function Board(given: Given) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const own = useRef<Picture | null>(null);
  const latest = useRef(given);
  latest.current = given;

  useEffect(() => {
    const picture = new Picture(canvas.current!, {
      choose: (i) => latest.current.onChoose?.(i),
      open: (i) => latest.current.onOpen?.(i),
      edge: (i) => latest.current.onEdge?.(i),
    });
    own.current = picture;
    if (given.hold) given.hold.current = picture;
    (canvas.current as HTMLCanvasElement & { picture?: Picture }).picture = picture;
    return () => picture.end();
  }, []);

  const fitted = useRef("");
  useEffect(() => {
    const picture = own.current!;
    picture.look = {
      ...picture.look,
      ...given.look,
      labels: true,
      hideNode: given.hideNode,
      hideEdge: given.hideEdge,
      chosen: given.chosen ?? null,
    };
    picture.show(given.scene, { keepView: true });
    if (fitted.current !== given.fitKey && given.scene.nodes.length) {
      fitted.current = given.fitKey;
      const centre = given.centre === undefined ? undefined : given.scene.nodes[given.centre];
      if (given.readable) picture.fitReadable(given.readable, centre);
      else picture.fit();
    }
  });

  return (
    <div class={given.tall ? "board tall" : "board"}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={`${given.label}. Arrow keys walk from one to the next, Enter opens, plus and minus zoom, 0 shows all.`}
      />
      <div class="zoom" role="group" aria-label="Zoom">
        <button aria-label="Zoom in" onClick={() => own.current?.zoom(1.35)}>
          +
        </button>
        <button aria-label="Zoom out" onClick={() => own.current?.zoom(1 / 1.35)}>
          −
        </button>
        <button aria-label="Show all" onClick={() => own.current?.fit()}>
          ⤢
        </button>
      </div>
      {given.children}
    </div>
  );
}
