/** A row of challenges or attempts in this code's words: its column was named before they were. */
export const withNetwork = <Row extends { place: string }>({ place: network, ...row }: Row) => ({
  ...row,
  network,
});
