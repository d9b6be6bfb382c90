import { onEachPage } from "@/components/scripts/on-each-page";
import { startStudio } from "@/lib/templates/editor/start-studio";

const known = new WeakSet<Element>();

onEachPage(() => {
  for (const template of document.querySelectorAll<HTMLTemplateElement>(
    "template[data-mail-editor]",
  )) {
    if (known.has(template)) continue;
    known.add(template);
    startStudio(template);
  }
});
