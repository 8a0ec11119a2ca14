import type { App, Receiver, ReceiverEvent } from "@slack/bolt";

/** Work in hand: `drain` resolves when all of it is done. */
export type InHand = { drain(): Promise<void> };

/**
 * Makes a receiver acknowledge an event after its listeners have stored it, where Bolt 5 acknowledges first and a crash
 * would lose it: a listener that rejects leaves it unacknowledged, and Slack sends it again. Whatever no listener
 * acknowledged (`app_rate_limited`, unknown types) is acknowledged at the end. `done` runs after each.
 */
export function ackAfterStoring(receiver: Receiver, done: () => void): InHand {
  const init = receiver.init.bind(receiver);
  const inHand = new Set<Promise<void>>();
  receiver.init = (app) => {
    const processEvent = (event: ReceiverEvent) => {
      const work = handle(app, event).finally(() => inHand.delete(work));
      inHand.add(work);
      return work.then(done);
    };
    init(Object.assign(Object.create(app) as App, { processEvent }));
  };
  return {
    drain: async () => {
      await Promise.allSettled(inHand);
    },
  };
}

async function handle(app: App, event: ReceiverEvent): Promise<void> {
  let acked = false;
  const ack: ReceiverEvent["ack"] = async (response) => {
    if (acked) return;
    acked = true;
    await event.ack(response);
  };
  const isEvent = event.body?.type === "event_callback";
  await app.processEvent({ ...event, ack: isEvent ? async () => {} : ack });
  await ack();
}
