import { noteCard } from "../answers/notes.ts";
import type { Writer } from "../answers/writer.ts";
import { besideButtons } from "../beside.ts";
import type { Button, Card, Delivery } from "../card.ts";
import { hasFiles } from "../files.ts";
import { type Intent, isKnown } from "../intent.ts";
import { safeText } from "../safe-text.ts";
import { shorten } from "../shorten.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  post,
  silent,
  whisper,
  writerFor,
} from "../turn.ts";
import { agentWriter, askerWriter, deskLine, freshCards, type HandedOver, toDesk } from "./desk.ts";
import { relayed, relayedBlocks, tellShortened } from "./relayed.ts";

const MOST_NOTES = 5;
const LONGEST_NOTE = 500;

type Held = CaseTurn & { at: HandedOver };

/** The asker's words on the card while nobody took the case. */
export function addNote(turn: Held): Decision {
  const { handover } = turn.at;
  const note = safeText(turn, LONGEST_NOTE);
  const notes = [...(handover.notes ?? []), note].slice(-MOST_NOTES);
  const at: HandedOver = { ...changed(turn, turn.at, {}), handover: { ...handover, notes } };
  const writer = askerWriter(turn, at);
  return decided(turn, {
    kind: "handover",
    at,
    deliveries: [
      ...filesStay(turn),
      post(
        turn,
        noteCard(
          writer,
          writer.say("handover.added"),
          addedLines(turn, writer),
          besideButtons(turn, writer),
        ),
      ),
      ...freshCards(turn, at, "hexdesk.handover.updated"),
    ],
  });
}

/** How much of a long note was kept. */
function addedLines({ message }: Held, writer: Writer): string[][] {
  const { whole } = shorten(message.text.trim(), LONGEST_NOTE);
  if (whole === undefined) return [];
  const format = new Intl.NumberFormat(writer.language);
  return [[writer.say("handover.added-part", { n: LONGEST_NOTE, whole: format.format(whole) })]];
}

/** Tells whoever attached files that people get words only; nothing where there are none. */
export function filesStay(turn: Held): Delivery[] {
  if (!hasFiles(turn.message)) return [];
  const writer = writerFor(turn);
  const name = turn.at.handover.agent?.name ?? writer.say("handover.agent");
  return [whisper(turn, noteCard(writer, writer.say("handover.files-stay", { name }), []))];
}

/** The asker's words in the agent's thread, without what is private. */
export function relay(turn: Held, intent: Intent): Decision {
  const { at, message } = turn;
  const { desk } = at.handover;
  if (!desk) return silent(turn);
  const words = relayed(turn, (text) => turn.env.redact(text).text);
  const by = message.from.name ?? at.owner.name;
  const said: HandedOver = { ...at, owner: { ...at.owner, ...(by ? { name: by } : {}) } };
  const line = deskLine(turn, said, "desk.says");
  const card: Card = { ...line, blocks: relayedBlocks(agentWriter(turn, at), words) };
  return decided(turn, {
    kind: "handover",
    deliveries: [
      ...filesStay(turn),
      { ...toDesk(turn, desk, card), repeat: "never" },
      ...tellShortened(turn, writerFor(turn), words),
      ...tellWhere(turn, intent),
    ],
  });
}

/** Says to whom the words went, with what else could be meant; nothing where nothing could. */
function tellWhere(turn: Held, intent: Intent): Delivery[] {
  const writer = writerFor(turn);
  const buttons = [...askButtons(turn, intent, writer), ...besideButtons(turn, writer)];
  if (turn.message.address.thread !== undefined || buttons.length === 0) return [];
  const { agent } = turn.at.handover;
  const name = agent?.name ?? writer.say("handover.agent");
  const line = writer.say("beside.went-to", { name, case: turn.at.id });
  return [whisper(turn, noteCard(writer, line, [], buttons))];
}

/** A code that was written to the agent may have been meant for Hexdesk. */
function askButtons({ at }: Held, intent: Intent, writer: Writer): Button[] {
  const found = intent.kind === "codes" ? intent.extraction.codes.find(isKnown) : undefined;
  const code = found?.readings[0]?.code;
  if (!code || at.codes.includes(code)) return [];
  const label = writer.say("beside.ask", { code });
  return [{ label, style: "default", action: { v: 1, do: "choose", code, lang: writer.language } }];
}
