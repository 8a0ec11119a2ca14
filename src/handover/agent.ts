import { verdictCard } from "../answers/handover.ts";
import { noteCard } from "../answers/notes.ts";
import type { Button, Card, Delivery } from "../card.ts";
import { hasFiles } from "../files.ts";
import { safeText } from "../safe-text.ts";
import { changed, type Decision, decided, event, silent } from "../turn.ts";
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
import { type Relayed, relayed, relayedBlocks, tellShortened } from "./relayed.ts";
import { type DeskTurn, isAgent, isFree, take } from "./take.ts";
import {
  agentName,
  tellAgent,
  tellClosed,
  tellFilesStay,
  tellToTakeFirst,
  tellWhoHasIt,
} from "./tell-agent.ts";

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
  if (!isAgent(turn)) return isFree(turn) ? tellToTakeFirst(turn) : silent(turn);
  if (message.mentions?.some((id) => id !== at.owner.id)) return tellAgent(turn, "desk.kept-here");
  if (at.status === "resolved") return tellClosed(turn);
  if (text === "") return decided(turn, { kind: "handover", deliveries: tellFilesStay(turn) });
  return asks ? solved(turn, relayed(turn)) : relay(turn);
}

function taken(turn: DeskTurn): Decision {
  const { message, at } = turn;
  if (isFree(turn)) return answered(turn, take(turn), []);
  const isOver = message.action?.result === "over" && at.handover.status === "taken";
  if (!isOver || isAgent(turn)) return tellWhoHasIt(turn);
  const next = take(turn);
  const names = { name: agentName(turn, next), earlier: agentName(turn, at) };
  const line = deskLine(turn, next, "desk.taken-over", names);
  return answered(turn, next, [toDesk(turn, at.handover.desk ?? message.address, line)]);
}

/** The agent's words as the asker reads them: as they were written, with the agent's name. */
function relay(turn: DeskTurn): Decision {
  const { at } = turn;
  const writer = askerWriter(turn, at);
  const said = relayed(turn);
  const card: Card = {
    title: writer.say("handover.says", { name: agentName(turn, at) }),
    blocks: relayedBlocks(writer, said),
    buttons: [writer.button("button.resolved", "resolved", entryOf(at), "quiet")],
    language: writer.language,
  };
  const words: Delivery = { ...toAsker(turn, at, card), repeat: "never" };
  return decided(turn, {
    kind: "handover",
    events: [event(turn, "handover.answered", at)],
    deliveries: [
      ...tellFilesStay(turn),
      words,
      ...tellShortened(turn, agentWriter(turn, at), said),
    ],
  });
}

/** The next words are a question for the asker, also where the agent was asked what solved it. */
function askBack(turn: DeskTurn): Decision {
  if (!isFree(turn) && !isAgent(turn)) return tellWhoHasIt(turn);
  const prompt = toDesk(turn, turn.message.address, deskLine(turn, turn.at, "desk.ask-back"));
  if (isFree(turn)) return answered(turn, take(turn), [prompt]);
  const { asks, ...handover } = turn.at.handover;
  const at = asks ? { at: { ...changed(turn, turn.at, {}), handover } } : {};
  return decided(turn, { kind: "handover", ...at, deliveries: [prompt] });
}

/** Asks the agent once for a line that says what solved it. */
function askHow(turn: DeskTurn): Decision {
  const { handover } = turn.at;
  if (!isFree(turn) && !isAgent(turn)) return tellWhoHasIt(turn);
  if (handover.asks) return tellAgent(turn, "desk.how-asked", {}, [asDiscussed(turn, turn.at)]);
  const taken = isFree(turn) ? take(turn) : undefined;
  const base: HandedOver = taken ?? { ...changed(turn, turn.at, {}), handover };
  const at: HandedOver = { ...base, handover: { ...base.handover, asks: true } };
  const writer = agentWriter(turn, at);
  const card = noteCard(
    writer,
    writer.say("desk.how"),
    [[writer.say("desk.how-text")]],
    [asDiscussed(turn, at)],
  );
  const prompt = toDesk(turn, turn.message.address, card);
  return taken
    ? answered(turn, at, [prompt])
    : decided(turn, { kind: "handover", at, deliveries: [prompt] });
}

function asDiscussed(turn: DeskTurn, at: HandedOver): Button {
  const result = { result: "as-discussed" };
  return agentWriter(turn, at).button("desk.button.as-discussed", "agent-resolve", result);
}

/** The agent solved it: the asker is asked whether it is gone. */
function solved(turn: DeskTurn, how?: Relayed): Decision {
  if (!isAgent(turn) || turn.at.handover.status !== "taken") return tellWhoHasIt(turn);
  const { asks: _, ...handover } = turn.at.handover;
  const line = how && safeText(turn, LONGEST_RESOLUTION);
  const id = turn.env.id();
  const at: HandedOver = {
    ...changed(turn, turn.at, { position: { at: "verify" }, card: id }),
    handover: { ...handover, status: "done", ...(line ? { resolution: line } : {}) },
  };
  const writer = askerWriter(turn, at);
  const card = verdictCard(writer, {
    name: agentName(turn, at),
    how: how ? relayedBlocks(writer, how) : [],
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
      ...(how ? tellShortened(turn, agentWriter(turn, at), how) : []),
    ],
  });
}

/** Somebody took the case: asker's card and line, every agent's card. */
function answered(turn: DeskTurn, at: HandedOver, more: Delivery[]): Decision {
  const writer = askerWriter(turn, at);
  const title = writer.say("handover.taken", {
    name: agentName(turn, at),
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
    return tellAgent(turn, draft === "failed" ? "desk.not-saved" : "desk.not-yet");
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

function entryOf(at: HandedOver) {
  return at.entry ? { entry: at.entry } : {};
}
