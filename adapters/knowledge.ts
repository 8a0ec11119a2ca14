import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "../src/codes/catalog.ts";
import { problemText } from "../src/knowledge/error.ts";
import { type LoadedKnowledge, loadKnowledge } from "../src/knowledge/load.ts";
import type { Language } from "../src/language.ts";
import type { Logger } from "../src/log.ts";

/** The knowledge of a running process: the newest that was in order. */
export type LiveKnowledge = {
  current(): LoadedKnowledge;
  /** Reads everything again; what is not in order changes nothing and is told on standard error. */
  reload(): void;
  /** Reloads when a file of the built-in or the company's folder changes, until `stop`. */
  watch(): { stop(): Promise<void> };
};

/** Where a company's entries lie, whether drafts are shown, and who is told how many entries there are. */
export type LiveOptions = {
  extra: string | undefined;
  drafts: boolean;
  log: Logger;
  onLoad(entries: number): void;
};

/** An editor writes a file in several steps, a deployment several files: one reload for all of them. */
const QUIET_MS = 500;
/** The search index of each language takes half a second and more: it is built ahead, or else by the first question. */
const INDEX_AFTER_MS = 10_000;
const FOLDER = fileURLToPath(new URL("../knowledge/", import.meta.url));
const WATCHED = ["entries", "locales", "meanings"];

/** Loads the knowledge and keeps it fresh; throws KnowledgeError when it is not in order at the start. */
export function openKnowledge({ extra, drafts, log, onLoad }: LiveOptions): LiveKnowledge {
  let knowledge = read();
  let ahead: NodeJS.Timeout | undefined;

  function read(): LoadedKnowledge {
    const catalog = loadCatalog(join(FOLDER, "codes"));
    const loaded = loadKnowledge({ folder: FOLDER, catalog, drafts, ...(extra ? { extra } : {}) });
    for (const problem of loaded.warnings) {
      process.stderr.write(`warning: ${problemText(problem)}\n`);
    }
    onLoad(loaded.entryIds.length);
    return loaded;
  }

  function reload(): void {
    try {
      knowledge = read();
      indexAhead(knowledge.languages);
      log.info("knowledge.reloaded", { entries: knowledge.entryIds.length });
    } catch (error) {
      log.error("knowledge.kept", {}, error);
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The knowledge was not reloaded; the old one stays.\n${why}\n`);
    }
  }

  /** Builds the index of one language after the other, each in a moment of its own; a reload begins again. */
  function indexAhead(languages: readonly Language[]): void {
    clearTimeout(ahead);
    const [language, ...others] = languages;
    if (language === undefined) return;
    ahead = setTimeout(() => {
      knowledge.search("", language);
      indexAhead(others);
    }, INDEX_AFTER_MS);
    ahead.unref();
  }

  return {
    current: () => knowledge,
    reload,
    watch() {
      let timer: NodeJS.Timeout | undefined;
      indexAhead(knowledge.languages);
      const changed = () => {
        clearTimeout(timer);
        timer = setTimeout(reload, QUIET_MS);
      };
      const folders = [...WATCHED.map((part) => join(FOLDER, part)), ...(extra ? [extra] : [])];
      const watchers = folders
        .filter(existsSync)
        .map((folder) => watchFolder(folder, changed, log));
      return {
        async stop() {
          clearTimeout(timer);
          clearTimeout(ahead);
          for (const watcher of watchers) watcher.close();
        },
      };
    },
  };
}

/** A folder that cannot be watched (a limit of the system) is told; SIGHUP still reloads. */
function watchFolder(folder: string, changed: () => void, log: Logger): Pick<FSWatcher, "close"> {
  try {
    const watcher = watch(folder, { recursive: true }, changed);
    watcher.on("error", (error) => log.warn("knowledge.unwatched", { reason: error.message }));
    return watcher;
  } catch (error) {
    log.warn("knowledge.unwatched", { reason: error instanceof Error ? error.message : "" });
    return { close: () => {} };
  }
}
