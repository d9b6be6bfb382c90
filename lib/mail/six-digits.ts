const alone = /(?<!\d)\d{6}(?!\d)/g;

/** Writes six digits in a row as three and three, so that the code stays the only six-digit number. */
export function splitSixDigits(text: string): string {
  return text.replace(alone, (digits) => `${digits.slice(0, 3)} ${digits.slice(3)}`);
}

/** As `splitSixDigits` for an e-mail address, where a space would be wrong: 12••56@example.com. */
export function maskSixDigits(address: string): string {
  return address.replace(alone, (digits) => `${digits.slice(0, 2)}••${digits.slice(4)}`);
}
