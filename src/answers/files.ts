import type { Block } from "../card.ts";
import type { FoundCode } from "../codes/reading.ts";
import type { Message } from "../message.ts";
import { placeOf, type Writer } from "./writer.ts";

/** What a reader must know about the attached files: not read, read in part, or read and without any code. */
export function fileNotes(writer: Writer, { attached = [], unread = [] }: Message): Block[] {
  const bare = attached.filter(({ codes }) => codes.length === 0).map(({ name }) => name);
  const cut = attached.filter(({ truncated }) => truncated).map(({ name }) => name);
  return [
    ...note(writer, "attached.unread", unread),
    ...note(writer, "attached.nothing", bare),
    ...note(writer, "attached.truncated", cut),
  ];
}

/** A line that says in which attached file the code of an answer stands; none for one of the message itself. */
export function placeNote(writer: Writer, found: FoundCode): Block[] {
  const [, ...inlines] = placeOf(writer, found);
  return inlines.length > 0 ? [{ type: "text", quiet: true, inlines }] : [];
}

function note(writer: Writer, key: string, names: string[]): Block[] {
  if (names.length === 0) return [];
  const more = names.length > SHOWN ? ", …" : "";
  const files = names.slice(0, SHOWN).join(", ") + more;
  return [{ type: "text", quiet: true, inlines: [writer.say(key, { files })] }];
}

const SHOWN = 5;
