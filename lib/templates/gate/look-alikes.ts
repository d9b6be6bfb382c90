import { domainToUnicode } from "node:url";
import { refused, warned } from "@/lib/templates/gate/findings";
import { hostOf } from "@/lib/templates/gate/hosts";
import { type Reading, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding } from "@/lib/templates/rules/finding";

const latin = /\p{Script=Latin}/u;
// Scripts that nobody takes for Latin stand beside it in names of things.
const foreign =
  /(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai}|\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Devanagari})\p{L}/u;
// Forms of ours: full-width, mathematical, in circles, small capitals and phonetic ones. Flags,
// ª, º and raised endings are no such forms.
const forms =
  /[\u0250-\u02af\u1d00-\u1d2b\u1d6b-\u1d77\u2102-\u2115\u2118-\u211d\u2124\u2128\u212c-\u2138\u2145-\u2149\u249c-\u24e9\uff01-\uff5e\u{1d400}-\u{1d7ff}\u{1f110}-\u{1f189}]/u;
// Unicode's confusables of these two scripts that are drawn like one of a to z or A to Z.
const twins = /^[аеорсухіјѕһԁԛԝѵӏАВЕЅІЈКМНОРСТУХԌԚԜοανυκιρτχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{2,}$/u;

const words = /[\p{L}\p{M}\p{N}\p{Cf}]+/gu;

/** Words that look like others; `isSure`: no language writes them so. */
export function lookAlikesIn(text: string): { word: string; isSure: boolean }[] {
  const found: { word: string; isSure: boolean }[] = [];
  for (const [written] of text.matchAll(words)) {
    const word = written.replace(/\p{Cf}/gu, "");
    const isMixed = latin.test(word) && foreign.test(word);
    if (isMixed || forms.test(word)) found.push({ word: written, isSure: true });
    else if (twins.test(word)) found.push({ word: written, isSure: false });
  }
  // Those that Unicode takes for pictures or punctuation.
  const [form] = forms.exec(text.replace(words, " ")) ?? [];
  if (form !== undefined) found.push({ word: form, isSure: true });
  return found;
}

/** Words and hosts with letters of another script that look like ours. */
export function judgeLookAlikes({ passages, leadings }: Reading): Finding[] {
  const inWords = passages.flatMap(({ spot, runs }) =>
    lookAlikesIn(wordsOf(runs)).map(({ word, isSure }) =>
      (isSure ? refused : warned)("look-alike-letters", spot, word),
    ),
  );
  const inHosts = leadings.flatMap(({ spot, link }) => {
    if (!("to" in link)) return [];
    const host = hostOf(link.to) ?? "";
    const found = lookAlikesIn(`${link.to} ${domainToUnicode(host)}`);
    return found.map(({ word }) => refused("look-alike-letters", spot, word));
  });
  return [...inWords, ...inHosts];
}
