import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { TEAMS_VERSIONS } from "./teams.ts";
import { teamsZip, teamsZipName } from "./teams-package.ts";

const USAGE = `usage: npm run pack -- <application id of the bot>
The id is on the page of your Azure Bot, Configuration > Microsoft App ID; without it here, MicrosoftAppId is read from the
environment or .env.
`;

/** Writes the Teams packages to dist/: two schema versions, each with and without consent to read all messages. */
function main(argument: string | undefined): number {
  const appId = (argument ?? process.env.MicrosoftAppId ?? "").toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(appId)) {
    process.stderr.write(USAGE);
    return 64;
  }
  const website = process.env.PUBLIC_URL;
  const folder = fileURLToPath(new URL("../dist/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const version of TEAMS_VERSIONS) {
    for (const rsc of [false, true]) {
      const name = teamsZipName({ version, rsc });
      const zip = teamsZip({ version, rsc, appId, ...(website ? { website } : {}) });
      writeFileSync(`${folder}${name}`, zip);
      process.stdout.write(`dist/${name}  ${zip.length} bytes\n`);
    }
  }
  return 0;
}

process.exitCode = main(process.argv[2]);
