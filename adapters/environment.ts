import { existsSync } from "node:fs";
import { setGlobalProxyFromEnv } from "node:http";
import process from "node:process";
import { StartError } from "./start-error.ts";

const PROXIES = ["HTTPS_PROXY", "HTTP_PROXY"];

/**
 * The environment of the process, completed from the file .env in the working folder; what is set already wins. Sends
 * what leaves the host through HTTPS_PROXY or HTTP_PROXY, except to the hosts of NO_PROXY.
 */
export function readEnvironment(): Record<string, string | undefined> {
  if (existsSync(".env")) loadFile();
  const proxies = PROXIES.flatMap((name) => [name, name.toLowerCase()]);
  if (proxies.some((name) => process.env[name])) useProxy();
  return process.env;
}

function loadFile(): void {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(`the file .env cannot be read (${code}). Mend or remove it.`);
  }
}

function useProxy(): void {
  try {
    setGlobalProxyFromEnv();
  } catch {
    throw new StartError(
      `${PROXIES.join(" or ")} is not an address of a proxy. Use one like http://proxy.example.com:8080, or leave it out.`,
    );
  }
}
