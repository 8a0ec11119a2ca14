import { describe, expect, it } from "vitest";
import { createOpenFile } from "../../adapters/slack/files.ts";
import { fileContract } from "../contract/files.ts";
import { startFileServer } from "../fakes/file-server.ts";
import { until } from "./harness.ts";
import { startWorkspace, words } from "./workspace.ts";

const botToken = "xoxb-1";
const address = { platform: "slack", tenant: "T1", conversation: "C1" };

fileContract({
  name: "Slack",
  open: (timeoutMs) => createOpenFile({ botToken, timeoutMs }),
  own: "https://files.slack.com",
  authorization: "Bearer xoxb-1",
  foreign: [
    "",
    "no address",
    "http://files.slack.com/app.log",
    "https://files.slack.com:8443/app.log",
    "https://someone@files.slack.com/app.log",
    "https://slack.com.evil.example/app.log",
    "https://evilslack.com/app.log",
    "https://files.slack-gov.com/app.log",
    "https://docs.google.com/app.log",
    "http://127.0.0.1/app.log",
    "http://169.254.169.254/app.log",
    "file:///app.log",
    "data:text/plain,0x80070005",
  ],
});

describe("the token", () => {
  const opened = (apiUrl: string, url: string) =>
    createOpenFile({ botToken, apiUrl, timeoutMs: 1_000 })(
      { name: "app.log", size: 1, mimetype: "", url },
      address,
    );

  it("goes to the Web API's own origin in a test, and nowhere else then", async () => {
    const { origin, requests } = await startFileServer(/slack\.com\//);
    await opened(`${origin}/api/`, `${origin}/app.log`);
    expect(requests.length).toBe(1);
    const others = ["http://127.0.0.1:1/app.log", "https://files.slack.com/app.log"];
    for (const url of others) await expect(opened(`${origin}/api/`, url)).rejects.toThrow();
    expect(requests.length).toBe(1);
  });

  it("goes to another host of the Web API only when that is loopback", async () => {
    const { requests } = await startFileServer(/./);
    const api = "https://proxy.example/api/";
    await expect(opened(api, "https://proxy.example/app.log")).rejects.toThrow(/^not an address/);
    await expect(opened(api, "https://files.slack.com/app.log")).resolves.toBeDefined();
    expect(requests.length).toBe(1);
  });

  it("goes to the government's cloud when the Web API is there", async () => {
    await startFileServer(/slack-gov\.com\//);
    const api = "https://slack-gov.com/api/";
    await expect(opened(api, "https://files.slack-gov.com/app.log")).resolves.toBeDefined();
    await expect(opened(api, "https://files.slack.com/app.log")).rejects.toThrow(/^not an/);
  });
});

describe("a log that is posted", () => {
  async function start() {
    const workspace = await startWorkspace();
    const { requests } = await startFileServer(/\/files-pri\//);
    const { origin } = new URL(workspace.fake.apiUrl);
    const file = (path: string, fields: object = {}) => ({
      id: "F1",
      name: "app.log",
      size: 60,
      mimetype: "text/plain",
      url_private: `${origin}/files-pri/T1-F1/404`,
      url_private_download: `${origin}/files-pri/T1-F1/${path}`,
      ...fields,
    });
    return { ...workspace, requests, file };
  }

  it("with a mention is read and answered with file and line", async () => {
    const { say, posts, requests, file, fake } = await start();
    await say("<@UBOT>", { event: { files: [file("app.log")] } });
    expect(words((await posts(1)).blocks)).toContain("(app.log, line 2)");
    expect(requests).toEqual([{ path: "/app.log", authorization: `Bearer ${fake.botToken}` }]);
  });

  it("in a direct message comes as file_share and needs no words", async () => {
    const { slack, posts, file } = await start();
    const fields = { type: "message", subtype: "file_share", channel: "D1", channel_type: "im" };
    const files = [
      file("app.log", {
        url_private_download: null,
        url_private: file("app.log").url_private_download,
      }),
    ];
    await slack.event(slack.envelope(slack.post({ ...fields, text: "", files })));
    expect(words((await posts(1)).blocks)).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
  });

  it("cannot be read without the scope: the asker is told, in their language", async () => {
    const { say, posts, file } = await start();
    await say("<@UBOT>", { event: { files: [file("page")] } });
    expect(words((await posts(1)).blocks)).toContain("I could not read app.log.");
    await say("<@UBOT> ¿por qué me sale 0x80090311 en este registro?", {
      event: { files: [file("403", { name: "../x\u202E/cbs.log" })] },
    });
    expect(words((await posts(2)).blocks)).toContain("No he podido leer cbs.log.");
  });

  it("by the message menu is read from whoever posted it", async () => {
    const { slack, fake, file } = await start();
    const reply = fake.replyTo();
    const post = {
      ...slack.post({ user: "U2", text: "", files: [file("app.log")] }),
      type: "message",
    };
    await slack.shortcut(reply.url, post);
    await until(() => reply.got.length > 0, "the answer");
    expect(words(reply.got[0])).toContain("(app.log, line 2)");
  });

  it("of another kind is not fetched", async () => {
    const { say, posts, requests, file } = await start();
    const files = [file("app.log", { name: "screen.png", mimetype: "image/png" })];
    await say("<@UBOT> 0x80090311", { event: { files } });
    expect(words((await posts(1)).blocks)).not.toContain("could not read");
    expect(requests).toEqual([]);
  });
});
