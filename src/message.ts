import type { Action } from "./action.ts";
import type { Attached } from "./attached.ts";

/** What a reader may be shown and do; `user` unless the operator lists the person. */
export type Role = "user" | "helpdesk" | "admin";

/** How a message reached the bot; decides whether an answer may hold a case. */
export type Surface = "dm" | "group" | "channel" | "slash" | "web" | "terminal";

/**
 * A place in a conversation: opaque strings made only by adapters. A case lives at one address. `thread` is absent where
 * the platform has none for bots; a Teams group chat uses the person's id, so that two people have two cases.
 */
export type Address = { platform: string; tenant: string; conversation: string; thread?: string };

/** Somebody on a platform; `id` is unique within its tenant. */
export type Person = { platform: string; tenant: string; id: string };

/** An attached file as the platform announces it; `size` in bytes. */
export type FileRef = { name: string; size: number; mimetype: string; url: string };

/** One earlier message of a thread, oldest first; `mine` marks the bot's own. */
export type ThreadLine = { from: { id: string; name?: string }; text: string; mine: boolean };

/**
 * What an adapter makes of one platform event. `text` is plain: mention and markup stripped, entities decoded.
 * `dedupe` holds every key under which the platform may send this event again (event id, message id).
 * `at` is milliseconds since 1970. `addressed` is true for a mention, DM, slash command or button.
 * `mentions` are ids of other people mentioned. `reply` is the adapter's own token for answering (a response_url, a
 * conversation reference) and `card` the platform's id of the card whose button was clicked; the core only carries both.
 * `startsThread` is true for a post that has nothing above it in its thread.
 */
export type Message = {
  id: string;
  dedupe: string[];
  at: number;
  from: { id: string; name?: string; locale?: string; role: Role };
  address: Address;
  surface: Surface;
  addressed: boolean;
  text: string;
  files: FileRef[];
  mentions?: string[];
  action?: Action;
  card?: string;
  reply?: string;
  startsThread?: boolean;
  /** Typed into a search box, letter by letter: only looked up, never counted, never a command. */
  lookup?: true;
  /** Why the clock or the outbox sends this message instead of a person; made by `timerMessage`. */
  timer?: Timer;
  /** Filled by the worker when a bare mention asks about the thread it stands in; "unreadable" without the scope. */
  thread?: ThreadLine[] | "unreadable";
  /** What the attached files hold; filled by the worker, or by an adapter that has the bytes in hand. */
  attached?: Attached[];
  /** Names of attached text files that could not be read; filled like `attached`. */
  unread?: string[];
  /** Where the draft is that a click asked for; filled by the worker. "failed" when it could not be written. */
  draft?: { path: string } | "failed";
};

/**
 * What a message without a person is about: a reminder that a case asked for, or a delivery that called a person and was
 * given up. `unknown` says that it may have arrived all the same.
 */
export type Timer =
  /** An incident to which the case is attached was ended. */
  | { what: "incident-over"; case: string; incident: string; sentence: string }
  /** Many people asked about the same entry. */
  | { what: "many"; case?: undefined; entry: string; people: number }
  | { what: "reminder"; case: string; delivery?: string }
  | {
      what: "undelivered";
      case?: string;
      delivery: string;
      route?: string;
      unknown: boolean;
      reason: string;
    };

/** One string for an address, unique over platforms and tenants. */
export function addressKey(address: Address): string {
  return [address.platform, address.tenant, address.conversation, address.thread ?? ""]
    .map(encodeURIComponent)
    .join("/");
}

/** Who sent a message. */
export function personOf({ address, from }: Pick<Message, "address" | "from">): Person {
  return { platform: address.platform, tenant: address.tenant, id: from.id };
}
