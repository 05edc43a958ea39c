// A method's family tree.

import { Answer, Empty, useLabel } from "../parts/answer";
import { Heading } from "../parts/frame";
import { Picker } from "../parts/picker";
import { go, usePlace } from "../router";
import type { Family } from "../types";
import { count, name } from "../words";
import { ColumnPicture } from "./columns";
import { Suggest } from "./graph";

export function FamilyView() {
  const of = usePlace().query.get("of");
  const label = useLabel(of);
  return (
    <article class="page full">
      <Heading title="Family tree">Family tree</Heading>
      <div class="form">
        <Picker label="Of" only="things" value={label} placeholder="a method, by any name" onChoose={(c) => "thing" in c && go(`/view/family?of=${name(c.thing.id)}`)} />
      </div>
      {of ? (
        <Answer<Family> path={`/api/family/${name(`thing/${of}`)}`} what="the family">
          {(family) => {
            const me = family.nodes.find((node) => node.id === family.centre)!;
            const lowest = Math.min(...family.nodes.map((node) => node.generation));
            if (family.nodes.length === 1)
              return (
                <Empty title={`${me.label} stands alone`}>
                  <p>No paper says what it is a kind of or built upon, nor what is built upon it.</p>
                </Empty>
              );
            return (
              <>
                <p class="lead">
                  {count(family.nodes.filter((n) => n.generation < 0).length, "ancestor")} on the left,{" "}
                  {count(family.nodes.filter((n) => n.generation > 0).length, "descendant")} on the right.
                  {family.left_out > 0 && ` ${count(family.left_out, "other")} that fewer papers name are left out.`}
                </p>
                <ColumnPicture
                  nodes={family.nodes}
                  levels={family.nodes.map((node) => node.generation - lowest)}
                  edges={family.edges}
                  label={`Family of ${me.label}`}
                  sparql={family.sparql}
                  centre={family.centre}
                >
                  <p class="soft">A line says that the one is a kind of the other, or built upon it. Click it to read who says so.</p>
                </ColumnPicture>
              </>
            );
          }}
        </Answer>
      ) : (
        <Suggest to="/view/family?of=" kinds={["ARCH", "METHOD"]} />
      )}
    </article>
  );
}
