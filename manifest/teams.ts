import { COMMANDS } from "../adapters/teams/commands.ts";

/** Schema versions that are packed: slash commands came with 1.29; 1.25 is for tenants that do not take that yet. */
export const TEAMS_VERSIONS = ["1.29", "1.25"] as const;

export type TeamsVersion = (typeof TEAMS_VERSIONS)[number];

/**
 * One variant of the package. `appId` is the bot's application id. `rsc` asks for consent to read every message of the
 * team or chat, so that replies need no mention; the bot drops what is not meant for it in memory.
 */
export type TeamsVariant = {
  version: TeamsVersion;
  rsc: boolean;
  appId: string;
  website?: string;
};

const WEBSITE = "https://hexdesk.example.com";
const NAME = "Hexdesk";

/** The app manifest of one variant. Format: Microsoft's app manifest schema, npm @microsoft/app-manifest 1.1.2. */
export function teamsManifest({ version, rsc, appId, website = WEBSITE }: TeamsVariant) {
  const slash = version === "1.29";
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`,
    manifestVersion: version,
    version: "0.1.0",
    id: appId,
    developer: {
      name: "Hexdesk contributors",
      websiteUrl: website,
      privacyUrl: website,
      termsOfUseUrl: website,
    },
    name: { short: NAME, full: "Hexdesk, the helpdesk for Windows errors" },
    description: {
      short: "Explains Windows errors and leads to the fix, one safe step at a time",
      full: "Send Hexdesk a Windows error code such as 0x80090311, its name, or what you see on the screen. It says what the error is and why it happens, and leads you to the fix one safe step at a time, in English or Spanish. It answers from reviewed entries on your company's own server, runs nothing on your computer and sends nothing elsewhere.",
    },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#0B3D5C",
    localizationInfo: {
      defaultLanguageTag: "en",
      additionalLanguages: [{ languageTag: "es", file: "es.json" }],
    },
    bots: [
      {
        botId: appId,
        scopes: ["personal", "team", "groupChat"],
        supportsFiles: true,
        isNotificationOnly: false,
        ...(slash ? { supportsTargetedMessages: true } : {}),
        commandLists: [
          { scopes: ["personal"], commands: commands() },
          {
            scopes: ["team", "groupChat"],
            ...(slash ? { triggers: ["mention", "slash"] } : {}),
            commands: commands(),
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: COMMANDS.search,
            type: "query",
            context: ["compose", "commandBox"],
            title: "Look up",
            description: "Look up a Windows error and share the answer",
            initialRun: true,
            parameters: [
              { name: "text", title: "Error", description: "A code, its name, or what you see" },
            ],
          },
          {
            id: COMMANDS.action,
            type: "action",
            context: ["message"],
            title: "Explain this error",
            description: "Explain the Windows error in a message, to you alone",
            fetchTask: true,
          },
        ],
      },
    ],
    validDomains: [],
    defaultInstallScope: "personal",
    ...(rsc ? consent(appId) : {}),
  };
}

/** The Spanish words of the manifest, by the path of what they replace. */
export function teamsManifestInSpanish(version: TeamsVersion) {
  const command = (list: number, n: number) =>
    `bots[0].commandLists[${list}].commands[${n}].description`;
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.Localization.schema.json`,
    "name.full": "Hexdesk, el soporte para errores de Windows",
    "description.short": "Explica errores de Windows y guía hasta la solución, paso a paso",
    "description.full":
      "Envía a Hexdesk un código de error de Windows como 0x80090311, su nombre o lo que ves en la pantalla. Te dice qué error es y por qué ocurre, y te guía hasta la solución con un paso seguro cada vez, en español o en inglés. Responde con fichas revisadas desde el servidor de tu propia empresa, no ejecuta nada en tu equipo y no envía nada a otros sitios.",
    [command(0, 0)]: "explain <código>: qué es y cómo se arregla",
    [command(0, 1)]: "Qué puedes preguntar",
    [command(1, 0)]: "explain <código>: qué es y cómo se arregla",
    [command(1, 1)]: "Qué puedes preguntar",
    "composeExtensions[0].commands[0].title": "Buscar",
    "composeExtensions[0].commands[0].description":
      "Busca un error de Windows y comparte la respuesta",
    "composeExtensions[0].commands[0].parameters[0].title": "Error",
    "composeExtensions[0].commands[0].parameters[0].description":
      "Un código, su nombre o lo que ves",
    "composeExtensions[0].commands[1].title": "Explicar este error",
    "composeExtensions[0].commands[1].description":
      "Explica el error de Windows de un mensaje, solo para ti",
  };
}

function commands() {
  const [explain, help] = COMMANDS.bot;
  return [
    { title: explain, description: "explain <code>: what it is and how to fix it" },
    { title: help, description: "What you can ask" },
  ];
}

function consent(appId: string) {
  const permission = (name: string) => ({ name, type: "Application" });
  return {
    webApplicationInfo: { id: appId },
    authorization: {
      permissions: {
        resourceSpecific: [
          permission("ChannelMessage.Read.Group"),
          permission("ChatMessage.Read.Chat"),
        ],
      },
    },
  };
}
