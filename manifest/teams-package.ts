import { zipSync } from "fflate";
import { drawIcon } from "./icon.ts";
import { type TeamsVariant, teamsManifest, teamsManifestInSpanish } from "./teams.ts";

/** The files of a Teams package by name: manifest, Spanish words, two icons. */
export function teamsFiles(variant: TeamsVariant): Record<string, Uint8Array> {
  return {
    "manifest.json": json(teamsManifest(variant)),
    "es.json": json(teamsManifestInSpanish(variant.version)),
    "color.png": drawIcon(192, 0.2, [0x0b, 0x3d, 0x5c]),
    "outline.png": drawIcon(32, 0.03),
  };
}

/** The zip that Teams takes ("Upload an app"); the same variant gives the same bytes on any day. */
export function teamsZip(variant: TeamsVariant): Uint8Array {
  return zipSync(teamsFiles(variant), { level: 9, mtime: "1980-01-01T00:00:00" });
}

/** The file name of a variant. */
export function teamsZipName({ version, rsc }: Pick<TeamsVariant, "version" | "rsc">): string {
  return `hexdesk-teams-${version}${rsc ? "-reads-all-messages" : ""}.zip`;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
