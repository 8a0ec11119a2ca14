import { type LookupAddress, lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { isForbidden } from "./target.ts";

/** Finds every address of a name; `node:dns` lookup with `all`. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const system: Resolve = (hostname, done) => resolve(hostname, { all: true }, done);

/**
 * A look-up for a connection that yields public addresses only, so that what is checked is what is connected to. A name
 * without any fails with the code EFORBIDDEN.
 */
export function publicLookup(find: Resolve = system): LookupFunction {
  return (hostname, options, callback) => {
    find(hostname, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => !isForbidden(address));
      const [first] = allowed;
      if (!first) {
        const refusal = new Error("no public address") as NodeJS.ErrnoException;
        refusal.code = "EFORBIDDEN";
        return callback(refusal, []);
      }
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
