import type { Block, Card, Inline } from "../card.ts";
import type { FoundCode, Reading } from "../codes/reading.ts";
import type { Entry, Meaning } from "../knowledge/entry.ts";
import { anatomyRows } from "./anatomy.ts";
import { feedbackButtons, titleCode, type Writer } from "./writer.ts";

/**
 * A code that has a name but no entry yet: its name, its meaning where there is one, and its parts; no cause claimed.
 * `sameEvent` is an entry about the same event under another number.
 */
export function decodedCard(
  writer: Writer,
  found: FoundCode | undefined,
  reading: Reading,
  meaning: Meaning | undefined,
  notes: Block[],
  sameEvent?: Entry,
): Card {
  const { say } = writer;
  const rows: { label: string; value: Inline[] }[] = reading.symbol
    ? [
        { label: say("entry.name"), value: [{ code: reading.symbol }] },
        { label: say("decoded.family"), value: [say(`family.${reading.family}`)] },
      ]
    : [];
  if (reading.aliases.length > 0) {
    rows.push({
      label: say("decoded.also"),
      value: [{ code: reading.aliases.slice(0, 3).join(", ") }],
    });
  }
  const shown = titleCode(reading, found);
  const isShown = reading.symbol === null && found?.text === shown;
  if (found && !isShown && found.text.toUpperCase() !== reading.code.toUpperCase()) {
    rows.push({
      label: say("entry.read-as"),
      value: [
        { code: reading.code },
        ...(reading.symbol ? [` (${say(`why.${reading.why.id}`, reading.why.params)})`] : []),
      ],
    });
  }
  const others = (found?.readings ?? []).filter((r) => r.identity !== reading.identity).slice(0, 2);
  return {
    title: `${shown}${reading.symbol ? ` · ${reading.symbol}` : ""}`,
    blocks: [
      ...notes,
      { type: "text", inlines: [meaning?.meaning ?? meaningOf(writer, reading)] },
      ...(rows.length > 0 ? [{ type: "facts", rows } as Block] : []),
      ...others.map((r): Block => otherReading(writer, r)),
      {
        type: "text",
        quiet: sameEvent === undefined,
        inlines: [
          sameEvent
            ? say("decoded.same-event", { title: sameEvent.title })
            : say(reading.symbol ? "decoded.no-entry" : "number.no-entry"),
        ],
      },
      {
        type: "fold",
        title: say("fold.anatomy"),
        blocks: [{ type: "facts", rows: anatomyRows(writer, reading.value) }],
        open: writer.action("more", { code: reading.code, result: "anatomy" }),
      },
    ],
    buttons: [
      ...(sameEvent
        ? [
            {
              label: say("several.open", { code: sameEvent.codes[0]?.value ?? sameEvent.id }),
              style: "primary" as const,
              action: writer.action("choose", { entry: sameEvent.id }),
            },
          ]
        : []),
      ...(writer.keepsCase ? [] : [writer.button("button.post", "post", { code: reading.code })]),
      writer.button("button.person", "person", { code: reading.code }, "quiet"),
      ...feedbackButtons(writer, { code: reading.code }),
    ],
    language: writer.language,
  };
}

/** What stands where nobody wrote a meaning; a number without a name says where it is seen. */
function meaningOf({ say }: Writer, { symbol, component, value }: Reading): string {
  if (symbol) return say("decoded.no-meaning");
  return say("number.nameless", { why: say(`why.${component}`, { code: value & 0xffff }) });
}

function otherReading(writer: Writer, reading: Reading): Block {
  return {
    type: "text",
    quiet: true,
    inlines: [
      writer.say("decoded.other", {
        name: reading.symbol ?? reading.code,
        family: writer.say(`family.${reading.family}`),
        why: writer.say(`why.${reading.why.id}`, reading.why.params),
      }),
    ],
  };
}
