/** The plain address in a sender such as `Example <no-reply@example.com>`. */
export const plainAddressOf = (sender: string): string =>
  /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender;
