import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServiceClientCredentialsFactory } from "botframework-connector";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** One request of the bot to the connector; `path` is decoded. */
export type ConnectorCall = {
  method: string;
  path: string;
  query: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
  /** The id that a post got; empty when it was refused. */
  id: string;
};

/** What the connector does with one request instead of accepting it: an HTTP answer, silence, or a dropped connection. */
export type Misbehaviour =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | "hang"
  | "drop";

export type SignOptions = {
  key?: "own" | "stranger" | "unpublished";
  claims?: JWTPayload;
  header?: object;
};

/** Teams on loopback: the connector, and the identity service that signs what Teams sends. */
export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>;

export const APP_ID = "11111111-2222-4333-8444-555555555555";
export const TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

let fakes = 0;

const keys = {
  own: await generateKeyPair("RS256", { extractable: true }),
  stranger: await generateKeyPair("RS256", { extractable: true }),
};

/** Starts a connector that records every call, and an identity service with one published key. */
export async function startFakeTeams() {
  const calls: ConnectorCall[] = [];
  const script: Misbehaviour[] = [];
  const identity = { works: true as boolean | "hang" };
  let posts = 0;

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${base}/teams/`;
  // The SDK keeps keys for 24 hours under this address: each fake has its own.
  const metadataUrl = `${base}/openid?${process.pid}-${++fakes}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", base);
    if (url.pathname === "/openid" || url.pathname === "/keys") return serveIdentity(url, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const method = request.method ?? "";
    calls.push({
      method,
      path: decodeURIComponent(url.pathname),
      query: url.search,
      authorization: request.headers.authorization,
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
      id: "",
    });
    const next = script.shift();
    if (next === "hang") return;
    if (next === "drop") {
      response.destroy();
      return;
    }
    if (next) {
      const body = next.body ?? { error: { code: "Scripted", message: "scripted" } };
      send(response, next.status, body, next.headers);
      return;
    }
    const id = `post-${++posts}`;
    const call = calls.at(-1);
    if (call) call.id = id;
    if (/\/v3\/conversations\/?$/.test(url.pathname)) {
      const channel = (calls.at(-1)?.body.channelData as { channel?: { id: string } })?.channel?.id;
      const root = String(1_763_700_000_000 + posts);
      const made = channel ? `${channel};messageid=${root}` : `a:chat-${posts}`;
      send(response, 201, { id: made, activityId: channel ? root : id, serviceUrl });
      return;
    }
    send(response, method === "POST" ? 201 : 200, { id });
  }

  async function serveIdentity(url: URL, response: ServerResponse): Promise<void> {
    if (identity.works === "hang") return;
    if (!identity.works) return send(response, 503, {});
    if (url.pathname === "/openid") {
      return send(response, 200, {
        issuer: "https://api.botframework.com",
        jwks_uri: `${base}/keys`,
      });
    }
    const jwk = await exportJWK(keys.own.publicKey);
    const key = { ...jwk, kid: "own", use: "sig", endorsements: ["msteams"] };
    send(response, 200, { keys: [key] });
  }

  /** A token as Teams makes it; `claims` replace its own (undefined removes one). */
  async function sign({
    key = "own",
    claims = {},
    header = {},
  }: SignOptions = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload: JWTPayload = {
      iss: "https://api.botframework.com",
      aud: APP_ID,
      nbf: now - 60,
      exp: now + 3_600,
      serviceurl: serviceUrl,
      ...claims,
    };
    for (const name of Object.keys(payload)) if (payload[name] === undefined) delete payload[name];
    const kid = key === "unpublished" ? "unpublished" : "own";
    const signer = key === "own" ? keys.own : keys.stranger;
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "RS256", kid, ...header })
      .sign(signer.privateKey);
  }

  const credentials = {
    isValidAppId: async (id: string) => id === APP_ID,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set("authorization", "Bearer of-the-bot");
        return request;
      },
    }),
  } as unknown as ServiceClientCredentialsFactory;

  return {
    calls,
    script,
    identity,
    serviceUrl,
    metadataUrl,
    credentials,
    sign,
    publicKey: keys.own.publicKey,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
