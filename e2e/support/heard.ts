import { expect, type Page } from "@playwright/test";

const softly = expect.configure({ soft: true });

/**
 * Holds a page to it that its errors are heard: by its title, by the focus, at the fields; one without
 * errors too. The browser gives the focus a moment after the page can be read.
 *
 * @param prefix what begins the title of a page that says what is wrong, such as "Error:"
 * @param message which page it is
 */
export async function expectHeard(page: Page, prefix: string, message = ""): Promise<void> {
  await softly.poll(() => unheard(page, prefix), { message }).toEqual([]);
}

async function unheard(page: Page, prefix: string): Promise<string[]> {
  return page.evaluate((start) => {
    const said: string[] = [];
    const alerts = [...document.querySelectorAll("main [role=alert]")];
    const focused = document.activeElement;
    const summary = alerts.find((one) => one.querySelector("a[href^='#field-']") !== null);
    const isTitled = document.title.startsWith(`${start} `);
    // A search is no form that was refused: its address is a page like others.
    const first = summary?.querySelector("a")?.getAttribute("href") ?? "";
    const isSearch = document.querySelector(first || "main")?.closest("form")?.method === "get";
    if (summary && !isTitled && !isSearch) said.push(`the title is ${document.title}`);
    if (isTitled && !alerts.some((one) => one === focused)) {
      said.push(`the focus is on ${focused?.outerHTML.slice(0, 80)}`);
    }
    if (summary && summary !== focused) said.push("the focus is not on the summary");
    for (const link of summary?.querySelectorAll("a[href^='#']") ?? []) {
      const field = document.querySelector(link.getAttribute("href") ?? "");
      if (field === null) {
        said.push(`${link.textContent} leads nowhere`);
        continue;
      }
      const invalid = field.closest("[aria-invalid=true]");
      if (invalid === null) said.push(`${field.id} is not said to be invalid`);
      const described = (field.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent ?? "");
      if (!described.some((words) => words.includes(link.textContent ?? ""))) {
        said.push(`${field.id} is not described by ${link.textContent}`);
      }
    }
    return said;
  }, prefix);
}
