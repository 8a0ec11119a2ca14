import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseEnv } from "node:util";

/**
 * `npm run preview -- 0x80070005`: prints the card as text, drafts included, and opens it in the playground, which shows it as
 * Slack and Teams do and reloads when a file changes. Nothing is connected. Ends with Ctrl+C.
 */
const question = process.argv.slice(2).join(" ");
if (question === "") {
  process.stderr.write('usage: npm run preview -- 0x80070005 (or words: "printer 0x11b")\n');
  process.exit(2);
}
const root = join(import.meta.dirname, "..");
const quiet = "--disable-warning=ExperimentalWarning";
const file = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
const { KNOWLEDGE_DIR: company, DEFAULT_LANGUAGE: language } = { ...file, ...process.env };
/** Of the settings only those that show the knowledge: no platform, no database. */
const env = {
  PATH: process.env.PATH,
  ...(company ? { KNOWLEDGE_DIR: resolve(company) } : {}),
  ...(language ? { DEFAULT_LANGUAGE: language } : {}),
  PORT: process.env.PORT ?? "0",
};
const printed = spawnSync(
  process.execPath,
  [quiet, join(root, "adapters/terminal/main.ts"), "--drafts", "--more", question],
  { cwd: import.meta.dirname, stdio: "inherit", env },
);
if (printed.status !== 0) process.exit(printed.status ?? 1);
const server = spawn(process.execPath, [quiet, join(root, "adapters/main.ts"), "--drafts"], {
  cwd: import.meta.dirname,
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
let said = "";
let opened = false;
server.stdout.setEncoding("utf8").on("data", (part: string) => {
  said += part;
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
  if (opened || !address) return;
  opened = true;
  const url = `${address}?ask=${encodeURIComponent(question)}`;
  process.stdout.write(`\nAs Slack and Teams show it: ${url}\nEnd it with Ctrl+C.\n`);
  open(url);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill());
server.on("close", (code) => {
  process.exitCode = code ?? 0;
});

/** Opens the person's browser where there is one; the address is printed in any case. */
function open(url: string): void {
  const opener = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  spawn(opener, [url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
