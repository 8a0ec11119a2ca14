import type { Action } from "./action.ts";
import type { HandoverEvent } from "./handover/handover-event.ts";
import type { Language } from "./language.ts";
import type { Address } from "./message.ts";

/** A run of text without markup: renderers escape strings, so no string can become a mention, link or style. */
export type Inline = string | { bold: string } | { code: string } | { link: string; url: string };

export type Shell = "cmd" | "powershell" | "windows-powershell";

/** A paragraph-level part of a card. A new kind breaks every renderer at compile time (`satisfies never`). */
export type Block =
  | { type: "text"; inlines: Inline[]; quiet?: boolean }
  | { type: "facts"; rows: { label: string; value: Inline[] }[] }
  | { type: "list"; ordered: boolean; items: Inline[][] }
  | { type: "code"; text: string; shell?: Shell }
  | { type: "notice"; level: "info" | "caution" | "danger"; inlines: Inline[] }
  /** Folded detail. A platform that cannot fold shows a button with `title` that carries `open`. */
  | { type: "fold"; title: string; blocks: Block[]; open: Action }
  | { type: "divider" };

/** `quiet` buttons are secondary: a renderer may put them into a second row or an overflow menu, never drop them. */
export type Button = { label: string; style: "primary" | "default" | "danger" | "quiet" } & (
  | { action: Action }
  | { url: string }
);

/** One answer as a document: no platform, no layout, no markup. */
export type Card = { title: string; blocks: Block[]; buttons: Button[]; language: Language };

/** Where a delivery goes, relative to the message that caused it. `dm` starts a private conversation with the asker. */
export type Target =
  | { kind: "thread" }
  | { kind: "asker" }
  | { kind: "dm" }
  | { kind: "address"; address: Address }
  | { kind: "route"; route: string };

/**
 * One card to put in one place. `update` names an earlier delivery whose post is replaced in place. `repeat: "never"`
 * marks what calls a person: it is not sent again when its outcome is unknown. `opens` names the case that lives in
 * the thread which this post starts, `links` one that is also reached from there (an agent's card).
 */
export type Delivery = {
  id: string;
  to: Target;
  mode: "post" | { update: string };
  repeat: "safe" | "never";
  card: Card;
  opens?: string;
  links?: string;
  /** Platform's id of a group or person that the post mentions. */
  tag?: string;
  /** The same for machines: what a webhook gets. */
  event?: HandoverEvent;
};

/** Plain text of some inlines, links as `label (url)`. */
export function inlineText(inlines: Inline[]): string {
  return inlines
    .map((part) => {
      if (typeof part === "string") return part;
      if ("bold" in part) return part.bold;
      if ("code" in part) return part.code;
      return part.link === part.url ? part.url : `${part.link} (${part.url})`;
    })
    .join("");
}

/**
 * A card as plain text: notifications, terminal, logs, golden files. A fold is one line with its title, or written out
 * with `unfold`; buttons are a numbered line.
 */
export function toPlainText(card: Card, unfold = false): string {
  const buttons = card.buttons.map((button, i) =>
    "url" in button ? `[${button.label}: ${button.url}]` : `[${i + 1} ${button.label}]`,
  );
  return [card.title, ...card.blocks.map((block) => blockText(block, unfold)), buttons.join(" ")]
    .filter((part) => part !== "")
    .join("\n\n");
}

function blockText(block: Block, unfold: boolean): string {
  switch (block.type) {
    case "text":
      return inlineText(block.inlines);
    case "facts":
      return block.rows.map((row) => `${row.label}: ${inlineText(row.value)}`).join("\n");
    case "list":
      return block.items
        .map((item, i) => `${block.ordered ? `${i + 1}.` : "-"} ${inlineText(item)}`)
        .join("\n");
    case "code":
      return block.text.replace(/^/gm, "    ");
    case "notice":
      return `${{ info: "(i)", caution: "(!)", danger: "(!!)" }[block.level]} ${inlineText(block.inlines)}`;
    case "fold":
      return unfold
        ? [`— ${block.title} —`, ...block.blocks.map((b) => blockText(b, true))].join("\n")
        : `▸ ${block.title}`;
    case "divider":
      return "---";
    default:
      return block satisfies never;
  }
}
