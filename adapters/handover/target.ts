import { BlockList, isIP } from "node:net";

/**
 * A webhook's address as a URL, or what is wrong with it. Only https, without name and password; http is for this
 * computer alone, where private addresses are allowed.
 */
export function targetOf(text: string, isPrivate: boolean): URL | string {
  const url = URL.parse(text);
  if (!url || url.hostname === "")
    return "is not an address like https://tickets.example.com/hexdesk";
  if (url.username !== "" || url.password !== "") {
    return "holds a name or password: leave it out, events are signed with HANDOVER_SECRET";
  }
  if (url.protocol === "https:") return url;
  const isHere = url.protocol === "http:" && isPrivate && isLoopback(url.hostname);
  return isHere
    ? url
    : "must begin with https:// (http:// only to this computer, with allow_private: yes)";
}

/** True for an address in digits (brackets of IPv6 allowed) that is not a public one. A name is judged when it is resolved. */
export function forbiddenHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (/(^|\.)localhost\.?$/i.test(bare)) return true;
  return isIP(bare) !== 0 && isForbidden(bare);
}

/** True for an IP address that a webhook must not reach: this computer, private, link-local, shared, test or multicast. */
export function isForbidden(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  if (family === 4) return blocked.check(address, "ipv4");
  const inner = embedded(address);
  if (inner) return blocked.check(inner, "ipv4");
  return !publicV6.check(address, "ipv6") || blocked.check(address, "ipv6");
}

// IANA special-purpose address registries (iana.org, November 2026), and Azure's own address inside every virtual machine
// (learn.microsoft.com, What is IP address 168.63.129.16).
const V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;
const V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["3fff::", 20],
] as const;

const blocked = new BlockList();
for (const [net, prefix] of V4) blocked.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of V6) blocked.addSubnet(net, prefix, "ipv6");
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");

/** The IPv4 address inside an IPv6 one: mapped (::ffff:), translated (64:ff9b::) or 6to4 (2002:). */
function embedded(address: string): string | undefined {
  const host = URL.parse(`http://[${address.split("%")[0]}]/`)?.hostname.slice(1, -1) ?? "";
  const tail = /^(?:::ffff:(?:0:)?|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  const six = /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4})(?::|$)/.exec(host);
  const found = tail ?? six;
  if (!found) return undefined;
  const [high = 0, low = 0] = found.slice(1).map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
