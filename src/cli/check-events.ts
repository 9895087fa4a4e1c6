import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import type { Settings } from '../../config/schema';
import { doctorTexts as texts } from './doctor-texts';
import { type Finding, ok, wrong } from './finding';

const path = '/dingtalk/events';

/** Plays the test that the DingTalk console makes when the address of the events is saved: an encrypted 'success' must come back. */
export async function checkEvents(settings: Settings, port: number, now: Date): Promise<Finding[]> {
  const { DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey, DINGTALK_CLIENT_ID: clientId } = settings;
  if (!token || !aesKey || !clientId) return [];
  const sealed = encrypt(aesKey, JSON.stringify({ EventType: 'check_url' }), clientId);
  const timestamp = String(now.getTime());
  const query = new URLSearchParams({ signature: getSignature(token, timestamp, 'doctor', sealed), timestamp, nonce: 'doctor' });
  const url = `http://${settings.HOST}:${port}${path}?${query.toString()}`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ encrypt: sealed }) });
  const right = response.status === 200 && isSuccess(aesKey, clientId, await response.text());
  return [(right ? ok : wrong)(texts.eventsCallback(path, right))];
}

function isSuccess(aesKey: string, clientId: string, text: string): boolean {
  const { encrypt: sealed } = JSON.parse(text) as { encrypt?: string };
  const { message, id } = decrypt(aesKey, sealed ?? '');
  return message === 'success' && id === clientId;
}
