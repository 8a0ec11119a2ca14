import type { Block, Button, Card, Inline } from "../card.ts";
import type { Case } from "../case.ts";
import type { Cause, Entry, Myth } from "../knowledge/entry.ts";
import { progress, stepCard } from "./step.ts";
import { feedbackButtons, type Writer } from "./writer.ts";

/** A short card: a title and some lines, all from the bot's own phrases. */
export function noteCard(
  writer: Writer,
  title: string,
  lines: Inline[][],
  buttons: Button[] = [],
): Card {
  return {
    title,
    blocks: lines.map((inlines): Block => ({ type: "text", inlines })),
    buttons,
    language: writer.language,
  };
}

/** Nothing found: what to send so that it can be found, and a person. */
export function notFoundCard(writer: Writer, reason = "not-found.text"): Card {
  return noteCard(
    writer,
    writer.say("not-found.title"),
    [[writer.say(reason)], [writer.say("not-found.next")]],
    [
      writer.button("button.person", "person", {}),
      writer.button("button.help", "help", {}, "quiet"),
    ],
  );
}

/** What Hexdesk does and how to ask; the answer to a greeting, an empty message and "help". */
export function helpCard(writer: Writer, reason?: string): Card {
  const { say } = writer;
  return {
    title: say("help.title"),
    blocks: [
      ...(reason ? [{ type: "notice", level: "info", inlines: [reason] } satisfies Block] : []),
      { type: "text", inlines: [say("help.text")] },
      {
        type: "list",
        ordered: false,
        items: [
          [say("help.code"), " ", { code: "0x80090311" }],
          [say("help.symbol"), " ", { code: "SEC_E_NO_AUTHENTICATING_AUTHORITY" }],
          [say("help.symptom")],
        ],
      },
      { type: "text", quiet: true, inlines: [say("help.limits")] },
    ],
    buttons: [],
    language: writer.language,
  };
}

/** Somebody pasted advice that does harm: what is wrong with it, and what to ask instead. */
export function warningCard(writer: Writer, myths: Myth[], entry: Entry | undefined): Card {
  return {
    title: writer.say("warning.title"),
    blocks: [
      ...myths.slice(0, 3).map(
        (myth): Block => ({
          type: "notice",
          level: myth.danger ? "danger" : "caution",
          inlines: myth.correction,
        }),
      ),
      { type: "text", inlines: [writer.say("warning.next")] },
    ],
    buttons: [
      ...(entry
        ? [
            {
              label: writer.say("several.open", { code: entry.codes[0]?.value ?? entry.title }),
              style: "primary" as const,
              action: writer.action("choose", { entry: entry.id }),
            },
          ]
        : []),
      writer.button("button.person", "person", {}, "quiet"),
    ],
    language: writer.language,
  };
}

/** The open step once more, below the reason for it: the cause it looks into, and what it risks. */
export function explainCard(writer: Writer, entry: Entry, at: Case, cause: Cause): Card {
  const card = stepCard(writer, entry, at);
  const why: Block[] = [
    { type: "text", inlines: [{ bold: cause.title }, ". ", ...cause.why] },
    { type: "divider" },
  ];
  return { ...card, blocks: [...why, ...card.blocks] };
}

/** After a remedy: how to know that the original problem is gone, and the question whether it is. */
export function verifyCard(writer: Writer, entry: Entry, at: Case): Card {
  const about = { entry: entry.id };
  return {
    title: writer.say("verify.title"),
    blocks: [
      ...progress(writer, entry, at),
      { type: "list", ordered: false, items: entry.verify },
      { type: "text", inlines: [{ bold: writer.say("verify.question") }] },
    ],
    buttons: [
      ...verifyButtons(writer, entry),
      writer.button("button.person", "person", about, "quiet"),
    ],
    language: writer.language,
  };
}

/** Whether the original problem is gone. */
export function verifyButtons(writer: Writer, { id: entry }: Entry): Button[] {
  return [
    writer.button("button.gone", "resolved", { entry }, "primary"),
    writer.button("button.still-there", "unresolved", { entry }),
  ];
}

/** The case is solved: what solved it, and how to come back. */
export function resolvedCard(writer: Writer, entry: Entry | undefined, at: Case): Card {
  const about = entry ? { entry: entry.id } : {};
  return {
    title: writer.say("resolved.title", { case: at.id }),
    blocks: [
      ...(entry ? progress(writer, entry, at) : []),
      { type: "text", inlines: [writer.say("resolved.text")] },
    ],
    buttons: [writer.button("button.back", "reopen", about), ...feedbackButtons(writer, about)],
    language: writer.language,
  };
}

/** The question where the error is seen, as buttons; the answer decides which cause comes first. */
export function whereCard(writer: Writer, entry: Entry): Card {
  return {
    title: writer.say("where.title"),
    blocks: [{ type: "text", inlines: [writer.say("where.text")] }],
    buttons: [
      ...entry.contexts.map(
        (context): Button => ({
          label: context.title,
          style: "default",
          action: writer.action("context", { entry: entry.id, result: context.id }),
        }),
      ),
      writer.button(
        "button.elsewhere",
        "context",
        { entry: entry.id, result: "elsewhere" },
        "quiet",
      ),
    ],
    language: writer.language,
  };
}
