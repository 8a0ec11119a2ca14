import { createRequire } from "node:module";
import type { IAdaptiveCard } from "@microsoft/teams.cards";
import { expect } from "vitest";
import type { AdaptiveCard } from "../../adapters/teams/adaptive.ts";
import { type RenderOptions, renderTeams } from "../../adapters/teams/render.ts";
import type { Action } from "../../src/action.ts";
import type { Block, Button, Card } from "../../src/card.ts";
import { adaptiveSubset } from "./schema.ts";

const require = createRequire(import.meta.url);
const vendor = require("adaptivecards/dist/adaptivecards.js");

/** What every button here sends back. */
export const action: Action = {
  v: 1,
  do: "worked",
  case: "HD-1001",
  rev: 3,
  entry: "0x80090311",
  lang: "en",
};
/** A button that says that a step worked. */
export const button = (label: string, style: Button["style"] = "default"): Button => ({
  label,
  style,
  action,
});
/** What a fold is fetched by. */
export const open: Action = { v: 1, do: "more", lang: "en" };

/** A card with these parts. */
export function card(blocks: Block[], buttons: Button[] = []): Card {
  return { title: "Title", blocks, buttons, language: "en" };
}

/** Renders, and checks against the strict subset, the vendor's types and the vendor's renderer. */
export function render(source: Card, options?: RenderOptions): AdaptiveCard {
  const rendered = renderTeams(source, options);
  expect(adaptiveSubset.safeParse(rendered).error?.issues ?? []).toEqual([]);
  expect(vendorFindings(rendered)).toEqual([]);
  return rendered satisfies IAdaptiveCard as AdaptiveCard;
}

/**
 * What Microsoft's renderer complains about. It does not know code blocks, which Teams added; its pattern for `lang` keeps
 * state between cards and refuses every second "en" (3.0.6).
 */
function vendorFindings(rendered: AdaptiveCard): string[] {
  const context = new vendor.SerializationContext(vendor.Versions.v1_5);
  const parsed = new vendor.AdaptiveCard();
  parsed.parse(structuredClone(rendered), context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  return [...events, ...parsed.validateProperties().validationEvents]
    .map(({ message }: { message: string }) => message)
    .filter((message) => !/CodeBlock|Maximum number of actions|for property "lang"/.test(message));
}

/** Every part of one type, wherever it stands. */
export const all = (rendered: unknown, type: string): Record<string, unknown>[] => {
  const found: Record<string, unknown>[] = [];
  JSON.stringify(rendered, (_key, value) => {
    if (value?.type === type) found.push(value);
    return value;
  });
  return found;
};
/** The text runs, in order. */
export const texts = (rendered: unknown) => all(rendered, "TextRun").map(({ text }) => text);
