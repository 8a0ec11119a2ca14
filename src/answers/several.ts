import type { Block, Button, Card, Inline } from "../card.ts";
import type { FoundCode, Reading } from "../codes/reading.ts";
import type { Writer } from "./writer.ts";

/** One code of a message with several, and what is known of it. */
export type KnownCode = {
  found: FoundCode;
  reading: Reading | undefined;
  line: string;
  entry: string | undefined;
};

const SHOWN = 10;

/** Several codes in one message: one line each, the ones with a way to the fix as buttons. */
export function severalCard(
  writer: Writer,
  codes: KnownCode[],
  more: number,
  notes: Block[],
): Card {
  const shown = codes.slice(0, SHOWN);
  const hidden = codes.length - shown.length + more;
  return {
    title: writer.say("several.title", { n: codes.length + more }),
    blocks: [
      ...notes,
      { type: "list", ordered: true, items: shown.map((code) => lineOf(writer, code)) },
      ...(hidden > 0
        ? [
            {
              type: "text",
              quiet: true,
              inlines: [writer.say("several.more", { n: hidden })],
            } as Block,
          ]
        : []),
    ],
    buttons: [
      ...shown
        .filter((code) => code.reading)
        .slice(0, 4)
        .map(
          ({ reading, found }): Button => ({
            label: writer.say("several.open", { code: reading?.code ?? found.text.slice(0, 20) }),
            style: "default",
            action: writer.action("choose", {
              code: reading?.code ?? "",
              ...(reading ? { result: reading.family } : {}),
            }),
          }),
        ),
      writer.button("button.person", "person", {}, "quiet"),
    ],
    language: writer.language,
  };
}

function lineOf(writer: Writer, { found, reading, line }: KnownCode): Inline[] {
  if (!reading) return [{ code: found.text.slice(0, 60) }, ` — ${writer.say("several.unknown")}`];
  return [{ code: reading.code }, ` ${reading.symbol ?? ""} — ${line}`];
}
