import { Phone } from './phone';
import { ask } from './front-door';
import type { Product } from './product';

/** A resident who signed in through the mini-program. */
export interface SignedIn {
  readonly id: string;
  readonly phone: Phone;
  readonly headers: { readonly authorization: string };
}

/** A new resident with a token. */
export async function newResident(product: Pick<Product, 'url'>): Promise<SignedIn> {
  const phone = await Phone.create(product.url);
  const code = await phone.loginCode();
  const { status, body, text } = await ask(product.url, 'POST', '/api/v1/login/wechat', {}, { code });
  if (status !== 200) throw new Error(`a resident could not sign in: ${status} ${text}`);
  const { token, resident } = body as { token: string; resident: { id: string } };
  return { id: resident.id, phone, headers: { authorization: `Bearer ${token}` } };
}
