import { CHARACTERS_MOST, SUBJECT_CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import {
  BLOCKS_MOST,
  HOSTS_MOST,
  IMAGE_MOST_BYTES,
  IMAGES_MOST,
} from "@/lib/templates/rules/limits";

/** Numbers that the studio's words name. */
export const textNumbers = {
  max: CHARACTERS_MOST,
  subject: SUBJECT_CHARACTERS_MOST,
  hosts: HOSTS_MOST,
} as const;

/** Those of pictures: how large one may be, and how many there can be. */
export const imageNumbers = {
  limit: `${IMAGE_MOST_BYTES / 1024} KiB`,
  most: IMAGES_MOST,
} as const;

/** How many blocks there can be. */
export const blockNumbers = { most: BLOCKS_MOST } as const;
