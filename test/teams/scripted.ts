import type { Answered } from "../../src/answered.ts";
import type { Button, Card } from "../../src/card.ts";
import type { Outgoing } from "../../src/state.ts";
import { CONVERSATIONS } from "../fakes/teams-activities.ts";
import { outgoing, startTeams } from "./harness.ts";

const THREAD = `${CONVERSATIONS.channel};messageid=1763700000000`;
/** The action of the button below. */
export const worked = { v: 1, do: "worked", case: "HD-1001", rev: 1, lang: "en" } as const;
/** A button that says that a step worked. */
export const button: Button = { label: "It worked", style: "primary", action: worked };
/** What every scripted decision says beside its deliveries. */
export const said: Answered = { kind: "step", answers: [], alternatives: [], language: "en" };
/** The type of an answer in words. */
export const NOTE = "application/vnd.microsoft.activity.message";
/** The content type of an Adaptive Card. */
export const CARD = "application/vnd.microsoft.card.adaptive";

/** An adapter whose bot answers every invoke with these deliveries, as if caused by it. */
export async function answering(...make: ((fake: Rig["fake"]) => Outgoing)[]) {
  const rig = await startTeams();
  rig.script.answer = async (message) => ({
    ...said,
    outgoing: make.map((one) => {
      const out = one(rig.fake);
      return { ...out, source: { ...out.source, ...(message.card ? { card: message.card } : {}) } };
    }),
  });
  return rig;
}
type Rig = Awaited<ReturnType<typeof startTeams>>;

/** Replaces the clicked card. */
export const replacing = (next: Card) => (fake: Rig["fake"]) =>
  outgoing(
    fake,
    "channel",
    { id: "d1", mode: { update: "d0" }, card: next },
    { updates: JSON.stringify({ conversation: THREAD, id: "card-1", hidden: false }) },
  );
/** Tells the asker alone. */
export const telling = (words: Card) => (fake: Rig["fake"]) =>
  outgoing(fake, "channel", { id: "d2", to: { kind: "asker" }, card: words });
