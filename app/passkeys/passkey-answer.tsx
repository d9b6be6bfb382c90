/** The fields of a form that a passkey's answer is written into, by the script of its button. */
export function PasskeyAnswer() {
  return (
    <>
      <input type="hidden" name="ceremony" />
      <input type="hidden" name="passkey" />
    </>
  );
}
