/** A call upon everybody, not an account: 请各位委员于9月30日前完成走访任务. */
const notice =
  /^(?:请|烦请|敬请|望|恳请|提醒|通知)?\s*(?:各位|诸位|全体|各界别|各组|大家|各)[^。]{0,40}(?:请|务必|抓紧|尽快|按时|前完成|前报|于[^,。]{1,10}前|至少|不少于|要求|参加)/;

/** 建议大家都去走走: what everybody is called upon to do is nobody's account. */
const calls = /^(?:[^,。]{0,6}[,:])?(?:我)?(?:再次|也|还是|强烈)?/;

/** Whether a line calls upon everybody by a word of the class `exhort`, with whom it calls upon at once behind it. */
export function isExhortation(body: string, { exhort, everybody }: Record<'exhort' | 'everybody', RegExp>): boolean {
  const rest = body.replace(calls, '');
  const word = exhort.exec(rest);
  return word?.index === 0 && everybody.exec(rest.slice(word[0].length, word[0].length + 8)) !== null;
}

/** Whether a line calls upon everybody, or passes on what is demanded of everybody. */
export const isNotice = (body: string): boolean => notice.test(body) || /^[^,。]{0,8}(?:要求|规定)(?:每|各|全体|所有)/.test(body);
