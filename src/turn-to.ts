import { noteCard } from "./answers/notes.ts";
import { isWithPeople } from "./beside.ts";
import { askAgain } from "./follow.ts";
import { type CaseTurn, type Decision, decided, post, writerFor } from "./turn.ts";

/** The asker chose the case that is meant from now on: who reads what is typed next, or the open step once more. */
export function turnTo(turn: CaseTurn): Decision {
  const { at } = turn;
  const { action: _, ...message } = turn.message;
  if (!isWithPeople(at)) return askAgain({ ...turn, message }, "hint.again");
  const writer = writerFor(turn);
  const name = at.handover?.agent?.name ?? writer.say("beside.people");
  const card = noteCard(writer, writer.say("beside.goes-to", { name, case: at.id }), []);
  return decided(turn, { kind: "handover", deliveries: [post(turn, card)] });
}
