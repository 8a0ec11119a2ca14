import { createMemoryState } from "../../adapters/state/memory.ts";
import { stateContract } from "../contract/state.ts";

stateContract("memory", async (clock) => createMemoryState({ clock: { now: () => clock.now } }));
