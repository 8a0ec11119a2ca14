import { noteCard } from "../answers/notes.ts";
import type { Button, Delivery } from "../card.ts";
import { hasFiles } from "../files.ts";
import { changed, type Decision, decided, silent, type Turn, whisper } from "../turn.ts";
import { agentWriter, askerWriter, type HandedOver } from "./desk.ts";
import { type DeskTurn, isAgent } from "./take.ts";

/** A private word to whoever wrote or clicked in the thread of an agent's card. */
export function tellAgent(
  turn: DeskTurn,
  key: string,
  params: Record<string, string> = {},
  buttons: Button[] = [],
): Decision {
  const writer = agentWriter(turn, turn.at);
  const asker = askerName(turn, turn.at);
  const card = noteCard(writer, writer.say(key, { asker, ...params }), [], buttons);
  return decided(turn, { kind: "handover", deliveries: [whisper(turn, card)] });
}

/** Somebody else has this case. */
export function tellWhoHasIt(turn: DeskTurn): Decision {
  const { agent, status } = turn.at.handover;
  if (isAgent(turn) && status === "taken") return tellAgent(turn, "desk.yours");
  const key = status === "taken" ? "desk.taken" : "desk.over";
  const writer = agentWriter(turn, turn.at);
  const over = writer.button("desk.button.take-over", "take", { result: "over" });
  const name = agent?.name ?? writer.say("desk.somebody");
  return tellAgent(turn, key, { name }, status === "taken" ? [over] : []);
}

/** Words before anybody took the case go nowhere. */
export function tellToTakeFirst(turn: DeskTurn): Decision {
  const writer = agentWriter(turn, turn.at);
  const take = writer.button("desk.button.take", "take", {}, "primary");
  return once(turn, "desk", tellAgent(turn, "desk.take-first", {}, [take]));
}

/** Words after the case was closed go nowhere either. */
export function tellClosed(turn: DeskTurn): Decision {
  return once(turn, "closed", tellAgent(turn, "desk.closed"));
}

/** Files do not reach the asker; nothing where there are none. */
export function tellFilesStay(turn: DeskTurn): Delivery[] {
  const name = askerName(turn, turn.at);
  return hasFiles(turn.message)
    ? tellAgent(turn, "handover.files-stay", { name }).commit.deliveries
    : [];
}

/** What the asker calls whoever has the case. */
export function agentName(turn: Turn, at: HandedOver): string {
  return at.handover.agent?.name ?? askerWriter(turn, at).say("handover.agent");
}

function askerName(turn: Turn, at: HandedOver): string {
  return at.owner.name ?? agentWriter(turn, at).say("desk.asker");
}

/** Each person is told so once, and whenever they mention Hexdesk. */
function once(turn: DeskTurn, what: string, told: Decision): Decision {
  const mark = `${what}:${turn.message.from.id}`;
  if (turn.at.hinted.includes(mark) && !turn.message.addressed) return silent(turn);
  const at = changed(turn, turn.at, { hinted: [...new Set([...turn.at.hinted, mark])] });
  return decided(turn, { kind: "handover", at, deliveries: told.commit.deliveries });
}
