import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { AskedOptions } from "@/lib/passkeys/ask-browser";

type Create = Extract<AskedOptions, { create: unknown }>["create"];
type Get = Extract<AskedOptions, { get: unknown }>["get"];

/** What an answer says otherwise than an honest one. */
export type Odd = {
  origin?: string;
  crossOrigin?: boolean;
  rpId?: string;
  challenge?: string;
  type?: string;
  up?: boolean;
  uv?: boolean;
  counter?: number;
  credProps?: { rk?: boolean };
  userHandle?: string | null;
  /** By another key than its own. */
  signedBy?: KeyObject;
};

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const newKey = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A key that is none of an authenticator's. */
export const strangeKey = (): KeyObject => newKey().privateKey;

/** An authenticator of software, with one passkey (P-256, no attestation). */
export class Authenticator {
  readonly id: Buffer;
  readonly #key = newKey();
  #userHandle = "";
  #counter: number;
  readonly #origin: string;
  readonly #backup: { eligible: boolean; now: boolean };
  readonly #aaguid: string;

  constructor({
    origin = "http://localhost:3000",
    counter = 0,
    backup = { eligible: true, now: true },
    aaguid = "00000000-0000-0000-0000-000000000000",
    idBytes = 16,
  } = {}) {
    this.id = randomBytes(idBytes);
    this.#origin = origin;
    this.#counter = counter;
    this.#backup = backup;
    this.#aaguid = aaguid;
  }

  /** Makes its passkey. */
  create(options: Create, odd: Odd = {}): string {
    this.#userHandle = options.user.id;
    const key = this.#key.publicKey.export({ format: "jwk" });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(key.x ?? "", "base64url"))],
      [-3, new Uint8Array(Buffer.from(key.y ?? "", "base64url"))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const aaguid = Buffer.from(this.#aaguid.replaceAll("-", ""), "hex");
    const credential = Buffer.concat([aaguid, length, this.id, isoCBOR.encode(cose)]);
    const authData = this.#data(options.rp.id ?? "", 0x40, odd, credential);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", new Uint8Array(authData)],
    ]);
    return this.#answer(
      {
        clientDataJSON: text(this.#said("webauthn.create", options.challenge, odd)),
        attestationObject: text(
          isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0]),
        ),
        transports: ["internal", "hybrid"],
      },
      { credProps: odd.credProps ?? { rk: true } },
    );
  }

  /** Answers with its passkey. */
  get(options: Get, odd: Odd = {}): string {
    this.#counter += this.#counter === 0 ? 0 : 1;
    const data = this.#data(options.rpId ?? "", 0, odd);
    const said = this.#said("webauthn.get", options.challenge, odd);
    const key = odd.signedBy ?? this.#key.privateKey;
    const handle = odd.userHandle === undefined ? this.#userHandle : odd.userHandle;
    return this.#answer({
      clientDataJSON: text(said),
      authenticatorData: text(data),
      signature: text(sign("sha256", Buffer.concat([data, sha256(said)]), key)),
      ...(handle === null ? {} : { userHandle: handle }),
    });
  }

  #said(type: string, challenge: string, odd: Odd): Buffer {
    const { origin = this.#origin, crossOrigin = false } = odd;
    const said = { type: odd.type ?? type, challenge: odd.challenge ?? challenge };
    return Buffer.from(JSON.stringify({ ...said, origin, crossOrigin }));
  }

  #data(rpId: string, more: number, odd: Odd, credential: Uint8Array = Buffer.alloc(0)): Buffer {
    const { up = true, uv = true, counter = this.#counter } = odd;
    const { eligible, now } = this.#backup;
    const flags =
      Number(up) | (Number(uv) << 2) | (Number(eligible) << 3) | (Number(now) << 4) | more;
    const counts = Buffer.alloc(4);
    counts.writeUInt32BE(counter);
    return Buffer.concat([sha256(odd.rpId ?? rpId), Buffer.from([flags]), counts, credential]);
  }

  #answer(response: object, clientExtensionResults: object = {}): string {
    const id = text(this.id);
    return JSON.stringify({ id, rawId: id, type: "public-key", response, clientExtensionResults });
  }
}
