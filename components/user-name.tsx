/**
 * Says to password managers whose password a form is about, so that the right entry is filled in or
 * renewed. People do not see it, and it is not sent.
 */
export function UserName({ value }: { value: string }) {
  return <input type="text" autoComplete="username" value={value} readOnly hidden />;
}
