import type { TextKey } from "@/lib/mail-document/text-key";

/** A text that could not be sent, so that the built-in one went out. */
export type Alarm = { key: TextKey; count: number; reason: string; lastAt: Date };

/** Those of the last week, one a text, the latest first. */
export declare function readAlarms(): Promise<Alarm[]>;

/** Mails editors and admins of each text that fell back, once an hour a text. */
export declare function alarmEditors(): Promise<void>;
