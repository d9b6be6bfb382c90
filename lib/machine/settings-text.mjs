/** What is wrong with a settings file, as half a sentence. */
export class SettingsTextError extends Error {
  name = "SettingsTextError";
}

/**
 * The text of a settings file. Throws a `SettingsTextError` for bytes that are not UTF-8, with or
 * without a byte order mark: read as something else, a name or a password would be another one.
 * @param {Uint8Array} bytes
 */
export function decodeSettings(bytes) {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new SettingsTextError("it is UTF-16, and UTF-8 is needed; save it again as UTF-8");
  if (bytes.includes(0))
    throw new SettingsTextError(
      "it holds zero bytes, as UTF-16 does, and UTF-8 is needed; save it again as UTF-8",
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const before = new TextDecoder().decode(bytes).split("\uFFFD", 1)[0];
    throw new SettingsTextError(
      `line ${before.split(/\r\n?|\n/).length} is not UTF-8 (Latin-1, perhaps); save it again as UTF-8`,
    );
  }
}

/**
 * The settings that a text holds, one `NAME=value` a line, as README describes it. Throws a
 * `SettingsTextError` with the number of a line that is none, and never with what stands in it.
 * @param {string} text
 * @returns {Map<string, string>} where a name stands twice, the later value
 */
export function parseSettings(text) {
  const settings = new Map();
  const lines = text.split(/\r\n?|\n/);
  for (let at = 0; at < lines.length; ) {
    const first = at + 1;
    let line = lines[at++];
    if (/^\s*(#|$)/.test(line)) continue;
    const start = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*/.exec(line);
    if (!start) throw new SettingsTextError(`line ${first} is no NAME=value; correct or remove it`);
    const quote = /["'`]/.exec(line[start[0].length] ?? "")?.[0];
    if (quote === undefined) {
      settings.set(start[1], withoutComment(line.slice(start[0].length)));
      continue;
    }
    line = line.slice(start[0].length + 1);
    while (!line.includes(quote)) {
      if (at === lines.length)
        throw new SettingsTextError(`the quotation mark of line ${first} is never closed`);
      line += `\n${lines[at++]}`;
    }
    const end = line.indexOf(quote);
    if (!/^\s*(#.*)?$/.test(line.slice(end + 1)))
      throw new SettingsTextError(
        `line ${at} goes on behind the closing quotation mark; put the other kind of mark around a value that holds one`,
      );
    const value = line.slice(0, end);
    settings.set(start[1], quote === '"' ? value.replaceAll("\\n", "\n") : value);
  }
  return settings;
}

// A # inside a word is part of it, as in a shell: #1f5fbf is a colour.
function withoutComment(value) {
  return value.replace(/(^|\s)#(?=\s|$).*$|\s#.*$/, "").trim();
}
