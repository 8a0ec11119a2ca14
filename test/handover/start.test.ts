import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SECRET = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;

/** Starts the real process with a file of routes, only to check what it is given. */
async function check(routes: string, env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "hexdesk-routes-"));
  writeFileSync(join(cwd, "routes.yaml"), routes);
  const options = [
    "--disable-warning=ExperimentalWarning",
    join(ROOT, "adapters/main.ts"),
    "--check",
  ];
  const child = spawn(process.execPath, options, {
    cwd,
    env: { PATH: process.env.PATH ?? "", PORT: "0", HANDOVER_ROUTES: "routes.yaml", ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    err += part;
  });
  const [code] = await once(child, "close");
  return { code, out, err };
}

describe("the real process", () => {
  test("takes routes to a webhook and to the playground", async () => {
    const routes =
      'tickets:\n  webhook: https://tickets.example.com/\n  areas: "*"\nhere:\n  playground: yes\n  areas: identity\n';
    const { code, out, err } = await check(routes, { HANDOVER_SECRET: SECRET });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/All is well: \d+ entries, web, webhook\./);
  });

  test("refuses a file with mistakes: all of them with their lines, no secret, no stack", async () => {
    const routes =
      'tickets:\n  webhook: https://10.0.0.1/\n  areas: "*"\nslacks:\n  slack: C0123\n  areas: nowhere\n';
    const { code, err } = await check(routes);
    expect(code).toBe(78);
    expect(err).toMatch(
      /HANDOVER_ROUTES has 4 mistakes:\n {2}routes\.yaml:2: .*private network.*\n {2}routes\.yaml:2: .*HANDOVER_SECRET.*randomBytes.*\n {2}routes\.yaml:5: .*SLACK_BOT_TOKEN.*\n {2}routes\.yaml:6: .*nowhere/,
    );
    expect(err).not.toMatch(/^\s+at /m);
  });
});
