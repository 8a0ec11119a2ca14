import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type RoutesContext, readRoutes } from "../../adapters/handover/routes.ts";
import { routesFor } from "../../src/handover/routes.ts";

const TENANT = "11111111-2222-3333-4444-555555555555";
const everything: RoutesContext = {
  platforms: ["slack", "teams", "web"],
  hasSecret: true,
  areas: new Set(["identity", "network", "apps"]),
};

function read(yaml: string, context: Partial<RoutesContext> = {}) {
  const path = join(mkdtempSync(join(tmpdir(), "routes-")), "routes.yaml");
  writeFileSync(path, yaml);
  return readRoutes(path, { ...everything, ...context });
}

function complaint(yaml: string, context: Partial<RoutesContext> = {}): string {
  try {
    read(yaml, context);
  } catch (error) {
    return (error as Error).message;
  }
  return "no complaint";
}

const FULL = `
it-helpdesk:
  title: "IT helpdesk"
  slack: C0123456789
  areas: [identity, network]
  language: es
  tag: S0123456789
  hours:
    days: mon-thu, sat
    from: "08:00"
    to: "17:30"
    zone: Europe/Madrid
  remind_after: 15m
  next: on-call
  telephone: "+34 900 100 200"
on-call:
  teams:
    tenant: ${TENANT}
    channel: "19:abc123@thread.tacv2"
    service: https://smba.trafficmanager.net/emea/
tickets:
  webhook: https://tickets.example.com/hexdesk
  areas: "*"
screen:
  playground: yes
  areas: apps
`;

describe("a file of routes", () => {
  test("is read with all that it can say", () => {
    const { routes, hooks, services } = read(FULL);
    expect(routes).toEqual([
      {
        name: "it-helpdesk",
        title: "IT helpdesk",
        place: { platform: "slack", tenant: "", conversation: "C0123456789" },
        areas: ["identity", "network"],
        language: "es",
        tag: "S0123456789",
        hours: { days: [1, 2, 3, 4, 6], from: 480, to: 1050, zone: "Europe/Madrid" },
        remindAfter: 900_000,
        next: "on-call",
        telephone: "+34 900 100 200",
      },
      {
        name: "on-call",
        title: "on-call",
        place: { platform: "teams", tenant: TENANT, conversation: "19:abc123@thread.tacv2" },
        areas: [],
      },
      {
        name: "tickets",
        title: "tickets",
        place: { platform: "webhook", tenant: "", conversation: "tickets" },
        areas: ["*"],
      },
      {
        name: "screen",
        title: "screen",
        place: { platform: "web", tenant: "local", conversation: "desk" },
        areas: ["apps"],
      },
    ]);
    expect(hooks).toEqual({
      tickets: { url: "https://tickets.example.com/hexdesk", isPrivate: false },
    });
    expect(services).toEqual({ [TENANT]: "https://smba.trafficmanager.net/emea/" });
  });

  test("leads a case to every route of its area, and to those for all", () => {
    const { routes } = read(FULL);
    const names = (area: string | undefined) =>
      routesFor(routes, { area, platform: "slack" }).map(({ name }) => name);
    expect(names("network")).toEqual(["it-helpdesk", "tickets"]);
    expect(names("apps")).toEqual(["tickets", "screen"]);
    expect(names(undefined)).toEqual(["tickets"]);
  });
});

test("the README's example is a file of routes", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?webhook:[\s\S]*?)```/.exec(readme) ?? [];
  const { routes } = read(example);
  expect(routes.map(({ name }) => name)).toEqual(["it-helpdesk", "on-call", "tickets"]);
});

describe("a mistake is named with its line", () => {
  const one = (fields: string) => `desk:\n  areas: "*"\n${fields}`;
  const mistakes: [string, string, RegExp, Partial<RoutesContext>?][] = [
    ["no place", one("  title: Desk\n"), /routes\.yaml:1: `desk` must say where it leads/],
    [
      "two places",
      one("  slack: C0123456789\n  webhook: https://a.example.com/\n"),
      /:1: `desk` must say where/,
    ],
    ["a channel's name", one("  slack: it-help\n"), /:3: `desk\.slack` is not a channel id/],
    [
      "a group chat",
      one(`  teams:\n    tenant: ${TENANT}\n    channel: "19:a@thread.v2"\n`),
      /:5: .*a group chat has no threads/,
    ],
    [
      "Slack that is not connected",
      one("  slack: C0123456789\n"),
      /:3: .*set SLACK_BOT_TOKEN/,
      { platforms: ["teams"] },
    ],
    [
      "no secret",
      one("  webhook: https://a.example.com/\n"),
      /:3: .*HANDOVER_SECRET.*randomBytes/,
      { hasSecret: false },
    ],
    ["http", one("  webhook: http://a.example.com/\n"), /:3: .*must begin with https/],
    ["a private address", one("  webhook: https://10.1.2.3/\n"), /:3: .*allow_private: yes/],
    ["this computer in digits", one("  webhook: https://2130706433/\n"), /:3: .*allow_private/],
    [
      "a password",
      one("  webhook: https://a:b@a.example.com/\n"),
      /:3: .*holds a name or password/,
    ],
    [
      "an area without entries",
      "desk:\n  slack: C0123456789\n  areas: [identty]\n",
      /:3: .*names identty, which no entry has\. Areas are apps, identity, network/,
    ],
    [
      "an unknown next",
      one("  slack: C0123456789\n  next: nobody\n"),
      /:4: .*names no route: nobody/,
    ],
    [
      "a circle",
      'a:\n  slack: C012\n  areas: "*"\n  next: b\nb:\n  slack: C013\n  next: a\n',
      /:4: .*leads back.*\n.*:7: .*leads back/,
    ],
    [
      "a tag in Teams",
      one(`  teams:\n    tenant: ${TENANT}\n    channel: "19:a@thread.tacv2"\n  tag: S012345\n`),
      /:6: .*works with slack only/,
    ],
    ["nothing that gets a case", "desk:\n  slack: C0123456789\n", /:1: no route gets a case/],
    [
      "hours that are none",
      one(
        '  slack: C012\n  hours:\n    days: mon-foo\n    from: "8:00"\n    to: "25:00"\n    zone: Madrid\n',
      ),
      /:5: .*days.*\n.*:6: .*from.*\n.*:7: .*to.*\n.*:8: .*zone/,
    ],
    ["a field that does not exist", one("  slack: C012\n  remind: 5m\n"), /:4: .*see README\.md/],
    ["a wait without a unit", one("  slack: C012\n  remind_after: 15\n"), /:4: .*15m, 2h or 1d/],
    ["broken YAML", 'desk:\n  title: "x\n', /routes\.yaml:\d+: /],
  ];
  test.each(mistakes)("%s", (_name, yaml, expected, context) => {
    expect(complaint(yaml, context)).toMatch(expected);
  });

  test("all at once", () => {
    const text = complaint('a:\n  slack: C012\n  areas: [nix]\n  next: b\nc:\n  areas: "*"\n');
    expect(text).toMatch(/^HANDOVER_ROUTES has 3 mistakes:\n/);
  });

  test("a file that is not there", () => {
    expect(() => readRoutes("/nowhere/routes.yaml", everything)).toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });
});
