import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";

/** A real PostgreSQL server that a test started, or the one that TEST_DATABASE_URL names. */
export type PostgresServer = {
  /** Makes an empty database and returns its address. */
  database(): Promise<string>;
  /** Ends the server as `signal` says; absent for a server that the test did not start. */
  crash?(signal: Ending): Promise<void>;
  /** Starts it again on the same port and data. */
  restart?(): Promise<void>;
  stop(): Promise<void>;
};

/** At once, in order, or in order but without tidying up. */
type Ending = "SIGKILL" | "SIGINT" | "SIGQUIT";

const FOLDERS = "/usr/lib/postgresql";

/** Where PostgreSQL's programs are: Debian's place, else on PATH; undefined when there are none. */
function binaries(): string | undefined {
  const versions = existsSync(FOLDERS) ? readdirSync(FOLDERS).toSorted().toReversed() : [];
  const folders = [
    ...versions.map((version) => join(FOLDERS, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) =>
    ["initdb", "postgres"].every((it) => existsSync(join(folder, it))),
  );
}

/**
 * Why there is no PostgreSQL to test with, undefined when there is one. In CI that is an error: the tests must not pass
 * without it.
 */
export function noPostgres(): string | undefined {
  if (process.env.TEST_DATABASE_URL || binaries()) return undefined;
  const wanted = "install PostgreSQL (Debian: postgresql) or set TEST_DATABASE_URL";
  if (process.env.CI) throw new Error(`the tests of the PostgreSQL store need a server: ${wanted}`);
  return `no PostgreSQL on this computer: ${wanted}`;
}

/** Starts a server in a temporary folder, as the user postgres when the test runs as root. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { database: () => emptyDatabase(given), stop: async () => {} };
  const bin = binaries();
  if (!bin) throw new Error("no PostgreSQL on this computer");
  const folder = mkdtempSync(join(tmpdir(), "hexdesk-pg-"));
  const data = join(folder, "data");
  const as = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" }, ...serverUser() };
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const port = await freePort();
  const options = ["-A", "trust", "-U", "hexdesk", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"];
  const made = spawnSync(join(bin, "initdb"), ["-D", data, ...options], {
    ...as,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const url = `postgres://hexdesk@127.0.0.1:${port}/postgres`;

  let server: ChildProcess;
  async function start(): Promise<void> {
    const settings = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: folder,
      fsync: "off",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    for (let tries = 1; ; tries += 1) {
      const args = ["-D", data, "-p", String(port), ...flags];
      server = spawn(join(bin ?? "", "postgres"), args, { ...as, stdio: "ignore" });
      if (await answers(url, server)) return;
      if (tries === 20) throw new Error("PostgreSQL does not start");
      await wait(250);
    }
  }

  async function crash(signal: Ending): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, "exit");
  }

  await start();
  return {
    database: () => emptyDatabase(url),
    crash,
    restart: start,
    async stop() {
      await crash("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  while (server.exitCode === null) {
    const client = new Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await wait(50);
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

let made = 0;

async function emptyDatabase(url: string): Promise<string> {
  made += 1;
  const name = `hexdesk_${process.pid}_${Date.now().toString(36)}_${made}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
