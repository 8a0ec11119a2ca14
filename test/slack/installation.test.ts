import { describe, expect, it } from "vitest";
import { outgoing, startSlack } from "./harness.ts";

const CLICK = JSON.stringify({ v: 1, do: "worked", entry: "0x80090311", step: "s1", lang: "en" });

describe("who and where", () => {
  it("drops everything of another installation", async () => {
    const { slack, fake, received } = await startSlack();
    const authorizations = [{ team_id: "T2", enterprise_id: null, is_enterprise_install: false }];
    await slack.event(slack.envelope(slack.post(), { authorizations }));
    await slack.command(fake.replyTo().url, { team_id: "T2" });
    await slack.click(fake.replyTo().url, CLICK, { team: { id: "T2" } });
    expect(received).toEqual([]);
  });

  it("never mixes two workspaces: tokens and addresses stay apart", async () => {
    const one = await startSlack({}, undefined, "T1");
    const two = await startSlack({}, undefined, "T2");
    for (const { slack } of [one, two, one, two]) await slack.event(slack.envelope(slack.post()));
    await Promise.all([one.platform.send(outgoing()), two.platform.send(outgoing())]);
    expect(new Set(one.fake.calls.map((call) => call.token))).toEqual(new Set(["xoxb-T1"]));
    expect(new Set(two.fake.calls.map((call) => call.token))).toEqual(new Set(["xoxb-T2"]));
    expect(one.received.map((m) => m.address.tenant)).toEqual(["T1", "T1"]);
    expect(two.received.map((m) => m.address.tenant)).toEqual(["T2", "T2"]);
  });

  it("is one installation for all workspaces of an organisation", async () => {
    const { slack, fake, received } = await startSlack({}, (f) => {
      f.state.enterprise = "E1";
    });
    const authorizations = [{ team_id: null, enterprise_id: "E1", is_enterprise_install: true }];
    await slack.event(slack.envelope(slack.post(), { authorizations }));
    await slack.command(fake.replyTo().url, { enterprise_id: "E1", is_enterprise_install: "true" });
    await slack.click(fake.replyTo().url, CLICK, {
      team: null,
      enterprise: { id: "E1" },
      is_enterprise_install: true,
    });
    expect(received.map((m) => m.address.tenant)).toEqual(["E1", "E1", "E1"]);
  });

  it("gives roles to listed people and to members of listed groups", async () => {
    const { slack, received } = await startSlack({ helpdesk: ["S1"], admins: ["UADMIN"] }, (f) => {
      f.state.groups.set("S1", ["U7"]);
    });
    for (const user of ["U7", "UADMIN", "U1"])
      await slack.event(slack.envelope(slack.post({ user })));
    expect(received.map((m) => m.from.role)).toEqual(["helpdesk", "admin", "user"]);
  });

  it("gives nobody a role through a group that cannot be read, and says so in the log", async () => {
    const { slack, received, logged } = await startSlack({ helpdesk: ["S9"] });
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    expect(received[0]?.from.role).toBe("user");
    expect(logged.map((line) => line.event)).toContain("slack-group-unreadable");
  });

  it("reads a group again after five minutes", async () => {
    const { slack, fake, received, clock } = await startSlack({ helpdesk: ["S1"] });
    fake.state.groups.set("S1", ["U7"]);
    clock.advance(301_000);
    await slack.event(slack.envelope(slack.post({ user: "U1" })));
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    expect(received.at(-1)?.from.role).toBe("helpdesk");
  });
});
