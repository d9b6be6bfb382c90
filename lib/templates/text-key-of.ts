import type { TextKey } from "@/lib/mail-document/text-key";

/**
 * Which text an address names: a kind of mail or `block:<name>` in a language, or `frame` in `all`; null:
 * none that there can be. Whether there is such a block is said by `readText`.
 */
export declare function readTextKey(subject: string, language: string): TextKey | null;

/** What a text is called in addresses, in the audit log and in files: "sign-in-code/fr". */
export declare function textName(key: TextKey): string;
