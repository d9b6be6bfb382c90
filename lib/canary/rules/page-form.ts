/** What a browser without scripts sends of a form: where to, and what its page put into it. */
export type PageForm = { action: string; isMultipart: boolean; hidden: [string, string][] };

const plain = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1];
  return found === undefined ? null : plain(found);
};

/** The form of a page that holds a field of some name; null: there is none. */
export function formWith(html: string, field: string): PageForm | null {
  for (const form of html.match(/<form\b.*?<\/form>/gis) ?? []) {
    const inputs = form.match(/<input\b[^>]*>/gi) ?? [];
    if (!inputs.some((input) => attribute(input, "name") === field)) continue;
    const hidden = inputs.flatMap((input): [string, string][] => {
      const name = attribute(input, "name");
      const isHidden = attribute(input, "type") === "hidden";
      return isHidden && name !== null ? [[name, attribute(input, "value") ?? ""]] : [];
    });
    const [tag = ""] = /<form\b[^>]*>/i.exec(form) ?? [];
    const isMultipart = attribute(tag, "enctype") === "multipart/form-data";
    return { action: attribute(tag, "action") ?? "", isMultipart, hidden };
  }
  return null;
}
