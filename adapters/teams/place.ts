import type { Address, Surface } from "../../src/message.ts";
import { type TeamsActivity, tenantOf } from "./activity.ts";

/** The kinds of conversation that Teams has for bots. */
export type Scope = "personal" | "groupChat" | "channel";

const THREAD = /;messageid=(\d+)$/;

/**
 * Where a message stands. A channel's thread is the id of its first message; a group chat has no threads, so that each
 * person there has one; a slash command has none, because its answer is private.
 */
export function placeOf(activity: TeamsActivity): {
  address: Address;
  surface: Surface;
  scope: Scope;
} {
  const scope = scopeOf(activity);
  const { id } = activity.conversation;
  const place = {
    platform: "teams",
    tenant: tenantOf(activity),
    conversation: id.replace(THREAD, ""),
  };
  if (activity.recipient.isTargeted) return { address: place, surface: "slash", scope };
  if (scope === "personal") return { address: place, surface: "dm", scope };
  if (scope === "groupChat") {
    return { address: { ...place, thread: activity.from.id }, surface: "group", scope };
  }
  const thread = THREAD.exec(id)?.[1] ?? /^\d+$/.exec(activity.id)?.[0];
  return { address: thread ? { ...place, thread } : place, surface: "channel", scope };
}

/** The conversation id that Teams knows for an address: only a channel's thread is part of it. */
export function conversationId({ conversation, thread }: Address): string {
  return thread && /^\d+$/.test(thread) ? `${conversation};messageid=${thread}` : conversation;
}

/** True for the conversation of a channel. */
export function isChannel(conversation: string): boolean {
  return /@thread\.(?:tacv2|skype)(?:;|$)/.test(conversation);
}

function scopeOf({ conversation }: TeamsActivity): Scope {
  if (conversation.conversationType === "personal") return "personal";
  if (conversation.conversationType === "groupChat") return "groupChat";
  if (conversation.conversationType === "channel") return "channel";
  if (isChannel(conversation.id)) return "channel";
  return conversation.isGroup || conversation.id.startsWith("19:") ? "groupChat" : "personal";
}
