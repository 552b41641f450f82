/** Why a password is not taken, in words for its owner, or null when it is strong enough. */
export function passwordProblem(password: string, account: string): string | null {
  if (password.length < 10) return '密码至少要 10 个字符';
  if (password.length > 128) return '密码最多 128 个字符';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  if (kinds < 2) return '密码要包含大写字母、小写字母、数字、符号中的至少两种';
  if (password.toLowerCase().includes(account)) return '密码里不能包含账号名';
  if (/^(.)\1+$/.test(password)) return '密码不能是同一个字符的重复';
  return null;
}
