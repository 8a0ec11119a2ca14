import { verdictCard } from "./answers/handover.ts";
import { noteCard } from "./answers/notes.ts";
import type { Button, Delivery } from "./card.ts";
import {
  agentWriter,
  askerWriter,
  deskLine,
  freshCards,
  freshStatus,
  type HandedOver,
  routeAt,
  toAsker,
  toDesk,
} from "./desk.ts";
import { hasFiles } from "./files.ts";
import { type DeskTurn, isAgent, isFree, take } from "./take.ts";
import { changed, type Decision, decided, event, silent, type Turn, whisper } from "./turn.ts";

const LONGEST_RESOLUTION = 500;

/**
 * What happens in the thread of an agent's card: its buttons, and the words that the agent who took the case writes to the
 * asker. Everybody who can write there may act; others' words stay there.
 */
export function atDesk(turn: DeskTurn): Decision {
  const { message } = turn;
  switch (message.action?.do) {
    case undefined:
      return typed(turn);
    case "take":
      return taken(turn);
    case "ask-back":
      return askBack(turn);
    case "agent-resolve":
      return message.action.result === "as-discussed" ? solved(turn) : askHow(turn);
    case "save-entry":
      return savedEntry(turn);
    default:
      return silent(turn);
  }
}

function typed(turn: DeskTurn): Decision {
  const { message, at } = turn;
  const { asks } = at.handover;
  const text = message.text.trim();
  if (text === "" && !(hasFiles(message) && isAgent(turn))) return silent(turn);
  if (!isAgent(turn)) return isFree(turn) ? takeFirst(turn) : silent(turn);
  if (message.mentions?.some((id) => id !== at.owner.id)) return tell(turn, "desk.kept-here");
  if (at.status === "resolved") return keepsWords(turn);
  if (text === "") return tell(turn, "handover.files-stay", { name: askerOf(turn, at) });
  if (asks) return solved(turn, text);
  return relay(turn, text);
}

function taken(turn: DeskTurn): Decision {
  const { message, at } = turn;
  if (isFree(turn)) return answered(turn, take(turn), []);
  const isOver = message.action?.result === "over" && at.handover.status === "taken";
  if (!isOver || isAgent(turn)) return takenBy(turn);
  const next = take(turn);
  const names = { name: nameOf(turn, next), earlier: nameOf(turn, at) };
  const line = deskLine(turn, next, "desk.taken-over", names);
  return answered(turn, next, [toDesk(turn, at.handover.desk ?? message.address, line)]);
}

/** The agent's words as the asker reads them: as they were written, with the agent's name. */
function relay(turn: DeskTurn, text: string): Decision {
  const { at } = turn;
  const writer = askerWriter(turn, at);
  const name = nameOf(turn, at);
  const card = noteCard(
    writer,
    writer.say("handover.says", { name }),
    [[text]],
    [writer.button("button.resolved", "resolved", entryOf(at), "quiet")],
  );
  const words: Delivery = { ...toAsker(turn, at, card), repeat: "never" };
  return decided(turn, {
    kind: "handover",
    events: [event(turn, "handover.answered", at)],
    deliveries: [...filesStay(turn), words],
  });
}

/** Tells the agent that files do not reach the asker. */
function filesStay(turn: DeskTurn): Delivery[] {
  const name = askerOf(turn, turn.at);
  return hasFiles(turn.message)
    ? tell(turn, "handover.files-stay", { name }).commit.deliveries
    : [];
}

function askBack(turn: DeskTurn): Decision {
  if (!isFree(turn) && !isAgent(turn)) return takenBy(turn);
  const at = isFree(turn) ? take(turn) : turn.at;
  const prompt = toDesk(turn, turn.message.address, deskLine(turn, at, "desk.ask-back"));
  if (at !== turn.at) return answered(turn, at, [prompt]);
  return decided(turn, { kind: "handover", deliveries: [prompt] });
}

/** Asks the agent for a line that says what solved it. */
function askHow(turn: DeskTurn): Decision {
  const { handover } = turn.at;
  if (!isFree(turn) && !isAgent(turn)) return takenBy(turn);
  const taken = isFree(turn) ? take(turn) : undefined;
  const base: HandedOver = taken ?? { ...changed(turn, turn.at, {}), handover };
  const at: HandedOver = { ...base, handover: { ...base.handover, asks: true } };
  const writer = agentWriter(turn, at);
  const card = noteCard(
    writer,
    writer.say("desk.how"),
    [[writer.say("desk.how-text")]],
    [writer.button("desk.button.as-discussed", "agent-resolve", { result: "as-discussed" })],
  );
  const prompt = toDesk(turn, turn.message.address, card);
  return taken
    ? answered(turn, at, [prompt])
    : decided(turn, { kind: "handover", at, deliveries: [prompt] });
}

/** The agent solved it: the asker is asked whether it is gone. */
function solved(turn: DeskTurn, text?: string): Decision {
  if (!isAgent(turn) || turn.at.handover.status !== "taken") return takenBy(turn);
  const { asks: _, ...handover } = turn.at.handover;
  const line = text && turn.env.redact(text).text.slice(0, LONGEST_RESOLUTION);
  const id = turn.env.id();
  const at: HandedOver = {
    ...changed(turn, turn.at, { position: { at: "verify" }, card: id }),
    handover: { ...handover, status: "done", ...(line ? { resolution: line } : {}) },
  };
  const card = verdictCard(askerWriter(turn, at), {
    name: nameOf(turn, at),
    line: text,
    about: entryOf(at),
  });
  return decided(turn, {
    kind: "handover",
    at,
    events: [event(turn, "handover.resolved", at, { how: line ? "typed" : "as-discussed" })],
    deliveries: [
      ...freshStatus(turn, at, turn.at.card),
      { ...toAsker(turn, at, card), id },
      ...freshCards(turn, at, "hexdesk.handover.resolved"),
      toDesk(turn, turn.message.address, deskLine(turn, at, "desk.asked-asker")),
    ],
  });
}

/** Somebody took the case: asker's card and line, every agent's card. */
function answered(turn: DeskTurn, at: HandedOver, more: Delivery[]): Decision {
  const writer = askerWriter(turn, at);
  const title = writer.say("handover.taken", {
    name: nameOf(turn, at),
    route: routeAt(turn, turn.message.address)?.title ?? "",
  });
  return decided(turn, {
    kind: "handover",
    at,
    events: [event(turn, "handover.taken", at)],
    deliveries: [
      ...freshCards(turn, at, "hexdesk.handover.taken"),
      ...freshStatus(turn, at),
      toAsker(turn, at, noteCard(writer, title, [])),
      ...more,
    ],
  });
}

function savedEntry(turn: DeskTurn): Decision {
  const { draft } = turn.message;
  if (turn.at.handover.status !== "done" || draft === undefined || draft === "failed") {
    return tell(turn, draft === "failed" ? "desk.not-saved" : "desk.not-yet");
  }
  const at: HandedOver = {
    ...changed(turn, turn.at, {}),
    handover: { ...turn.at.handover, saved: draft.path },
  };
  const writer = agentWriter(turn, at);
  const card = noteCard(writer, writer.say("desk.saved"), [
    [{ code: draft.path }],
    [writer.say("desk.saved-text")],
  ]);
  return decided(turn, {
    kind: "handover",
    at,
    events: [event(turn, "handover.entry-saved", at)],
    deliveries: [
      ...freshCards(turn, at, "hexdesk.handover.updated"),
      toDesk(turn, turn.message.address, card),
    ],
  });
}

/** A private word: somebody else has this case. */
function takenBy(turn: DeskTurn): Decision {
  const { agent, status } = turn.at.handover;
  if (isAgent(turn) && status === "taken") return tell(turn, "desk.yours");
  const key = status === "taken" ? "desk.taken" : "desk.over";
  const writer = agentWriter(turn, turn.at);
  const over = writer.button("desk.button.take-over", "take", { result: "over" });
  const name = agent?.name ?? writer.say("desk.somebody");
  return tell(turn, key, { name }, status === "taken" ? [over] : []);
}

/** Words before anybody took the case go nowhere. */
function takeFirst(turn: DeskTurn): Decision {
  const writer = agentWriter(turn, turn.at);
  const take = writer.button("desk.button.take", "take", {}, "primary");
  return once(turn, "desk", tell(turn, "desk.take-first", {}, [take]));
}

/** Words after the case was closed go nowhere either. */
function keepsWords(turn: DeskTurn): Decision {
  return once(turn, "closed", tell(turn, "desk.closed"));
}

/** Each person is told so once, and whenever they mention Hexdesk. */
function once(turn: DeskTurn, what: string, told: Decision): Decision {
  const mark = `${what}:${turn.message.from.id}`;
  if (turn.at.hinted.includes(mark) && !turn.message.addressed) return silent(turn);
  const at = changed(turn, turn.at, { hinted: [...new Set([...turn.at.hinted, mark])] });
  return decided(turn, { kind: "handover", at, deliveries: told.commit.deliveries });
}

function tell(
  turn: DeskTurn,
  key: string,
  params: Record<string, string> = {},
  buttons: Button[] = [],
): Decision {
  const writer = agentWriter(turn, turn.at);
  const asker = askerOf(turn, turn.at);
  const card = noteCard(writer, writer.say(key, { asker, ...params }), [], buttons);
  return decided(turn, { kind: "handover", deliveries: [whisper(turn, card)] });
}

function nameOf(turn: Turn, at: HandedOver): string {
  return at.handover.agent?.name ?? askerWriter(turn, at).say("handover.agent");
}

function askerOf(turn: Turn, at: HandedOver): string {
  return at.owner.name ?? agentWriter(turn, at).say("desk.asker");
}

function entryOf(at: HandedOver) {
  return at.entry ? { entry: at.entry } : {};
}
