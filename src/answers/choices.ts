import type { Block, Button, Card } from "../card.ts";
import type { Reading } from "../codes/reading.ts";
import type { Entry, Meaning } from "../knowledge/entry.ts";
import { chooseReading, type Writer } from "./writer.ts";

/** One candidate of a choice: an entry, with the code of it that was described, or one reading of a number. */
export type Candidate =
  | { entry: Entry; told?: Reading; reading?: never; meaning?: never }
  | { reading: Reading; entry?: Entry; meaning?: Meaning };

/** Two or three close candidates as buttons; nothing is chosen silently. */
export function choicesCard(writer: Writer, question: string, candidates: Candidate[]): Card {
  const items = candidates.map((c) => [{ bold: nameOf(c) }, detailOf(writer, c)]);
  const blocks: Block[] = [
    { type: "text", inlines: [question] },
    { type: "list", ordered: true, items },
  ];
  return {
    title: writer.say("choices.title"),
    blocks,
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
  if (!candidate.reading) return candidate.entry.title;
  const { code, symbol } = candidate.reading;
  return candidate.meaning ? `${code} ${symbol ?? ""}`.trim() : (symbol ?? code);
}

function detailOf(writer: Writer, { reading, meaning }: Candidate): string {
  if (!reading) return "";
  if (meaning) return ` — ${meaning.meaning}`;
  const why = writer.say(`why.${reading.why.id}`, reading.why.params);
  return ` — ${writer.say(`family.${reading.family}`)}: ${why}`;
}

function actionOf(writer: Writer, candidate: Candidate) {
  if (!candidate.reading) return writer.action("choose", { entry: candidate.entry.id });
  return chooseReading(writer, candidate.reading);
}
