import type { Block, Card, Inline } from "../card.ts";
import { describeValue } from "../codes/describe.ts";
import type { Catalog, FoundCode } from "../codes/reading.ts";
import { anatomyRows } from "./anatomy.ts";
import type { Writer } from "./writer.ts";

/** A well-formed code that no table knows: its parts, who owns that range, its neighbours; no cause claimed. */
export function unknownCodeCard(
  writer: Writer,
  found: FoundCode,
  more: number,
  catalog: Catalog,
): Card {
  const { say } = writer;
  return {
    title: say("unknown.title", { code: found.text.slice(0, 60) }),
    blocks: [
      { type: "text", inlines: [say(found.malformed ? "unknown.malformed" : "unknown.text")] },
      ...parts(writer, found, catalog),
      ...(more > 0
        ? [{ type: "text", quiet: true, inlines: [say("several.more", { n: more })] } as Block]
        : []),
      { type: "text", inlines: [say("unknown.next")] },
    ],
    buttons: [
      ...found.suggestions.slice(0, 3).map((s) => ({
        label: say("unknown.did-you-mean", { code: s.code }),
        style: "default" as const,
        action: writer.action("choose", { code: s.code }),
      })),
      writer.button("button.person", "person", {}, "quiet"),
    ],
    language: writer.language,
  };
}

function parts(writer: Writer, found: FoundCode, catalog: Catalog): Block[] {
  if (found.value === null || found.malformed) return [];
  const rows = anatomyRows(writer, found.value);
  const { below, above } = describeValue(found.value, catalog);
  const neighbours = [below, above]
    .filter((n) => n !== null)
    .map((n): Inline[] => [{ code: n.code }, ` ${n.symbol}`]);
  return [
    { type: "facts", rows },
    ...(neighbours.length > 0
      ? [
          { type: "text", quiet: true, inlines: [writer.say("unknown.neighbours")] } as Block,
          { type: "list", ordered: false, items: neighbours } as Block,
        ]
      : []),
  ];
}
