import type { DingtalkOptions } from './options';

/**
 * The address of a session if it is one of DingTalk's; else null. It comes from a body that no signature covers: without
 * this check anybody who learns the secret could make us call any address.
 */
export function sessionAddress(address: string, { apiBase, sessionBase }: Pick<DingtalkOptions, 'apiBase' | 'sessionBase'>): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const ours = [apiBase, sessionBase].some((base) => new URL(base).origin === url.origin);
  return ours && url.pathname === '/robot/sendBySession' && url.username === '' && url.password === '' ? url : null;
}
