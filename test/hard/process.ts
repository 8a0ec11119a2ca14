import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";

const MAIN = join(import.meta.dirname, "../../adapters/main.ts");

/** The secret with which a test signs what it sends as Slack. */
export const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";

/** One instance of Hexdesk as the real process; `url` is known once it listens. */
export type Instance = { child: ChildProcess; url: string | undefined; ended: boolean };

/** Starts Hexdesk, connected to a fake Slack by HTTP, with its state in `database`. */
export function startInstance(options: {
  database: string;
  slackApi: string;
  botToken: string;
}): Instance {
  const cwd = mkdtempSync(join(tmpdir(), "hexdesk-process-"));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN], {
    cwd,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: join(tmpdir(), "hexdesk-compiled"),
      PORT: "0",
      METRICS_PORT: "off",
      LOG_LEVEL: "info",
      DATABASE_URL: options.database,
      SLACK_API_URL: options.slackApi,
      SLACK_BOT_TOKEN: options.botToken,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const instance: Instance = { child, url: undefined, ended: false };
  child.on("exit", () => {
    instance.ended = true;
  });
  child.stdout.on("data", (part) => {
    const port = /"port":(\d+)/.exec(String(part))?.[1];
    if (port) instance.url = `http://127.0.0.1:${port}`;
  });
  return instance;
}

/** Ends an instance and waits until it is gone. */
export async function endInstance(instance: Instance, signal: "SIGKILL" | "SIGTERM") {
  if (instance.ended) return;
  const gone = once(instance.child, "exit");
  instance.child.kill(signal);
  await gone;
}

/** Resolves when `holds`, or after `ms`; says which. */
export async function until(holds: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) return false;
    await wait(5);
  }
  return true;
}
