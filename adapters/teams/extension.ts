import { z } from "zod";
import { readAction } from "../../src/action.ts";
import type { Button, Card } from "../../src/card.ts";
import { CARD } from "./envelope.ts";
import { clip, inert } from "./inert.ts";
import { TEAMS_LIMITS } from "./limits.ts";
import { renderTeams, teamsText } from "./render.ts";
import { htmlToText } from "./text.ts";

const parameter = z.object({
  name: z.string().optional().catch(undefined),
  value: z.unknown().optional(),
});
const query = z.object({ parameters: z.array(parameter).catch([]) });
const payload = z.object({
  messagePayload: z.object({ body: z.object({ content: z.string().max(200_000) }) }),
});

/** What was typed into the search box; empty when it was only opened. */
export function readQuery(value: unknown): string {
  const parsed = query.safeParse(value);
  const [first] = parsed.success ? parsed.data.parameters : [];
  if (!first || first.name === "initialRun" || typeof first.value !== "string") return "";
  return first.value.trim();
}

/** The words of the message on which the action was chosen; undefined when there is none. */
export function readChosenMessage(value: unknown): string | undefined {
  const parsed = payload.safeParse(value);
  return parsed.success ? htmlToText(parsed.data.messagePayload.body.content) : undefined;
}

/** What a button of the dialog sends back; undefined when a message was chosen instead. */
export function readDialogData(value: unknown): unknown {
  const data = (value as { data?: { hexdesk?: unknown } } | undefined)?.data;
  return data && readAction(data.hexdesk) ? data : undefined;
}

/** A list of results for the search box, each with a line to choose it by. Together they fit into one result. */
export function resultList(cards: Card[]) {
  const limit = Math.floor(TEAMS_LIMITS.cardBytes / Math.max(cards.length, 1)) - 1_024;
  const attachments = cards.map((card) => ({
    contentType: CARD,
    content: renderTeams(forInsertion(card), { limit }),
    preview: {
      contentType: "application/vnd.microsoft.card.thumbnail",
      content: {
        title: clip(inert(card.title), TEAMS_LIMITS.previewTitle),
        text: clip(teamsText({ ...card, title: "", buttons: [] }).replace(/\s+/g, " "), 160),
      },
    },
  }));
  return { composeExtension: { type: "result", attachmentLayout: "list", attachments } };
}

/** A line of text in place of results. */
export function resultNote(text: string) {
  return { composeExtension: { type: "message", text } };
}

/** A dialog with an answer; its buttons come back as Action.Submit. */
export function dialog(card: Card) {
  const content = renderTeams(card, { submit: true });
  const title = clip(inert(card.title), TEAMS_LIMITS.label);
  const value = { title, height: "large", width: "large", card: { contentType: CARD, content } };
  return { task: { type: "continue", value } };
}

/** A line of text in place of a dialog. */
export function dialogNote(text: string) {
  return { task: { type: "message", value: text } };
}

/** The card that somebody sends under their own name: whoever reads it can be led through it, but not post it again. */
function forInsertion(card: Card): Card {
  const keeps = (button: Button) => !("action" in button) || button.action.do !== "post";
  return { ...card, buttons: card.buttons.filter(keeps) };
}
