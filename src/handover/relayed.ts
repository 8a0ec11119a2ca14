import { noteCard } from "../answers/notes.ts";
import type { Writer } from "../answers/writer.ts";
import type { Block, Delivery } from "../card.ts";
import { shorten } from "../shorten.ts";
import { type Turn, whisper } from "../turn.ts";

/** More is not read by anybody, and does not fit into a message of either platform. */
const LONGEST_WORDS = 4_000;
const LONGEST_READ = 40_000;

/** Words on their way from asker to agent or back: 4,000 characters at most; `whole` is how many were written, if more. */
export type Relayed = { text: string; whole?: number };

/** The words of a turn for somebody else; `redact` is asked first, so that no half of a secret is left. */
export function relayed({ message }: Turn, redact = (text: string) => text): Relayed {
  const written = message.text.trim();
  const { text, whole } = shorten(redact(written.slice(0, LONGEST_READ)), LONGEST_WORDS);
  const isAll = whole === undefined && written.length <= LONGEST_READ;
  return isAll ? { text } : { text, whole: [...written].length };
}

/** The words as their reader gets them; where they were shortened a line below says so. */
export function relayedBlocks(writer: Writer, { text, whole }: Relayed): Block[] {
  const words: Block = { type: "text", inlines: [text] };
  if (whole === undefined) return [words];
  const line = writer.say("handover.shortened", counts(writer, whole));
  return [words, { type: "text", quiet: true, inlines: [line] }];
}

/** Tells whoever wrote them how much went on; nothing where all of it did. */
export function tellShortened(turn: Turn, writer: Writer, { whole }: Relayed): Delivery[] {
  if (whole === undefined) return [];
  const line = writer.say("handover.was-shortened", counts(writer, whole));
  return [whisper(turn, noteCard(writer, line, []))];
}

function counts({ language }: Writer, whole: number) {
  const format = new Intl.NumberFormat(language);
  return { n: format.format(LONGEST_WORDS), whole: format.format(whole) };
}
