import type { z } from "zod";
import { readAction } from "../../src/action.ts";
import type { FileRef, Message, Role, Surface } from "../../src/message.ts";
import {
  blockActions,
  eventEnvelope,
  messageAction,
  postEvent,
  type slackPost,
  slashCommand,
} from "./payload.ts";
import { plainText } from "./plain.ts";
import { encodeRef } from "./ref.ts";
import { encodeReply } from "./reply.ts";

/** What a payload is read with: this installation (team id, or enterprise id of an org-wide one), roles and the time. */
export type Reader = {
  tenant: string;
  botUserId: string;
  roleOf(userId: string): Role;
  now: number;
};

/**
 * A post in a channel, thread or DM. Undefined for what is never answered: bots and ourselves, edits and other subtypes,
 * other installations, malformed payloads. `app_mention` and `message` of one post share a dedupe key.
 */
export function fromEvent(body: unknown, reader: Reader): Message | undefined {
  const envelope = eventEnvelope.safeParse(body);
  const parsed = postEvent.safeParse((body as { event?: unknown } | null)?.event);
  if (!envelope.success || !parsed.success) return undefined;
  const [first] = envelope.data.authorizations ?? [];
  const tenant = first?.is_enterprise_install
    ? first.enterprise_id
    : (first?.team_id ?? envelope.data.team_id);
  const event = parsed.data;
  if (tenant !== reader.tenant || !event.user || !isHuman(event, reader.botUserId))
    return undefined;
  const { text, mentions, mentionsBot } = plainText(
    (body as { event?: unknown }).event,
    reader.botUserId,
  );
  const surface = surfaceOf(event.channel, event.channel_type);
  const key = `slack:${tenant}:message:${event.channel}:${event.ts}`;
  return {
    id: key,
    dedupe: [
      key,
      `slack:${tenant}:event:${envelope.data.event_id}`,
      ...(event.client_msg_id ? [`slack:${tenant}:client:${event.client_msg_id}`] : []),
    ],
    at: Math.floor(Number(event.ts) * 1000) || reader.now,
    from: { id: event.user, role: reader.roleOf(event.user) },
    address: {
      platform: "slack",
      tenant,
      conversation: event.channel,
      thread: event.thread_ts ?? event.ts,
    },
    surface,
    addressed: event.type === "app_mention" || mentionsBot || surface === "dm",
    text,
    files: filesOf(event),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(event.thread_ts ? {} : { startsThread: true }),
  };
}

/** A slash command, answered in private; undefined when malformed or of another installation. */
export function fromCommand(body: unknown, reader: Reader): Message | undefined {
  const parsed = slashCommand.safeParse(body);
  if (!parsed.success) return undefined;
  const command = parsed.data;
  const tenant = command.is_enterprise_install ? command.enterprise_id : command.team_id;
  if (tenant !== reader.tenant) return undefined;
  const { text, mentions } = plainText({ text: command.text }, reader.botUserId);
  const key = `slack:${tenant}:trigger:${command.trigger_id}`;
  return {
    id: key,
    dedupe: [key],
    at: reader.now,
    from: {
      id: command.user_id,
      ...(command.user_name ? { name: command.user_name } : {}),
      role: reader.roleOf(command.user_id),
    },
    address: { platform: "slack", tenant, conversation: command.channel_id },
    surface: "slash",
    addressed: true,
    text,
    files: [],
    ...(mentions.length > 0 ? { mentions } : {}),
    reply: encodeReply(command.response_url, reader.now),
  };
}

/** A click; `action` is absent when the button's value is forged or from another version. Undefined when malformed. */
export function fromClick(body: unknown, reader: Reader): Message | undefined {
  const parsed = blockActions.safeParse(body);
  const message = parsed.success ? fromInteraction(parsed.data, reader) : undefined;
  if (!parsed.success || !message) return undefined;
  const { container, message: card, channel, actions } = parsed.data;
  const hidden = container.is_ephemeral ?? false;
  const thread =
    container.thread_ts ?? card?.thread_ts ?? (hidden ? undefined : container.message_ts);
  const action = readAction(actions[0]?.value);
  return {
    ...message,
    address: { ...message.address, ...(thread ? { thread } : {}) },
    surface:
      hidden && !thread
        ? "slash"
        : surfaceOf(channel.id, channel.name?.startsWith("mpdm-") ? "mpim" : undefined),
    text: "",
    card: encodeRef({ channel: channel.id, ts: container.message_ts, hidden }),
    ...(action ? { action } : {}),
  };
}

/** The message shortcut: somebody's post, answered in private below it to whoever used it. Undefined when malformed. */
export function fromShortcut(body: unknown, reader: Reader): Message | undefined {
  const parsed = messageAction.safeParse(body);
  const message = parsed.success ? fromInteraction(parsed.data, reader) : undefined;
  if (!parsed.success || !message) return undefined;
  const post = parsed.data.message;
  const { text, mentions } = plainText((body as { message: unknown }).message, reader.botUserId);
  return {
    ...message,
    address: { ...message.address, thread: post.thread_ts ?? post.ts },
    text,
    files: filesOf(post),
    ...(mentions.length > 0 ? { mentions } : {}),
  };
}

type Interaction = Omit<z.infer<typeof messageAction>, "message">;

function fromInteraction(body: Interaction, reader: Reader): Message | undefined {
  const tenant = body.is_enterprise_install ? body.enterprise?.id : body.team?.id;
  if (tenant !== reader.tenant) return undefined;
  const key = `slack:${tenant}:trigger:${body.trigger_id}`;
  const name = body.user.username ?? body.user.name;
  return {
    id: key,
    dedupe: [key],
    at: reader.now,
    from: { id: body.user.id, ...(name ? { name } : {}), role: reader.roleOf(body.user.id) },
    address: { platform: "slack", tenant, conversation: body.channel.id },
    surface: "slash",
    addressed: true,
    text: "",
    files: [],
    reply: encodeReply(body.response_url, reader.now),
  };
}

const ANSWERED_SUBTYPES = [undefined, null, "file_share", "thread_broadcast"];

/** A post by a person: a loop with another bot, or with an edit of our own card, starts with answering anything else. */
function isHuman(post: z.infer<typeof slackPost>, botUserId: string): boolean {
  if (post.bot_id || post.bot_profile || post.app_id || post.edited || post.hidden) return false;
  if (post.user === botUserId || post.user === "USLACKBOT") return false;
  return ANSWERED_SUBTYPES.includes(post.subtype);
}

function surfaceOf(channel: string, type: string | null | undefined): Surface {
  if (type === "im" || channel.startsWith("D")) return "dm";
  return type === "mpim" ? "group" : "channel";
}

function filesOf(post: z.infer<typeof slackPost>): FileRef[] {
  return (post.files ?? []).map((file) => ({
    name: file.name ?? "",
    size: file.size ?? 0,
    mimetype: file.mimetype ?? "",
    url: file.url_private_download ?? file.url_private ?? "",
  }));
}
