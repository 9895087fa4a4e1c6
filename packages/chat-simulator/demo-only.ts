const refusal = (what: string): Error =>
  new Error(`The simulator plays WeCom for demonstrations only and does not start here: ${what}. Real settings need the real WeCom.`);

/** Throws unless nothing about the settings is real: never in production, only demo corp ids, only a loopback API address. */
export function assertDemoOnly(settings: { production: boolean; apiBase?: string; corpId?: string }): void {
  if (settings.production) throw refusal('this is a production process');
  if (settings.corpId !== undefined && !settings.corpId.startsWith('demo')) throw refusal("the corp id does not begin with 'demo'");
  if (settings.apiBase !== undefined && !isLoopback(settings.apiBase)) throw refusal('the WeCom API address is not on this machine');
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}
