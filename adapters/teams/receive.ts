import { type Action, readAction } from "../../src/action.ts";
import type { Message, Role } from "../../src/message.ts";
import { type TeamsActivity, tenantOf } from "./activity.ts";
import { withoutCommand } from "./commands.ts";
import { filesOf } from "./files.ts";
import { clip, plainText } from "./inert.ts";
import { placeOf } from "./place.ts";
import { encodeReply } from "./reply.ts";
import { type Mention, readText } from "./text.ts";

/** What reading needs to know: the roles of people, and the time for an activity without one. */
export type Reader = { roleOf(ids: (string | undefined)[]): Role; now: number };

/** What a click sends back: the action (absent when it cannot be trusted) and the thread that its card belongs to. */
type Click = { action?: Action; thread?: string };

/**
 * A message activity as a Message; undefined for the bot's own, for other bots, and for a card that somebody sent with
 * the message extension. A button of the older kind (Action.Submit) arrives as a message too.
 */
export function readMessage(activity: TeamsActivity, reader: Reader): Message | undefined {
  const { from, recipient } = activity;
  if (from.id === recipient.id || from.role === "bot" || from.id.startsWith("28:"))
    return undefined;
  const mentions = mentionsIn(activity);
  const raw = activity.text ?? "";
  const typed = withoutCommand(readText(raw, mentions, recipient.id));
  if (activity.value !== undefined && activity.value !== null && typed === "") {
    return readClick(activity, activity.value, reader);
  }
  if (raw.includes('class="inline-compose-card"')) return undefined;
  const base = baseMessage(activity, reader);
  const isPrivate = base.surface === "dm" || base.surface === "slash";
  const others = mentions.filter(({ id }) => id !== recipient.id).map(({ id }) => id);
  return {
    ...base,
    addressed: isPrivate || mentions.some(({ id }) => id === recipient.id),
    text: typed,
    files: filesOf(activity),
    ...(others.length > 0 ? { mentions: [...new Set(others)] } : {}),
  };
}

/** A clicked button as a Message: `data` is what came back. An unreadable one keeps its card and has no action. */
export function readClick(activity: TeamsActivity, data: unknown, reader: Reader): Message {
  const base = baseMessage(activity, reader);
  const { action, thread } = clickOf(data);
  const inGroup = base.surface === "group" && thread;
  return {
    ...base,
    address: inGroup ? { ...base.address, thread } : base.address,
    addressed: true,
    text: "",
    files: [],
    card: activity.replyToId ?? activity.id,
    ...(action ? { action } : {}),
  };
}

/** The part of a Message that every kind of activity has; without text it is not addressed yet. */
export function baseMessage(activity: TeamsActivity, reader: Reader): Message {
  const { from, recipient, serviceUrl, conversation } = activity;
  const { address, surface, scope } = placeOf(activity);
  const at = Date.parse(activity.timestamp ?? "");
  const tenant = tenantOf(activity);
  return {
    id: `teams:${tenant}:${conversation.id}:${activity.id}`,
    dedupe: [`${conversation.id}|${activity.id}`],
    at: Number.isNaN(at) ? reader.now : at,
    from: {
      id: from.id,
      role: reader.roleOf([from.aadObjectId, from.id]),
      ...(from.name ? { name: clip(plainText(from.name), 200) } : {}),
      ...(activity.locale ? { locale: activity.locale.slice(0, 20) } : {}),
    },
    address,
    surface,
    addressed: false,
    text: "",
    files: [],
    reply: encodeReply({
      url: serviceUrl,
      conversation: conversation.id,
      bot: recipient.id,
      tenant,
      scope,
    }),
  };
}

/** True when this activity says that the bot itself was added, which calls for a welcome. */
export function isInstalled({ type, action, membersAdded, recipient }: TeamsActivity): boolean {
  if (type === "installationUpdate") return action === "add";
  return type === "conversationUpdate" && membersAdded.some(({ id }) => id === recipient.id);
}

function mentionsIn(activity: TeamsActivity): Mention[] {
  return activity.entities
    .filter(({ type }) => type === "mention")
    .map(({ text, mentioned }) => ({ id: mentioned.id, text }));
}

function clickOf(data: unknown): Click {
  if (typeof data !== "object" || data === null) return {};
  const { hexdesk, thread } = data as { hexdesk?: unknown; thread?: unknown };
  const action = readAction(hexdesk);
  const isThread = typeof thread === "string" && thread.length > 0 && thread.length <= 200;
  return { ...(action ? { action } : {}), ...(isThread ? { thread } : {}) };
}
