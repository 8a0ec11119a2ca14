import { encodeAction } from "../../src/action.ts";
import type { Block, Button, Card, Inline } from "../../src/card.ts";
import { limits } from "./limits.ts";

/** The few words that the markup itself needs, in the card's language. */
export type CardWords = {
  copy: string;
  notice: Record<"info" | "caution" | "danger", string>;
  /** Shown in place of blocks that no longer fit. */
  cut: string;
};

/**
 * A card as an HTML fragment for the playground: title, blocks, buttons. Pure; every string is clipped, then escaped; no
 * inline style or script; buttons carry their action in `data-action`; links are https, http, mailto or tel only.
 */
export function renderCard(card: Card, words: CardWords): string {
  const title = `<h2 class="card-title">${escapeHtml(clip(card.title, limits.title))}</h2>`;
  return title + renderBlocks(card.blocks, words, 0) + renderButtons(card.buttons);
}

function renderBlocks(blocks: Block[], words: CardWords, depth: number): string {
  let html = "";
  for (const [i, block] of blocks.entries()) {
    if (isCaption(block, blocks[i + 1])) continue;
    const next = renderBlock(block, words, depth, captionOf(blocks[i - 1], block));
    if (html.length + next.length > limits.html) {
      return `${html}<p class="quiet">${escapeHtml(words.cut)}</p>`;
    }
    html += next;
  }
  return html;
}

/** A quiet line right above a command names its shell: it becomes the caption of the command. */
function isCaption(block: Block, next: Block | undefined): block is Block & { type: "text" } {
  return block.type === "text" && block.quiet === true && next?.type === "code" && !!next.shell;
}

function captionOf(before: Block | undefined, block: Block): string {
  return before && isCaption(before, block) ? renderInlines(before.inlines) : "";
}

function renderBlock(block: Block, words: CardWords, depth: number, caption: string): string {
  switch (block.type) {
    case "text":
      return `<p${block.quiet ? ' class="quiet"' : ""}>${renderInlines(block.inlines)}</p>`;
    case "facts":
      return `<dl class="facts">${block.rows
        .map((row) => {
          const label = escapeHtml(clip(row.label, limits.label));
          return `<div><dt>${label}</dt><dd>${renderInlines(row.value)}</dd></div>`;
        })
        .join("")}</dl>`;
    case "list": {
      const tag = block.ordered ? "ol" : "ul";
      const items = block.items.map((item) => `<li>${renderInlines(item)}</li>`).join("");
      return `<${tag}>${items}</${tag}>`;
    }
    case "code": {
      const copy = `<button type="button" class="copy">${escapeHtml(words.copy)}</button>`;
      const code = escapeHtml(clip(block.text, limits.code));
      return `<figure class="code"><figcaption><span>${caption}</span>${copy}</figcaption><pre><code>${code}</code></pre></figure>`;
    }
    case "notice": {
      const label = escapeHtml(words.notice[block.level]);
      return `<p class="notice ${block.level}" role="note"><strong class="notice-label">${label}</strong> ${renderInlines(block.inlines)}</p>`;
    }
    case "fold": {
      if (depth >= limits.depth) return renderBlocks(block.blocks, words, depth);
      const summary = escapeHtml(clip(block.title, limits.title));
      const inner = renderBlocks(block.blocks, words, depth + 1);
      return `<details><summary>${summary}</summary><div class="fold">${inner}</div></details>`;
    }
    case "divider":
      return "<hr>";
    default:
      return block satisfies never;
  }
}

function renderInlines(inlines: Inline[]): string {
  return inlines
    .map((part) => {
      if (typeof part === "string") return run(part);
      if ("bold" in part) return `<strong>${run(part.bold)}</strong>`;
      if ("code" in part) return `<code>${run(part.code)}</code>`;
      return renderLink(clip(part.link, limits.text), part.url, "");
    })
    .join("");
}

/** A run of text; long symbols may break after an underscore. */
function run(text: string): string {
  return escapeHtml(clip(text, limits.text)).replace(/_(?=\w)/g, "_<wbr>");
}

function renderButtons(buttons: Button[]): string {
  const main = buttons.filter((button) => button.style !== "quiet");
  const quiet = buttons.filter((button) => button.style === "quiet");
  return [main, quiet]
    .filter((row) => row.length > 0)
    .map((row) => {
      const name = row === quiet ? "buttons quiet-buttons" : "buttons";
      return `<div class="${name}">${row.map(renderButton).join("")}</div>`;
    })
    .join("");
}

function renderButton(button: Button): string {
  const label = clip(button.label, limits.label);
  if ("url" in button) return renderLink(label, button.url, `button ${button.style}`);
  const action = escapeHtml(encodeAction(button.action));
  return `<button type="button" class="button ${button.style}" data-action="${action}">${escapeHtml(label)}</button>`;
}

function renderLink(label: string, url: string, name: string): string {
  if (!isSafeUrl(url))
    return escapeHtml(label === url ? label : `${label} (${clip(url, limits.text)})`);
  const attribute = name === "" ? "" : ` class="${name}"`;
  return `<a${attribute} href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${escapeHtml(label)}</a>`;
}

function isSafeUrl(url: string): boolean {
  if (url.length > limits.text) return false;
  return /^(https?:\/\/|mailto:|tel:)[^\s]+$/i.test(url) && URL.canParse(url);
}

/** Cuts at a code point with an ellipsis, and drops what could act outside its place: controls and bidi overrides. */
function clip(text: string, length: number): string {
  const inert = text
    .slice(0, length * 2)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, "");
  if (inert.length <= length) return inert;
  return `${inert.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "");
}
