import type { Action } from "../action.ts";
import { answerCodes } from "../ask.ts";
import { resolve } from "../follow.ts";
import type { FollowUp } from "../follow-up.ts";
import { asksNothing, type Intent } from "../intent.ts";
import { naturalWords } from "../language.ts";
import { tooOld } from "../look.ts";
import { show } from "../show.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  event,
  post,
  silent,
  type Turn,
  writerFor,
} from "../turn.ts";
import { deskLine, freshCards, type HandedOver, statusNow, toDesk } from "./desk.ts";
import { calling, cardsFor } from "./send-handover.ts";
import { addNote, filesStay, relay } from "./to-people.ts";

/** Words that a wish for a language may have beside it. */
const WISH_WORDS = 8;
const BACK: ReadonlySet<FollowUp> = new Set(["reopen", "unresolved", "failed"]);

type Held = CaseTurn & { at: HandedOver };

/**
 * What the asker (or a helper) writes while people have the case: words go to the agent, or onto the card while nobody
 * took it; "solved" closes the case. A new code that is asked of Hexdesk is answered beside it.
 */
export function whileHandedOver(turn: Held, intent: Intent): Decision {
  const { message, at } = turn;
  const { status } = at.handover;
  const act = intent.kind === "follow-up" ? intent.act : undefined;
  if (turn.wish && naturalWords(message.text).length <= WISH_WORDS) return whoHasIt(turn);
  if (at.position.at === "verify" && (act === "yes" || act === "worked")) return gone(turn);
  if (at.position.at === "verify" && (act === "no" || act === "failed")) return stillThere(turn);
  if (act === "resolved") return gone(turn);
  if (act === "unresolved" && status === "done") return stillThere(turn);
  if (act === "person") return whoHasIt(turn);
  const asksBot = message.addressed && (status !== "taken" || message.surface === "channel");
  if (intent.kind === "codes" && asksBot) return aside(turn, intent);
  const isTalk = message.mentions?.some((id) => id !== at.handover.agent?.id);
  if (!message.addressed && (isTalk || status !== "taken")) return silent(turn);
  if (status === "waiting" && asksNothing(intent)) return silent(turn);
  if (message.text.trim() === "") {
    const deliveries = filesStay(turn);
    return deliveries.length > 0 ? decided(turn, { kind: "handover", deliveries }) : silent(turn);
  }
  return status === "waiting" ? addNote(turn) : relay(turn, intent);
}

/**
 * The asker's buttons while people have the case, and "it is back" after an agent solved it. They carry no promise about
 * the case's version, because agents move it meanwhile. Undefined for every other button.
 */
export function clickHandedOver(turn: Held, action: Action): Decision | undefined {
  const { at } = turn;
  const { agent, status } = at.handover;
  if (at.status === "resolved") {
    return action.do === "reopen" && agent ? stillThere(turn) : undefined;
  }
  if (at.status !== "handed-over") return undefined;
  switch (action.do) {
    case "resolved":
      return gone(turn);
    case "unresolved":
    case "reopen":
      return agent && status === "done" ? stillThere(turn) : whoHasIt(turn);
    case "send-handover":
      return action.result ? sendAgain(turn, action.result) : whoHasIt(turn);
    case "person":
      return whoHasIt(turn);
    default:
      return undefined;
  }
}

/** "It is back" in words, after an agent solved it: like the button, to the same agent. Undefined for all other words. */
export function backAgain(turn: Held, intent: Intent): Decision | undefined {
  const { status, handover } = turn.at;
  if (status !== "resolved" || !handover.agent || intent.kind !== "follow-up") return undefined;
  return BACK.has(intent.act) ? stillThere(turn) : undefined;
}

/** The asker says that it is gone: the case closes, and the agents' cards say so. */
function gone(turn: Held): Decision {
  const { agent: _, ...rest } = turn.at.handover;
  const agent = turn.at.handover.agent;
  const handover = { ...rest, status: "done", ...(agent ? { agent } : {}) } as const;
  const decision = resolve(turn);
  const closed = decision.commit.case;
  if (!closed) return decision;
  const at: HandedOver = { ...closed, handover };
  return {
    ...decision,
    commit: {
      ...decision.commit,
      case: at,
      deliveries: [
        ...decision.commit.deliveries,
        ...freshCards(turn, at, "hexdesk.handover.closed"),
        ...lineAtDesk(turn, at, "desk.gone"),
      ],
    },
  };
}

/** The problem is still there, or came back: the agent who had the case has it again. */
function stillThere(turn: Held): Decision {
  const { asks: _, saved: __, ...kept } = turn.at.handover;
  const at: HandedOver = {
    ...changed(turn, turn.at, { status: "handed-over", position: { at: "none" } }),
    handover: { ...kept, status: "taken" },
  };
  const decision = show(turn, at, statusNow(turn, at, writerFor(turn, at)), {
    kind: "handover",
    events: [event(turn, "case.reopened", at)],
  });
  return withDeliveries(decision, [
    ...freshCards(turn, at, "hexdesk.handover.reopened"),
    ...lineAtDesk(turn, at, "desk.still-there"),
  ]);
}

/** Sends the card once more to a route that could not be reached; no other route can be named by a click. */
function sendAgain(turn: Held, name: string): Decision {
  const { at, env } = turn;
  const route = env.routes.find((each) => each.name === name);
  const { cards: sentTo, unreached = [], status } = at.handover;
  if (sentTo.some((each) => each.route === name) || status !== "waiting") return whoHasIt(turn);
  if (!route || !unreached.includes(name)) return tooOld(turn);
  const sent = cardsFor(turn, [route]);
  const cards = [...sentTo, ...sent.map(({ id }) => ({ route: name, delivery: id }))];
  const left = { unreached: unreached.filter((each) => each !== name) };
  const next = { ...changed(turn, at, {}), handover: { ...at.handover, ...left, cards } };
  const events = [event(turn, "case.handed-over", at, { routes: name })];
  const decision = show(turn, next, statusNow(turn, next, writerFor(turn, next)), {
    kind: "handover",
    events,
  });
  return calling(decision, turn, next, sent);
}

/** "A person, please" while people have the case: who has it. */
function whoHasIt(turn: Held): Decision {
  const at = { ...changed(turn, turn.at, {}), handover: turn.at.handover };
  return show(turn, at, statusNow(turn, at, writerFor(turn, at)), { kind: "handover" });
}

/** A question that has nothing to do with the case that people have: it is answered without touching that. */
function aside(turn: Held, { extraction }: Intent & { kind: "codes" }): Decision {
  const { address, surface } = turn.message;
  if (address.thread === undefined && surface === "dm") return answerCodes(turn, extraction);
  const own: Turn = { ...turn, at: undefined, message: { ...turn.message, surface: "slash" } };
  const deliver: typeof post = (at, card) => post(at, card, { to: { kind: "thread" } });
  return answerCodes(own, extraction, { deliver });
}

function lineAtDesk(turn: Held, at: HandedOver, key: string) {
  const { desk } = at.handover;
  if (!desk) return [];
  return [toDesk(turn, desk, deskLine(turn, at, key))];
}

function withDeliveries(decision: Decision, more: Decision["commit"]["deliveries"]): Decision {
  const { commit } = decision;
  return { ...decision, commit: { ...commit, deliveries: [...commit.deliveries, ...more] } };
}
