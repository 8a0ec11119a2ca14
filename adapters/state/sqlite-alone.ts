import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Finds out whether this process is the only one at work on a database file, and keeps others from thinking so: the lock
 * on a file beside it ends with the process, however it ends. Undefined when another process has it.
 */
export function holdAlone(path: string): { release(): void } | undefined {
  let lock: DatabaseSync | undefined;
  try {
    closeSync(openSync(`${path}-lock`, "a", 0o600));
    lock = new DatabaseSync(`${path}-lock`, { timeout: 0 });
    lock.exec("begin exclusive");
    const held = lock;
    return { release: () => held.close() };
  } catch {
    lock?.close();
    return undefined;
  }
}
