import type { Action } from "./action.ts";
import { answerEntry } from "./answer.ts";
import { anatomyRows } from "./answers/anatomy.ts";
import { entrySection } from "./answers/entry-folds.ts";
import { helpCard, noteCard } from "./answers/notes.ts";
import { stepCard } from "./answers/step.ts";
import { answerCodes } from "./ask.ts";
import type { Block } from "./card.ts";
import { readCodes } from "./codes/read.ts";
import { takeFeedback } from "./feedback.ts";
import { current, reveal } from "./follow.ts";
import type { Entry } from "./knowledge/entry.ts";
import {
  changed,
  type Decision,
  decided,
  entryById,
  event,
  post,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";

/**
 * Answers a button that only looks, gives feedback or leads elsewhere; it needs neither the owner nor the newest card.
 * Undefined for a button that acts in the case.
 */
export function look(turn: Turn, action: Action): Decision | undefined {
  const writer = writerFor(turn);
  const entry = entryById(turn, action.entry);
  switch (action.do) {
    case "more":
      return decided(turn, { kind: "entry", deliveries: more(turn, action, entry) });
    case "useful":
    case "not-useful":
    case "reason":
      return takeFeedback(turn, action);
    case "reveal":
      return turn.at
        ? reveal({ ...turn, at: turn.at, entry: entry ?? entryById(turn, turn.at.entry) })
        : tooOld(turn);
    case "post":
    case "solve":
    case "mine":
      return elsewhere(turn, action, entry);
    case "helping":
      return helping(turn);
    case "help":
      return decided(turn, { kind: "help", deliveries: [whisper(turn, helpCard(writer))] });
    default:
      return undefined;
  }
}

function more(turn: Turn, action: Action, entry: Entry | undefined) {
  const writer = writerFor(turn);
  const value = action.code ? Number(action.code) >>> 0 : 0;
  const fold: Block | undefined = entry
    ? entrySection(writer, entry, action.result ?? "")
    : {
        type: "fold",
        title: writer.say("fold.anatomy"),
        blocks: [{ type: "facts", rows: anatomyRows(writer, value) }],
        open: action,
      };
  if (fold?.type !== "fold") return [];
  return [
    whisper(turn, { title: fold.title, blocks: fold.blocks, buttons: [], language: turn.language }),
  ];
}

/** Puts an answer where it can hold a case: into the channel, or into a private conversation with the asker. */
function elsewhere(turn: Turn, action: Action, entry: Entry | undefined): Decision {
  const { message } = turn;
  const { thread: _, ...place } = message.address;
  const id = turn.env.newCaseId;
  const asked: Turn = {
    ...turn,
    at: undefined,
    message: {
      ...message,
      surface: action.do === "post" ? "channel" : "dm",
      address: { ...place, thread: `pending:${id}` },
      text: action.code ?? "",
      addressed: true,
    },
  };
  const codes = readCodes(action.code ?? "", turn.env.knowledge.catalog, { bare: true });
  const to =
    action.do === "post"
      ? ({ kind: "address", address: place } as const)
      : ({ kind: "dm" } as const);
  const deliver: typeof post = (at, card) => post(at, card, { to, opens: id });
  if (codes.codes.length > 0) return answerCodes(asked, codes, { deliver });
  return entry
    ? answerEntry(asked, entry, { codes: [], asked: { deliver }, notes: [] })
    : tooOld(turn);
}

function helping(turn: Turn): Decision {
  if (!turn.at) return tooOld(turn);
  const helpers = [...new Set([...turn.at.helpers, turn.message.from.id])];
  const at = changed(turn, turn.at, { helpers });
  const entry = entryById(turn, at.entry);
  const writer = writerFor(turn, at);
  const asks = at.status === "open" && (at.position.at === "step" || at.position.at === "verify");
  const fresh =
    at.card && entry && asks
      ? [post(turn, current(turn, at, entry), { mode: { update: at.card } })]
      : [];
  const card = noteCard(writer, writer.say("helping.title"), [[writer.say("helping.text")]]);
  return decided(turn, {
    kind: "case",
    at,
    events: [event(turn, "case.helper", at)],
    deliveries: [...fresh, whisper(turn, card)],
  });
}

/** A button that cannot be trusted or does not fit the case any more, and what the case asks now. */
export function tooOld(turn: Turn): Decision {
  const writer = writerFor(turn);
  const entry = turn.at && entryById(turn, turn.at.entry);
  const now =
    turn.at && entry && turn.at.position.at === "step"
      ? stepCard(writer, entry, turn.at)
      : undefined;
  const card = noteCard(
    writer,
    writer.say("too-old.title"),
    [[writer.say("too-old.text")]],
    now?.buttons ?? [],
  );
  return decided(turn, {
    kind: "case",
    deliveries: [whisper(turn, now ? { ...card, blocks: [...card.blocks, ...now.blocks] } : card)],
  });
}
