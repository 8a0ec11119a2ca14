import type { types } from "@slack/bolt";
import type { Card } from "../../src/card.ts";
import type { Logger } from "../../src/log.ts";
import { platformError } from "./outcome.ts";
import { renderSlack, renderSlackOlder, slackText } from "./render.ts";

/** One form in which a card is offered to Slack. */
export type PostBody = { text: string; blocks?: types.KnownBlock[] };

const REFUSED_BLOCKS = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"];

/**
 * Offers a card to Slack: with blocks, then without the newer thumbs element, then as text alone. Only a refusal of the
 * blocks leads to the next form; every other error of `attempt` is the caller's.
 */
export async function offer<T>(
  card: Card,
  attempt: (body: PostBody) => Promise<T>,
  log: Logger,
): Promise<T> {
  for (const form of blockForms(card)) {
    try {
      return await attempt(form);
    } catch (error) {
      const reason = platformError(error) ?? "";
      if (!REFUSED_BLOCKS.includes(reason)) throw error;
      log.warn("slack-blocks-refused", { reason, blocks: form.blocks?.length ?? 0 });
    }
  }
  return await attempt({ text: slackText(card) });
}

function blockForms(card: Card): PostBody[] {
  const full = renderSlack(card);
  const newer = full.blocks.some((block) => block.type === "context_actions");
  return newer ? [full, renderSlackOlder(card)] : [full];
}
