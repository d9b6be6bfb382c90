/** What stands where an e-mail address or a phone number was; it says nothing of its length. */
export const HIDDEN = "•••";

// An address: anything without a gap, an @ or what is written for one, and a host. Spelled ones may
// have gaps around their brackets. "%40" and "&#64;" are what links and copied sources have for an @.
const open = "[([{<]\\s?";
const shut = "\\s?[)\\]}>]";
const atSign = "[@＠﹫]|%40|&#0*64;|&commat;";
const at = `(?:\\s?(?:${atSign})\\s?|\\s*${open}(?:at|arroba|arobase|a|${atSign})${shut}\\s*)`;
const dot = `(?:[.．。]|\\s*${open}(?:dot|punto|ponto|point|\\.)${shut}\\s*)`;
const local = "[^\\s@＠﹫<>()[\\],;:]+";
const host = "[\\p{L}\\p{M}\\p{N}-]+";
const domain = `(?:${host}(?:${dot}${host})+|\\[[^\\s\\]]+\\])`;
// With gaps around its @ it takes a host with a dot to be an address; without any it always is one.
const email = new RegExp(`${local}(?:${at}${domain}|(?:${atSign})${host})+`, "giu");

// Seven digits or more, with up to three marks between two of them: +351 (215) 550-100.
const between = "[^\\S\\n]|[().\\-‐-―−/·•_*'’\\p{Cf}]";
const phone = new RegExp(`[+(]{0,2}\\p{Nd}(?:(?:${between}){0,3}\\p{Nd}){6,}`, "gu");

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const year = "(?:19|20)\\d\\d";
const day = "(?:0?[1-9]|[12]\\d|3[01])";
const dates = ["-", "\\.", "/"].flatMap((mark) => [
  `${year}${mark}${day}${mark}${day}`,
  `${day}${mark}${day}${mark}(?:${year}|\\d\\d)`,
]);
// What is no phone number although it has as many digits.
const kept = [
  // IPv4, with a range's length or a port.
  `${octet}(?:\\.${octet}){3}(?:/\\d{1,2}|:\\d{1,5})?`,
  ...dates,
  // 2024-2026
  `${year}\\s?[-–/]\\s?${year}`,
  // A reference such as K7QM-2PX.
  "[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{3}(?!\\p{L})",
].join("|");
// Nothing is kept in a number that begins with a plus, nor in one that goes on at either side.
const plus = `\\+(?:[(\\p{Nd}](?:\\p{Nd}|${between}){0,30})?`;
const before = `(?<!${plus}|[\\p{L}\\p{N}]|\\p{N}[-./])`;
const after = "(?![-./]?\\p{N})";
const exempt = new RegExp(`${before}(?:${kept})(?:\\s?[-–]\\s?(?:${kept}))*${after}`, "gu");

function hidePhones(text: string): string {
  let shown = "";
  let from = 0;
  for (const { index, 0: found } of text.matchAll(exempt)) {
    shown += text.slice(from, index).replace(phone, HIDDEN) + found;
    from = index + found.length;
  }
  return shown + text.slice(from).replace(phone, HIDDEN);
}

/**
 * Takes e-mail addresses, also spelled with (at), and phone numbers out of a text that others will
 * read. IP addresses, dates and our references stay. Not proof against who wants to be reached: staff
 * read each text before it is published.
 */
export function hideContacts(text: string): string {
  return hidePhones(text.replace(email, HIDDEN));
}
