/** The page of a sent request, by its token as it came, from anybody. */
export const statusPath = (token: string): string =>
  `/recover/status?token=${encodeURIComponent(token.slice(0, 100))}`;
