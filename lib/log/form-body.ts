/** A form as it came: its bytes, and its fields, which are read once for all that ask for them. */
export type FormBody = {
  /** As the gate wrote it: the type in lower case. */
  contentType: string;
  body: Buffer;
  /**
   * The fields, by the reader that Next itself uses. Whoever changes them takes a copy.
   *
   * @throws what that reader does where the body is not what the content type says
   */
  fields(): Promise<FormData>;
};

// What is larger holds documents: its fields would keep a second copy of them as long as it is answered.
const LARGEST_KEPT = 64 * 1024;

export function formBody(contentType: string, body: Buffer): FormBody {
  const read = () => {
    const headers = { "content-type": contentType };
    const init = { method: "POST", headers, body: new Uint8Array(body) };
    return new Request("http://form/", init).formData();
  };
  let kept: Promise<FormData> | undefined;
  const fields = () => {
    if (body.length > LARGEST_KEPT) return read();
    kept ??= read();
    return kept;
  };
  return { contentType, body, fields };
}

/** The fields that are texts, not files. */
export function textsOf(fields: FormData): [field: string, value: string][] {
  return [...fields].filter((field): field is [string, string] => typeof field[1] === "string");
}

/** The same fields, to be changed without changing what others read. */
export function copyOf(fields: FormData): FormData {
  const copy = new FormData();
  for (const [name, value] of fields) copy.append(name, value);
  return copy;
}
