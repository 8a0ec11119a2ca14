import type { Block, Button, Card, Inline } from "../card.ts";
import type { FoundCode, Reading } from "../codes/reading.ts";
import { chooseReading, placeOf, type Writer } from "./writer.ts";

/** One code of a message with several, and one line about it. */
export type KnownCode = { reading: Reading; found: FoundCode; line: string };

const SHOWN = 10;
const OPENED = 4;

/** Several codes in one message: one line each, the first ones as buttons. */
export function severalCard(
  writer: Writer,
  codes: KnownCode[],
  more: number,
  notes: Block[],
): Card {
  const shown = codes.slice(0, SHOWN);
  const hidden = codes.length - shown.length + more;
  const rest: Block[] =
    hidden > 0
      ? [{ type: "text", quiet: true, inlines: [writer.say("several.more", { n: hidden })] }]
      : [];
  const items = shown.map(({ reading, found, line }): Inline[] => [
    { code: reading.code },
    ` ${reading.symbol ?? ""} — ${line}`,
    ...placeOf(writer, found),
  ]);
  return {
    title: writer.say("several.title", { n: codes.length + more }),
    blocks: [...notes, { type: "list", ordered: true, items }, ...rest],
    buttons: [
      ...shown.slice(0, OPENED).map(
        ({ reading }): Button => ({
          label: writer.say("several.open", { code: reading.code }),
          style: "default",
          action: chooseReading(writer, reading),
        }),
      ),
      writer.button("button.person", "person", {}, "quiet"),
    ],
    language: writer.language,
  };
}
