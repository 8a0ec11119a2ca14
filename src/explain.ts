import { explainCard } from "./answers/notes.ts";
import { hint } from "./follow.ts";
import { type CaseTurn, changed, type Decision, decided, post, writerFor } from "./turn.ts";

/** Why this step: its cause, its risk and how to take it back, above the step itself. */
export function explain(turn: CaseTurn): Decision {
  const { at, entry } = turn;
  const cause = at.position.at === "step" ? at.position.cause : undefined;
  const found = entry?.causes.find(({ id }) => id === cause);
  if (!entry || !found) return hint(turn);
  const next = changed(turn, at, {});
  const delivery = post(turn, explainCard(writerFor(turn, next), entry, next, found));
  return decided(turn, {
    kind: "step",
    at: { ...next, card: delivery.id },
    deliveries: [delivery],
  });
}
