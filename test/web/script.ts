import { fileURLToPath } from "node:url";
import type { Core } from "../../adapters/web/questions.ts";
import { readAttached } from "../../src/attached.ts";
import type { Block, Card, Delivery } from "../../src/card.ts";
import { loadCatalog } from "../../src/codes/catalog.ts";
import type { Language } from "../../src/language.ts";
import type { Message } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";
import { playgroundPhrases } from "./rig.ts";

const catalog = loadCatalog(fileURLToPath(new URL("../../knowledge/codes", import.meta.url)));

/** What a scripted core says to a message: deliveries without ids. */
export type Said = Partial<Pick<Delivery, "to" | "mode">> & { card: Card };

/** A core that answers by a script and remembers what it was asked and what was reported as sent. */
export function scriptedCore(answer: (message: Message) => Said[]): Core & {
  asked: Message[];
  delivered: { id: string; ref: string | undefined; thread: string | undefined }[];
} {
  const asked: Message[] = [];
  const delivered: { id: string; ref: string | undefined; thread: string | undefined }[] = [];
  const refs = new Map<string, string>();
  let n = 0;
  return {
    asked,
    delivered,
    phrases: playgroundPhrases,
    languages: ["en", "es"],
    readFile: (name, chunks) => readAttached(name, chunks, catalog),
    async answer(message) {
      asked.push(message);
      const outgoing = answer(message).map((said) => outgoingOf(message, said, `d${++n}`, refs));
      const kind = outgoing.length === 0 ? "silent" : "step";
      return { kind, answers: [], alternatives: [], language: "en", outgoing };
    },
    async sent(id, ref, address) {
      if (ref) refs.set(id, ref);
      delivered.push({ id, ref, thread: address?.thread });
    },
  };
}

/** A delivery as the bot hands it out. */
export function outgoingOf(
  message: Message,
  said: Said,
  id: string,
  refs: Map<string, string> = new Map(),
): Outgoing {
  const mode = said.mode ?? "post";
  const updates = mode === "post" ? undefined : refs.get(mode.update);
  return {
    delivery: { id, to: said.to ?? { kind: "thread" }, mode, repeat: "safe", card: said.card },
    source: {
      id: message.id,
      address: message.address,
      surface: message.surface,
      asker: message.from.id,
    },
    attempt: 1,
    unknown: false,
    ...(updates === undefined ? {} : { updates }),
  };
}

/** A card with every kind of block and button. */
export function fullCard(language: Language = "en"): Card {
  const open = { v: 1, do: "more", result: "why", lang: language } as const;
  const blocks: Block[] = [
    { type: "text", inlines: ["SEC_E_NO_AUTHENTICATING_AUTHORITY: ", { bold: "no controller" }] },
    { type: "text", inlines: ["Read as ", { code: "0x80090311" }], quiet: true },
    { type: "facts", rows: [{ label: "Name", value: [{ code: "SEC_E_X" }] }] },
    { type: "list", ordered: true, items: [["One"], ["Two ", { bold: "three" }]] },
    { type: "list", ordered: false, items: [["A"]] },
    { type: "text", inlines: ["Command Prompt"], quiet: true },
    { type: "code", text: "nltest /dsgetdc:YOUR-DOMAIN", shell: "cmd" },
    { type: "notice", level: "info", inlines: ["Look first."] },
    { type: "notice", level: "caution", inlines: ["Needs a restart."] },
    { type: "notice", level: "danger", inlines: ["Never stop LSASS."] },
    { type: "divider" },
    {
      type: "fold",
      title: "Sources",
      blocks: [
        { type: "text", inlines: [{ link: "winerror.h", url: "https://example.com/a?b=1&c=2" }] },
      ],
      open,
    },
  ];
  return {
    title: "No domain controller could be reached",
    blocks,
    buttons: [
      { label: "It names a controller", style: "primary", action: { ...open, do: "result" } },
      { label: "It fails", style: "default", action: { ...open, do: "failed" } },
      { label: "Reset", style: "danger", action: { ...open, do: "confirm" } },
      { label: "Ask a person", style: "quiet", action: { ...open, do: "person" } },
      { label: "Portal", style: "default", url: "https://example.com/portal" },
    ],
    language,
  };
}
