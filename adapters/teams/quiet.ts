import { AsyncLocalStorage } from "node:async_hooks";

const quiet = new AsyncLocalStorage<true>();

/**
 * Runs work whose console.error goes nowhere: botframework-connector 4.23.3 prints a stack or the signing key for each
 * bad token, so that anybody could fill the log. What happened is known from the result.
 */
export function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  return quiet.run(true, work);
}

/** Lets `quietly` take effect in this process; returns the way back. */
export function muteWhenQuiet(): () => void {
  const { error } = console;
  const muted: typeof error = (...args) => {
    if (!quiet.getStore()) error.apply(console, args);
  };
  console.error = muted;
  return () => {
    if (console.error === muted) console.error = error;
  };
}
