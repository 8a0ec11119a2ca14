import { type Block, type Card, type Inline, toPlainText } from "../../src/card.ts";
import { actionSets, type ButtonForm, cardAction, waitsForAnswer } from "./actions.ts";
import type {
  ActionSet,
  AdaptiveCard,
  CardAction,
  CardElement,
  Container,
  RichText,
  TextRun,
} from "./adaptive.ts";
import { type Fitted, fit } from "./fit.ts";
import { clip, escapeMarkdown, inert, labelOf, plainText } from "./inert.ts";
import { TEAMS_LIMITS } from "./limits.ts";
import { isWebAddress } from "./web-address.ts";

/**
 * How a card is rendered. `hint` stands below a card that waits for an answer, `repeated` above one that may be there
 * twice, `cut` where something did not fit; `limit` is the largest size in bytes.
 */
export type RenderOptions = ButtonForm & {
  hint?: string;
  repeated?: string;
  cut?: string;
  limit?: number;
};

/**
 * A card as Adaptive Card 1.5 for Teams. Words of other people stand in text runs and code blocks, where nothing is
 * parsed; folds open in place; a command is shown whole or not at all.
 */
export function renderTeams(card: Card, options: RenderOptions = {}): AdaptiveCard {
  const build = (fitted: Fitted) => toAdaptive(fitted, options);
  return fit(card, build, options.limit ?? TEAMS_LIMITS.cardBytes);
}

/** A card as text alone, for when Teams refuses the card; buttons are named, their words can be typed. */
export function teamsText(card: Card, max: number = TEAMS_LIMITS.text): string {
  const blocks = card.blocks.filter((block) => block.type !== "fold");
  return clip(inert(toPlainText({ ...card, blocks })), max);
}

function toAdaptive({ card, away, cut }: Fitted, options: RenderOptions): AdaptiveCard {
  const fetched = (fold: Fold) =>
    away.has(fold)
      ? cardAction({ label: fold.title, style: "default", action: fold.open }, options)
      : undefined;
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    lang: card.language,
    speak: teamsText({ ...card, buttons: [] }, TEAMS_LIMITS.speak),
    body: [
      ...(options.repeated ? [quietLine(options.repeated)] : []),
      ...heading(card.title),
      ...renderBlocks(card.blocks, "fold", fetched),
      ...(cut ? [quietLine(options.cut ?? "…")] : []),
      ...actionSets(card.buttons, options),
      ...(options.hint && waitsForAnswer(card) ? [quietLine(options.hint)] : []),
    ],
  };
}

function heading(title: string): CardElement[] {
  const text = clip(inert(title).trim(), TEAMS_LIMITS.title);
  if (text === "") return [];
  return [
    {
      type: "TextBlock",
      text: escapeMarkdown(text.replace(/\s+/g, " ")),
      wrap: true,
      style: "heading",
      weight: "Bolder",
      size: "Medium",
    },
  ];
}

type Fold = Block & { type: "fold" };
/** The actions that fetch a fold's content; undefined for a fold that opens in place. */
type Fetched = (fold: Fold) => CardAction[] | undefined;

/** Neighbouring folds share one row of toggles, with what they open below it. */
function renderBlocks(blocks: Block[], prefix: string, fetched: Fetched): CardElement[] {
  const out: CardElement[] = [];
  let row: ActionSet | undefined;
  let separate = false;
  for (const [i, block] of blocks.entries()) {
    if (block.type === "divider") {
      separate = true;
      continue;
    }
    if (block.type === "fold") {
      const id = `${prefix}-${i}`;
      const fetch = fetched(block);
      const items = fetch ? [] : renderBlocks(block.blocks, id, fetched);
      if (items.length === 0 && !fetch) continue;
      if (!row || row.actions.length >= TEAMS_LIMITS.foldsPerRow) {
        row = { type: "ActionSet", actions: [] };
        out.push(row);
      }
      const title = labelOf(block.title);
      row.actions.push(
        ...(fetch ?? [{ type: "Action.ToggleVisibility" as const, title, targetElements: [id] }]),
      );
      if (!fetch) out.push({ type: "Container", id, isVisible: false, style: "emphasis", items });
      continue;
    }
    row = undefined;
    const [first, ...rest] = renderBlock(block);
    if (!first) continue;
    out.push(separate ? { ...first, separator: true } : first, ...rest);
    separate = false;
  }
  return out;
}

function renderBlock(block: Exclude<Block, { type: "fold" | "divider" }>): CardElement[] {
  switch (block.type) {
    case "text":
      return lines(runs(block.inlines, block.quiet));
    case "facts":
      return block.rows.flatMap((row) => factRow(row));
    case "list":
      return block.items.flatMap((item, i) => {
        const sign = block.ordered ? `${i + 1}. ` : "• ";
        const shown = runs(item);
        return shown.length > 0 ? lines([textRun(sign), ...shown], "Small") : [];
      });
    case "code":
      return codeElement(block);
    case "notice": {
      const shown = runs(block.inlines);
      if (shown.length === 0) return [];
      const { style, sign } = NOTICES[block.level];
      return [{ type: "Container", style, items: lines([textRun(sign), ...shown]) }];
    }
    default:
      return block satisfies never;
  }
}

/** Each level has a sign of its own: colour alone tells nothing to whoever cannot see it. */
const NOTICES = {
  info: { style: "accent", sign: "ℹ️ " },
  caution: { style: "warning", sign: "⚠️ " },
  danger: { style: "attention", sign: "⛔ " },
} as const;

function factRow({ label, value }: { label: string; value: Inline[] }): CardElement[] {
  const shown = runs(value);
  const name = clip(inert(label), TEAMS_LIMITS.label).trim();
  if (shown.length === 0 || name === "") return [];
  return lines([{ ...textRun(`${name}: `), weight: "Bolder" }, ...shown], "Small");
}

function codeElement(block: Block & { type: "code" }): CardElement[] {
  const whole = plainText(block.text);
  const tooLong = whole.length > TEAMS_LIMITS.code;
  const snippet = tooLong && block.shell ? "…" : clip(whole, TEAMS_LIMITS.code);
  if (snippet.trim() === "") return [];
  const language = LANGUAGES[block.shell ?? "none"];
  return [{ type: "CodeBlock", codeSnippet: snippet, language, fallback: plainCode(snippet) }];
}

const LANGUAGES = {
  cmd: "Dos",
  powershell: "PowerShell",
  "windows-powershell": "PowerShell",
  none: "PlainText",
} as const;

/** What clients without code blocks show (phones, November 2026). */
function plainCode(snippet: string): Container {
  const items = lines([{ ...textRun(inert(snippet)), fontType: "Monospace" }]);
  return { type: "Container", style: "emphasis", items };
}

function runs(inlines: Inline[], quiet?: boolean): TextRun[] {
  const look = quiet ? { isSubtle: true, size: "Small" as const } : {};
  return inlines.map((part) => ({ ...run(part), ...look })).filter((part) => part.text !== "");
}

function run(part: Inline): TextRun {
  if (typeof part === "string") return textRun(part);
  if ("bold" in part) return { ...textRun(part.bold), weight: "Bolder" };
  if ("code" in part) return { ...textRun(part.code), fontType: "Monospace" };
  if (!isWebAddress(part.url)) return textRun(`${part.link} (${part.url})`);
  return { ...textRun(part.link), selectAction: { type: "Action.OpenUrl", url: part.url } };
}

function textRun(text: string): TextRun {
  return { type: "TextRun", text: clip(inert(text), TEAMS_LIMITS.text) };
}

/** Runs as rich text, one block a line: a line break inside a run is a blank in some clients. */
function lines(shown: TextRun[], spacing?: "Small"): RichText[] {
  const rows: TextRun[][] = [[]];
  for (const part of shown) {
    for (const [i, text] of part.text.split("\n").entries()) {
      if (i > 0) rows.push([]);
      const last = rows.at(-1)?.at(-1);
      if (last && joins(last, part, text)) last.text += text;
      else if (text !== "") rows.at(-1)?.push({ ...part, text });
    }
  }
  return rows
    .filter((row) => row.some((part) => part.text.trim() !== ""))
    .map((inlines, i) => ({
      type: "RichTextBlock",
      ...(i > 0 ? { spacing: "None" as const } : spacing ? { spacing } : {}),
      inlines,
    }));
}

/** True when a run without style can take up the next one, which has none either. */
function joins(last: TextRun, part: TextRun, text: string): boolean {
  const isPlain = Object.keys(last).length === 2 && Object.keys(part).length === 2;
  return isPlain && last.text.length + text.length <= TEAMS_LIMITS.text;
}

function quietLine(text: string): CardElement {
  return { type: "RichTextBlock", inlines: [{ ...textRun(text), isSubtle: true, size: "Small" }] };
}
