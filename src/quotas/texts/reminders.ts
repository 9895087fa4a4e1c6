import { dayText } from '../../chat/labels';
import { commonTexts } from '../../chat/texts';
import type { Progress } from '../progress';
import { openText } from './index';

/** Who is there to be told of an explanation. */
interface Told {
  office: boolean;
  convener: boolean;
  liaison: boolean;
}

function passedOn({ office, convener, liaison }: Told, answer = '有了答复会私下告诉您'): string {
  const sector = [...(convener ? ['召集人'] : []), ...(liaison ? ['联络员'] : [])];
  const whom = [...(office ? ['机关'] : []), ...sector];
  if (whom.length === 0) return '但名册里没有能答复的人，请直接告诉机关';
  const list = whom.length > 2 ? `${whom.slice(0, -1).join('、')}和${whom.at(-1) ?? ''}` : whom.join('和');
  return `转给${list}，${office ? answer : '名册里没有能答复的机关工作人员，请再直接告诉机关'}`;
}

/** Every sentence about reminders and about a quarter that is put off. */
export const reminderTexts = {
  purposes: { reminder: '履职提醒', deferral: '延期说明的告知' },
  help: '/提醒 看还会提醒什么；“别再提醒”“恢复提醒”都行',
  notForYou: '联系提醒只发给委员，您这里没有。',
  stopped: (last: string): string =>
    `好的，${dayText(last)}以前不再给您发联系提醒；要求照旧，“/进度”随时能查。想恢复，发“/恢复提醒”。这个季度有困难，可以发“/延期 原因”告诉机关。`,
  resumed: '好的，联系提醒已恢复，一个季度最多两次。',
  muted: '您已关掉本季度的联系提醒，不会再发。想恢复，发“/恢复提醒”。',
  why: (last: string | null, open: readonly Progress[], today: string): string => {
    const before =
      last === null ? '我还没有给您发过联系提醒。' : `上次提醒是${dayText(last, today.slice(0, 4))}，因为那时联系要求还没完成。`;
    const now = open.length === 0 ? '现在没有要提醒的。' : `现在${openText(open)}。`;
    return `${before}${now}不想再收，发“别再提醒”。`;
  },
  ahead: (open: readonly Progress[], days: readonly string[], today: string): string => {
    if (open.length === 0) return '现在没有要提醒的，这个季度的要求您都完成了，或者还没到期。';
    const when = days.map((day) => dayText(day, today.slice(0, 4))).join('、');
    const next = days.length === 0 ? '本季度不会再提醒。' : `没完成的话，会在${when}前后私下提醒您，完成了就不提醒。`;
    return `${openText(open)}。${next}不想收，发“别再提醒”。`;
  },
  deferred: (id: string, told: Told): string =>
    `已记下您的说明（${id}），${passedOn(told)}。同意以前，要求和提醒照旧；不想收提醒，发“别再提醒”。`,
  toSector: ({ id, text }: { id: string; text: string }, from: string, office: boolean): string =>
    `${from}说明本季度有困难（${id}）：${text}\n${office ? '已转机关答复，您知道就好。' : '名册里没有能答复的机关工作人员，请您帮着转告机关。'}`,
  from: (name: string): string => `${name}委员`,
  toldFor: (speaker: string, member: string): string => `${speaker}替${member}委员`,
  toMember: ({ id, text }: { id: string; text: string }, speaker: string): string =>
    `${speaker}替您说明了这个季度的情况（${id}）：${text}\n同意以前，要求和提醒照旧。不是这样的话，请告诉${speaker}。`,
  deferredFor: (id: string, member: string, told: Told): string =>
    `已记在${member}委员名下（${id}），${passedOn(told, '有了答复会私下告诉本人')}。同意以前，要求和提醒照旧。`,
  deferredByOffice: (id: string, member: string): string =>
    `已记在${member}委员名下（${id}），会告诉本人。发一句话还免不了任务，没有登记免除以前，要求和提醒照旧；答复请发“/答复 ${id} ……”。`,
  mayNotDefer: (member: string): string =>
    `这像是说${member}委员的，没有记下。替委员说明，要由他的召集人、联络员或机关来办；请他本人发一句“/延期 原因”就行。是您自己的情况，请把名字去掉再发。`,
  ownOrTheirs: (member: string): string =>
    `这是您自己的情况，还是${member}委员的？还没有记下。是您自己的，请把名字去掉再发；替他说明，请发“/延期 ${member} 原因”。`,
  oneAtATime: (names: readonly string[]): string => `一次只能说明一位委员的情况，这里有${names.join('、')}，都没有记下。请分开发。`,
  severalNamed: (name: string): string => `名册里有好几位“${name}”，我分不清，没有记下；请他本人发一句“/延期 原因”就行。`,
  nobodyNamed: '说的是哪位委员？请写上名册里的姓名再发，例如“/延期 周岚 住院，这个季度去不了”。还没有记下。',
  notKept: {
    empty: '请把原因写在后面，例如“/延期 身体不好，这个季度去不了”。',
    too_long: '这段话太长，没有收下。请短一些再发，不超过1000字。',
    secret: commonTexts.secret,
  },
  withoutMention: (text: string): string =>
    text
      .replace(/[@＠][^\s,，:：]+\s*/gu, '')
      .trim()
      .replace(/^[/／]\S+\s*/u, ''),
} as const;
