import { afterEach } from "vitest";
import type { StateStore } from "../../src/state.ts";
import { stateCases } from "./state/cases.ts";
import { START, type StoreUnderTest } from "./state/fixtures.ts";
import { stateInbox } from "./state/inbox.ts";
import { stateOutbox } from "./state/outbox.ts";
import { statePeople } from "./state/people.ts";
import { stateRecords } from "./state/records.ts";

/**
 * What every StateStore must do, as a user would notice it. `create` makes a fresh, empty store; one that others may share
 * is not `alone` and cannot know whether a lease's owner died.
 */
export function stateContract(
  name: string,
  create: (clock: { now: number }) => Promise<StateStore>,
  { alone } = { alone: true },
): void {
  const opened: StateStore[] = [];

  async function fresh(): Promise<StoreUnderTest> {
    const clock = { now: START };
    const state = await create(clock);
    opened.push(state);
    return { state, clock };
  }

  afterEach(async () => {
    for (const state of opened.splice(0)) await state.close();
  });

  stateInbox(name, fresh);
  stateCases(name, fresh);
  stateOutbox(name, fresh);
  stateRecords(name, fresh, alone);
  statePeople(name, fresh);
}
