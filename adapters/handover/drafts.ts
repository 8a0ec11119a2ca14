import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Draft } from "../../src/draft/draft.ts";

const MOST_TRIES = 100;

/**
 * Writes drafts of entries into a folder, each whole or not at all; a name that is taken gets a number, so that nothing is
 * overwritten. The same draft again yields the file that is there. Rejects when the folder cannot be written.
 */
export function createDrafts(folder: string, ids: () => string): (draft: Draft) => Promise<string> {
  return async (draft) => {
    await mkdir(folder, { recursive: true });
    for (let n = 1; n <= MOST_TRIES; n++) {
      const id = n === 1 ? draft.id : `${slug(draft.id)}-${n}`;
      const path = join(folder, `${id}.yaml`);
      const text = draft.text(id);
      if (await place(folder, path, text, ids())) return path;
      if ((await readFile(path, "utf8")) === text) return path;
    }
    throw new Error("too many drafts of this name");
  };

  /** A code's id takes no number: the name of a slug does. */
  function slug(id: string): string {
    return /^[a-z]/.test(id) ? id : `draft-${id.toLowerCase()}`;
  }
}

/** Links a finished file to its name; false when the name is taken. */
async function place(folder: string, path: string, text: string, token: string): Promise<boolean> {
  const unfinished = join(folder, `.${token}.tmp`);
  await writeFile(unfinished, text, { flag: "wx" });
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await unlink(unfinished);
  }
}
