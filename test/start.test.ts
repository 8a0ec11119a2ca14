import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** The options that `npm start` gives to node. */
const OPTIONS = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
  .scripts.start.split(" ")
  .filter((word: string) => word.startsWith("--"));

type Run = {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  exit: Promise<{ code: number | null }>;
};

const running: ChildProcess[] = [];

/** Starts the real process, with nothing in its environment but `env`, in an empty folder. */
function run(env: Record<string, string>, args: string[] = [], main = ROOT, dotEnv?: string): Run {
  const cwd = mkdtempSync(join(tmpdir(), "hexdesk-start-"));
  if (dotEnv !== undefined) writeFileSync(join(cwd, ".env"), dotEnv);
  const child = spawn(process.execPath, [...OPTIONS, join(main, "adapters/main.ts"), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  running.push(child);
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    err += part;
  });
  const exit = once(child, "close").then(([code]) => ({ code: code as number | null }));
  return { child, out: () => out, err: () => err, exit };
}

/** Waits until the process says its address; fails with what it said instead when it ended. */
async function address({ out, err, exit }: Run): Promise<string> {
  const ended = exit.then(() => "ended");
  for (;;) {
    const url = out().match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (url) return url;
    const next = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    if (next === "ended") throw new Error(`ended instead of starting:\n${out()}${err()}`);
  }
}

async function ask(url: string, text: string): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${url}/playground/questions`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ id: "question-1", session: "session-1", text }),
  });
  return { status: answer.status, body: await answer.text() };
}

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
});

describe("with nothing set", () => {
  test("it says where it is, answers, is ready, and stops when asked", async () => {
    const bot = run({ PORT: "0" });
    const url = await address(bot);
    expect(bot.out()).toContain("Connect Slack");
    expect(bot.out()).toContain("Connect Teams");
    const { status, body } = await ask(url, "0x80090311");
    expect(status).toBe(200);
    expect(body).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(url)).headers.get("content-type")).toContain("text/html");
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    bot.child.kill("SIGTERM");
    expect(await bot.exit).toEqual({ code: 0 });
    expect(bot.err()).toBe("");
  });

  test("Ctrl+C, which a terminal and npm both pass on, stops it in order", async () => {
    const bot = run({ PORT: "0" });
    await address(bot);
    bot.child.kill("SIGINT");
    bot.child.kill("SIGINT");
    expect(await bot.exit).toEqual({ code: 0 });
  });
});

describe("settings", () => {
  test("every wrong one is named at once, without a stack trace or a value", async () => {
    const bot = run({ PORT: "canary", SLACK_BOT_TOKEN: "xoxp-canary", MicrosoftAppId: "canary" });
    expect(await bot.exit).toEqual({ code: 78 });
    for (const name of ["PORT", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "MicrosoftAppId"]) {
      expect(bot.err()).toContain(`\n  ${name} `);
    }
    expect(bot.err()).not.toMatch(/canary|^\s+at /m);
    expect(bot.out()).toBe("");
  });

  test("a name that nobody reads is a warning", async () => {
    const bot = run({ SLACK_BOT_TOKN: "canary" }, ["--check"]);
    expect(await bot.exit).toEqual({ code: 0 });
    expect(bot.err()).toBe(
      "warning: SLACK_BOT_TOKN is not a setting. Did you mean SLACK_BOT_TOKEN?\n",
    );
  });

  test("are read from .env; the environment wins", async () => {
    const bot = run({ PORT: "0" }, [], ROOT, "PORT=canary\nLOG_LEVEL=loud\n");
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toContain("LOG_LEVEL is not one of");
    expect(bot.err()).not.toContain("PORT");
  });

  test("a port in use is one clear line", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const bot = run({ PORT: String(port) });
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toBe(
      `port ${port} is in use by another program. End that one, or set PORT to another port.\n`,
    );
    other.close();
  });

  test("a database that cannot be opened is one clear line", async () => {
    const bot = run({ DATABASE_URL: "sqlite:/no/such/folder/hexdesk.db" });
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toMatch(
      /^the folder \/no\/such\/folder of the database does not exist\..*\n$/,
    );
  });

  test("a refused token says which setting and where the right one is", async () => {
    const slack = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end('{"ok":false,"error":"invalid_auth"}');
    }).listen(0, "127.0.0.1");
    await once(slack, "listening");
    const bot = run({
      PORT: "0",
      SLACK_BOT_TOKEN: "xoxb-canary",
      SLACK_SIGNING_SECRET: "canary-canary-canary",
      SLACK_API_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`,
      METRICS_PORT: "off",
    });
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toMatch(/^SLACK_BOT_TOKEN: .*invalid_auth.*api\.slack\.com\/apps.*\n$/);
    expect(bot.out() + bot.err()).not.toContain("canary");
    slack.close();
    slack.closeAllConnections();
  });
});

describe("a proxy", () => {
  test("is used for what leaves the host", async () => {
    const asked: string[] = [];
    const proxy = createServer().listen(0, "127.0.0.1");
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "0123456789abcdef" };
    const bot = run(slack, [], ROOT, `HTTPS_PROXY=http://127.0.0.1:${port}\n`);
    expect(await bot.exit).toEqual({ code: 78 });
    expect(new Set(asked)).toEqual(new Set(["slack.com:443"]));
    proxy.close();
  });

  test("that is none is named", async () => {
    const bot = run({ HTTPS_PROXY: "no address" });
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toMatch(/^HTTPS_PROXY or HTTP_PROXY is not an address of a proxy\..*\n$/);
  });
});

describe("--check", () => {
  test("loads everything, says so in one line and ends", async () => {
    const bot = run({}, ["--check"]);
    expect(await bot.exit).toEqual({ code: 0 });
    expect(bot.out()).toMatch(/^All is well: \d+ entries, web\.\n$/);
  });
});

describe("knowledge", () => {
  test("a broken company file stops the start, naming file and line", async () => {
    const company = mkdtempSync(join(tmpdir(), "hexdesk-company-"));
    mkdirSync(join(company, "entries"));
    writeFileSync(join(company, "entries/vpn.yaml"), "id: vpn\ntitle: [unclosed\n");
    const bot = run({ KNOWLEDGE_DIR: company });
    expect(await bot.exit).toEqual({ code: 78 });
    expect(bot.err()).toMatch(/vpn\.yaml:\d+: /);
    expect(bot.err()).not.toMatch(/^\s+at /m);
  });

  test("a file change is a reload, all or nothing: the old knowledge stays when the new is broken", async () => {
    const copy = mkdtempSync(join(tmpdir(), "hexdesk-copy-"));
    for (const name of ["adapters", "src", "knowledge", "package.json"]) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const bot = run({ PORT: "0", LOG_LEVEL: "info" }, [], copy);
    const url = await address(bot);
    const entry = join(copy, "knowledge/entries/0x80090311.yaml");
    writeFileSync(entry, "id: 0x80090311\ntitle: [unclosed\n");
    await expect.poll(bot.err, { timeout: 10_000 }).toMatch(/0x80090311\.yaml:\d+: /);
    expect((await ask(url, "0x80090311")).body).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    cpSync(join(ROOT, "knowledge/entries/0x80090311.yaml"), entry);
    await expect.poll(bot.out, { timeout: 10_000 }).toContain("knowledge.reloaded");
    bot.child.kill("SIGHUP");
    await expect.poll(bot.out, { timeout: 10_000 }).toMatch(/(knowledge\.reloaded[\s\S]*){2}/);
  });
});
