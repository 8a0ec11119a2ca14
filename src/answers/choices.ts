import type { Block, Button, Card } from "../card.ts";
import type { Reading } from "../codes/reading.ts";
import type { Entry, Meaning } from "../knowledge/entry.ts";
import type { Writer } from "./writer.ts";

/** One candidate of a choice: a whole entry, a code with its meaning, or one reading of an ambiguous number. */
export type Candidate =
  | { entry: Entry }
  | { meaning: Meaning; code: string }
  | { reading: Reading; entry?: Entry };

/** Two or three close candidates as buttons; nothing is chosen silently. */
export function choicesCard(
  writer: Writer,
  question: string,
  candidates: Candidate[],
  notes: Block[] = [],
): Card {
  return {
    title: writer.say("choices.title"),
    blocks: [
      ...notes,
      { type: "text", inlines: [question] },
      {
        type: "list",
        ordered: true,
        items: candidates.map((c) => [{ bold: nameOf(c) }, detailOf(writer, c)]),
      },
    ],
    buttons: [
      ...candidates.map(
        (c): Button => ({ label: nameOf(c), style: "default", action: actionOf(writer, c) }),
      ),
      writer.button("button.none-of-these", "not-mine", {}, "quiet"),
      writer.button("button.person", "person", {}, "quiet"),
    ],
    language: writer.language,
  };
}

function nameOf(candidate: Candidate): string {
  if ("reading" in candidate) return candidate.reading.symbol ?? candidate.reading.code;
  if ("meaning" in candidate) return `${candidate.code} ${candidate.meaning.symbol}`;
  return candidate.entry.title;
}

function detailOf(writer: Writer, candidate: Candidate): string {
  if ("reading" in candidate) {
    const why = writer.say(`why.${candidate.reading.why.id}`, candidate.reading.why.params);
    return ` — ${writer.say(`family.${candidate.reading.family}`)}: ${why}`;
  }
  return "meaning" in candidate ? ` — ${candidate.meaning.meaning}` : "";
}

function actionOf(writer: Writer, candidate: Candidate) {
  if ("reading" in candidate) {
    const { code, family } = candidate.reading;
    return writer.action("choose", { code, result: family });
  }
  if ("meaning" in candidate) return writer.action("choose", { code: candidate.code });
  return writer.action("choose", { entry: candidate.entry.id });
}
