import { TextLink } from "@/components/text-link";

/** A mail's plain text with its links to this site made links, as mail programs do. */
export function LinkedText({ text, origin }: { text: string; origin: string }) {
  const words = text.split(/(https?:\/\/[^\s<>"]+)/);
  return words.map((word, index) => {
    if (!word.startsWith(`${origin}/`)) return word;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of a mail never change
      <TextLink key={index} href={word}>
        {word}
      </TextLink>
    );
  });
}
