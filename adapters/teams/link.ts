import type { Address } from "../../src/message.ts";
import { isChannel } from "./place.ts";

/** The address of a channel's thread (learn.microsoft.com, deep links, November 2026); chats with the bot have none. */
export function threadLink({ tenant, conversation, thread }: Address): string | undefined {
  if (!isChannel(conversation) || !thread || !/^\d+$/.test(thread)) return undefined;
  const query = new URLSearchParams({ tenantId: tenant, parentMessageId: thread });
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(conversation)}/${thread}?${query}`;
}
