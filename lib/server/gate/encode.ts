import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import Negotiator from "negotiator";

/** A body as it goes out, with the headers that say how. */
export type Encoded = { body: Buffer; headers: Record<string, string> };

// Beyond these a page takes longer to make than its bytes to travel; what is made once may take longer.
const brotliQuality = { each: 4, once: 11 };
const gzipLevel = { each: 6, once: 9 };

/**
 * Compresses a body as its reader accepts it: brotli, else gzip, else as it is.
 *
 * @param accepted the request's `Accept-Encoding`
 * @param made for each answer anew, or once for all
 */
export function encode(body: Buffer, accepted: string, made: "each" | "once"): Encoded {
  const accepts = new Negotiator({ headers: { "accept-encoding": accepted } });
  const encodings = accepts.encodings(["br", "gzip"]);
  const encoding = encodings.includes("br") ? "br" : encodings[0];
  const Vary = "Accept-Encoding";
  switch (encoding) {
    case "br": {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality[made],
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      };
      const headers = { Vary, "Content-Encoding": "br" };
      return { body: brotliCompressSync(body, { params }), headers };
    }
    case "gzip": {
      const headers = { Vary, "Content-Encoding": "gzip" };
      return { body: gzipSync(body, { level: gzipLevel[made] }), headers };
    }
    default:
      return { body, headers: { Vary } };
  }
}
