/**
 * One word for a POSIX shell, so that what somebody wrote in Azure can never become a command of its own,
 * nor a placeholder that is filled in later.
 */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`).replaceAll('{', "{''")}'`;
}
