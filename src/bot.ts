import type { Answered } from "./answered.ts";
import { apology } from "./apology.ts";
import { type Attached, readAttached } from "./attached.ts";
import type { Case } from "./case.ts";
import type { Clock } from "./clock.ts";
import { readCodes } from "./codes/read.ts";
import { decide, needsThread } from "./decide.ts";
import type { Draft } from "./draft/draft.ts";
import { withDraft } from "./draft/save-entry.ts";
import { createEnvironment } from "./environment.ts";
import { createFallback } from "./fallback.ts";
import { withFiles } from "./files.ts";
import { wasHandedOver } from "./handover/desk.ts";
import type { Route } from "./handover/routes.ts";
import { withMany } from "./incident/many.ts";
import { isKnown } from "./intent.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Language, Phrases } from "./language.ts";
import { leaseNear } from "./lease-near.ts";
import type { Logger } from "./log.ts";
import { type Address, addressKey, type Message, personOf } from "./message.ts";
import type { Platform } from "./platform.ts";
import type { Failure, Outgoing, StateStore } from "./state.ts";
import type { Decision } from "./turn.ts";
import { createWorker } from "./worker.ts";

/** The pipeline: receive, decide, commit; the worker delivers. */
export type Bot = {
  /**
   * Stores a message durably; acknowledge after it resolves. `ignored` leaves no trace. While nothing can be stored a
   * question is answered at once, without memory; rejects when that is impossible.
   */
  receive(message: Message): Promise<"new" | "duplicate" | "ignored">;
  /**
   * Decides and commits inside the caller's request and leases the deliveries to the caller, who renders them and reports
   * each with `sent` or `failed`; what goes to another conversation is left to the worker. Undefined for a duplicate.
   */
  answer(message: Message): Promise<(Answered & { outgoing: Outgoing[] }) | undefined>;
  sent(deliveryId: string, ref: string | undefined, address?: Address): Promise<void>;
  failed(deliveryId: string, failure: Failure): Promise<void>;
  /** Reads the codes of a text file that an adapter has in hand, for `message.attached`; rejects when `chunks` does. */
  readFile(name: string, chunks: AsyncIterable<Uint8Array>): Promise<Attached | "not-text">;
  /** Tells the worker that there is work. */
  wake(): void;
  /** Works off inbox and outbox for these platforms until `stop`, which finishes what is in flight. */
  run(platforms: Platform[]): { stop(): Promise<void> };
  phrases: Phrases;
  languages: Language[];
  /** The language to use for a person before anything was decided: their kept wish, else locale, else default. */
  languageFor(message: Pick<Message, "from" | "address">): Promise<Language>;
};

/** Whether a channel's unaddressed messages are read: never, for unmistakable known codes, or not even mentions. */
export type ChannelMode = "mention" | "codes" | "off";

export type BotOptions = {
  /** Read at each use, so that a reload swaps all of it at once. */
  knowledge(): Knowledge;
  state: StateStore;
  clock: Clock;
  /** Unique ids for deliveries and incidents, at least 8 characters. */
  ids(): string;
  log: Logger;
  defaultLanguage: Language;
  channelMode(address: Address): ChannelMode;
  /** Answers to typed messages that a person gets in five minutes; 20 when left out. */
  mostAnswers?: number;
  /** How the company names its computers, `*` for any characters: masked wherever text is kept. */
  hosts?: readonly string[];
  /** Where cases are handed over to; nobody when it is left out. */
  routes?: readonly Route[];
  /** A link that leads people to a place, where its platform has one. */
  linkTo?(address: Address): string | undefined;
  /** Writes the draft of an entry; its path. */
  saveDraft?(draft: Draft): Promise<string>;
  /** Told of every decision, for metrics. `seconds` is the time from claim to commit. */
  observe?(decision: Decision, message: Message, seconds: number): void;
};

const LEASE_MS = 30_000;
const IDLE_MS = 8 * 3_600_000;

/** Creates the bot: stores messages, decides them one at a time per thread, and keeps what is to be delivered. */
export function createBot(options: BotOptions): Bot {
  const { state, clock, log } = options;
  const owner = options.ids();
  const environment = createEnvironment(options);
  const worker = createWorker({
    state,
    clock,
    log,
    owner,
    leaseMs: LEASE_MS,
    process: (message, platform) =>
      fallback.isAnswered(message)
        ? state.commit(message, { events: [], deliveries: [] })
        : process(message, platform),
    setAside,
    routeOf,
  });

  const fallback = createFallback({
    state,
    clock,
    log,
    caseAt: currentCase,
    environment: environment.blank,
  });
  let platformNamed: (name: string) => Platform | undefined = () => undefined;

  async function receive(message: Message) {
    if (fallback.isAnswered(message)) return "duplicate";
    try {
      return await store(message);
    } catch (cause) {
      return fallback.post(message, platformNamed(message.address.platform), cause);
    }
  }

  async function store(message: Message, heldMs?: number) {
    if (!message.addressed && !(await concerns(message))) return "ignored";
    if (message.addressed && options.channelMode(message.address) === "off") return "ignored";
    return state.receive(message, heldMs);
  }

  async function concerns(message: Message): Promise<boolean> {
    if (await state.loadCase(message.address)) return true;
    if (options.channelMode(message.address) !== "codes") return false;
    return readCodes(message.text, options.knowledge().catalog).codes.some(isKnown);
  }

  async function answer(message: Message) {
    if (fallback.isAnswered(message)) return undefined;
    try {
      if ((await store(message, LEASE_MS)) !== "new") return undefined;
    } catch (cause) {
      return fallback.answer(message, cause);
    }
    const decision = await process(message, undefined, LEASE_MS);
    const lease = { owner, leaseMs: LEASE_MS, now: clock.now() };
    const { near: outgoing, isMore } = await leaseNear(state, message, lease);
    if (isMore) worker.wake();
    const { kind, answers, alternatives, language } = decision;
    return { kind, answers, alternatives, language, outgoing };
  }

  /** Decides and commits one message in hand; on a conflict the case is read again. */
  async function process(message: Message, platform?: Platform, heldMs = 0): Promise<Decision> {
    const started = clock.now();
    let read = message;
    for (let attempt = 0; attempt < 5; attempt++) {
      const at = await currentCase(message);
      if (message.addressed || at?.owner.id === message.from.id) {
        read = await withFiles(read, platform, { catalog: options.knowledge().catalog, log });
      }
      const { saveDraft: save } = options;
      const knowledge = options.knowledge();
      read = await withDraft(read, at, { save, knowledge, now: clock.now(), log });
      const decided = await decideSafely(read, at, platform);
      const decision = await withMany(state, message, decided, clock.now());
      if ((await state.commit(message, { ...decision.commit, heldMs })) === "ok") {
        options.observe?.(decision, message, (clock.now() - started) / 1000);
        return decision;
      }
    }
    throw new Error("a case changed five times while one message was decided");
  }

  async function currentCase(message: Message): Promise<Case | undefined> {
    if (message.timer?.case) return state.findCase(message.timer.case);
    const at = await state.loadCase(message.address);
    const named = await namedCase(message, at);
    if (named) return named;
    const isLoose = message.address.thread === undefined && at?.status !== "handed-over";
    const idle = at && isLoose && clock.now() - at.updatedAt > IDLE_MS;
    return idle ? undefined : at;
  }

  /** A conversation without threads may hold another case: beside one that people have, or had, the buttons of each act on their own. */
  async function namedCase({ action, address }: Message, at: Case | undefined) {
    if (!action?.case || action.case === at?.id || address.thread !== undefined) return undefined;
    const named = await state.findCase(action.case);
    const isHere = named && addressKey(named.address) === addressKey(address);
    return isHere && (wasHandedOver(named) || wasHandedOver(at)) ? named : undefined;
  }

  async function decideSafely(
    message: Message,
    at: Case | undefined,
    platform: Platform | undefined,
  ): Promise<Decision> {
    const env = await environment.read(message, at);
    try {
      if (platform?.readThread && needsThread(message, at, env)) {
        const thread = await platform.readThread(message.address);
        return decide({ ...message, thread }, at, env);
      }
      return decide(message, at, env);
    } catch (cause) {
      const incident = options.ids().slice(0, 8);
      log.error("decision.failed", { incident, platform: message.address.platform }, cause);
      return apology(message, at, env, incident);
    }
  }

  /** Finishes a message that cannot be decided; whoever asked is told so. */
  async function setAside(message: Message): Promise<void> {
    const at = await currentCase(message);
    const incident = options.ids().slice(0, 8);
    log.error("decision.given-up", { incident, platform: message.address.platform });
    const asked = message.addressed && !message.timer;
    const { commit } = apology(message, at, await environment.read(message, at), incident);
    await state.commit(message, asked ? commit : { events: [], deliveries: [] });
  }

  function routeOf(name: string) {
    const place = options.routes?.find((route) => route.name === name)?.place;
    return place && { platform: place.platform, address: place };
  }

  async function languageFor(message: Pick<Message, "from" | "address">): Promise<Language> {
    const kept = await state.languageOf(personOf(message)).catch(() => undefined);
    const { languages } = options.knowledge();
    const locale = languages.find((l) => message.from.locale?.toLowerCase().startsWith(l));
    return kept ?? locale ?? options.defaultLanguage;
  }

  return {
    receive,
    answer,
    sent: fallback.sent,
    failed: fallback.failed,
    readFile: (name, chunks) => readAttached(name, chunks, options.knowledge().catalog),
    wake: worker.wake,
    run(platforms) {
      platformNamed = (name) => platforms.find((platform) => platform.name === name);
      return worker.run(platforms);
    },
    phrases: (language, key, params) => options.knowledge().phrases(language, key, params),
    get languages() {
      return options.knowledge().languages;
    },
    languageFor,
  };
}
