import { z } from 'zod';
import { callNew } from '../api';
import { codeEntry, streamAdvice } from '../error-codes';
import type { DingtalkOptions } from '../options';
import { robotTopic } from './frames';

/** Where to connect, or why not. 'denied': asking again changes nothing. */
export type Ticket = { kind: 'open'; url: URL } | { kind: 'denied'; code: string; advice: string } | { kind: 'unreachable'; code: string };

const answer = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) });

/** Asks the gateway for an address and a ticket, which works once and for 90 s. */
export async function askTicket({ apiBase, clientId, clientSecret }: DingtalkOptions): Promise<Ticket> {
  const subscriptions = [
    { type: 'EVENT', topic: '*' },
    { type: 'CALLBACK', topic: robotTopic },
  ];
  const body = JSON.stringify({ clientId, clientSecret, subscriptions, ua: 'lianxinqiao/1' });
  const result = await callNew(new URL('/v1.0/gateway/connections/open', apiBase), body);
  if (result.kind === 'refused') return refusal(result.code);
  if (result.kind !== 'done') return { kind: 'unreachable', code: result.code };
  const read = answer.safeParse(result.answer);
  if (!read.success) return { kind: 'unreachable', code: 'unreadable answer' };
  const url = new URL(read.data.endpoint);
  // The ticket is a secret: over plain HTTP only where the API itself is (a stand-in on this machine).
  if (url.protocol !== 'wss:' && new URL(apiBase).protocol === 'https:') return { kind: 'unreachable', code: 'insecure endpoint' };
  url.searchParams.set('ticket', read.data.ticket);
  return { kind: 'open', url };
}

function refusal(code: string): Ticket {
  const { reaction, advice } = codeEntry(code);
  if (reaction === 'retry' || reaction === 'slow_down') return { kind: 'unreachable', code };
  return { kind: 'denied', code, advice: reaction === 'alert' ? advice : streamAdvice };
}
