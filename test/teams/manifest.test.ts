import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { unzipSync } from "fflate";
import { describe, expect, onTestFinished, test } from "vitest";
import { withoutCommand } from "../../adapters/teams/commands.ts";
import {
  TEAMS_VERSIONS,
  type TeamsVersion,
  teamsManifest,
  teamsManifestInSpanish,
} from "../../manifest/teams.ts";
import { teamsFiles, teamsZip, teamsZipName } from "../../manifest/teams-package.ts";
import { APP_ID } from "../fakes/teams.ts";
import { teamsActivities } from "../fakes/teams-activities.ts";
import { startTeams } from "./harness.ts";

const VARIANTS = TEAMS_VERSIONS.flatMap((version) =>
  [false, true].map((rsc) => ({ version, rsc, appId: APP_ID })),
);

describe.each(VARIANTS)("the Teams package $version, consent to read $rsc", (variant) => {
  const manifest = teamsManifest(variant);

  test("fits Microsoft's schema", async () => {
    expect(await AppManifestUtils.validateAgainstSchema(manifest as never)).toEqual([]);
  });

  test("the schema check bites", async () => {
    const wrong = { ...manifest, name: { short: "x".repeat(31) }, extra: 1 };
    expect(await AppManifestUtils.validateAgainstSchema(wrong as never)).not.toEqual([]);
  });

  test("offers slash commands where the schema knows them", () => {
    const [bot] = manifest.bots;
    const isNew = variant.version === "1.29";
    expect(bot?.supportsTargetedMessages).toBe(isNew ? true : undefined);
    const triggers = bot?.commandLists.map((list) =>
      "triggers" in list ? list.triggers : undefined,
    );
    expect(triggers).toEqual([undefined, isNew ? ["mention", "slash"] : undefined]);
  });

  test("asks to read all messages only in the variant that says so", () => {
    const asked = JSON.stringify(manifest).match(/[A-Za-z]+\.Read\.[A-Za-z]+/g) ?? [];
    expect(asked).toEqual(
      variant.rsc ? ["ChannelMessage.Read.Group", "ChatMessage.Read.Chat"] : [],
    );
    expect("webApplicationInfo" in manifest).toBe(variant.rsc);
  });

  test("every Spanish word replaces an English one", () => {
    for (const [path, words] of Object.entries(teamsManifestInSpanish(variant.version))) {
      if (path === "$schema") continue;
      const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
      const english = keys.reduce<unknown>(
        (at, key) => (at as Record<string, unknown>)?.[key],
        manifest,
      );
      expect(english, path).toBeTypeOf("string");
      expect(words.length).toBeLessThanOrEqual(limitOf(path));
    }
  });

  test("holds the files that it names, at the root, the same on any day", () => {
    const files = unzipSync(teamsZip(variant));
    const named = [
      manifest.icons.color,
      manifest.icons.outline,
      ...manifest.localizationInfo.additionalLanguages.map(({ file }) => file),
    ];
    expect(Object.keys(files).sort()).toEqual(["manifest.json", ...named].sort());
    expect(teamsZip(variant)).toEqual(teamsZip(variant));
    expect(JSON.parse(new TextDecoder().decode(files["manifest.json"]))).toEqual(manifest);
  });
});

test("the icons have Teams' sizes; the outline is white on nothing", () => {
  const files = teamsFiles({ version: "1.29", rsc: false, appId: APP_ID });
  const color = readPng(files["color.png"] as Uint8Array);
  const outline = readPng(files["outline.png"] as Uint8Array);
  expect([color.width, color.height, outline.width, outline.height]).toEqual([192, 192, 32, 32]);
  expect(color.pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
  expect(outline.pixels.every(([r, g, b]) => r === 255 && g === 255 && b === 255)).toBe(true);
  const alphas = new Set(outline.pixels.map(([, , , alpha]) => alpha));
  expect(alphas.has(0) && alphas.has(255)).toBe(true);
});

describe("the manifest and the adapter agree", () => {
  const manifest = teamsManifest({ version: "1.29", rsc: false, appId: APP_ID });

  test("every command of the bot is understood", () => {
    for (const { commands } of manifest.bots[0]?.commandLists ?? []) {
      expect(commands.map(({ title }) => title)).toEqual(["explain", "help"]);
      expect(withoutCommand("explain 0x80090311")).toBe("0x80090311");
    }
  });

  test.each(manifest.composeExtensions[0]?.commands ?? [])(
    "the extension's $id ($type) is answered",
    async ({ id, type }) => {
      const { post, fake } = await startTeams();
      const name = type === "query" ? "composeExtension/query" : "composeExtension/fetchTask";
      const value = { commandId: id, messagePayload: { body: { content: "x" } } };
      const answer = await post(teamsActivities(fake.serviceUrl).invokes("groupChat", name, value));
      expect(answer.status).toBe(200);
      expect(answer.json).toHaveProperty(type === "query" ? "composeExtension" : "task");
    },
  );
});

describe("npm run pack", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["manifest/pack.ts", ...args], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "" },
    });

  test("writes the four packages", () => {
    const names = VARIANTS.map(teamsZipName);
    onTestFinished(() => {
      for (const name of names) rmSync(`${root}dist/${name}`, { force: true });
    });
    const { status, stdout } = run(APP_ID);
    expect(status).toBe(0);
    for (const [i, name] of names.entries()) {
      expect(stdout).toContain(name);
      const variant = VARIANTS[i] as { version: TeamsVersion; rsc: boolean; appId: string };
      expect(new Uint8Array(readFileSync(`${root}dist/${name}`))).toEqual(teamsZip(variant));
    }
  });

  test.each([[], ["hexdesk"]])("without an id (%j) it says which one is needed", (...args) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(64);
    expect(stderr).toContain("Microsoft App ID");
  });
});

function limitOf(path: string): number {
  if (path === "description.short") return 80;
  if (path.endsWith(".title")) return 32;
  if (path === "name.full") return 100;
  return path === "description.full" ? 4_000 : 128;
}

function readPng(bytes: Uint8Array) {
  const data = Buffer.from(bytes);
  const width = data.readUInt32BE(16);
  const height = data.readUInt32BE(20);
  const start = data.indexOf("IDAT") + 4;
  const raw = inflateSync(data.subarray(start, start + data.readUInt32BE(start - 8)));
  const pixels: number[][] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 4) + 1 + x * 4;
      pixels.push([...raw.subarray(at, at + 4)]);
    }
  }
  return { width, height, pixels };
}
