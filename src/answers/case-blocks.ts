import type { Block, Inline } from "../card.ts";
import type { Case } from "../case.ts";
import type { Entry } from "../knowledge/entry.ts";
import { progress } from "./step.ts";
import type { Writer } from "./writer.ts";

/** The asker's words as they were written, without what is private; none is nothing. */
export function quote({ say }: Writer, question: string | undefined): Block[] {
  if (!question) return [];
  if (question.includes("\n"))
    return [heading({ say }, "handover.question"), { type: "code", text: question }];
  return [text([{ bold: say("handover.question") }, ` “${question}”`])];
}

/** What the asker added since. */
export function noteList(writer: Writer, notes: readonly string[] = []): Block[] {
  if (notes.length === 0) return [];
  return [
    heading(writer, "handover.added-is"),
    { type: "list", ordered: false, items: notes.map((note) => [note]) },
  ];
}

/** The codes of a case. */
export function codesRow(writer: Writer, at: Case): Block[] {
  if (at.codes.length === 0) return [];
  const label = writer.say("handover.codes");
  return [{ type: "facts", rows: [{ label, value: [{ code: at.codes.join(", ") }] }] }];
}

/** The steps that were tried, with their results. */
export function tried(writer: Writer, entry: Entry | undefined, at: Case): Block[] {
  if (!entry || at.tried.length === 0) return [];
  return [heading(writer, "handover.tried"), ...progress(writer, entry, at)];
}

/** What the people who take over will ask for; `key` is the phrase above it. */
export function attach(writer: Writer, entry: Entry, key = "handover.attach"): Block[] {
  if (entry.escalate.attach.length === 0) return [];
  return [heading(writer, key), { type: "list", ordered: false, items: entry.escalate.attach }];
}

/** A line in bold. */
export function heading({ say }: Pick<Writer, "say">, key: string): Block {
  return text([{ bold: say(key) }]);
}

/** A paragraph. */
export function text(inlines: Inline[]): Block {
  return { type: "text", inlines };
}
