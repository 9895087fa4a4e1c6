import type { SendOutcome } from '../../delivery/outgoing';
import { showsButtons, type Words } from './action-card';
import { callOld } from './api';
import { webhookForm } from './message-forms';
import type { DingtalkOptions } from './options';
import { afterCode, outcomeOf } from './outcome';
import { sessionAddress } from './session-address';

interface SessionWords extends Words {
  chat?: 'group' | 'private';
}

/**
 * The answer to a message at its own address. Whether that stands in a group or in private the address does
 * not say; unless it is known, it counts as a group. Counted as a push, which is likely and not documented.
 */
export async function replyToSession(options: DingtalkOptions, address: string, words: SessionWords): Promise<SendOutcome> {
  const url = sessionAddress(address, options);
  if (!url) return afterCode('address');
  await options.usage.add('pushes');
  const form = webhookForm(words, showsButtons(options.buttons, words.chat ?? 'group'));
  return outcomeOf(await callOld(url, JSON.stringify(form)), () => ({ kind: 'sent' }));
}
