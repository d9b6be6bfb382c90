const LINE_FEED = 0x0a;

/**
 * So many lines of a stranger's mail are read. Of 256 KiB in the 76 columns of encoded parts there are 3,500; the
 * parser takes a minute over 256 KiB of empty ones, or of such as flow into each other.
 */
export const LINES_READ = 5_000;

/** The first lines of a mail's source. */
export function firstLines(source: Uint8Array, most = LINES_READ): Uint8Array {
  let lines = 0;
  for (let at = source.indexOf(LINE_FEED); at >= 0; at = source.indexOf(LINE_FEED, at + 1)) {
    lines += 1;
    if (lines === most) return source.subarray(0, at + 1);
  }
  return source;
}

// Of all headers that the parser reads what stands in them: over 60 KiB of an address it takes seconds.
const readHeader =
  /^\s*(from|to|cc|bcc|sender|reply-to|delivered-to|return-path|subject|date|message-id|in-reply-to|references|content-[a-z-]+)\s*:/i;
const LONGEST_HEADER = 2_000;

/** Whether a mail, or a part of it, has a header that is read and longer than that of any mail of ours. */
export function hasEndlessHeader(source: string): boolean {
  let length = 0;
  for (const line of source.split("\n")) {
    // An empty line ends all headers; one of blanks goes on with the one before.
    const goesOn = length > 0 && /^\s/.test(line) && !/^\r*$/.test(line);
    if (goesOn) length += line.length;
    else length = readHeader.test(line) ? line.length : 0;
    if (length > LONGEST_HEADER) return true;
  }
  return false;
}
