import process from "node:process";
import type { Logger } from "../src/log.ts";
import { StartError } from "./start-error.ts";

const GRACE_MS = 20_000;
const FAILED_GRACE_MS = 5_000;

/** npm and a terminal both pass one Ctrl+C on: a signal that follows within this time is the same one. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends and reloads the process on signals. SIGTERM and SIGINT stop it within 20 s (exit 0, 1 when that was too short), a
 * second one at once (exit 1); SIGHUP reloads. An error that nobody caught is logged once and stops it (exit 1).
 * Returns a function that stops it with a reason and an exit code.
 */
export function onSignals(run: {
  log: Logger;
  now(): number;
  stop(): Promise<void>;
  reload(): void;
}): (error: unknown, exitCode: number) => void {
  const { log } = run;
  let stoppedAt: number | undefined;

  function end(exitCode: number, grace: number): void {
    if (stoppedAt !== undefined) return;
    stoppedAt = run.now();
    setTimeout(() => {
      log.error("stop.late");
      process.exit(1);
    }, grace).unref();
    run.stop().then(
      () => process.exit(exitCode),
      (error) => {
        log.error("stop.failed", {}, error);
        process.exit(1);
      },
    );
  }

  function signalled(signal: string): void {
    if (stoppedAt === undefined) {
      log.info("stopping", { signal });
      end(0, GRACE_MS);
    } else if (run.now() - stoppedAt > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  }

  function failed(error: unknown): void {
    if (stoppedAt === undefined) log.error("process.failed", {}, error);
    end(1, FAILED_GRACE_MS);
  }

  process.on("SIGTERM", signalled);
  process.on("SIGINT", signalled);
  process.on("SIGHUP", run.reload);
  process.on("uncaughtException", failed);
  process.on("unhandledRejection", failed);
  return (error, exitCode) => {
    if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
    else log.error("process.failed", {}, error);
    end(exitCode, FAILED_GRACE_MS);
  };
}
