import { createMemoryState } from "../adapters/state/memory.ts";
import type { Answered } from "../src/answered.ts";
import { createBot } from "../src/bot.ts";
import { type Button, type Card, toPlainText } from "../src/card.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";
import type { Message, Role, Surface } from "../src/message.ts";
import type { CaseEvent, EventFilter } from "../src/state.ts";

/** What one turn gave: the decision, and the cards in the order they were posted or updated. */
export type Heard = Answered & { cards: Card[]; text: string; targets: string[] };

/** A conversation with the real bot over memory state: people say things and click the buttons of the newest card. */
export type Talk = {
  say(text: string, as?: Partial<Speaker>): Promise<Heard>;
  click(label: string | RegExp, as?: Partial<Speaker>): Promise<Heard>;
  /** Clicks a button of an earlier turn's card. */
  clickOn(card: Card, label: string | RegExp, as?: Partial<Speaker>): Promise<Heard>;
  newest(): Card;
  later(ms: number): void;
  events(filter: EventFilter): Promise<CaseEvent[]>;
};

export type Speaker = {
  id: string;
  role: Role;
  addressed: boolean;
  locale: string;
  tenant: string;
  thread: string | undefined;
  lines: Message["thread"];
  attached: Message["attached"];
  unread: Message["unread"];
};

/** Opens a conversation on one surface; the clock stands still until `later`. */
export function createTalk(
  knowledge: Knowledge,
  surface: Surface = "dm",
  mode: "mention" | "codes" = "mention",
): Talk {
  let now = Date.parse("2026-11-21T10:00:00Z");
  let n = 0;
  const clock = { now: () => now, sleep: async () => {} };
  const state = createMemoryState({ clock });
  const bot = createBot({
    knowledge: () => knowledge,
    state,
    clock,
    ids: () => `id-${String(++n).padStart(6, "0")}`,
    log: {
      info: () => {},
      warn: () => {},
      error: (event, _fields, cause) => {
        throw cause ?? new Error(event);
      },
    },
    defaultLanguage: "en",
    channelMode: () => mode,
  });
  const seen: Card[] = [];

  async function send(
    message: Pick<Message, "text"> & Partial<Message>,
    as: Partial<Speaker>,
  ): Promise<Heard> {
    n += 1;
    const thread = "thread" in as ? as.thread : "t1";
    const full: Message = {
      id: `m-${n}`,
      dedupe: [`m-${n}`],
      at: now,
      from: {
        id: as.id ?? "ana",
        name: as.id ?? "Ana",
        role: as.role ?? "user",
        ...(as.locale ? { locale: as.locale } : {}),
      },
      address: {
        platform: "test",
        tenant: as.tenant ?? "t",
        conversation: "c",
        ...(thread ? { thread } : {}),
      },
      surface,
      addressed: as.addressed ?? true,
      files: [],
      ...(as.lines ? { thread: as.lines } : {}),
      ...(as.attached ? { attached: as.attached } : {}),
      ...(as.unread ? { unread: as.unread } : {}),
      ...message,
    };
    const answered = await bot.answer(full);
    if (!answered)
      return {
        kind: "silent",
        answers: [],
        alternatives: [],
        language: "en",
        cards: [],
        text: "",
        targets: [],
      };
    const { outgoing, ...rest } = answered;
    for (const { delivery } of outgoing) await bot.sent(delivery.id, delivery.id);
    const cards = outgoing.map(({ delivery }) => delivery.card);
    seen.push(
      ...outgoing
        .filter(({ delivery }) => delivery.to.kind !== "asker")
        .map(({ delivery }) => delivery.card),
    );
    const targets = outgoing.map(
      ({ delivery: d }) => `${d.mode === "post" ? "post" : "update"}:${d.to.kind}`,
    );
    return { ...rest, cards, text: cards.map((card) => toPlainText(card)).join("\n\n"), targets };
  }

  function clickOn(card: Card, label: string | RegExp, as: Partial<Speaker> = {}): Promise<Heard> {
    const button = card.buttons.find((b) =>
      typeof label === "string" ? b.label === label : label.test(b.label),
    );
    if (!button || !("action" in button)) {
      throw new Error(
        `no button ${label} among ${card.buttons.map((b: Button) => b.label).join(" | ")}`,
      );
    }
    return send({ text: "", action: button.action, card: "card" }, as);
  }

  return {
    say: (text, as = {}) => send({ text }, as),
    click: (label, as = {}) => clickOn(newest(), label, as),
    clickOn,
    newest,
    later: (ms) => {
      now += ms;
    },
    events: (filter) => state.events(filter),
  };

  function newest(): Card {
    const card = seen.at(-1);
    if (!card) throw new Error("nothing was posted yet");
    return card;
  }
}
