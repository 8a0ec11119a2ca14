import type { Card } from "../../src/card.ts";
import type { AdaptiveCard } from "./adaptive.ts";
import { clip, inert } from "./inert.ts";
import { TEAMS_LIMITS } from "./limits.ts";

/** The content type of an Adaptive Card. */
export const CARD = "application/vnd.microsoft.card.adaptive";

/** A card as an activity. Teams splits text and card into two messages, so the words go into `summary` for notifications. */
export function cardActivity(card: Card, content: AdaptiveCard) {
  return {
    type: "message",
    summary: clip(inert(card.title), TEAMS_LIMITS.summary),
    attachments: [{ contentType: CARD, content }],
  };
}

/** Words alone as an activity; nothing in them is parsed. */
export function textActivity(title: string, text: string) {
  return {
    type: "message",
    summary: clip(inert(title), TEAMS_LIMITS.summary),
    textFormat: "plain",
    text,
  };
}
