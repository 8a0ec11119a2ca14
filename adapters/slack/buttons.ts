import type { types } from "@slack/bolt";
import { type Action, encodeAction } from "../../src/action.ts";
import type { Button, Card } from "../../src/card.ts";
import { clip, escapeText, inert } from "./inert.ts";
import { SLACK_LIMITS } from "./limits.ts";

/** How useful / not useful is asked: with Slack's thumbs element or, where that is refused, with two plain buttons. */
export type Feedback = "thumbs" | "buttons";

/**
 * A card's buttons: the answers in the first rows, folds and quiet buttons below, thumbs last. `characters` is what their
 * labels take of the message's text. A link that is no web address is left out.
 */
export function renderButtons(
  card: Card,
  feedback: Feedback,
): { blocks: types.KnownBlock[]; characters: number } {
  const thumbs = feedback === "thumbs" ? thumbsBlock(card.buttons) : undefined;
  const rest = card.buttons.filter((button) => !thumbs || !isFeedback(button));
  const folds = card.blocks.filter((block) => block.type === "fold");
  const quiet = [
    ...folds.map((fold): Button => ({ label: fold.title, style: "quiet", action: fold.open })),
    ...rest.filter((button) => button.style === "quiet"),
  ];
  const answers = rest.filter((button) => button.style !== "quiet");
  return {
    blocks: [...rows(answers, "answer"), ...rows(quiet, "quiet"), ...(thumbs ? [thumbs] : [])],
    characters: [...answers, ...quiet, ...card.buttons.filter(isFeedback)]
      .map((button) => escapeText(labelText(button)).length)
      .reduce((sum, length) => sum + length, 0),
  };
}

/** A text object in which Slack parses nothing. */
export function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

/** True for an address that may stand in a link or button: web only, nothing that could end Slack's link syntax. */
export function isWebAddress(url: string): boolean {
  return url.length <= SLACK_LIMITS.url && /^https?:\/\/[^\s<>|"]+$/.test(url);
}

function rows(buttons: Button[], name: string): types.ActionsBlock[] {
  const elements = buttons
    .map((button, i) => renderButton(button, `${name}.${i}`))
    .filter((button) => button !== undefined);
  const blocks: types.ActionsBlock[] = [];
  for (let i = 0; i < elements.length; i += SLACK_LIMITS.actions) {
    const row = elements.slice(i, i + SLACK_LIMITS.actions);
    blocks.push({ type: "actions", block_id: `${name}.${i}`, elements: row });
  }
  return blocks;
}

function renderButton(button: Button, position: string): types.Button | undefined {
  const text = plain(labelText(button));
  if ("url" in button) {
    if (!isWebAddress(button.url)) return undefined;
    return { type: "button", action_id: `link.${position}`, text, url: button.url };
  }
  return {
    type: "button",
    action_id: `${button.action.do}.${position}`,
    text,
    value: encodeAction(button.action),
    ...(button.style === "primary" || button.style === "danger" ? { style: button.style } : {}),
  };
}

function thumbsBlock(buttons: Button[]): types.ContextActionsBlock | undefined {
  const good = thumb(buttons, "useful");
  const bad = thumb(buttons, "not-useful");
  if (!good || !bad) return undefined;
  return {
    type: "context_actions",
    block_id: "feedback",
    elements: [
      {
        type: "feedback_buttons",
        action_id: "feedback",
        positive_button: good,
        negative_button: bad,
      },
    ],
  };
}

function thumb(buttons: Button[], kind: Action["do"]) {
  for (const button of buttons) {
    if (!("action" in button) || button.action.do !== kind) continue;
    const label = labelText(button);
    return { text: plain(label), accessibility_label: label, value: encodeAction(button.action) };
  }
  return undefined;
}

function isFeedback(button: Button): boolean {
  return "action" in button && (button.action.do === "useful" || button.action.do === "not-useful");
}

function labelText({ label }: Button): string {
  return clip(inert(label).replace(/\s+/g, " ").trim(), SLACK_LIMITS.label) || "…";
}
