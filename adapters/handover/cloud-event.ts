import { toPlainText } from "../../src/card.ts";
import type { HandoverEvent } from "../../src/handover/handover-event.ts";
import type { Outgoing } from "../../src/state.ts";

const MOST_BYTES = 20_000;
const LONGEST_TEXT = 8_000;

/**
 * A delivery as a CloudEvents 1.0 event in JSON, under 20 kB: `data` holds the facts, `data.text` the card as text.
 * Undefined for a delivery that carries no event.
 */
export function eventBody({ delivery }: Outgoing, source: string): string | undefined {
  const { event, card, id } = delivery;
  if (!event) return undefined;
  const { type, at, ...facts } = event;
  const write = (data: Omit<HandoverEvent, "type" | "at"> & { text?: string }) =>
    JSON.stringify({
      specversion: "1.0",
      id,
      source,
      type,
      subject: event.case,
      time: new Date(at).toISOString(),
      datacontenttype: "application/json",
      data: { ...data, time: new Date(at).toISOString(), language: card.language },
    });
  const text = toPlainText({ ...card, buttons: [] }).slice(0, LONGEST_TEXT);
  const { steps, ...short } = facts;
  const { question, notes, ...shortest } = short;
  const forms = [{ ...facts, text }, facts, short, shortest];
  return forms.map(write).find((body) => Buffer.byteLength(body) < MOST_BYTES);
}
