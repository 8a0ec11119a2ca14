import type { types } from "@slack/bolt";
import { type Block, type Button, type Card, type Inline, toPlainText } from "../../src/card.ts";
import { type Feedback, isWebAddress, plain, renderButtons } from "./buttons.ts";
import { clip, escapeText, inert } from "./inert.ts";
import { SLACK_LIMITS } from "./limits.ts";

/** What is posted: blocks, and the text of notifications. */
export type SlackMessage = { text: string; blocks: types.KnownBlock[] };

type Element = types.RichTextElement;
/**
 * Cuts a text to what is left of the message; `extra` characters are spent beside it. `address` says whether there is
 * room for one more address: they have a budget of their own.
 */
type Take = ((text: string, extra?: number) => string) & { address(url: string): boolean };

/**
 * A card as Block Kit. Words of other people stand in rich text or plain text, where Slack parses nothing; folds become
 * buttons; a command is shown whole or not at all.
 */
export function renderSlack(card: Card): SlackMessage {
  return render(card, "thumbs");
}

/** The same card without the newer thumbs element, for where Slack does not know it yet. */
export function renderSlackOlder(card: Card): SlackMessage {
  return render(card, "buttons");
}

/** A card as text alone, for when Slack refuses its blocks; buttons are named, their words can be typed. */
export function slackText(card: Card): string {
  return words(card, card.buttons, SLACK_LIMITS.messageText);
}

function render(card: Card, feedback: Feedback): SlackMessage {
  const title = clip(inert(card.title).trim(), SLACK_LIMITS.header);
  const foot = renderButtons(card, feedback);
  const reserved = escapeText(title).length + foot.characters + ELLIPSIS.length;
  const take = budget(SLACK_LIMITS.messageText - reserved);
  const head: types.KnownBlock[] =
    title === "" ? [] : [{ type: "header", block_id: "title", text: plain(title) }];
  const room = SLACK_LIMITS.blocks - head.length - foot.blocks.length;
  const body = card.blocks
    .filter((block) => block.type !== "fold")
    .map((block, i) => renderBlock(block, `b${i}`, take))
    .filter((block) => block !== undefined);
  const kept = body.length > room ? [...body.slice(0, room - 1), ellipsis()] : body;
  const blocks = [...head, ...kept, ...foot.blocks];
  return { text: notification(card), blocks: blocks.length > 0 ? blocks : [ellipsis()] };
}

function notification(card: Card): string {
  return words(card, [], SLACK_LIMITS.notification);
}

function words(card: Card, buttons: Button[], max: number): string {
  const blocks = card.blocks.filter((block) => block.type !== "fold");
  const shown = inert(toPlainText({ ...card, blocks, buttons })).trim();
  return escapeText(clip(shown, max)) || ELLIPSIS;
}

function renderBlock(block: Block, block_id: string, take: Take): types.KnownBlock | undefined {
  switch (block.type) {
    case "text":
      if (block.quiet) return quietBlock(block.inlines, block_id, take);
      return richText(block_id, [section(inlineElements(block.inlines, take))]);
    case "facts":
      return richText(block_id, [
        section(block.rows.flatMap((row, i) => factElements(row, i, take))),
      ]);
    case "list":
      return richText(block_id, [listElement(block, take)]);
    case "code":
      return richText(block_id, [codeElement(block, take)]);
    case "notice": {
      const elements = inlineElements(block.inlines, take);
      if (elements.length === 0) return undefined;
      const sign: Element[] = [{ type: "emoji", name: SIGNS[block.level] }];
      sign.push(...inlineElements(["  "], take));
      return richText(block_id, [{ type: "rich_text_quote", elements: [...sign, ...elements] }]);
    }
    case "divider":
      return { type: "divider", block_id };
    case "fold":
      return undefined;
    default:
      return block satisfies never;
  }
}

const ELLIPSIS = "…";

/** What `<url|label>`, `*bold*` and code marks add to a text at most. */
const MARKS = 3;

const SIGNS = { info: "information_source", caution: "warning", danger: "no_entry" };

type RichPart = types.RichTextBlock["elements"][number];

function richText(block_id: string, parts: RichPart[]): types.RichTextBlock | undefined {
  const elements = parts.filter((part) => part.elements.length > 0);
  return elements.length > 0 ? { type: "rich_text", block_id, elements } : undefined;
}

function section(elements: Element[]): types.RichTextSection {
  return { type: "rich_text_section", elements };
}

function listElement(block: Block & { type: "list" }, take: Take): types.RichTextList {
  const elements = block.items
    .map((item) => section(inlineElements(item, take)))
    .filter((item) => item.elements.length > 0);
  return { type: "rich_text_list", style: block.ordered ? "ordered" : "bullet", elements };
}

function codeElement(block: Block & { type: "code" }, take: Take): types.RichTextPreformatted {
  const whole = inert(block.text);
  const shown = take(whole);
  const cut = block.shell !== undefined && shown !== whole;
  const kept = cut ? ELLIPSIS : shown;
  return { type: "rich_text_preformatted", elements: kept === "" ? [] : [text(kept)] };
}

function factElements(row: { label: string; value: Inline[] }, i: number, take: Take): Element[] {
  const value = inlineElements(row.value, take);
  const label = take(`${i > 0 ? "\n" : ""}${row.label}: `);
  return value.length > 0 && label !== "" ? [text(label, { bold: true }), ...value] : [];
}

function inlineElements(inlines: Inline[], take: Take): Element[] {
  return inlines.map((part) => inlineElement(part, take)).filter((part) => part !== undefined);
}

function inlineElement(part: Inline, take: Take): Element | undefined {
  if (typeof part === "string") return styled(take(part));
  if ("bold" in part) return styled(take(part.bold, MARKS), { bold: true });
  if ("code" in part) return styled(take(part.code, MARKS), { code: true });
  if (!isWebAddress(part.url)) return styled(take(`${part.link} (${part.url})`));
  const shown = take(part.link, MARKS);
  if (shown === "" || !take.address(part.url)) return styled(shown);
  return { type: "link", url: part.url, text: shown };
}

function styled(shown: string, style?: { bold?: boolean; code?: boolean }): Element | undefined {
  return shown === "" ? undefined : text(shown, style);
}

function text(shown: string, style?: { bold?: boolean; code?: boolean }): types.RichTextText {
  return { type: "text", text: shown, ...(style ? { style } : {}) };
}

/** Grey small print exists in context blocks only, whose text is plain or mrkdwn: styled words must hold no mark. */
function quietBlock(inlines: Inline[], block_id: string, take: Take): types.KnownBlock | undefined {
  if (inlines.every((part) => typeof part === "string")) {
    const shown = take(inlines.join("")).trim();
    if (shown === "") return undefined;
    return { type: "context", block_id, elements: [plain(shown)] };
  }
  const elements = inlineElements(inlines, take);
  const mrkdwn = elements.map(mrkdwnOf);
  const joined = mrkdwn.join("");
  if (mrkdwn.includes(undefined) || joined.length > SLACK_LIMITS.text) {
    return richText(block_id, [section(elements)]);
  }
  if (joined.trim() === "") return undefined;
  return {
    type: "context",
    block_id,
    elements: [{ type: "mrkdwn", text: joined, verbatim: true }],
  };
}

function mrkdwnOf(element: Element): string | undefined {
  if (element.type !== "text" && element.type !== "link") return undefined;
  const shown = escapeText(element.text ?? "");
  if (/[*_~`|\n]/.test(shown)) return undefined;
  if (element.style && shown !== shown.trim()) return undefined;
  if (element.type === "link") return `<${escapeText(element.url)}|${shown}>`;
  if (element.style?.code) return `\`${shown}\``;
  return element.style?.bold ? `*${shown}*` : shown;
}

function ellipsis(): types.KnownBlock {
  return { type: "context", block_id: "cut", elements: [plain(ELLIPSIS)] };
}

function budget(total: number): Take {
  let left = total;
  let leftForAddresses: number = SLACK_LIMITS.messageText;
  const take = (raw: string, extra = 0) => {
    const shown = clip(inert(raw), Math.min(left - extra, SLACK_LIMITS.text));
    if (shown !== "") left -= escapeText(shown).length + extra;
    return shown;
  };
  const address = (url: string) => {
    leftForAddresses -= url.length;
    return leftForAddresses >= 0;
  };
  return Object.assign(take, { address });
}
