import { describe, expect, test } from "vitest";
import { createOpenFile } from "../../adapters/teams/files.ts";
import { TEAMS_VERSIONS, teamsManifest } from "../../manifest/teams.ts";
import { fileContract } from "../contract/files.ts";
import { startFileServer } from "../fakes/file-server.ts";
import { APP_ID } from "../fakes/teams.ts";
import { startPerson } from "./person.ts";

const HOST = "https://contoso-my.sharepoint.com";

fileContract({
  name: "Teams",
  open: (timeoutMs) => createOpenFile(timeoutMs),
  own: HOST,
  authorization: undefined,
  foreign: [
    "",
    "http://contoso-my.sharepoint.com/app.log",
    "https://contoso-my.sharepoint.com:8443/app.log",
    "https://someone@contoso-my.sharepoint.com/app.log",
    "https://contoso.sharepoint.com.evil.example/app.log",
    "https://evilsharepoint.com/app.log",
    "https://smba.trafficmanager.net/app.log",
    "https://169.254.169.254/app.log",
    "file:///app.log",
  ],
});

describe("a log in a personal chat", () => {
  const attachment = (path: string, name = "app.log", fields: object = {}) => ({
    contentType: "application/vnd.microsoft.teams.file.download.info",
    name,
    contentUrl: `${HOST}/personal/ana/Documents/${name}`,
    content: { downloadUrl: `${HOST}${path}?tempauth=secret`, uniqueId: "1", fileType: "log" },
    ...fields,
  });

  test("is read without a token and answered with file and line", async () => {
    const { say, teams, failures } = await startPerson("personal");
    const { requests } = await startFileServer(/^https:\/\/contoso-my\.sharepoint\.com\//);
    const card = await say(teams.says("personal", "", { attachments: [attachment("/app.log")] }));
    expect(card.words).toContain("(app.log, line 2)");
    expect(requests).toEqual([{ path: "/app.log", authorization: undefined }]);
    expect(failures).toEqual([]);
  });

  test("can be attached at all: every package says so", () => {
    for (const version of TEAMS_VERSIONS) {
      const { bots } = teamsManifest({ version, rsc: false, appId: APP_ID });
      expect(bots.map((bot) => [bot.supportsFiles, bot.scopes.includes("personal")])).toEqual([
        [true, true],
      ]);
    }
  });

  test("that is refused is named, in the asker's language", async () => {
    const { say, teams } = await startPerson("personal");
    await startFileServer(/^https:\/\/contoso-my\.sharepoint\.com\//);
    const attachments = [attachment("/403", "a/b\u0000\u202E/cbs.log")];
    const text = "¿por qué me sale 0x80090311 en este registro?";
    const card = await say(teams.says("personal", text, { attachments }));
    expect(card.words).toContain("No he podido leer cbs.log.");
  });

  test("is told from pictures, cards and links, which are left alone", async () => {
    const { say, teams } = await startPerson("personal");
    const { requests } = await startFileServer(/sharepoint\.com/);
    const others = ["image/png", "reference", "text/html", "text/plain"].map((contentType) =>
      attachment("/app.log", "app.log", { contentType }),
    );
    const card = await say(teams.says("personal", "0x80090311", { attachments: others }));
    expect(card.words).not.toContain("app.log");
    expect(requests).toEqual([]);
  });
});
