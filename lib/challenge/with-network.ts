/**
 * A row of challenges or attempts in this code's words: its column was named before they were. Of attempts
 * of one browser at a known place, the network is that place's; `key` is what they are found by.
 */
export const withNetwork = <Row extends { place: string }>({ place: key, ...row }: Row) => ({
  ...row,
  key,
  network: key.split("@")[0] ?? key,
});
