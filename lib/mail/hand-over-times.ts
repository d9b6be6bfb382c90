const KEPT = 20;

const recent: number[] = [];

/** Notes how many milliseconds a way out needed to take a mail. */
export function noteHandOver(milliseconds: number): void {
  recent.push(milliseconds);
  if (recent.length > KEPT) recent.shift();
}

/** As many milliseconds as one of the last mails needed; 0 where this process has handed none over. */
export const usualHandOver = (): number => recent[Math.floor(Math.random() * recent.length)] ?? 0;
