import { noteCard } from "./answers/notes.ts";
import type { Block, Inline } from "./card.ts";
import type { Reading } from "./codes/reading.ts";
import { current } from "./follow.ts";
import { show } from "./show.ts";
import { type CaseTurn, changed, codeAnswer, type Decision, writerFor } from "./turn.ts";

/** Says what a code means that the owner of a case asks about, above the question that is still open. */
export function sayMeaning(turn: CaseTurn, reading: Reading): Decision {
  const { at, entry, env } = turn;
  const next = changed(turn, at, {});
  const writer = writerFor(turn, next);
  const known = env.knowledge.meaning(reading, turn.language)?.meaning;
  const inlines: Inline[] = [
    { code: reading.code },
    " ",
    { bold: reading.symbol ?? "" },
    `: ${known ?? writer.say("decoded.no-meaning")}`,
  ];
  const line: Block = { type: "text", inlines };
  const isOpen = at.position.at === "step" || at.position.at === "verify";
  const card = entry && isOpen ? current(turn, next, entry) : noteCard(writer, reading.code, []);
  const answers = [codeAnswer(reading, env.knowledge.entryFor(reading))];
  return show(
    turn,
    next,
    { ...card, blocks: [line, ...card.blocks] },
    { kind: "decoded", answers },
  );
}
