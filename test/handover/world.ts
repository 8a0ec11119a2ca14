import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { createBot } from "../../src/bot.ts";
import { type Button, type Card, toPlainText } from "../../src/card.ts";
import type { Draft } from "../../src/draft/draft.ts";
import type { Route } from "../../src/handover/routes.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { type Address, addressKey, type Message, type Surface } from "../../src/message.ts";
import type { Platform, SendResult } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";

/** Something that stands in a thread: a card, or what it became. */
export type Post = { ref: string; address: Address; card: Card; edits: number; tag?: string };

type Who = { id: string; name?: string; role?: Message["from"]["role"] };
type Saying = {
  addressed?: boolean;
  mentions?: string[];
  surface?: Surface;
  locale?: string;
  files?: Message["files"];
};

const knowledge = loadKnowledge({
  folder: fileURLToPath(new URL("../../knowledge/", import.meta.url)),
});

const LANES = 8;

/** Where Ana asks: a channel's thread on the platform "here". */
export const ANAS: Address = { platform: "here", tenant: "t", conversation: "help", thread: "1" };
export const ANA: Who = { id: "ana", name: "Ana" };
export const MARTA: Who = { id: "marta", name: "Marta" };
export const LEO: Who = { id: "leo", name: "Leo" };

/** Two routes: a channel on another platform for every area, and one that is only reached as the next. */
export const DESK: Route = {
  name: "desk",
  title: "IT helpdesk",
  place: { platform: "there", tenant: "t", conversation: "it" },
  areas: ["*"],
};

/**
 * A whole Hexdesk over memory state with its worker, two platforms that keep what is posted and a clock that moves by hand.
 * `refuse` makes a place fail; `expected` are errors that may be logged.
 */
export function createWorld(
  routes: readonly Route[],
  saveDraft = async ({ id }: Draft): Promise<string> => `drafts/${id}.yaml`,
  expected: readonly string[] = [],
) {
  let now = Date.parse("2026-11-20T10:00:00Z");
  let n = 0;
  let threads = 0;
  const sleepers = new Set<() => void>();
  const posts: Post[] = [];
  const whispers: { to: string; card: Card }[] = [];
  const events: { id: string; to: string; delivery: Outgoing["delivery"] }[] = [];
  const failures = new Map<string, SendResult & { ok: false }>();
  const counters = new Map<string, () => void>();
  const errors: unknown[] = [];

  const clock = {
    now: () => now,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal?.addEventListener("abort", wake);
        if (signal?.aborted) wake();
      }),
  };
  const state = createMemoryState({ clock });
  const bot = createBot({
    knowledge: () => knowledge,
    state,
    clock,
    ids: () => `id-${String(++n).padStart(6, "0")}`,
    log: { info() {}, warn() {}, error: note },
    defaultLanguage: "en",
    channelMode: () => "mention",
    routes,
    linkTo: ({ platform, thread }) =>
      platform === "here" ? `https://here.example/${thread}` : undefined,
    saveDraft,
  });

  /** What is given up is logged as an error, as it should be; anything else ends the test. */
  function note(event: string, _fields?: object, cause?: unknown): void {
    if (event !== "delivery.given-up" && !expected.includes(event)) errors.push(cause ?? event);
  }

  function platform(name: string): Platform {
    return {
      name,
      routes: {},
      start: async () => {},
      ready: () => true,
      stop: async () => {},
      send: async (outgoing) => send(outgoing),
    };
  }

  function send({ delivery, source, updates }: Outgoing): SendResult {
    const to = delivery.to.kind === "address" ? delivery.to.address : source.address;
    counters.get(to.conversation)?.();
    const failure = failures.get(to.conversation);
    if (failure) return failure;
    if (delivery.event) events.push({ id: delivery.id, to: to.conversation, delivery });
    if (delivery.to.kind === "asker") {
      whispers.push({ to: source.asker, card: delivery.card });
      return { ok: true };
    }
    const old = posts.find(({ ref }) => ref === updates);
    if (delivery.mode !== "post" && old) {
      old.card = delivery.card;
      old.edits += 1;
      return { ok: true, ref: old.ref };
    }
    const thread = to.thread ?? `thread-${++threads}`;
    const address = { ...to, thread };
    const { tag } = delivery;
    posts.push({
      ref: delivery.id,
      address,
      card: delivery.card,
      edits: 0,
      ...(tag ? { tag } : {}),
    });
    return { ok: true, ref: delivery.id, address };
  }

  const running = bot.run([platform("here"), platform("there"), platform("webhook")]);
  onTestFinished(async () => {
    const stopped = running.stop();
    for (const wake of sleepers) wake();
    await stopped;
  });

  /** Until every lane of the worker found nothing more to do. */
  async function settle(): Promise<void> {
    bot.wake();
    for (let quiet = 0; quiet < 3; quiet = sleepers.size === LANES ? quiet + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [error] = errors;
    if (error) throw error;
  }

  async function receive(address: Address, who: Who, rest: Partial<Message>): Promise<void> {
    n += 1;
    await bot.receive({
      id: `m-${n}`,
      dedupe: [`m-${n}`],
      at: now,
      from: { id: who.id, role: who.role ?? "user", ...(who.name ? { name: who.name } : {}) },
      address,
      surface: "channel",
      addressed: true,
      text: "",
      files: [],
      ...rest,
    });
    await settle();
  }

  return {
    events,
    whispers,
    posts,
    state,
    settle,
    say(address: Address, who: Who, text: string, { locale, ...rest }: Saying = {}) {
      return receive(
        address,
        { ...who },
        {
          text,
          ...rest,
          ...(locale
            ? {
                from: {
                  id: who.id,
                  role: who.role ?? "user",
                  locale,
                  ...(who.name ? { name: who.name } : {}),
                },
              }
            : {}),
        },
      );
    },
    /** Presses a button of a card that stands somewhere. */
    click(post: Post, label: string | RegExp, who: Who) {
      const button = buttonOf(post.card, label);
      return receive(post.address, who, { action: button.action, card: post.ref });
    },
    /** The newest private word, as if it stood somewhere. */
    whispered(): Post {
      const { card } = whispers.at(-1) ?? { card: undefined };
      if (!card) throw new Error("nobody was told anything");
      return { ref: "whisper", address: ANAS, card, edits: 0 };
    },
    /** Presses a button where the platform says that the card stands elsewhere. */
    clickIn(address: Address, post: Post, label: string | RegExp, who: Who, surface: Surface) {
      const { action } = buttonOf(post.card, label);
      return receive(address, who, { action, card: post.ref, surface });
    },
    /** Presses a button of a private word. */
    clickWhisper(label: string | RegExp, who: Who, address: Address) {
      const button = buttonOf(whispers.at(-1)?.card, label);
      return receive(address, who, { action: button.action, card: "whisper" });
    },
    /** Two people press at the very same moment. */
    async together(...clicks: [Post, string | RegExp, Who][]) {
      await Promise.all(clicks.map(([post, label, who]) => this.click(post, label, who)));
    },
    async later(ms: number) {
      now += ms;
      await settle();
    },
    refuse(conversation: string, failure: Partial<SendResult & { ok: false }>) {
      failures.set(conversation, { ok: false, unknown: false, reason: "test", ...failure });
    },
    accept: (conversation: string) => failures.delete(conversation),
    /** Calls back for every attempt to post to a place. */
    count: (conversation: string, each: () => void) => counters.set(conversation, each),
    /** The posts of a place (one thread of it, when the address has one), oldest first. */
    at(address: Address): Post[] {
      return posts.filter(({ address: there }) =>
        address.thread === undefined
          ? there.conversation === address.conversation
          : addressKey(there) === addressKey(address),
      );
    },
  };
}

/** A card's text with its buttons. */
export function read(post: Post | undefined): string {
  return post ? toPlainText(post.card, true) : "nothing";
}

/** The labels of a card's buttons. */
export function labels(post: Post | undefined): string[] {
  return post?.card.buttons.map(({ label }) => label) ?? [];
}

function buttonOf(card: Card | undefined, label: string | RegExp) {
  const found = card?.buttons.find((each: Button) =>
    typeof label === "string" ? each.label === label : label.test(each.label),
  );
  if (!found || !("action" in found)) {
    throw new Error(`no button ${label} among ${card?.buttons.map((b) => b.label).join(" | ")}`);
  }
  return found;
}
