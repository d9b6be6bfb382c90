import { refused, warned } from "@/lib/templates/gate/findings";
import { hostsIn, isNamedBy, plainHostOf, readAllowed } from "@/lib/templates/gate/hosts";
import { type Leading, type Reading, VARIABLE, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding, FindingPlace } from "@/lib/templates/rules/finding";

const HTTPS = "https://";

function judgeTarget({ spot, link }: Leading, allowed: string[]): Finding[] {
  if (!("to" in link)) return [];
  if (!link.to.startsWith(HTTPS)) return [refused("address-not-https", spot, link.to)];
  const host = plainHostOf(link.to);
  const isAllowed = host !== null && allowed.includes(host);
  return isAllowed ? [] : [refused("host-not-allowed", spot, host ?? link.to)];
}

function judgeWords({ spot, link, words }: Leading, own: string): Finding[] {
  const host = "to" in link ? plainHostOf(link.to) : own;
  return hostsIn(wordsOf(words))
    .filter((named) => host === null || !isNamedBy(host, named.host))
    .map((named) => refused("link-names-other-host", spot, named.host));
}

const scheme = /^ *(?:[a-z][a-z0-9+.-]{0,30}:|\/|www\.)/i;
const picture = /^ *image:/;

/** What was typed as a link and is none, since it leads nowhere by https. */
function addressesTyped(text: string, spot: FindingPlace): Finding[] {
  return text
    .split("](")
    .slice(1)
    .filter((rest) => scheme.test(rest) && !picture.test(rest))
    .map((rest) => refused("address-not-https", spot, rest.split(")", 1)[0]?.trim()));
}

/** Mail programs make a link of an address that stands in the text. */
function hostsTyped(text: string, spot: FindingPlace, allowed: string[]): Finding[] {
  return hostsIn(text)
    .filter(({ host }) => !allowed.some((one) => isNamedBy(one, host)))
    .filter(({ host, isAddress }) => isAddress || !/^[\d.]+$/.test(host))
    .map(({ host, isAddress }) => (isAddress ? refused : warned)("host-not-allowed", spot, host));
}

/**
 * Where words and buttons lead: by https, to allowed hosts, and to no other than they name.
 *
 * @param allowedHosts the first is that of our own pages, to which the variables of links lead
 */
export function judgeLinks({ passages, leadings }: Reading, allowedHosts: string[]): Finding[] {
  const allowed = readAllowed(allowedHosts);
  const [own = ""] = allowed;
  const inText = passages.flatMap(({ spot, runs, isLabel }) => {
    // The words of links are judged by where these lead.
    const unlinked = runs.map((run) =>
      run.link === undefined && !isLabel ? run : { text: VARIABLE },
    );
    const typed = addressesTyped(wordsOf(runs), spot);
    return [...typed, ...hostsTyped(wordsOf(unlinked), spot, allowed)];
  });
  const links = leadings.flatMap((one) => [...judgeTarget(one, allowed), ...judgeWords(one, own)]);
  return [...links, ...inText];
}
