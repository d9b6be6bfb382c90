import { z } from "zod";
import { type Finding, ok, warning, wrong } from "@/lib/doctor/finding";

const LIMIT_MS = 8_000;

const refusal = z.object({ name: z.string() });
const list = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
});
const one = z.object({
  open_tracking: z.boolean().optional(),
  click_tracking: z.boolean().optional(),
  records: z.array(z.object({ record: z.string(), type: z.string(), name: z.string() })).optional(),
});

/** How Resend is reached. */
export type ResendToCheck = { apiKey: string; baseUrl: string; domain: string };

type Asking = ResendToCheck & { signal: AbortSignal };

/** What was found, and the domain that mail comes back to, where Resend says it. */
export type ResendChecked = { findings: Finding[]; returnDomain: string | null };

async function ask({ apiKey, baseUrl, signal }: Asking, path: string) {
  const answer = await fetch(`${baseUrl.replace(/\/$/, "")}${path}`, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal,
  });
  const body: unknown = await answer.json().catch(() => null);
  return { status: answer.status, body };
}

const tracking =
  "At Resend, on the domain's page, turn off open tracking and click tracking: they put a picture into each mail and another host into each link.";

async function checkTracking(resend: Asking, id: string): Promise<ResendChecked> {
  const { body } = await ask(resend, `/domains/${encodeURIComponent(id)}`);
  const domain = one.safeParse(body).data;
  const spf = domain?.records?.find(({ record, type }) => record === "SPF" && type === "MX");
  const returnDomain = spf === undefined ? null : returnDomainOf(spf.name, resend.domain);
  const { open_tracking: opens, click_tracking: clicks } = domain ?? {};
  if (opens || clicks) {
    const says = "Resend counts who opens mail, or follows links: it changes what is sent.";
    return { findings: [wrong("tracking", says, tracking)], returnDomain };
  }
  const finding =
    opens === undefined || clicks === undefined
      ? warning("tracking", "Whether Resend counts opens and clicks cannot be read here.", tracking)
      : ok("tracking", "Resend changes nothing in what is sent.");
  return { findings: [finding], returnDomain };
}

const returnDomainOf = (name: string, domain: string) =>
  name === domain || name.endsWith(`.${domain}`) ? name : `${name}.${domain}`;

/** The registered domain that mail of a domain is sent by: it, or one above it. */
const isFor = (registered: string, domain: string) =>
  registered === domain || domain.endsWith(`.${registered}`);

/** Asks Resend which domains its API key may send by; nothing is sent. */
export async function checkResend(given: ResendToCheck): Promise<ResendChecked> {
  // For all that is asked: where bounces go is looked at with what it says.
  const resend = { ...given, signal: AbortSignal.timeout(LIMIT_MS) };
  const { status, body } = await ask(resend, "/domains");
  const only = (finding: Finding): ResendChecked => ({ findings: [finding], returnDomain: null });
  const name = refusal.safeParse(body).data?.name;
  if (name === "restricted_api_key") {
    const key = ok("Resend", "The API key may send, and do nothing else.");
    const says =
      "Whether the domain is verified, and counts opens and clicks, cannot be read with a key that may only send.";
    return { findings: [key, warning("tracking", says, tracking)], returnDomain: null };
  }
  if (status === 401 || status === 403 || status === 400) {
    return only(
      wrong(
        "Resend",
        `Resend does not take the API key (${status}${name ? `, ${name}` : ""}).`,
        "Make an API key at Resend that may send, and put it into RESEND_API_KEY.",
      ),
    );
  }
  const domains = list.safeParse(body).data?.data;
  if (status !== 200 || domains === undefined) {
    return only(
      wrong(
        "Resend",
        `Resend answered ${status}.`,
        "See https://resend-status.com, and that RESEND_BASE_URL is right where it is set.",
      ),
    );
  }
  const own = domains
    .filter((domain) => isFor(domain.name.toLowerCase(), resend.domain))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (own === undefined) {
    return only(
      wrong(
        "Resend",
        `The API key is right, and Resend does not know ${resend.domain}.`,
        `Add the domain ${resend.domain} at Resend, or set EMAIL_FROM to an address of one that is there.`,
      ),
    );
  }
  if (own.status !== "verified") {
    return only(
      wrong(
        "Resend",
        `The API key is right, and Resend has not verified ${own.name} (${own.status}).`,
        "Add the records that the domain's page at Resend shows, and press Verify there.",
      ),
    );
  }
  const key = ok("Resend", `The API key is right, and ${own.name} is verified.`);
  const checked = await checkTracking({ ...resend, domain: own.name.toLowerCase() }, own.id);
  return { ...checked, findings: [key, ...checked.findings] };
}
